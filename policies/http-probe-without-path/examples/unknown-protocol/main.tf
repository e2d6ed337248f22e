# The protocol of the probe is a variable without a value, and no path is written.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "probe_protocol" {
  type = string
}

resource "azurerm_resource_group" "search" {
  name     = "rg-search"
  location = "swedencentral"
}

resource "azurerm_virtual_network" "search" {
  name                = "vnet-search"
  resource_group_name = azurerm_resource_group.search.name
  location            = azurerm_resource_group.search.location
  address_space       = ["10.63.0.0/16"]
}

resource "azurerm_subnet" "search" {
  name                 = "snet-search"
  resource_group_name  = azurerm_resource_group.search.name
  virtual_network_name = azurerm_virtual_network.search.name
  address_prefixes     = ["10.63.1.0/24"]
}

resource "azurerm_lb" "search" {
  name                = "lb-search"
  resource_group_name = azurerm_resource_group.search.name
  location            = azurerm_resource_group.search.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.search.id
    private_ip_address            = "10.63.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "search" {
  name            = "search"
  loadbalancer_id = azurerm_lb.search.id
}

resource "azurerm_lb_probe" "health" {
  name            = "health"
  loadbalancer_id = azurerm_lb.search.id
  protocol        = var.probe_protocol
  port            = 9200
}

resource "azurerm_lb_rule" "query" {
  name                           = "query"
  loadbalancer_id                = azurerm_lb.search.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 9200
  backend_port                   = 9200
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.search.id]
  probe_id                       = azurerm_lb_probe.health.id
}

resource "azurerm_network_interface" "search" {
  count               = 2
  name                = "nic-search-${count.index}"
  resource_group_name = azurerm_resource_group.search.name
  location            = azurerm_resource_group.search.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.search.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "search" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.search[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.search.id
}
