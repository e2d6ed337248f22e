# Nobody asks for a number: the 2 that the provider sends is its own default.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "stock" {
  name     = "rg-stock"
  location = "West Europe"
}

resource "azurerm_virtual_network" "stock" {
  name                = "vnet-stock"
  resource_group_name = azurerm_resource_group.stock.name
  location            = azurerm_resource_group.stock.location
  address_space       = ["10.77.0.0/16"]
}

resource "azurerm_subnet" "stock" {
  name                 = "snet-stock"
  resource_group_name  = azurerm_resource_group.stock.name
  virtual_network_name = azurerm_virtual_network.stock.name
  address_prefixes     = ["10.77.1.0/24"]
}

resource "azurerm_lb" "stock" {
  name                = "lb-stock"
  resource_group_name = azurerm_resource_group.stock.name
  location            = azurerm_resource_group.stock.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.stock.id
    private_ip_address            = "10.77.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "stock" {
  name            = "stock"
  loadbalancer_id = azurerm_lb.stock.id
}

resource "azurerm_lb_probe" "api" {
  name            = "api"
  loadbalancer_id = azurerm_lb.stock.id
  protocol        = "Http"
  port            = 8080
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "api" {
  name                           = "api"
  loadbalancer_id                = azurerm_lb.stock.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.stock.id]
  probe_id                       = azurerm_lb_probe.api.id
}

resource "azurerm_network_interface" "stock" {
  count               = 2
  name                = "nic-stock-${count.index}"
  resource_group_name = azurerm_resource_group.stock.name
  location            = azurerm_resource_group.stock.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.stock.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "stock" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.stock[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.stock.id
}
