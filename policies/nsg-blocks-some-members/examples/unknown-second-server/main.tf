# The first server lets one office in; what the second one lets in is drawn during apply.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
    random  = { source = "hashicorp/random" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "relay" {
  name     = "rg-relay"
  location = "Norway East"
}

resource "azurerm_virtual_network" "relay" {
  name                = "vnet-relay"
  resource_group_name = azurerm_resource_group.relay.name
  location            = azurerm_resource_group.relay.location
  address_space       = ["10.29.0.0/16"]
}

resource "azurerm_subnet" "relay" {
  name                 = "snet-relay"
  resource_group_name  = azurerm_resource_group.relay.name
  virtual_network_name = azurerm_virtual_network.relay.name
  address_prefixes     = ["10.29.1.0/24"]
}

resource "random_integer" "port" {
  min = 8000
  max = 8999
}

resource "azurerm_network_security_group" "first" {
  name                = "nsg-first"
  resource_group_name = azurerm_resource_group.relay.name
  location            = azurerm_resource_group.relay.location

  security_rule {
    name                       = "AllowOffice"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "8080"
    source_address_prefix      = "203.0.113.0/28"
    destination_address_prefix = "*"
  }
}

resource "azurerm_network_security_group" "second" {
  name                = "nsg-second"
  resource_group_name = azurerm_resource_group.relay.name
  location            = azurerm_resource_group.relay.location

  security_rule {
    name                       = "AllowDrawn"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = random_integer.port.result
    source_address_prefix      = "203.0.113.0/28"
    destination_address_prefix = "*"
  }
}

resource "azurerm_public_ip" "relay" {
  name                = "pip-relay"
  resource_group_name = azurerm_resource_group.relay.name
  location            = azurerm_resource_group.relay.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "relay" {
  name                = "lb-relay"
  resource_group_name = azurerm_resource_group.relay.name
  location            = azurerm_resource_group.relay.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.relay.id
  }
}

resource "azurerm_lb_backend_address_pool" "relay" {
  name            = "relay"
  loadbalancer_id = azurerm_lb.relay.id
}

resource "azurerm_lb_probe" "relay" {
  name            = "relay"
  loadbalancer_id = azurerm_lb.relay.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "relay" {
  name                           = "relay"
  loadbalancer_id                = azurerm_lb.relay.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.relay.id]
  probe_id                       = azurerm_lb_probe.relay.id
}

resource "azurerm_network_interface" "first" {
  name                = "nic-first"
  resource_group_name = azurerm_resource_group.relay.name
  location            = azurerm_resource_group.relay.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.relay.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "first" {
  network_interface_id    = azurerm_network_interface.first.id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.relay.id
}

resource "azurerm_network_interface" "second" {
  name                = "nic-second"
  resource_group_name = azurerm_resource_group.relay.name
  location            = azurerm_resource_group.relay.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.relay.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "second" {
  network_interface_id    = azurerm_network_interface.second.id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.relay.id
}

resource "azurerm_network_interface_security_group_association" "first" {
  network_interface_id      = azurerm_network_interface.first.id
  network_security_group_id = azurerm_network_security_group.first.id
}

resource "azurerm_network_interface_security_group_association" "second" {
  network_interface_id      = azurerm_network_interface.second.id
  network_security_group_id = azurerm_network_security_group.second.id
}
