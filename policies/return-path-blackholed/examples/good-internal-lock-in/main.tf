# The subnet has no way to the internet, and its clients are inside the network.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "vault" {
  name     = "rg-vault"
  location = "westeurope"
}

resource "azurerm_virtual_network" "vault" {
  name                = "vnet-vault"
  resource_group_name = azurerm_resource_group.vault.name
  location            = azurerm_resource_group.vault.location
  address_space       = ["10.72.0.0/16"]
}

resource "azurerm_subnet" "vault" {
  name                 = "snet-vault"
  resource_group_name  = azurerm_resource_group.vault.name
  virtual_network_name = azurerm_virtual_network.vault.name
  address_prefixes     = ["10.72.1.0/24"]
}

resource "azurerm_network_security_group" "vault" {
  name                = "nsg-vault"
  resource_group_name = azurerm_resource_group.vault.name
  location            = azurerm_resource_group.vault.location

  security_rule {
    name                       = "AllowClients"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "VirtualNetwork"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "vault" {
  subnet_id                 = azurerm_subnet.vault.id
  network_security_group_id = azurerm_network_security_group.vault.id
}

resource "azurerm_route_table" "vault" {
  name                          = "rt-vault"
  resource_group_name           = azurerm_resource_group.vault.name
  location                      = azurerm_resource_group.vault.location
  bgp_route_propagation_enabled = false

  route {
    name           = "lock-in"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "None"
  }
}

resource "azurerm_subnet_route_table_association" "vault" {
  subnet_id      = azurerm_subnet.vault.id
  route_table_id = azurerm_route_table.vault.id
}

resource "azurerm_lb" "vault" {
  name                = "lb-vault"
  resource_group_name = azurerm_resource_group.vault.name
  location            = azurerm_resource_group.vault.location

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.vault.id
    private_ip_address            = "10.72.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "vault" {
  name            = "pool-vault"
  loadbalancer_id = azurerm_lb.vault.id
}

resource "azurerm_lb_probe" "vault" {
  name            = "health"
  loadbalancer_id = azurerm_lb.vault.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "vault" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.vault.id
  frontend_ip_configuration_name = azurerm_lb.vault.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.vault.id]
  probe_id                       = azurerm_lb_probe.vault.id
}

resource "azurerm_network_interface" "vault" {
  count               = 2
  name                = "nic-vault-${count.index}"
  resource_group_name = azurerm_resource_group.vault.name
  location            = azurerm_resource_group.vault.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.vault.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "vault" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.vault[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.vault.id
}
