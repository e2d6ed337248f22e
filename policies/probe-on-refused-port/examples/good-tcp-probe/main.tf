# TCP probes may ask any port, also those of mail.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "imap" {
  name     = "rg-imap"
  location = "West Europe"
}

resource "azurerm_virtual_network" "imap" {
  name                = "vnet-imap"
  resource_group_name = azurerm_resource_group.imap.name
  location            = azurerm_resource_group.imap.location
  address_space       = ["10.70.0.0/16"]
}

resource "azurerm_subnet" "imap" {
  name                 = "snet-imap"
  resource_group_name  = azurerm_resource_group.imap.name
  virtual_network_name = azurerm_virtual_network.imap.name
  address_prefixes     = ["10.70.1.0/24"]
}

resource "azurerm_lb" "imap" {
  name                = "lb-imap"
  resource_group_name = azurerm_resource_group.imap.name
  location            = azurerm_resource_group.imap.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.imap.id
    private_ip_address            = "10.70.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "imap" {
  name            = "imap"
  loadbalancer_id = azurerm_lb.imap.id
}

resource "azurerm_lb_probe" "imap" {
  name            = "imap"
  loadbalancer_id = azurerm_lb.imap.id
  protocol        = "Tcp"
  port            = 143
}

resource "azurerm_lb_probe" "imaps" {
  name            = "imaps"
  loadbalancer_id = azurerm_lb.imap.id
  protocol        = "Tcp"
  port            = 993
}

resource "azurerm_lb_rule" "imap" {
  name                           = "imap"
  loadbalancer_id                = azurerm_lb.imap.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 143
  backend_port                   = 143
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.imap.id]
  probe_id                       = azurerm_lb_probe.imap.id
}

resource "azurerm_lb_rule" "imaps" {
  name                           = "imaps"
  loadbalancer_id                = azurerm_lb.imap.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 993
  backend_port                   = 993
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.imap.id]
  probe_id                       = azurerm_lb_probe.imaps.id
}

resource "azurerm_network_interface" "imap" {
  count               = 2
  name                = "nic-imap-${count.index}"
  resource_group_name = azurerm_resource_group.imap.name
  location            = azurerm_resource_group.imap.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.imap.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "imap" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.imap[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.imap.id
}
