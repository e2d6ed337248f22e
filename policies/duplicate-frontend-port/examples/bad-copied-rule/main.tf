# A rule was copied, and port 443 of the frontend was not changed.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "crm" {
  name     = "rg-crm"
  location = "northeurope"
}

resource "azurerm_virtual_network" "crm" {
  name                = "vnet-crm"
  resource_group_name = azurerm_resource_group.crm.name
  location            = azurerm_resource_group.crm.location
  address_space       = ["10.71.0.0/16"]
}

resource "azurerm_subnet" "crm" {
  name                 = "snet-crm"
  resource_group_name  = azurerm_resource_group.crm.name
  virtual_network_name = azurerm_virtual_network.crm.name
  address_prefixes     = ["10.71.1.0/24"]
}

resource "azurerm_lb" "crm" {
  name                = "lb-crm"
  resource_group_name = azurerm_resource_group.crm.name
  location            = azurerm_resource_group.crm.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "crm"
    subnet_id                     = azurerm_subnet.crm.id
    private_ip_address            = "10.71.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.crm.id
}

resource "azurerm_lb_probe" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.crm.id
  protocol        = "Tcp"
  port            = 8443
}

resource "azurerm_lb_rule" "web" {
  name                           = "web"
  loadbalancer_id                = azurerm_lb.crm.id
  frontend_ip_configuration_name = "crm"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.web.id]
  probe_id                       = azurerm_lb_probe.web.id
}

resource "azurerm_lb_rule" "api" {
  name                           = "api"
  loadbalancer_id                = azurerm_lb.crm.id
  frontend_ip_configuration_name = "crm"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 9443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.web.id]
  probe_id                       = azurerm_lb_probe.web.id
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

resource "azurerm_network_interface_backend_address_pool_association" "web" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.crm[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.web.id
}
