# The SKU is a variable without a value.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "balancer_sku" {
  type = string
}

resource "azurerm_resource_group" "crm" {
  name     = "rg-crm"
  location = "swedencentral"
}

resource "azurerm_virtual_network" "crm" {
  name                = "vnet-crm"
  resource_group_name = azurerm_resource_group.crm.name
  location            = azurerm_resource_group.crm.location
  address_space       = ["10.74.0.0/16"]
}

resource "azurerm_subnet" "crm" {
  name                 = "snet-crm"
  resource_group_name  = azurerm_resource_group.crm.name
  virtual_network_name = azurerm_virtual_network.crm.name
  address_prefixes     = ["10.74.1.0/24"]
}

resource "azurerm_lb" "crm" {
  name                = "lb-crm"
  resource_group_name = azurerm_resource_group.crm.name
  location            = azurerm_resource_group.crm.location
  sku                 = var.balancer_sku

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.crm.id
    private_ip_address            = "10.74.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "crm" {
  name            = "crm"
  loadbalancer_id = azurerm_lb.crm.id
}

resource "azurerm_lb_probe" "tls" {
  name            = "tls"
  loadbalancer_id = azurerm_lb.crm.id
  protocol        = "Https"
  port            = 443
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.crm.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.crm.id]
  probe_id                       = azurerm_lb_probe.tls.id
}

resource "azurerm_network_interface" "crm" {
  count               = 2
  name                = "nic-crm-${count.index}"
  resource_group_name = azurerm_resource_group.crm.name
  location            = azurerm_resource_group.crm.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.crm.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "crm" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.crm[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.crm.id
}
