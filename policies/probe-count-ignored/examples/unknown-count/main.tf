# The number is a variable without a value.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "unhealthy_threshold" {
  type = number
}

resource "azurerm_resource_group" "invoice" {
  name     = "rg-invoice"
  location = "swedencentral"
}

resource "azurerm_virtual_network" "invoice" {
  name                = "vnet-invoice"
  resource_group_name = azurerm_resource_group.invoice.name
  location            = azurerm_resource_group.invoice.location
  address_space       = ["10.78.0.0/16"]
}

resource "azurerm_subnet" "invoice" {
  name                 = "snet-invoice"
  resource_group_name  = azurerm_resource_group.invoice.name
  virtual_network_name = azurerm_virtual_network.invoice.name
  address_prefixes     = ["10.78.1.0/24"]
}

resource "azurerm_lb" "invoice" {
  name                = "lb-invoice"
  resource_group_name = azurerm_resource_group.invoice.name
  location            = azurerm_resource_group.invoice.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.invoice.id
    private_ip_address            = "10.78.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "invoice" {
  name            = "invoice"
  loadbalancer_id = azurerm_lb.invoice.id
}

resource "azurerm_lb_probe" "api" {
  name             = "api"
  loadbalancer_id  = azurerm_lb.invoice.id
  protocol         = "Tcp"
  port             = 8080
  number_of_probes = var.unhealthy_threshold
}

resource "azurerm_lb_rule" "api" {
  name                           = "api"
  loadbalancer_id                = azurerm_lb.invoice.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.invoice.id]
  probe_id                       = azurerm_lb_probe.api.id
}

resource "azurerm_network_interface" "invoice" {
  count               = 2
  name                = "nic-invoice-${count.index}"
  resource_group_name = azurerm_resource_group.invoice.name
  location            = azurerm_resource_group.invoice.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.invoice.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "invoice" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.invoice[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.invoice.id
}
