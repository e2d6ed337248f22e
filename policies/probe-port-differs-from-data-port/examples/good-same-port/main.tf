# Probe and data use the same backend port, taken from one variable.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "backend_port" {
  type    = number
  default = 8080
}

resource "azurerm_resource_group" "basket" {
  name     = "rg-basket"
  location = "westeurope"
}

resource "azurerm_virtual_network" "basket" {
  name                = "vnet-basket"
  resource_group_name = azurerm_resource_group.basket.name
  location            = azurerm_resource_group.basket.location
  address_space       = ["10.25.0.0/16"]
}

resource "azurerm_subnet" "basket" {
  name                 = "snet-basket"
  resource_group_name  = azurerm_resource_group.basket.name
  virtual_network_name = azurerm_virtual_network.basket.name
  address_prefixes     = ["10.25.1.0/24"]
}

resource "azurerm_lb" "basket" {
  name                = "lb-basket"
  resource_group_name = azurerm_resource_group.basket.name
  location            = azurerm_resource_group.basket.location

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.basket.id
    private_ip_address            = "10.25.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "basket" {
  name            = "basket"
  loadbalancer_id = azurerm_lb.basket.id
}

resource "azurerm_lb_probe" "http" {
  name            = "http"
  loadbalancer_id = azurerm_lb.basket.id
  protocol        = "Http"
  port            = var.backend_port
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.basket.id
  frontend_ip_configuration_name = azurerm_lb.basket.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = var.backend_port
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.basket.id]
  probe_id                       = azurerm_lb_probe.http.id
}

resource "azurerm_network_interface" "basket" {
  count               = 2
  name                = "nic-basket-${count.index}"
  resource_group_name = azurerm_resource_group.basket.name
  location            = azurerm_resource_group.basket.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.basket.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "basket" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.basket[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.basket.id
}
