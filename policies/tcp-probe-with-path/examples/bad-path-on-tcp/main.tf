# The probe was HTTP once; its protocol became TCP and its path stayed.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "cache" {
  name     = "rg-cache"
  location = "West Europe"
}

resource "azurerm_virtual_network" "cache" {
  name                = "vnet-cache"
  resource_group_name = azurerm_resource_group.cache.name
  location            = azurerm_resource_group.cache.location
  address_space       = ["10.64.0.0/16"]
}

resource "azurerm_subnet" "cache" {
  name                 = "snet-cache"
  resource_group_name  = azurerm_resource_group.cache.name
  virtual_network_name = azurerm_virtual_network.cache.name
  address_prefixes     = ["10.64.1.0/24"]
}

resource "azurerm_lb" "cache" {
  name                = "lb-cache"
  resource_group_name = azurerm_resource_group.cache.name
  location            = azurerm_resource_group.cache.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.cache.id
    private_ip_address            = "10.64.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "cache" {
  name            = "cache"
  loadbalancer_id = azurerm_lb.cache.id
}

resource "azurerm_lb_probe" "redis" {
  name            = "redis"
  loadbalancer_id = azurerm_lb.cache.id
  protocol        = "Tcp"
  port            = 6379
  request_path    = "/health"
}

resource "azurerm_lb_rule" "redis" {
  name                           = "redis"
  loadbalancer_id                = azurerm_lb.cache.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 6379
  backend_port                   = 6379
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.cache.id]
  probe_id                       = azurerm_lb_probe.redis.id
}

resource "azurerm_network_interface" "cache" {
  count               = 2
  name                = "nic-cache-${count.index}"
  resource_group_name = azurerm_resource_group.cache.name
  location            = azurerm_resource_group.cache.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.cache.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "cache" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.cache[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.cache.id
}
