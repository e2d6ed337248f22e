# The subnet of a public web tier sends everything to the hub firewall, replies to clients included.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "shop" {
  name     = "rg-shop"
  location = "westeurope"
}

resource "azurerm_virtual_network" "shop" {
  name                = "vnet-shop"
  resource_group_name = azurerm_resource_group.shop.name
  location            = azurerm_resource_group.shop.location
  address_space       = ["10.60.0.0/16"]
}

resource "azurerm_subnet" "shop" {
  name                 = "snet-shop"
  resource_group_name  = azurerm_resource_group.shop.name
  virtual_network_name = azurerm_virtual_network.shop.name
  address_prefixes     = ["10.60.1.0/24"]
}

resource "azurerm_network_security_group" "shop" {
  name                = "nsg-shop"
  resource_group_name = azurerm_resource_group.shop.name
  location            = azurerm_resource_group.shop.location

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

resource "azurerm_subnet_network_security_group_association" "shop" {
  subnet_id                 = azurerm_subnet.shop.id
  network_security_group_id = azurerm_network_security_group.shop.id
}

resource "azurerm_route_table" "shop" {
  name                          = "rt-shop"
  resource_group_name           = azurerm_resource_group.shop.name
  location                      = azurerm_resource_group.shop.location
  bgp_route_propagation_enabled = false

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.0.1.4"
  }
}

resource "azurerm_subnet_route_table_association" "shop" {
  subnet_id      = azurerm_subnet.shop.id
  route_table_id = azurerm_route_table.shop.id
}

resource "azurerm_public_ip" "shop" {
  name                = "pip-shop"
  resource_group_name = azurerm_resource_group.shop.name
  location            = azurerm_resource_group.shop.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "shop" {
  name                = "lb-shop"
  resource_group_name = azurerm_resource_group.shop.name
  location            = azurerm_resource_group.shop.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.shop.id
  }
}

resource "azurerm_lb_backend_address_pool" "shop" {
  name            = "pool-shop"
  loadbalancer_id = azurerm_lb.shop.id
}

resource "azurerm_lb_probe" "shop" {
  name            = "health"
  loadbalancer_id = azurerm_lb.shop.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "shop" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.shop.id
  frontend_ip_configuration_name = azurerm_lb.shop.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.shop.id]
  probe_id                       = azurerm_lb_probe.shop.id
}

resource "azurerm_network_interface" "shop" {
  count               = 2
  name                = "nic-shop-${count.index}"
  resource_group_name = azurerm_resource_group.shop.name
  location            = azurerm_resource_group.shop.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.shop.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "shop" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.shop[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.shop.id
}
