# Subnet and interface each have a list of clients, and each list names one that the other forgot.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "exchange" {
  name     = "rg-exchange"
  location = "Switzerland North"
}

resource "azurerm_virtual_network" "exchange" {
  name                = "vnet-exchange"
  resource_group_name = azurerm_resource_group.exchange.name
  location            = azurerm_resource_group.exchange.location
  address_space       = ["10.26.0.0/16"]
}

resource "azurerm_subnet" "exchange" {
  name                 = "snet-exchange"
  resource_group_name  = azurerm_resource_group.exchange.name
  virtual_network_name = azurerm_virtual_network.exchange.name
  address_prefixes     = ["10.26.1.0/24"]
}

resource "azurerm_network_security_group" "exchange" {
  name                = "nsg-exchange"
  resource_group_name = azurerm_resource_group.exchange.name
  location            = azurerm_resource_group.exchange.location

  security_rule {
    name                       = "AllowBank"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "9443"
    destination_address_prefix = "*"
    source_address_prefixes    = ["198.51.100.0/28", "203.0.113.0/28"]
  }
}

resource "azurerm_subnet_network_security_group_association" "exchange" {
  subnet_id                 = azurerm_subnet.exchange.id
  network_security_group_id = azurerm_network_security_group.exchange.id
}

resource "azurerm_network_security_group" "matching" {
  name                = "nsg-matching"
  resource_group_name = azurerm_resource_group.exchange.name
  location            = azurerm_resource_group.exchange.location

  security_rule {
    name                       = "AllowBroker"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "9443"
    destination_address_prefix = "*"
    source_address_prefixes    = ["203.0.113.0/28", "192.88.99.0/28"]
  }
}

resource "azurerm_public_ip" "exchange" {
  name                = "pip-exchange"
  resource_group_name = azurerm_resource_group.exchange.name
  location            = azurerm_resource_group.exchange.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "exchange" {
  name                = "lb-exchange"
  resource_group_name = azurerm_resource_group.exchange.name
  location            = azurerm_resource_group.exchange.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.exchange.id
  }
}

resource "azurerm_lb_backend_address_pool" "exchange" {
  name            = "exchange"
  loadbalancer_id = azurerm_lb.exchange.id
}

resource "azurerm_lb_probe" "orders" {
  name            = "orders"
  loadbalancer_id = azurerm_lb.exchange.id
  protocol        = "Tcp"
  port            = 9443
}

resource "azurerm_lb_rule" "orders" {
  name                           = "orders"
  loadbalancer_id                = azurerm_lb.exchange.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 9443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.exchange.id]
  probe_id                       = azurerm_lb_probe.orders.id
}

resource "azurerm_network_interface" "exchange" {
  count               = 2
  name                = "nic-exchange-${count.index}"
  resource_group_name = azurerm_resource_group.exchange.name
  location            = azurerm_resource_group.exchange.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.exchange.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "exchange" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.exchange[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.exchange.id
}

resource "azurerm_network_interface_security_group_association" "matching" {
  count                     = 2
  network_interface_id      = azurerm_network_interface.exchange[count.index].id
  network_security_group_id = azurerm_network_security_group.matching.id
}
