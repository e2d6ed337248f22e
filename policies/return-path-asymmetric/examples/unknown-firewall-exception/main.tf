# Everybody may come in, but only replies to the firewall leave straight to the internet.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "portal" {
  name     = "rg-portal"
  location = "swedencentral"
}

resource "azurerm_network_security_group" "portal" {
  name                = "nsg-portal"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location

  security_rule {
    name                       = "AllowClients"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_route_table" "portal" {
  name                = "rt-portal"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.0.1.4"
  }

  route {
    name           = "firewall"
    address_prefix = "203.0.113.10/32"
    next_hop_type  = "Internet"
  }
}

resource "azurerm_virtual_network" "portal" {
  name                = "vnet-portal"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location
  address_space       = ["10.64.0.0/16"]
}

resource "azurerm_subnet" "portal" {
  name                 = "snet-portal"
  resource_group_name  = azurerm_resource_group.portal.name
  virtual_network_name = azurerm_virtual_network.portal.name
  address_prefixes     = ["10.64.1.0/24"]
}

resource "azurerm_public_ip" "portal" {
  name                = "pip-portal"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "portal" {
  name                = "lb-portal"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "front"
    public_ip_address_id = azurerm_public_ip.portal.id
  }
}

resource "azurerm_lb_backend_address_pool" "pool_portal" {
  name            = "pool-portal"
  loadbalancer_id = azurerm_lb.portal.id
}

resource "azurerm_lb_probe" "health" {
  name                = "health"
  loadbalancer_id     = azurerm_lb.portal.id
  protocol            = "Tcp"
  port                = 443
  probe_threshold     = 2
  interval_in_seconds = 5
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.portal.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool_portal.id]
  probe_id                       = azurerm_lb_probe.health.id
}

resource "azurerm_subnet_network_security_group_association" "portal" {
  subnet_id                 = azurerm_subnet.portal.id
  network_security_group_id = azurerm_network_security_group.portal.id
}

resource "azurerm_subnet_route_table_association" "portal" {
  subnet_id      = azurerm_subnet.portal.id
  route_table_id = azurerm_route_table.portal.id
}

resource "azurerm_network_interface" "portal" {
  count               = 2
  name                = "nic-portal-${count.index}"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.portal.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "portal" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.portal[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool_portal.id
}
