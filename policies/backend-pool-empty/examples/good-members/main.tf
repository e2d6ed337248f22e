# A module makes each NIC and puts it into the pool it is given.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 3.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "quotes" {
  name     = "rg-quotes"
  location = "West Europe"
}

resource "azurerm_virtual_network" "quotes" {
  name                = "vnet-quotes"
  resource_group_name = azurerm_resource_group.quotes.name
  location            = azurerm_resource_group.quotes.location
  address_space       = ["10.21.0.0/16"]
}

resource "azurerm_subnet" "quotes" {
  name                 = "snet-quotes"
  resource_group_name  = azurerm_resource_group.quotes.name
  virtual_network_name = azurerm_virtual_network.quotes.name
  address_prefixes     = ["10.21.1.0/24"]
}

resource "azurerm_lb" "quotes" {
  name                = "lb-quotes"
  resource_group_name = azurerm_resource_group.quotes.name
  location            = azurerm_resource_group.quotes.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.quotes.id
    private_ip_address            = "10.21.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "quotes" {
  name            = "quotes"
  loadbalancer_id = azurerm_lb.quotes.id
}

resource "azurerm_lb_probe" "http" {
  name            = "http"
  loadbalancer_id = azurerm_lb.quotes.id
  protocol        = "Http"
  port            = 8080
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.quotes.id
  frontend_ip_configuration_name = azurerm_lb.quotes.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.quotes.id]
  probe_id                       = azurerm_lb_probe.http.id
}

module "server" {
  source              = "./modules/server"
  for_each            = toset(["quotes-a", "quotes-b"])
  name                = each.key
  resource_group_name = azurerm_resource_group.quotes.name
  location            = azurerm_resource_group.quotes.location
  subnet_id           = azurerm_subnet.quotes.id
  pool_ids            = { http = azurerm_lb_backend_address_pool.quotes.id }
}
