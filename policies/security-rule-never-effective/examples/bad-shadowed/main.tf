# One partner gets in at 100; the allow for everybody else comes after a deny for the port.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "tickets" {
  name     = "rg-tickets"
  location = "Spain Central"
}

resource "azurerm_virtual_network" "tickets" {
  name                = "vnet-tickets"
  resource_group_name = azurerm_resource_group.tickets.name
  location            = azurerm_resource_group.tickets.location
  address_space       = ["10.52.0.0/16"]
}

resource "azurerm_subnet" "tickets" {
  name                 = "snet-tickets"
  resource_group_name  = azurerm_resource_group.tickets.name
  virtual_network_name = azurerm_virtual_network.tickets.name
  address_prefixes     = ["10.52.1.0/24"]
}

resource "azurerm_network_security_group" "tickets" {
  name                = "nsg-tickets"
  resource_group_name = azurerm_resource_group.tickets.name
  location            = azurerm_resource_group.tickets.location
}

resource "azurerm_subnet_network_security_group_association" "tickets" {
  subnet_id                 = azurerm_subnet.tickets.id
  network_security_group_id = azurerm_network_security_group.tickets.id
}

resource "azurerm_network_security_rule" "partner" {
  resource_group_name         = azurerm_resource_group.tickets.name
  network_security_group_name = azurerm_network_security_group.tickets.name
  name                        = "AllowPartner"
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = "8443"
  source_address_prefix       = "203.0.113.0/26"
  destination_address_prefix  = "*"
}

resource "azurerm_network_security_rule" "probe" {
  resource_group_name         = azurerm_resource_group.tickets.name
  network_security_group_name = azurerm_network_security_group.tickets.name
  name                        = "AllowProbe"
  priority                    = 110
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = "*"
  source_address_prefix       = "AzureLoadBalancer"
  destination_address_prefix  = "*"
}

resource "azurerm_network_security_rule" "high" {
  resource_group_name         = azurerm_resource_group.tickets.name
  network_security_group_name = azurerm_network_security_group.tickets.name
  name                        = "DenyHighPorts"
  priority                    = 200
  direction                   = "Inbound"
  access                      = "Deny"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = "8000-8999"
  source_address_prefix       = "*"
  destination_address_prefix  = "*"
}

resource "azurerm_network_security_rule" "everybody" {
  resource_group_name         = azurerm_resource_group.tickets.name
  network_security_group_name = azurerm_network_security_group.tickets.name
  name                        = "AllowEverybody"
  priority                    = 300
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = "8443"
  source_address_prefix       = "Internet"
  destination_address_prefix  = "*"
}

resource "azurerm_public_ip" "tickets" {
  name                = "pip-tickets"
  resource_group_name = azurerm_resource_group.tickets.name
  location            = azurerm_resource_group.tickets.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "tickets" {
  name                = "lb-tickets"
  resource_group_name = azurerm_resource_group.tickets.name
  location            = azurerm_resource_group.tickets.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.tickets.id
  }
}

resource "azurerm_lb_backend_address_pool" "tickets" {
  name            = "tickets"
  loadbalancer_id = azurerm_lb.tickets.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.tickets.id
  protocol        = "Tcp"
  port            = 8443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.tickets.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.tickets.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "tickets" {
  count               = 2
  name                = "nic-tickets-${count.index}"
  resource_group_name = azurerm_resource_group.tickets.name
  location            = azurerm_resource_group.tickets.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.tickets.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "tickets" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.tickets[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.tickets.id
}
