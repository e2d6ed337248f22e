# Each probe has what its protocol needs: TCP a port, HTTP a path as well.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "queue" {
  name     = "rg-queue"
  location = "West Europe"
}

resource "azurerm_virtual_network" "queue" {
  name                = "vnet-queue"
  resource_group_name = azurerm_resource_group.queue.name
  location            = azurerm_resource_group.queue.location
  address_space       = ["10.65.0.0/16"]
}

resource "azurerm_subnet" "queue" {
  name                 = "snet-queue"
  resource_group_name  = azurerm_resource_group.queue.name
  virtual_network_name = azurerm_virtual_network.queue.name
  address_prefixes     = ["10.65.1.0/24"]
}

resource "azurerm_lb" "queue" {
  name                = "lb-queue"
  resource_group_name = azurerm_resource_group.queue.name
  location            = azurerm_resource_group.queue.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.queue.id
    private_ip_address            = "10.65.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "queue" {
  name            = "queue"
  loadbalancer_id = azurerm_lb.queue.id
}

resource "azurerm_lb_probe" "amqp" {
  name            = "amqp"
  loadbalancer_id = azurerm_lb.queue.id
  protocol        = "Tcp"
  port            = 5672
}

resource "azurerm_lb_probe" "console" {
  name            = "console"
  loadbalancer_id = azurerm_lb.queue.id
  protocol        = "Http"
  port            = 15672
  request_path    = "/api/health/checks/alarms"
}

resource "azurerm_lb_rule" "amqp" {
  name                           = "amqp"
  loadbalancer_id                = azurerm_lb.queue.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 5672
  backend_port                   = 5672
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.queue.id]
  probe_id                       = azurerm_lb_probe.amqp.id
}

resource "azurerm_lb_rule" "console" {
  name                           = "console"
  loadbalancer_id                = azurerm_lb.queue.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 15672
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.queue.id]
  probe_id                       = azurerm_lb_probe.console.id
}

resource "azurerm_network_interface" "queue" {
  count               = 2
  name                = "nic-queue-${count.index}"
  resource_group_name = azurerm_resource_group.queue.name
  location            = azurerm_resource_group.queue.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.queue.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "queue" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.queue[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.queue.id
}
