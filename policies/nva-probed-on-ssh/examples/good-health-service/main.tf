# The probe asks the port that the firewall answers only while it forwards.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "edge" {
  name     = "rg-edge"
  location = "West Europe"
}

resource "azurerm_virtual_network" "edge" {
  name                = "vnet-edge"
  resource_group_name = azurerm_resource_group.edge.name
  location            = azurerm_resource_group.edge.location
  address_space       = ["10.85.0.0/16"]
}

resource "azurerm_subnet" "edge" {
  name                 = "snet-edge"
  resource_group_name  = azurerm_resource_group.edge.name
  virtual_network_name = azurerm_virtual_network.edge.name
  address_prefixes     = ["10.85.1.0/24"]
}

resource "azurerm_lb" "edge" {
  name                = "lb-edge"
  resource_group_name = azurerm_resource_group.edge.name
  location            = azurerm_resource_group.edge.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.edge.id
    private_ip_address            = "10.85.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "edge" {
  name            = "edge"
  loadbalancer_id = azurerm_lb.edge.id
}

resource "azurerm_lb_probe" "alive" {
  name            = "alive"
  loadbalancer_id = azurerm_lb.edge.id
  protocol        = "Tcp"
  port            = 8117
}

resource "azurerm_lb_rule" "everything" {
  name                           = "everything"
  loadbalancer_id                = azurerm_lb.edge.id
  frontend_ip_configuration_name = "front"
  protocol                       = "All"
  frontend_port                  = 0
  backend_port                   = 0
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.edge.id]
  probe_id                       = azurerm_lb_probe.alive.id
}

resource "azurerm_network_interface" "edge" {
  count                 = 2
  name                  = "nic-edge-${count.index}"
  resource_group_name   = azurerm_resource_group.edge.name
  location              = azurerm_resource_group.edge.location
  ip_forwarding_enabled = true

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.edge.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "edge" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.edge[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.edge.id
}
