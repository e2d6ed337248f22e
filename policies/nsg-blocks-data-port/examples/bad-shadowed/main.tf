# A deny at 3000 comes before the allow at 3500 for the same port.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 3.0" }
  }
}

provider "azurerm" {
  features {}
}

locals {
  rules = {
    AllowProbe   = { priority = 100, access = "Allow", source = "AzureLoadBalancer", ports = "*" }
    DenyHighTcp  = { priority = 3000, access = "Deny", source = "*", ports = "8000-8999" }
    AllowPlayers = { priority = 3500, access = "Allow", source = "Internet", ports = "8443" }
  }
}

resource "azurerm_resource_group" "game" {
  name     = "rg-game"
  location = "Japan East"
}

resource "azurerm_virtual_network" "game" {
  name                = "vnet-game"
  resource_group_name = azurerm_resource_group.game.name
  location            = azurerm_resource_group.game.location
  address_space       = ["10.80.0.0/16"]
}

resource "azurerm_subnet" "game" {
  name                 = "snet-game"
  resource_group_name  = azurerm_resource_group.game.name
  virtual_network_name = azurerm_virtual_network.game.name
  address_prefixes     = ["10.80.1.0/24"]
}

resource "azurerm_network_security_group" "game" {
  name                = "nsg-game"
  resource_group_name = azurerm_resource_group.game.name
  location            = azurerm_resource_group.game.location
}

resource "azurerm_network_security_rule" "game" {
  for_each                    = local.rules
  resource_group_name         = azurerm_resource_group.game.name
  network_security_group_name = azurerm_network_security_group.game.name
  name                        = each.key
  priority                    = each.value.priority
  direction                   = "Inbound"
  access                      = each.value.access
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = each.value.ports
  source_address_prefix       = each.value.source
  destination_address_prefix  = "*"
}

resource "azurerm_subnet_network_security_group_association" "game" {
  subnet_id                 = azurerm_subnet.game.id
  network_security_group_id = azurerm_network_security_group.game.id
}

resource "azurerm_public_ip" "game" {
  name                = "pip-game"
  resource_group_name = azurerm_resource_group.game.name
  location            = azurerm_resource_group.game.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "game" {
  name                = "lb-game"
  resource_group_name = azurerm_resource_group.game.name
  location            = azurerm_resource_group.game.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.game.id
  }
}

resource "azurerm_lb_backend_address_pool" "game" {
  name            = "game"
  loadbalancer_id = azurerm_lb.game.id
}

resource "azurerm_lb_probe" "game" {
  name            = "game"
  loadbalancer_id = azurerm_lb.game.id
  protocol        = "Tcp"
  port            = 8443
}

resource "azurerm_lb_rule" "game" {
  name                           = "game"
  loadbalancer_id                = azurerm_lb.game.id
  frontend_ip_configuration_name = azurerm_lb.game.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 8443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.game.id]
  probe_id                       = azurerm_lb_probe.game.id
}

resource "azurerm_network_interface" "game" {
  count               = 2
  name                = "nic-game-${count.index}"
  resource_group_name = azurerm_resource_group.game.name
  location            = azurerm_resource_group.game.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.game.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "game" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.game[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.game.id
}
