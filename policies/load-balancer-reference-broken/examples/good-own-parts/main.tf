# Every part the rule names is one of its load balancer.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "docs" {
  name     = "rg-docs"
  location = "westeurope"
}

resource "azurerm_virtual_network" "docs" {
  name                = "vnet-docs"
  resource_group_name = azurerm_resource_group.docs.name
  location            = azurerm_resource_group.docs.location
  address_space       = ["10.93.0.0/16"]
}

resource "azurerm_subnet" "docs" {
  name                 = "snet-docs"
  resource_group_name  = azurerm_resource_group.docs.name
  virtual_network_name = azurerm_virtual_network.docs.name
  address_prefixes     = ["10.93.1.0/24"]
}

resource "azurerm_lb" "docs" {
  name                = "lb-docs"
  resource_group_name = azurerm_resource_group.docs.name
  location            = azurerm_resource_group.docs.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.docs.id
    private_ip_address            = "10.93.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.docs.id
}

resource "azurerm_lb_probe" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.docs.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.docs.id
  frontend_ip_configuration_name = azurerm_lb.docs.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.web.id]
  probe_id                       = azurerm_lb_probe.web.id
}

resource "azurerm_network_interface" "docs" {
  count               = 2
  name                = "nic-docs-${count.index}"
  resource_group_name = azurerm_resource_group.docs.name
  location            = azurerm_resource_group.docs.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.docs.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "web" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.docs[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.web.id
}
