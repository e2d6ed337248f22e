# Two subnets hold the servers of one rule; the older one lets in a single agency only.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "feed" {
  name     = "rg-feed"
  location = "West US 2"
}

resource "azurerm_virtual_network" "feed" {
  name                = "vnet-feed"
  resource_group_name = azurerm_resource_group.feed.name
  location            = azurerm_resource_group.feed.location
  address_space       = ["10.24.0.0/16"]
}

resource "azurerm_subnet" "feed" {
  name                 = "snet-feed"
  resource_group_name  = azurerm_resource_group.feed.name
  virtual_network_name = azurerm_virtual_network.feed.name
  address_prefixes     = ["10.24.1.0/24"]
}

resource "azurerm_subnet" "legacy" {
  name                 = "snet-legacy"
  resource_group_name  = azurerm_resource_group.feed.name
  virtual_network_name = azurerm_virtual_network.feed.name
  address_prefixes     = ["10.24.2.0/24"]
}

resource "azurerm_network_security_group" "feed" {
  name                = "nsg-feed"
  resource_group_name = azurerm_resource_group.feed.name
  location            = azurerm_resource_group.feed.location

  security_rule {
    name                       = "AllowFeed"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "8080"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "feed" {
  subnet_id                 = azurerm_subnet.feed.id
  network_security_group_id = azurerm_network_security_group.feed.id
}

resource "azurerm_network_security_group" "legacy" {
  name                = "nsg-legacy"
  resource_group_name = azurerm_resource_group.feed.name
  location            = azurerm_resource_group.feed.location

  security_rule {
    name                       = "AllowAgency"
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

resource "azurerm_subnet_network_security_group_association" "legacy" {
  subnet_id                 = azurerm_subnet.legacy.id
  network_security_group_id = azurerm_network_security_group.legacy.id
}

resource "azurerm_public_ip" "feed" {
  name                = "pip-feed"
  resource_group_name = azurerm_resource_group.feed.name
  location            = azurerm_resource_group.feed.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "feed" {
  name                = "lb-feed"
  resource_group_name = azurerm_resource_group.feed.name
  location            = azurerm_resource_group.feed.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.feed.id
  }
}

resource "azurerm_lb_backend_address_pool" "feed" {
  name            = "feed"
  loadbalancer_id = azurerm_lb.feed.id
}

resource "azurerm_lb_probe" "feed" {
  name            = "feed"
  loadbalancer_id = azurerm_lb.feed.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "feed" {
  name                           = "feed"
  loadbalancer_id                = azurerm_lb.feed.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.feed.id]
  probe_id                       = azurerm_lb_probe.feed.id
}

resource "azurerm_network_interface" "feed" {
  name                = "nic-feed"
  resource_group_name = azurerm_resource_group.feed.name
  location            = azurerm_resource_group.feed.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.feed.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "feed" {
  network_interface_id    = azurerm_network_interface.feed.id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.feed.id
}

resource "azurerm_network_interface" "legacy" {
  name                = "nic-legacy"
  resource_group_name = azurerm_resource_group.feed.name
  location            = azurerm_resource_group.feed.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.legacy.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "legacy" {
  network_interface_id    = azurerm_network_interface.legacy.id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.feed.id
}
