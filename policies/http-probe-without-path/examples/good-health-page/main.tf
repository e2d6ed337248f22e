# The HTTP probe asks for a health page; the TCP probe needs no path.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "billing" {
  name     = "rg-billing"
  location = "West Europe"
}

resource "azurerm_virtual_network" "billing" {
  name                = "vnet-billing"
  resource_group_name = azurerm_resource_group.billing.name
  location            = azurerm_resource_group.billing.location
  address_space       = ["10.62.0.0/16"]
}

resource "azurerm_subnet" "billing" {
  name                 = "snet-billing"
  resource_group_name  = azurerm_resource_group.billing.name
  virtual_network_name = azurerm_virtual_network.billing.name
  address_prefixes     = ["10.62.1.0/24"]
}

resource "azurerm_lb" "billing" {
  name                = "lb-billing"
  resource_group_name = azurerm_resource_group.billing.name
  location            = azurerm_resource_group.billing.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.billing.id
    private_ip_address            = "10.62.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "billing" {
  name            = "billing"
  loadbalancer_id = azurerm_lb.billing.id
}

resource "azurerm_lb_probe" "http" {
  name            = "http"
  loadbalancer_id = azurerm_lb.billing.id
  protocol        = "Http"
  port            = 8080
  request_path    = "/healthz"
}

resource "azurerm_lb_probe" "grpc" {
  name            = "grpc"
  loadbalancer_id = azurerm_lb.billing.id
  protocol        = "Tcp"
  port            = 9090
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.billing.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.billing.id]
  probe_id                       = azurerm_lb_probe.http.id
}

resource "azurerm_lb_rule" "grpc" {
  name                           = "grpc"
  loadbalancer_id                = azurerm_lb.billing.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 9090
  backend_port                   = 9090
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
    subnet_id                     = azurerm_subnet.billing.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "billing" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.billing[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.billing.id
}
