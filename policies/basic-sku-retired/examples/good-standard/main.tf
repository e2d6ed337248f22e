# No sku written either, but azurerm 5 means Standard when it is left out.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "maps" {
  name     = "rg-maps"
  location = "westeurope"
}

resource "azurerm_virtual_network" "maps" {
  name                = "vnet-maps"
  resource_group_name = azurerm_resource_group.maps.name
  location            = azurerm_resource_group.maps.location
  address_space       = ["10.35.0.0/16"]
}

resource "azurerm_subnet" "maps" {
  name                 = "snet-maps"
  resource_group_name  = azurerm_resource_group.maps.name
  virtual_network_name = azurerm_virtual_network.maps.name
  address_prefixes     = ["10.35.1.0/24"]
}

resource "azurerm_network_security_group" "maps" {
  name                = "nsg-maps"
  resource_group_name = azurerm_resource_group.maps.name
  location            = azurerm_resource_group.maps.location

  security_rule {
    name                       = "AllowTiles"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "8443"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "maps" {
  subnet_id                 = azurerm_subnet.maps.id
  network_security_group_id = azurerm_network_security_group.maps.id
}

resource "azurerm_public_ip" "maps" {
  name                = "pip-maps"
  resource_group_name = azurerm_resource_group.maps.name
  location            = azurerm_resource_group.maps.location
  allocation_method   = "Static"
}

resource "azurerm_lb" "maps" {
  name                = "lb-maps"
  resource_group_name = azurerm_resource_group.maps.name
  location            = azurerm_resource_group.maps.location

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.maps.id
  }
}

resource "azurerm_lb_backend_address_pool" "maps" {
  name            = "maps"
  loadbalancer_id = azurerm_lb.maps.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.maps.id
  protocol        = "Tcp"
  port            = 8443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.maps.id
  frontend_ip_configuration_name = azurerm_lb.maps.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.maps.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "maps" {
  count               = 2
  name                = "nic-maps-${count.index}"
  resource_group_name = azurerm_resource_group.maps.name
  location            = azurerm_resource_group.maps.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.maps.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "maps" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.maps[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.maps.id
}
