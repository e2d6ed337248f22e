# A public rule, a group that lets the virtual network in, and all traffic out through a firewall.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "extranet" {
  name     = "rg-extranet"
  location = "Belgium Central"
}

resource "azurerm_virtual_network" "extranet" {
  name                = "vnet-extranet"
  resource_group_name = azurerm_resource_group.extranet.name
  location            = azurerm_resource_group.extranet.location
  address_space       = ["10.61.0.0/16"]
}

resource "azurerm_subnet" "extranet" {
  name                 = "snet-extranet"
  resource_group_name  = azurerm_resource_group.extranet.name
  virtual_network_name = azurerm_virtual_network.extranet.name
  address_prefixes     = ["10.61.1.0/24"]
}

resource "azurerm_network_security_group" "extranet" {
  name                = "nsg-extranet"
  resource_group_name = azurerm_resource_group.extranet.name
  location            = azurerm_resource_group.extranet.location

  security_rule {
    name                       = "AllowVirtualNetwork"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "VirtualNetwork"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "extranet" {
  subnet_id                 = azurerm_subnet.extranet.id
  network_security_group_id = azurerm_network_security_group.extranet.id
}

resource "azurerm_route_table" "extranet" {
  name                = "rt-extranet"
  resource_group_name = azurerm_resource_group.extranet.name
  location            = azurerm_resource_group.extranet.location

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.0.0.4"
  }
}

resource "azurerm_subnet_route_table_association" "extranet" {
  subnet_id      = azurerm_subnet.extranet.id
  route_table_id = azurerm_route_table.extranet.id
}

resource "azurerm_public_ip" "extranet" {
  name                = "pip-extranet"
  resource_group_name = azurerm_resource_group.extranet.name
  location            = azurerm_resource_group.extranet.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "extranet" {
  name                = "lb-extranet"
  resource_group_name = azurerm_resource_group.extranet.name
  location            = azurerm_resource_group.extranet.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.extranet.id
  }
}

resource "azurerm_lb_backend_address_pool" "extranet" {
  name            = "extranet"
  loadbalancer_id = azurerm_lb.extranet.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.extranet.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.extranet.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.extranet.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "extranet" {
  count               = 2
  name                = "nic-extranet-${count.index}"
  resource_group_name = azurerm_resource_group.extranet.name
  location            = azurerm_resource_group.extranet.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.extranet.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "extranet" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.extranet[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.extranet.id
}
