# The pool is an output of this root: another root may fill it.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "ingress" {
  name     = "rg-ingress"
  location = "West Europe"
}

resource "azurerm_virtual_network" "ingress" {
  name                = "vnet-ingress"
  resource_group_name = azurerm_resource_group.ingress.name
  location            = azurerm_resource_group.ingress.location
  address_space       = ["10.23.0.0/16"]
}

resource "azurerm_subnet" "ingress" {
  name                 = "snet-ingress"
  resource_group_name  = azurerm_resource_group.ingress.name
  virtual_network_name = azurerm_virtual_network.ingress.name
  address_prefixes     = ["10.23.1.0/24"]
}

resource "azurerm_lb" "ingress" {
  name                = "lb-ingress"
  resource_group_name = azurerm_resource_group.ingress.name
  location            = azurerm_resource_group.ingress.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.ingress.id
    private_ip_address            = "10.23.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "ingress" {
  name            = "ingress"
  loadbalancer_id = azurerm_lb.ingress.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.ingress.id
  protocol        = "Tcp"
  port            = 8443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.ingress.id
  frontend_ip_configuration_name = azurerm_lb.ingress.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.ingress.id]
  probe_id                       = azurerm_lb_probe.https.id
}

output "subnet_id" {
  value = azurerm_subnet.ingress.id
}

output "backend_pool_id" {
  description = "Servers of the application roots join this pool."
  value       = azurerm_lb_backend_address_pool.ingress.id
}
