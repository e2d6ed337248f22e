# Whether the second internal load balancer exists is a variable without a value.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "with_admin" {
  type = bool
}

resource "azurerm_resource_group" "api" {
  name     = "rg-api"
  location = "swedencentral"
}

resource "azurerm_public_ip" "nat_api" {
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
}

resource "azurerm_virtual_network" "api" {
  name                = "vnet-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
  address_space       = ["10.122.0.0/16"]
}

resource "azurerm_subnet" "api" {
  name                 = "snet-api"
  resource_group_name  = azurerm_resource_group.api.name
  virtual_network_name = azurerm_virtual_network.api.name
  address_prefixes     = ["10.122.1.0/24"]
}

resource "azurerm_lb" "api" {
  name                = "lb-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.api.id
    private_ip_address            = "10.122.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "pool_api" {
  name            = "pool-api"
  loadbalancer_id = azurerm_lb.api.id
}

resource "azurerm_lb_probe" "health" {
  name                = "health"
  loadbalancer_id     = azurerm_lb.api.id
  protocol            = "Tcp"
  port                = 443
  probe_threshold     = 2
  interval_in_seconds = 5
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.api.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool_api.id]
  probe_id                       = azurerm_lb_probe.health.id
}

resource "azurerm_lb" "admin" {
  count               = var.with_admin ? 1 : 0
  name                = "lb-admin"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.api.id
    private_ip_address            = "10.122.1.11"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "pool_admin" {
  count           = var.with_admin ? 1 : 0
  name            = "pool-admin"
  loadbalancer_id = azurerm_lb.admin[0].id
}

resource "azurerm_lb_probe" "admin" {
  count               = var.with_admin ? 1 : 0
  name                = "health"
  loadbalancer_id     = azurerm_lb.admin[0].id
  protocol            = "Tcp"
  port                = 8443
  probe_threshold     = 2
  interval_in_seconds = 5
}

resource "azurerm_lb_rule" "admin" {
  count                          = var.with_admin ? 1 : 0
  name                           = "https"
  loadbalancer_id                = azurerm_lb.admin[0].id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 8443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool_admin[0].id]
  probe_id                       = azurerm_lb_probe.admin[0].id
}

resource "azurerm_nat_gateway_public_ip_association" "api" {
  nat_gateway_id       = azurerm_nat_gateway.api.id
  public_ip_address_id = azurerm_public_ip.nat_api.id
}

resource "azurerm_subnet_nat_gateway_association" "api" {
  subnet_id      = azurerm_subnet.api.id
  nat_gateway_id = azurerm_nat_gateway.api.id
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
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool_api.id
}

resource "azurerm_network_interface_backend_address_pool_association" "api_2" {
  count                   = var.with_admin ? 2 : 0
  network_interface_id    = azurerm_network_interface.api[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool_admin[0].id
}
