# The address of the frontend belongs to another subnet.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "map" {
  name     = "rg-map"
  location = "westeurope"
}

resource "azurerm_virtual_network" "map" {
  name                = "vnet-map"
  resource_group_name = azurerm_resource_group.map.name
  location            = azurerm_resource_group.map.location
  address_space       = ["10.105.0.0/16"]
}

resource "azurerm_subnet" "map" {
  name                 = "snet-map"
  resource_group_name  = azurerm_resource_group.map.name
  virtual_network_name = azurerm_virtual_network.map.name
  address_prefixes     = ["10.105.1.0/24"]
}

resource "azurerm_lb" "map" {
  name                = "lb-map"
  resource_group_name = azurerm_resource_group.map.name
  location            = azurerm_resource_group.map.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "map"
    subnet_id                     = azurerm_subnet.map.id
    private_ip_address            = "10.105.2.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.map.id
}

resource "azurerm_lb_probe" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.map.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.map.id
  frontend_ip_configuration_name = "map"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.web.id]
  probe_id                       = azurerm_lb_probe.web.id
}

resource "azurerm_network_interface" "map" {
  count               = 2
  name                = "nic-map-${count.index}"
  resource_group_name = azurerm_resource_group.map.name
  location            = azurerm_resource_group.map.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.map.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "web" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.map[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.web.id
}
