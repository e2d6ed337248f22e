# The port of the probe is drawn during apply.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
    random  = { source = "hashicorp/random", version = "~> 3.6" }
  }
}

provider "azurerm" {
  features {}
}

resource "random_integer" "health" {
  min = 9000
  max = 9099
}

resource "azurerm_resource_group" "stream" {
  name     = "rg-stream"
  location = "westeurope"
}

resource "azurerm_virtual_network" "stream" {
  name                = "vnet-stream"
  resource_group_name = azurerm_resource_group.stream.name
  location            = azurerm_resource_group.stream.location
  address_space       = ["10.28.0.0/16"]
}

resource "azurerm_subnet" "stream" {
  name                 = "snet-stream"
  resource_group_name  = azurerm_resource_group.stream.name
  virtual_network_name = azurerm_virtual_network.stream.name
  address_prefixes     = ["10.28.1.0/24"]
}

resource "azurerm_lb" "stream" {
  name                = "lb-stream"
  resource_group_name = azurerm_resource_group.stream.name
  location            = azurerm_resource_group.stream.location

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.stream.id
    private_ip_address            = "10.28.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "stream" {
  name            = "stream"
  loadbalancer_id = azurerm_lb.stream.id
}

resource "azurerm_lb_probe" "health" {
  name            = "health"
  loadbalancer_id = azurerm_lb.stream.id
  protocol        = "Tcp"
  port            = random_integer.health.result
}

resource "azurerm_lb_rule" "kafka" {
  name                           = "kafka"
  loadbalancer_id                = azurerm_lb.stream.id
  frontend_ip_configuration_name = azurerm_lb.stream.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 9092
  backend_port                   = 9092
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.stream.id]
  probe_id                       = azurerm_lb_probe.health.id
}

resource "azurerm_network_interface" "stream" {
  count               = 2
  name                = "nic-stream-${count.index}"
  resource_group_name = azurerm_resource_group.stream.name
  location            = azurerm_resource_group.stream.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.stream.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "stream" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.stream[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.stream.id
}
