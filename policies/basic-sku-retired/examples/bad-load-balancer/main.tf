# Load balancer and public address are Basic: retired in September 2025, new ones are refused.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "legacy" {
  name     = "rg-legacy"
  location = "West Europe"
}

resource "azurerm_virtual_network" "legacy" {
  name                = "vnet-legacy"
  resource_group_name = azurerm_resource_group.legacy.name
  location            = azurerm_resource_group.legacy.location
  address_space       = ["10.33.0.0/16"]
}

resource "azurerm_subnet" "legacy" {
  name                 = "snet-legacy"
  resource_group_name  = azurerm_resource_group.legacy.name
  virtual_network_name = azurerm_virtual_network.legacy.name
  address_prefixes     = ["10.33.1.0/24"]
}

resource "azurerm_public_ip" "legacy" {
  name                = "pip-legacy"
  resource_group_name = azurerm_resource_group.legacy.name
  location            = azurerm_resource_group.legacy.location
  allocation_method   = "Dynamic"
  sku                 = "Basic"
}

resource "azurerm_lb" "legacy" {
  name                = "lb-legacy"
  resource_group_name = azurerm_resource_group.legacy.name
  location            = azurerm_resource_group.legacy.location
  sku                 = "Basic"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.legacy.id
  }
}

resource "azurerm_lb_backend_address_pool" "legacy" {
  name            = "legacy"
  loadbalancer_id = azurerm_lb.legacy.id
}

resource "azurerm_lb_probe" "http" {
  name            = "http"
  loadbalancer_id = azurerm_lb.legacy.id
  protocol        = "Tcp"
  port            = 80
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.legacy.id
  frontend_ip_configuration_name = azurerm_lb.legacy.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 80
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.legacy.id]
  probe_id                       = azurerm_lb_probe.http.id
}

resource "azurerm_network_interface" "legacy" {
  count               = 2
  name                = "nic-legacy-${count.index}"
  resource_group_name = azurerm_resource_group.legacy.name
  location            = azurerm_resource_group.legacy.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.legacy.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "legacy" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.legacy[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.legacy.id
}
