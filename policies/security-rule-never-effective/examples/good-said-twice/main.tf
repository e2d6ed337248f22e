# The second allow says what the first one says already: nothing is lost.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "maps" {
  name     = "rg-maps"
  location = "Austria East"
}

resource "azurerm_virtual_network" "maps" {
  name                = "vnet-maps"
  resource_group_name = azurerm_resource_group.maps.name
  location            = azurerm_resource_group.maps.location
  address_space       = ["10.54.0.0/16"]
}

resource "azurerm_subnet" "maps" {
  name                 = "snet-maps"
  resource_group_name  = azurerm_resource_group.maps.name
  virtual_network_name = azurerm_virtual_network.maps.name
  address_prefixes     = ["10.54.1.0/24"]
}

resource "azurerm_network_security_group" "maps" {
  name                = "nsg-maps"
  resource_group_name = azurerm_resource_group.maps.name
  location            = azurerm_resource_group.maps.location

  security_rule {
    name                       = "AllowVirtualNetwork"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "VirtualNetwork"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "AllowMaps"
    priority                   = 110
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "8080"
    source_address_prefix      = "10.54.0.0/16"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "maps" {
  subnet_id                 = azurerm_subnet.maps.id
  network_security_group_id = azurerm_network_security_group.maps.id
}

resource "azurerm_lb" "maps" {
  name                = "lb-maps"
  resource_group_name = azurerm_resource_group.maps.name
  location            = azurerm_resource_group.maps.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.maps.id
    private_ip_address            = "10.54.1.100"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "maps" {
  name            = "maps"
  loadbalancer_id = azurerm_lb.maps.id
}

resource "azurerm_lb_probe" "maps" {
  name            = "maps"
  loadbalancer_id = azurerm_lb.maps.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "maps" {
  name                           = "maps"
  loadbalancer_id                = azurerm_lb.maps.id
  frontend_ip_configuration_name = "internal"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.maps.id]
  probe_id                       = azurerm_lb_probe.maps.id
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
