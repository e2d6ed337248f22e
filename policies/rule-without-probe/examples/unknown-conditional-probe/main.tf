# A tag that is read during apply decides whether the rule gets its probe.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "batch" {
  name     = "rg-batch"
  location = "West Europe"
}

data "azurerm_resource_group" "platform" {
  name       = "rg-platform"
  depends_on = [azurerm_resource_group.batch]
}

resource "azurerm_virtual_network" "batch" {
  name                = "vnet-batch"
  resource_group_name = azurerm_resource_group.batch.name
  location            = azurerm_resource_group.batch.location
  address_space       = ["10.32.0.0/16"]
}

resource "azurerm_subnet" "batch" {
  name                 = "snet-batch"
  resource_group_name  = azurerm_resource_group.batch.name
  virtual_network_name = azurerm_virtual_network.batch.name
  address_prefixes     = ["10.32.1.0/24"]
}

resource "azurerm_lb" "batch" {
  name                = "lb-batch"
  resource_group_name = azurerm_resource_group.batch.name
  location            = azurerm_resource_group.batch.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.batch.id
    private_ip_address            = "10.32.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "batch" {
  name            = "batch"
  loadbalancer_id = azurerm_lb.batch.id
}

resource "azurerm_lb_probe" "api" {
  name            = "api"
  loadbalancer_id = azurerm_lb.batch.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "api" {
  name                           = "api"
  loadbalancer_id                = azurerm_lb.batch.id
  frontend_ip_configuration_name = azurerm_lb.batch.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.batch.id]
  probe_id                       = data.azurerm_resource_group.platform.tags["probes"] == "on" ? azurerm_lb_probe.api.id : null
}

resource "azurerm_network_interface" "batch" {
  count               = 2
  name                = "nic-batch-${count.index}"
  resource_group_name = azurerm_resource_group.batch.name
  location            = azurerm_resource_group.batch.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.batch.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "batch" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.batch[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.batch.id
}
