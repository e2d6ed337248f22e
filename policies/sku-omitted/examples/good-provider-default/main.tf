# From version 4 on, the Terraform provider fills in Standard.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "wiki" {
  name     = "rg-wiki"
  location = "westeurope"
}

resource "azurerm_virtual_network" "wiki" {
  name                = "vnet-wiki"
  resource_group_name = azurerm_resource_group.wiki.name
  location            = azurerm_resource_group.wiki.location
  address_space       = ["10.107.0.0/16"]
}

resource "azurerm_subnet" "wiki" {
  name                 = "snet-wiki"
  resource_group_name  = azurerm_resource_group.wiki.name
  virtual_network_name = azurerm_virtual_network.wiki.name
  address_prefixes     = ["10.107.1.0/24"]
}

resource "azurerm_network_security_group" "wiki" {
  name                = "nsg-wiki"
  resource_group_name = azurerm_resource_group.wiki.name
  location            = azurerm_resource_group.wiki.location

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

resource "azurerm_subnet_network_security_group_association" "wiki" {
  subnet_id                 = azurerm_subnet.wiki.id
  network_security_group_id = azurerm_network_security_group.wiki.id
}

resource "azurerm_public_ip" "wiki" {
  name                = "pip-wiki"
  resource_group_name = azurerm_resource_group.wiki.name
  location            = azurerm_resource_group.wiki.location
  allocation_method   = "Static"
}

resource "azurerm_lb" "wiki" {
  name                = "lb-wiki"
  resource_group_name = azurerm_resource_group.wiki.name
  location            = azurerm_resource_group.wiki.location

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.wiki.id
  }
}

resource "azurerm_lb_backend_address_pool" "wiki" {
  name            = "pool-wiki"
  loadbalancer_id = azurerm_lb.wiki.id
}

resource "azurerm_lb_probe" "wiki" {
  name            = "health"
  loadbalancer_id = azurerm_lb.wiki.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "wiki" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.wiki.id
  frontend_ip_configuration_name = azurerm_lb.wiki.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.wiki.id]
  probe_id                       = azurerm_lb_probe.wiki.id
}

resource "azurerm_network_interface" "wiki" {
  count               = 2
  name                = "nic-wiki-${count.index}"
  resource_group_name = azurerm_resource_group.wiki.name
  location            = azurerm_resource_group.wiki.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.wiki.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "wiki" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.wiki[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.wiki.id
}
