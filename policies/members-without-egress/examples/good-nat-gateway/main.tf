# The subnet of the internal tier has a NAT gateway.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "billing" {
  name     = "rg-billing"
  location = "westeurope"
}

resource "azurerm_virtual_network" "billing" {
  name                = "vnet-billing"
  resource_group_name = azurerm_resource_group.billing.name
  location            = azurerm_resource_group.billing.location
  address_space       = ["10.82.0.0/16"]
}

resource "azurerm_subnet" "billing" {
  name                 = "snet-billing"
  resource_group_name  = azurerm_resource_group.billing.name
  virtual_network_name = azurerm_virtual_network.billing.name
  address_prefixes     = ["10.82.1.0/24"]
}

resource "azurerm_network_security_group" "billing" {
  name                = "nsg-billing"
  resource_group_name = azurerm_resource_group.billing.name
  location            = azurerm_resource_group.billing.location

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

resource "azurerm_subnet_network_security_group_association" "billing" {
  subnet_id                 = azurerm_subnet.billing.id
  network_security_group_id = azurerm_network_security_group.billing.id
}

resource "azurerm_public_ip" "nat" {
  name                = "pip-nat-billing"
  resource_group_name = azurerm_resource_group.billing.name
  location            = azurerm_resource_group.billing.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_nat_gateway" "billing" {
  name                = "nat-billing"
  resource_group_name = azurerm_resource_group.billing.name
  location            = azurerm_resource_group.billing.location
  sku_name            = "Standard"
}

resource "azurerm_nat_gateway_public_ip_association" "billing" {
  nat_gateway_id       = azurerm_nat_gateway.billing.id
  public_ip_address_id = azurerm_public_ip.nat.id
}

resource "azurerm_subnet_nat_gateway_association" "billing" {
  subnet_id      = azurerm_subnet.billing.id
  nat_gateway_id = azurerm_nat_gateway.billing.id
}

resource "azurerm_lb" "billing" {
  name                = "lb-billing"
  resource_group_name = azurerm_resource_group.billing.name
  location            = azurerm_resource_group.billing.location

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.billing.id
    private_ip_address            = "10.82.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "billing" {
  name            = "pool-billing"
  loadbalancer_id = azurerm_lb.billing.id
}

resource "azurerm_lb_probe" "billing" {
  name            = "health"
  loadbalancer_id = azurerm_lb.billing.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "billing" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.billing.id
  frontend_ip_configuration_name = azurerm_lb.billing.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.billing.id]
  probe_id                       = azurerm_lb_probe.billing.id
}

resource "azurerm_network_interface" "billing" {
  count               = 2
  name                = "nic-billing-${count.index}"
  resource_group_name = azurerm_resource_group.billing.name
  location            = azurerm_resource_group.billing.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.billing.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "billing" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.billing[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.billing.id
}
