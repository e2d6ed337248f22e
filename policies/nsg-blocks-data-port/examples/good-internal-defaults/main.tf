# An internal balancer behind default rules only: clients of the virtual network pass.
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
  location = "polandcentral"
}

resource "azurerm_network_security_group" "billing" {
  name                = "nsg-billing"
  resource_group_name = azurerm_resource_group.billing.name
  location            = azurerm_resource_group.billing.location
}

resource "azurerm_virtual_network" "billing" {
  name                = "vnet-billing"
  resource_group_name = azurerm_resource_group.billing.name
  location            = azurerm_resource_group.billing.location
  address_space       = ["10.120.0.0/16"]

  subnet {
    name             = "snet-billing"
    address_prefixes = ["10.120.1.0/24"]
    security_group   = azurerm_network_security_group.billing.id
  }
}

resource "azurerm_lb" "billing" {
  name                = "lb-billing"
  resource_group_name = azurerm_resource_group.billing.name
  location            = azurerm_resource_group.billing.location

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = one(azurerm_virtual_network.billing.subnet[*].id)
    private_ip_address            = "10.120.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "billing" {
  name            = "billing"
  loadbalancer_id = azurerm_lb.billing.id
}

resource "azurerm_lb_probe" "grpc" {
  name            = "grpc"
  loadbalancer_id = azurerm_lb.billing.id
  protocol        = "Tcp"
  port            = 50051
}

resource "azurerm_lb_rule" "grpc" {
  name                           = "grpc"
  loadbalancer_id                = azurerm_lb.billing.id
  frontend_ip_configuration_name = azurerm_lb.billing.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 50051
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.billing.id]
  probe_id                       = azurerm_lb_probe.grpc.id
}

resource "azurerm_network_interface" "billing" {
  count               = 2
  name                = "nic-billing-${count.index}"
  resource_group_name = azurerm_resource_group.billing.name
  location            = azurerm_resource_group.billing.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = one(azurerm_virtual_network.billing.subnet[*].id)
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "billing" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.billing[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.billing.id
}
