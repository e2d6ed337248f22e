# All replies but those to one partner are dropped, while everybody may come in.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "claims" {
  name     = "rg-claims"
  location = "swedencentral"
}

resource "azurerm_network_security_group" "claims" {
  name                = "nsg-claims"
  resource_group_name = azurerm_resource_group.claims.name
  location            = azurerm_resource_group.claims.location

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

resource "azurerm_route_table" "claims" {
  name                = "rt-claims"
  resource_group_name = azurerm_resource_group.claims.name
  location            = azurerm_resource_group.claims.location

  route {
    name           = "lock-in"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "None"
  }

  route {
    name           = "partner"
    address_prefix = "203.0.113.0/24"
    next_hop_type  = "Internet"
  }
}

resource "azurerm_virtual_network" "claims" {
  name                = "vnet-claims"
  resource_group_name = azurerm_resource_group.claims.name
  location            = azurerm_resource_group.claims.location
  address_space       = ["10.74.0.0/16"]
}

resource "azurerm_subnet" "claims" {
  name                 = "snet-claims"
  resource_group_name  = azurerm_resource_group.claims.name
  virtual_network_name = azurerm_virtual_network.claims.name
  address_prefixes     = ["10.74.1.0/24"]
}

resource "azurerm_public_ip" "claims" {
  name                = "pip-claims"
  resource_group_name = azurerm_resource_group.claims.name
  location            = azurerm_resource_group.claims.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "claims" {
  name                = "lb-claims"
  resource_group_name = azurerm_resource_group.claims.name
  location            = azurerm_resource_group.claims.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "front"
    public_ip_address_id = azurerm_public_ip.claims.id
  }
}

resource "azurerm_lb_backend_address_pool" "pool_claims" {
  name            = "pool-claims"
  loadbalancer_id = azurerm_lb.claims.id
}

resource "azurerm_lb_probe" "health" {
  name                = "health"
  loadbalancer_id     = azurerm_lb.claims.id
  protocol            = "Tcp"
  port                = 443
  probe_threshold     = 2
  interval_in_seconds = 5
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.claims.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool_claims.id]
  probe_id                       = azurerm_lb_probe.health.id
}

resource "azurerm_subnet_network_security_group_association" "claims" {
  subnet_id                 = azurerm_subnet.claims.id
  network_security_group_id = azurerm_network_security_group.claims.id
}

resource "azurerm_subnet_route_table_association" "claims" {
  subnet_id      = azurerm_subnet.claims.id
  route_table_id = azurerm_route_table.claims.id
}

resource "azurerm_network_interface" "claims" {
  count               = 2
  name                = "nic-claims-${count.index}"
  resource_group_name = azurerm_resource_group.claims.name
  location            = azurerm_resource_group.claims.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.claims.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "claims" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.claims[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool_claims.id
}
