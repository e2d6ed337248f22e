# A free address of the subnet.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "fax" {
  name     = "rg-fax"
  location = "westeurope"
}

resource "azurerm_virtual_network" "fax" {
  name                = "vnet-fax"
  resource_group_name = azurerm_resource_group.fax.name
  location            = azurerm_resource_group.fax.location
  address_space       = ["10.109.0.0/16"]
}

resource "azurerm_subnet" "fax" {
  name                 = "snet-fax"
  resource_group_name  = azurerm_resource_group.fax.name
  virtual_network_name = azurerm_virtual_network.fax.name
  address_prefixes     = ["10.109.1.0/24"]
}

resource "azurerm_lb" "fax" {
  name                = "lb-fax"
  resource_group_name = azurerm_resource_group.fax.name
  location            = azurerm_resource_group.fax.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "fax"
    subnet_id                     = azurerm_subnet.fax.id
    private_ip_address            = "10.109.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.fax.id
}

resource "azurerm_lb_probe" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.fax.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.fax.id
  frontend_ip_configuration_name = "fax"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.web.id]
  probe_id                       = azurerm_lb_probe.web.id
}

resource "azurerm_network_interface" "fax" {
  count               = 2
  name                = "nic-fax-${count.index}"
  resource_group_name = azurerm_resource_group.fax.name
  location            = azurerm_resource_group.fax.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.fax.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "web" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.fax[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.web.id
}
