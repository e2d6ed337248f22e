# A pool lists an IP address, and network interfaces join it.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "erp" {
  name     = "rg-erp"
  location = "westeurope"
}

resource "azurerm_virtual_network" "erp" {
  name                = "vnet-erp"
  resource_group_name = azurerm_resource_group.erp.name
  location            = azurerm_resource_group.erp.location
  address_space       = ["10.110.0.0/16"]
}

resource "azurerm_subnet" "erp" {
  name                 = "snet-erp"
  resource_group_name  = azurerm_resource_group.erp.name
  virtual_network_name = azurerm_virtual_network.erp.name
  address_prefixes     = ["10.110.1.0/24"]
}

resource "azurerm_public_ip" "nat" {
  name                = "pip-nat-erp"
  resource_group_name = azurerm_resource_group.erp.name
  location            = azurerm_resource_group.erp.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_nat_gateway" "erp" {
  name                = "nat-erp"
  resource_group_name = azurerm_resource_group.erp.name
  location            = azurerm_resource_group.erp.location
  sku_name            = "Standard"
}

resource "azurerm_nat_gateway_public_ip_association" "erp" {
  nat_gateway_id       = azurerm_nat_gateway.erp.id
  public_ip_address_id = azurerm_public_ip.nat.id
}

resource "azurerm_subnet_nat_gateway_association" "erp" {
  subnet_id      = azurerm_subnet.erp.id
  nat_gateway_id = azurerm_nat_gateway.erp.id
}

resource "azurerm_lb" "erp" {
  name                = "lb-erp"
  resource_group_name = azurerm_resource_group.erp.name
  location            = azurerm_resource_group.erp.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.erp.id
    private_ip_address            = "10.110.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "erp" {
  name            = "pool-erp"
  loadbalancer_id = azurerm_lb.erp.id
}

resource "azurerm_lb_probe" "erp" {
  name            = "health"
  loadbalancer_id = azurerm_lb.erp.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "erp" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.erp.id
  frontend_ip_configuration_name = azurerm_lb.erp.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.erp.id]
  probe_id                       = azurerm_lb_probe.erp.id
}

resource "azurerm_network_interface" "erp" {
  count               = 2
  name                = "nic-erp-${count.index}"
  resource_group_name = azurerm_resource_group.erp.name
  location            = azurerm_resource_group.erp.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.erp.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "erp" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.erp[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.erp.id
}

resource "azurerm_lb_backend_address_pool_address" "erp" {
  name                    = "old-server"
  backend_address_pool_id = azurerm_lb_backend_address_pool.erp.id
  virtual_network_id      = azurerm_virtual_network.erp.id
  ip_address              = "10.110.1.30"
}
