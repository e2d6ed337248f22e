# The threshold says how many answers in a row change the state.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "pricing" {
  name     = "rg-pricing"
  location = "West Europe"
}

resource "azurerm_virtual_network" "pricing" {
  name                = "vnet-pricing"
  resource_group_name = azurerm_resource_group.pricing.name
  location            = azurerm_resource_group.pricing.location
  address_space       = ["10.76.0.0/16"]
}

resource "azurerm_subnet" "pricing" {
  name                 = "snet-pricing"
  resource_group_name  = azurerm_resource_group.pricing.name
  virtual_network_name = azurerm_virtual_network.pricing.name
  address_prefixes     = ["10.76.1.0/24"]
}

resource "azurerm_lb" "pricing" {
  name                = "lb-pricing"
  resource_group_name = azurerm_resource_group.pricing.name
  location            = azurerm_resource_group.pricing.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.pricing.id
    private_ip_address            = "10.76.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "pricing" {
  name            = "pricing"
  loadbalancer_id = azurerm_lb.pricing.id
}

resource "azurerm_lb_probe" "api" {
  name                = "api"
  loadbalancer_id     = azurerm_lb.pricing.id
  protocol            = "Http"
  port                = 8080
  request_path        = "/healthz"
  interval_in_seconds = 5
  probe_threshold     = 3
}

resource "azurerm_lb_rule" "api" {
  name                           = "api"
  loadbalancer_id                = azurerm_lb.pricing.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pricing.id]
  probe_id                       = azurerm_lb_probe.api.id
}

resource "azurerm_network_interface" "pricing" {
  count               = 2
  name                = "nic-pricing-${count.index}"
  resource_group_name = azurerm_resource_group.pricing.name
  location            = azurerm_resource_group.pricing.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.pricing.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "pricing" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.pricing[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pricing.id
}
