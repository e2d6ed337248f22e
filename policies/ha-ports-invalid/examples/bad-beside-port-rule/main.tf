# HA ports take every port of the firewalls, and a second rule asks for port 443 of the same firewalls.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "hub" {
  name     = "rg-hub"
  location = "westeurope"
}

resource "azurerm_virtual_network" "hub" {
  name                = "vnet-hub"
  resource_group_name = azurerm_resource_group.hub.name
  location            = azurerm_resource_group.hub.location
  address_space       = ["10.81.0.0/16"]
}

resource "azurerm_subnet" "hub" {
  name                 = "snet-hub"
  resource_group_name  = azurerm_resource_group.hub.name
  virtual_network_name = azurerm_virtual_network.hub.name
  address_prefixes     = ["10.81.1.0/24"]
}

resource "azurerm_lb" "hub" {
  name                = "lb-hub"
  resource_group_name = azurerm_resource_group.hub.name
  location            = azurerm_resource_group.hub.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "firewall"
    subnet_id                     = azurerm_subnet.hub.id
    private_ip_address            = "10.81.1.10"
    private_ip_address_allocation = "Static"
  }

  frontend_ip_configuration {
    name                          = "portal"
    subnet_id                     = azurerm_subnet.hub.id
    private_ip_address            = "10.81.1.11"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "firewalls" {
  name            = "firewalls"
  loadbalancer_id = azurerm_lb.hub.id
}

resource "azurerm_lb_probe" "alive" {
  name            = "alive"
  loadbalancer_id = azurerm_lb.hub.id
  protocol        = "Tcp"
  port            = 8008
}

resource "azurerm_lb_rule" "all" {
  name                           = "all"
  loadbalancer_id                = azurerm_lb.hub.id
  frontend_ip_configuration_name = "firewall"
  protocol                       = "All"
  frontend_port                  = 0
  backend_port                   = 0
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.firewalls.id]
  probe_id                       = azurerm_lb_probe.alive.id
}

resource "azurerm_lb_rule" "portal" {
  name                           = "portal"
  loadbalancer_id                = azurerm_lb.hub.id
  frontend_ip_configuration_name = "portal"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.firewalls.id]
  probe_id                       = azurerm_lb_probe.alive.id
}

resource "azurerm_network_interface" "hub" {
  count               = 2
  name                = "nic-hub-${count.index}"
  resource_group_name = azurerm_resource_group.hub.name
  location            = azurerm_resource_group.hub.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.hub.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "firewalls" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.hub[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.firewalls.id
}
