# Two machines share the load.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "crm" {
  name     = "rg-crm"
  location = "westeurope"
}

resource "azurerm_virtual_network" "crm" {
  name                = "vnet-crm"
  resource_group_name = azurerm_resource_group.crm.name
  location            = azurerm_resource_group.crm.location
  address_space       = ["10.131.0.0/16"]
}

resource "azurerm_subnet" "crm" {
  name                 = "snet-crm"
  resource_group_name  = azurerm_resource_group.crm.name
  virtual_network_name = azurerm_virtual_network.crm.name
  address_prefixes     = ["10.131.1.0/24"]
}

resource "azurerm_public_ip" "nat" {
  name                = "pip-nat-crm"
  resource_group_name = azurerm_resource_group.crm.name
  location            = azurerm_resource_group.crm.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_nat_gateway" "crm" {
  name                = "nat-crm"
  resource_group_name = azurerm_resource_group.crm.name
  location            = azurerm_resource_group.crm.location
  sku_name            = "Standard"
}

resource "azurerm_nat_gateway_public_ip_association" "crm" {
  nat_gateway_id       = azurerm_nat_gateway.crm.id
  public_ip_address_id = azurerm_public_ip.nat.id
}

resource "azurerm_subnet_nat_gateway_association" "crm" {
  subnet_id      = azurerm_subnet.crm.id
  nat_gateway_id = azurerm_nat_gateway.crm.id
}

resource "azurerm_lb" "crm" {
  name                = "lb-crm"
  resource_group_name = azurerm_resource_group.crm.name
  location            = azurerm_resource_group.crm.location

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.crm.id
    private_ip_address            = "10.131.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "crm" {
  name            = "pool-crm"
  loadbalancer_id = azurerm_lb.crm.id
}

resource "azurerm_lb_probe" "crm" {
  name            = "health"
  loadbalancer_id = azurerm_lb.crm.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "crm" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.crm.id
  frontend_ip_configuration_name = azurerm_lb.crm.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.crm.id]
  probe_id                       = azurerm_lb_probe.crm.id
}

resource "azurerm_network_interface" "crm" {
  count               = 2
  name                = "nic-crm-${count.index}"
  resource_group_name = azurerm_resource_group.crm.name
  location            = azurerm_resource_group.crm.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.crm.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "crm" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.crm[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.crm.id
}
