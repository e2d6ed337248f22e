# The same machines stand behind two internal load balancers.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "api" {
  name     = "rg-api"
  location = "westeurope"
}

resource "azurerm_virtual_network" "api" {
  name                = "vnet-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
  address_space       = ["10.120.0.0/16"]
}

resource "azurerm_subnet" "api" {
  name                 = "snet-api"
  resource_group_name  = azurerm_resource_group.api.name
  virtual_network_name = azurerm_virtual_network.api.name
  address_prefixes     = ["10.120.1.0/24"]
}

resource "azurerm_public_ip" "nat" {
  name                = "pip-nat-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_nat_gateway" "api" {
  name                = "nat-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
  sku_name            = "Standard"
}

resource "azurerm_nat_gateway_public_ip_association" "api" {
  nat_gateway_id       = azurerm_nat_gateway.api.id
  public_ip_address_id = azurerm_public_ip.nat.id
}

resource "azurerm_subnet_nat_gateway_association" "api" {
  subnet_id      = azurerm_subnet.api.id
  nat_gateway_id = azurerm_nat_gateway.api.id
}

resource "azurerm_lb" "api" {
  name                = "lb-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.api.id
    private_ip_address            = "10.120.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "api" {
  name            = "pool-api"
  loadbalancer_id = azurerm_lb.api.id
}

resource "azurerm_lb_probe" "api" {
  name            = "health"
  loadbalancer_id = azurerm_lb.api.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "api" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.api.id
  frontend_ip_configuration_name = azurerm_lb.api.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.api.id]
  probe_id                       = azurerm_lb_probe.api.id
}

resource "azurerm_lb" "admin" {
  name                = "lb-admin"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.api.id
    private_ip_address            = "10.120.1.11"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "admin" {
  name            = "pool-admin"
  loadbalancer_id = azurerm_lb.admin.id
}

resource "azurerm_lb_probe" "admin" {
  name            = "health"
  loadbalancer_id = azurerm_lb.admin.id
  protocol        = "Tcp"
  port            = 8443
}

resource "azurerm_lb_rule" "admin" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.admin.id
  frontend_ip_configuration_name = azurerm_lb.admin.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 8443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.admin.id]
  probe_id                       = azurerm_lb_probe.admin.id
}

resource "azurerm_network_interface" "api" {
  count               = 2
  name                = "nic-api-${count.index}"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.api.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "api" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.api[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.api.id
}

resource "azurerm_network_interface_backend_address_pool_association" "admin" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.api[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.admin.id
}
