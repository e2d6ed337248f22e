# The prefix of the subnet is a variable without a default.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "subnet_prefix" {
  type = string
}

resource "azurerm_resource_group" "toy" {
  name     = "rg-toy"
  location = "swedencentral"
}

resource "azurerm_virtual_network" "toy" {
  name                = "vnet-toy"
  resource_group_name = azurerm_resource_group.toy.name
  location            = azurerm_resource_group.toy.location
  address_space       = ["10.111.0.0/16"]
}

resource "azurerm_subnet" "toy" {
  name                 = "snet-toy"
  resource_group_name  = azurerm_resource_group.toy.name
  virtual_network_name = azurerm_virtual_network.toy.name
  address_prefixes     = [var.subnet_prefix]
}

resource "azurerm_lb" "toy" {
  name                = "lb-toy"
  resource_group_name = azurerm_resource_group.toy.name
  location            = azurerm_resource_group.toy.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "toy"
    subnet_id                     = azurerm_subnet.toy.id
    private_ip_address            = "10.111.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.toy.id
}

resource "azurerm_lb_probe" "web" {
  name                = "web"
  loadbalancer_id     = azurerm_lb.toy.id
  protocol            = "Tcp"
  port                = 8080
  interval_in_seconds = 5
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.toy.id
  frontend_ip_configuration_name = "toy"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.web.id]
  probe_id                       = azurerm_lb_probe.web.id
}

resource "azurerm_network_interface" "toy" {
  count               = 2
  name                = "nic-toy-${count.index}"
  resource_group_name = azurerm_resource_group.toy.name
  location            = azurerm_resource_group.toy.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.toy.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "toy" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.toy[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.web.id
}
