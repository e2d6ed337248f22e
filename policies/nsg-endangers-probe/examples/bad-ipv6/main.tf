# A frontend for IPv6: its probes come from a link-local address, and only clients are allowed.
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
  location = "Japan East"
}

resource "azurerm_virtual_network" "tickets" {
  name                = "vnet-tickets"
  resource_group_name = azurerm_resource_group.tickets.name
  location            = azurerm_resource_group.tickets.location
  address_space       = ["10.32.0.0/16", "fd00:32::/48"]
}

resource "azurerm_subnet" "tickets" {
  name                 = "snet-tickets"
  resource_group_name  = azurerm_resource_group.tickets.name
  virtual_network_name = azurerm_virtual_network.tickets.name
  address_prefixes     = ["10.32.1.0/24", "fd00:32:0:1::/64"]
}

resource "azurerm_network_security_group" "tickets" {
  name                = "nsg-tickets"
  resource_group_name = azurerm_resource_group.tickets.name
  location            = azurerm_resource_group.tickets.location

  security_rule {
    name                       = "AllowHttps"
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

resource "azurerm_subnet_network_security_group_association" "tickets" {
  subnet_id                 = azurerm_subnet.tickets.id
  network_security_group_id = azurerm_network_security_group.tickets.id
}

resource "azurerm_public_ip" "tickets" {
  name                = "pip-tickets"
  resource_group_name = azurerm_resource_group.tickets.name
  location            = azurerm_resource_group.tickets.location
  allocation_method   = "Static"
  sku                 = "Standard"
  ip_version          = "IPv6"
}

resource "azurerm_lb" "tickets" {
  name                = "lb-tickets"
  resource_group_name = azurerm_resource_group.tickets.name
  location            = azurerm_resource_group.tickets.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                       = "ipv6"
    public_ip_address_id       = azurerm_public_ip.tickets.id
    private_ip_address_version = "IPv6"
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
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.tickets.id
  frontend_ip_configuration_name = "ipv6"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.tickets.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "tickets" {
  name                = "nic-tickets"
  resource_group_name = azurerm_resource_group.tickets.name
  location            = azurerm_resource_group.tickets.location

  ip_configuration {
    name                          = "ipv4"
    subnet_id                     = azurerm_subnet.tickets.id
    private_ip_address_allocation = "Dynamic"
    primary                       = true
  }

  ip_configuration {
    name                          = "ipv6"
    subnet_id                     = azurerm_subnet.tickets.id
    private_ip_address_allocation = "Dynamic"
    private_ip_address_version    = "IPv6"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "tickets" {
  network_interface_id    = azurerm_network_interface.tickets.id
  ip_configuration_name   = "ipv6"
  backend_address_pool_id = azurerm_lb_backend_address_pool.tickets.id
}
