# A path is written, and a variable without a value says for which protocol.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "probe_protocol" {
  type = string
}

resource "azurerm_resource_group" "relay" {
  name     = "rg-relay"
  location = "swedencentral"
}

resource "azurerm_virtual_network" "relay" {
  name                = "vnet-relay"
  resource_group_name = azurerm_resource_group.relay.name
  location            = azurerm_resource_group.relay.location
  address_space       = ["10.66.0.0/16"]
}

resource "azurerm_subnet" "relay" {
  name                 = "snet-relay"
  resource_group_name  = azurerm_resource_group.relay.name
  virtual_network_name = azurerm_virtual_network.relay.name
  address_prefixes     = ["10.66.1.0/24"]
}

resource "azurerm_lb" "relay" {
  name                = "lb-relay"
  resource_group_name = azurerm_resource_group.relay.name
  location            = azurerm_resource_group.relay.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.relay.id
    private_ip_address            = "10.66.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "relay" {
  name            = "relay"
  loadbalancer_id = azurerm_lb.relay.id
}

resource "azurerm_lb_probe" "health" {
  name            = "health"
  loadbalancer_id = azurerm_lb.relay.id
  protocol        = var.probe_protocol
  port            = 8080
  request_path    = "/ready"
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.relay.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.relay.id]
  probe_id                       = azurerm_lb_probe.health.id
}

resource "azurerm_network_interface" "relay" {
  count               = 2
  name                = "nic-relay-${count.index}"
  resource_group_name = azurerm_resource_group.relay.name
  location            = azurerm_resource_group.relay.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.relay.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "relay" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.relay[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.relay.id
}
