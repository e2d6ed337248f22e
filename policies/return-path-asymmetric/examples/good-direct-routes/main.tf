# Only private ranges go to the hub firewall; the default route to the internet stays.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "media" {
  name     = "rg-media"
  location = "westeurope"
}

resource "azurerm_virtual_network" "media" {
  name                = "vnet-media"
  resource_group_name = azurerm_resource_group.media.name
  location            = azurerm_resource_group.media.location
  address_space       = ["10.66.0.0/16"]
}

resource "azurerm_subnet" "media" {
  name                 = "snet-media"
  resource_group_name  = azurerm_resource_group.media.name
  virtual_network_name = azurerm_virtual_network.media.name
  address_prefixes     = ["10.66.1.0/24"]
}

resource "azurerm_network_security_group" "media" {
  name                = "nsg-media"
  resource_group_name = azurerm_resource_group.media.name
  location            = azurerm_resource_group.media.location

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

resource "azurerm_subnet_network_security_group_association" "media" {
  subnet_id                 = azurerm_subnet.media.id
  network_security_group_id = azurerm_network_security_group.media.id
}

resource "azurerm_route_table" "media" {
  name                          = "rt-media"
  resource_group_name           = azurerm_resource_group.media.name
  location                      = azurerm_resource_group.media.location
  bgp_route_propagation_enabled = false

  route {
    name                   = "data-centre"
    address_prefix         = "10.0.0.0/8"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.0.1.4"
  }

  route {
    name                   = "branches"
    address_prefix         = "192.168.0.0/16"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.0.1.4"
  }
}

resource "azurerm_subnet_route_table_association" "media" {
  subnet_id      = azurerm_subnet.media.id
  route_table_id = azurerm_route_table.media.id
}

resource "azurerm_public_ip" "media" {
  name                = "pip-media"
  resource_group_name = azurerm_resource_group.media.name
  location            = azurerm_resource_group.media.location
  allocation_method   = "Static"
}

resource "azurerm_lb" "media" {
  name                = "lb-media"
  resource_group_name = azurerm_resource_group.media.name
  location            = azurerm_resource_group.media.location

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.media.id
  }
}

resource "azurerm_lb_backend_address_pool" "media" {
  name            = "pool-media"
  loadbalancer_id = azurerm_lb.media.id
}

resource "azurerm_lb_probe" "media" {
  name            = "health"
  loadbalancer_id = azurerm_lb.media.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "media" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.media.id
  frontend_ip_configuration_name = azurerm_lb.media.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.media.id]
  probe_id                       = azurerm_lb_probe.media.id
}

resource "azurerm_network_interface" "media" {
  count               = 2
  name                = "nic-media-${count.index}"
  resource_group_name = azurerm_resource_group.media.name
  location            = azurerm_resource_group.media.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.media.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "media" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.media[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.media.id
}
