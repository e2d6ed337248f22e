# Firewalls behind HA ports are probed on the port of their shell.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "firewall" {
  name     = "rg-firewall"
  location = "West Europe"
}

resource "azurerm_virtual_network" "firewall" {
  name                = "vnet-firewall"
  resource_group_name = azurerm_resource_group.firewall.name
  location            = azurerm_resource_group.firewall.location
  address_space       = ["10.83.0.0/16"]
}

resource "azurerm_subnet" "firewall" {
  name                 = "snet-firewall"
  resource_group_name  = azurerm_resource_group.firewall.name
  virtual_network_name = azurerm_virtual_network.firewall.name
  address_prefixes     = ["10.83.1.0/24"]
}

resource "azurerm_lb" "firewall" {
  name                = "lb-firewall"
  resource_group_name = azurerm_resource_group.firewall.name
  location            = azurerm_resource_group.firewall.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.firewall.id
    private_ip_address            = "10.83.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "firewall" {
  name            = "firewall"
  loadbalancer_id = azurerm_lb.firewall.id
}

resource "azurerm_lb_probe" "alive" {
  name            = "alive"
  loadbalancer_id = azurerm_lb.firewall.id
  protocol        = "Tcp"
  port            = 22
}

resource "azurerm_lb_rule" "everything" {
  name                           = "everything"
  loadbalancer_id                = azurerm_lb.firewall.id
  frontend_ip_configuration_name = "front"
  protocol                       = "All"
  frontend_port                  = 0
  backend_port                   = 0
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.firewall.id]
  probe_id                       = azurerm_lb_probe.alive.id
}

resource "azurerm_network_interface" "firewall" {
  count                 = 2
  name                  = "nic-firewall-${count.index}"
  resource_group_name   = azurerm_resource_group.firewall.name
  location              = azurerm_resource_group.firewall.location
  ip_forwarding_enabled = true

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.firewall.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "firewall" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.firewall[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.firewall.id
}
