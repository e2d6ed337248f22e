# An internal tier behind a Standard load balancer, and nothing that lets it download an update.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "stock" {
  name     = "rg-stock"
  location = "westeurope"
}

resource "azurerm_virtual_network" "stock" {
  name                = "vnet-stock"
  resource_group_name = azurerm_resource_group.stock.name
  location            = azurerm_resource_group.stock.location
  address_space       = ["10.80.0.0/16"]
}

resource "azurerm_subnet" "stock" {
  name                 = "snet-stock"
  resource_group_name  = azurerm_resource_group.stock.name
  virtual_network_name = azurerm_virtual_network.stock.name
  address_prefixes     = ["10.80.1.0/24"]
}

resource "azurerm_network_security_group" "stock" {
  name                = "nsg-stock"
  resource_group_name = azurerm_resource_group.stock.name
  location            = azurerm_resource_group.stock.location

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

resource "azurerm_subnet_network_security_group_association" "stock" {
  subnet_id                 = azurerm_subnet.stock.id
  network_security_group_id = azurerm_network_security_group.stock.id
}

resource "azurerm_lb" "stock" {
  name                = "lb-stock"
  resource_group_name = azurerm_resource_group.stock.name
  location            = azurerm_resource_group.stock.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.stock.id
    private_ip_address            = "10.80.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "stock" {
  name            = "pool-stock"
  loadbalancer_id = azurerm_lb.stock.id
}

resource "azurerm_lb_probe" "stock" {
  name            = "health"
  loadbalancer_id = azurerm_lb.stock.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "stock" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.stock.id
  frontend_ip_configuration_name = azurerm_lb.stock.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.stock.id]
  probe_id                       = azurerm_lb_probe.stock.id
}

resource "azurerm_network_interface" "stock" {
  count               = 2
  name                = "nic-stock-${count.index}"
  resource_group_name = azurerm_resource_group.stock.name
  location            = azurerm_resource_group.stock.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.stock.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "stock" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.stock[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.stock.id
}
