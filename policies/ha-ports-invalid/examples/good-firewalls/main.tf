# One rule takes every port, on an internal Standard load balancer.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "transit" {
  name     = "rg-transit"
  location = "westeurope"
}

resource "azurerm_virtual_network" "transit" {
  name                = "vnet-transit"
  resource_group_name = azurerm_resource_group.transit.name
  location            = azurerm_resource_group.transit.location
  address_space       = ["10.87.0.0/16"]
}

resource "azurerm_subnet" "transit" {
  name                 = "snet-transit"
  resource_group_name  = azurerm_resource_group.transit.name
  virtual_network_name = azurerm_virtual_network.transit.name
  address_prefixes     = ["10.87.1.0/24"]
}

resource "azurerm_lb" "transit" {
  name                = "lb-transit"
  resource_group_name = azurerm_resource_group.transit.name
  location            = azurerm_resource_group.transit.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "firewall"
    subnet_id                     = azurerm_subnet.transit.id
    private_ip_address            = "10.87.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "firewalls" {
  name            = "firewalls"
  loadbalancer_id = azurerm_lb.transit.id
}

resource "azurerm_lb_probe" "alive" {
  name            = "alive"
  loadbalancer_id = azurerm_lb.transit.id
  protocol        = "Tcp"
  port            = 8008
}

resource "azurerm_lb_rule" "all" {
  name                           = "all"
  loadbalancer_id                = azurerm_lb.transit.id
  frontend_ip_configuration_name = "firewall"
  protocol                       = "All"
  frontend_port                  = 0
  backend_port                   = 0
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.firewalls.id]
  probe_id                       = azurerm_lb_probe.alive.id
}

resource "azurerm_network_interface" "transit" {
  count                 = 2
  name                  = "nic-transit-${count.index}"
  resource_group_name   = azurerm_resource_group.transit.name
  location              = azurerm_resource_group.transit.location
  ip_forwarding_enabled = true

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.transit.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "firewalls" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.transit[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.firewalls.id
}
