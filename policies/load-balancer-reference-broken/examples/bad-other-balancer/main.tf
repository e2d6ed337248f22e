# The rule asks the probe of the load balancer it was copied from.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 3.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "blue" {
  name     = "rg-blue"
  location = "westeurope"
}

resource "azurerm_virtual_network" "blue" {
  name                = "vnet-blue"
  resource_group_name = azurerm_resource_group.blue.name
  location            = azurerm_resource_group.blue.location
  address_space       = ["10.92.0.0/16"]
}

resource "azurerm_subnet" "blue" {
  name                 = "snet-blue"
  resource_group_name  = azurerm_resource_group.blue.name
  virtual_network_name = azurerm_virtual_network.blue.name
  address_prefixes     = ["10.92.1.0/24"]
}

resource "azurerm_lb" "blue" {
  name                = "lb-blue"
  resource_group_name = azurerm_resource_group.blue.name
  location            = azurerm_resource_group.blue.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "blue"
    subnet_id                     = azurerm_subnet.blue.id
    private_ip_address            = "10.92.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb" "green" {
  name                = "lb-green"
  resource_group_name = azurerm_resource_group.blue.name
  location            = azurerm_resource_group.blue.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "green"
    subnet_id                     = azurerm_subnet.blue.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_lb_backend_address_pool" "blue" {
  name            = "blue"
  loadbalancer_id = azurerm_lb.blue.id
}

resource "azurerm_lb_probe" "green" {
  name            = "green"
  loadbalancer_id = azurerm_lb.green.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.blue.id
  frontend_ip_configuration_name = "blue"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.blue.id]
  probe_id                       = azurerm_lb_probe.green.id
}

resource "azurerm_network_interface" "blue" {
  count               = 2
  name                = "nic-blue-${count.index}"
  resource_group_name = azurerm_resource_group.blue.name
  location            = azurerm_resource_group.blue.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.blue.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "blue" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.blue[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.blue.id
}
