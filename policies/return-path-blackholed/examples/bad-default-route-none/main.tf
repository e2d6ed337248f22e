# A default route that locks the subnet in also drops the replies to clients from the internet.
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
  location = "westeurope"
}

resource "azurerm_virtual_network" "tickets" {
  name                = "vnet-tickets"
  resource_group_name = azurerm_resource_group.tickets.name
  location            = azurerm_resource_group.tickets.location
  address_space       = ["10.70.0.0/16"]
}

resource "azurerm_subnet" "tickets" {
  name                 = "snet-tickets"
  resource_group_name  = azurerm_resource_group.tickets.name
  virtual_network_name = azurerm_virtual_network.tickets.name
  address_prefixes     = ["10.70.1.0/24"]
}

resource "azurerm_network_security_group" "tickets" {
  name                = "nsg-tickets"
  resource_group_name = azurerm_resource_group.tickets.name
  location            = azurerm_resource_group.tickets.location

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

resource "azurerm_subnet_network_security_group_association" "tickets" {
  subnet_id                 = azurerm_subnet.tickets.id
  network_security_group_id = azurerm_network_security_group.tickets.id
}

resource "azurerm_route_table" "tickets" {
  name                          = "rt-tickets"
  resource_group_name           = azurerm_resource_group.tickets.name
  location                      = azurerm_resource_group.tickets.location
  bgp_route_propagation_enabled = false

  route {
    name           = "lock-in"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "None"
  }
}

resource "azurerm_subnet_route_table_association" "tickets" {
  subnet_id      = azurerm_subnet.tickets.id
  route_table_id = azurerm_route_table.tickets.id
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
  name            = "pool-tickets"
  loadbalancer_id = azurerm_lb.tickets.id
}

resource "azurerm_lb_probe" "tickets" {
  name            = "health"
  loadbalancer_id = azurerm_lb.tickets.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "tickets" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.tickets.id
  frontend_ip_configuration_name = azurerm_lb.tickets.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.tickets.id]
  probe_id                       = azurerm_lb_probe.tickets.id
}

resource "azurerm_network_interface" "tickets" {
  count               = 2
  name                = "nic-tickets-${count.index}"
  resource_group_name = azurerm_resource_group.tickets.name
  location            = azurerm_resource_group.tickets.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.tickets.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "tickets" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.tickets[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.tickets.id
}
