# The rule names a frontend by the name it had before.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "wiki" {
  name     = "rg-wiki"
  location = "westeurope"
}

resource "azurerm_virtual_network" "wiki" {
  name                = "vnet-wiki"
  resource_group_name = azurerm_resource_group.wiki.name
  location            = azurerm_resource_group.wiki.location
  address_space       = ["10.91.0.0/16"]
}

resource "azurerm_subnet" "wiki" {
  name                 = "snet-wiki"
  resource_group_name  = azurerm_resource_group.wiki.name
  virtual_network_name = azurerm_virtual_network.wiki.name
  address_prefixes     = ["10.91.1.0/24"]
}

resource "azurerm_lb" "wiki" {
  name                = "lb-wiki"
  resource_group_name = azurerm_resource_group.wiki.name
  location            = azurerm_resource_group.wiki.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.wiki.id
    private_ip_address            = "10.91.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.wiki.id
}

resource "azurerm_lb_probe" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.wiki.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.wiki.id
  frontend_ip_configuration_name = "frontend"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.web.id]
  probe_id                       = azurerm_lb_probe.web.id
}

resource "azurerm_network_interface" "wiki" {
  count               = 2
  name                = "nic-wiki-${count.index}"
  resource_group_name = azurerm_resource_group.wiki.name
  location            = azurerm_resource_group.wiki.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.wiki.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "web" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.wiki[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.web.id
}
