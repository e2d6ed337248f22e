# A rule for every port, of which the group opens two: the group is what chooses.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "transit" {
  name     = "rg-transit"
  location = "East US"
}

resource "azurerm_virtual_network" "transit" {
  name                = "vnet-transit"
  resource_group_name = azurerm_resource_group.transit.name
  location            = azurerm_resource_group.transit.location
  address_space       = ["10.28.0.0/16"]
}

resource "azurerm_subnet" "transit" {
  name                 = "snet-transit"
  resource_group_name  = azurerm_resource_group.transit.name
  virtual_network_name = azurerm_virtual_network.transit.name
  address_prefixes     = ["10.28.1.0/24"]
}

resource "azurerm_network_security_group" "transit" {
  name                = "nsg-transit"
  resource_group_name = azurerm_resource_group.transit.name
  location            = azurerm_resource_group.transit.location

  security_rule {
    name                       = "AllowProbe"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "AzureLoadBalancer"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "AllowWeb"
    priority                   = 110
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    source_address_prefix      = "10.0.0.0/8"
    destination_address_prefix = "*"
    destination_port_ranges    = ["80", "443"]
  }

  security_rule {
    name                       = "DenyAll"
    priority                   = 4096
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "transit" {
  subnet_id                 = azurerm_subnet.transit.id
  network_security_group_id = azurerm_network_security_group.transit.id
}

resource "azurerm_lb" "transit" {
  name                = "lb-transit"
  resource_group_name = azurerm_resource_group.transit.name
  location            = azurerm_resource_group.transit.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.transit.id
    private_ip_address            = "10.28.1.100"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "transit" {
  name            = "transit"
  loadbalancer_id = azurerm_lb.transit.id
}

resource "azurerm_lb_probe" "alive" {
  name            = "alive"
  loadbalancer_id = azurerm_lb.transit.id
  protocol        = "Tcp"
  port            = 8117
}

resource "azurerm_lb_rule" "every-port" {
  name                           = "every-port"
  loadbalancer_id                = azurerm_lb.transit.id
  frontend_ip_configuration_name = "internal"
  protocol                       = "All"
  frontend_port                  = 0
  backend_port                   = 0
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.transit.id]
  probe_id                       = azurerm_lb_probe.alive.id
}

resource "azurerm_network_interface" "transit" {
  count               = 2
  name                = "nic-transit-${count.index}"
  resource_group_name = azurerm_resource_group.transit.name
  location            = azurerm_resource_group.transit.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.transit.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "transit" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.transit[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.transit.id
}
