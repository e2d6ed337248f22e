# Default rules only, and a default route in two halves: AllowVnetInBound may let the internet in.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "archive" {
  name     = "rg-archive"
  location = "Korea Central"
}

resource "azurerm_virtual_network" "archive" {
  name                = "vnet-archive"
  resource_group_name = azurerm_resource_group.archive.name
  location            = azurerm_resource_group.archive.location
  address_space       = ["10.62.0.0/16"]
}

resource "azurerm_subnet" "archive" {
  name                 = "snet-archive"
  resource_group_name  = azurerm_resource_group.archive.name
  virtual_network_name = azurerm_virtual_network.archive.name
  address_prefixes     = ["10.62.1.0/24"]
}

resource "azurerm_network_security_group" "archive" {
  name                = "nsg-archive"
  resource_group_name = azurerm_resource_group.archive.name
  location            = azurerm_resource_group.archive.location
}

resource "azurerm_subnet_network_security_group_association" "archive" {
  subnet_id                 = azurerm_subnet.archive.id
  network_security_group_id = azurerm_network_security_group.archive.id
}

resource "azurerm_route_table" "archive" {
  name                = "rt-archive"
  resource_group_name = azurerm_resource_group.archive.name
  location            = azurerm_resource_group.archive.location

  route {
    name                   = "half"
    address_prefix         = "0.0.0.0/1"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.0.0.4"
  }

  route {
    name                   = "other-half"
    address_prefix         = "128.0.0.0/1"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.0.0.4"
  }
}

resource "azurerm_subnet_route_table_association" "archive" {
  subnet_id      = azurerm_subnet.archive.id
  route_table_id = azurerm_route_table.archive.id
}

resource "azurerm_public_ip" "archive" {
  name                = "pip-archive"
  resource_group_name = azurerm_resource_group.archive.name
  location            = azurerm_resource_group.archive.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "archive" {
  name                = "lb-archive"
  resource_group_name = azurerm_resource_group.archive.name
  location            = azurerm_resource_group.archive.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.archive.id
  }
}

resource "azurerm_lb_backend_address_pool" "archive" {
  name            = "archive"
  loadbalancer_id = azurerm_lb.archive.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.archive.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.archive.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.archive.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "archive" {
  count               = 2
  name                = "nic-archive-${count.index}"
  resource_group_name = azurerm_resource_group.archive.name
  location            = azurerm_resource_group.archive.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.archive.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "archive" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.archive[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.archive.id
}
