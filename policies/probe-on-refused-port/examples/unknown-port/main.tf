# The port of the HTTP probe is a variable without a value.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "health_port" {
  type = number
}

resource "azurerm_resource_group" "news" {
  name     = "rg-news"
  location = "swedencentral"
}

resource "azurerm_virtual_network" "news" {
  name                = "vnet-news"
  resource_group_name = azurerm_resource_group.news.name
  location            = azurerm_resource_group.news.location
  address_space       = ["10.71.0.0/16"]
}

resource "azurerm_subnet" "news" {
  name                 = "snet-news"
  resource_group_name  = azurerm_resource_group.news.name
  virtual_network_name = azurerm_virtual_network.news.name
  address_prefixes     = ["10.71.1.0/24"]
}

resource "azurerm_lb" "news" {
  name                = "lb-news"
  resource_group_name = azurerm_resource_group.news.name
  location            = azurerm_resource_group.news.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.news.id
    private_ip_address            = "10.71.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "news" {
  name            = "news"
  loadbalancer_id = azurerm_lb.news.id
}

resource "azurerm_lb_probe" "health" {
  name            = "health"
  loadbalancer_id = azurerm_lb.news.id
  protocol        = "Http"
  port            = var.health_port
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "nntp" {
  name                           = "nntp"
  loadbalancer_id                = azurerm_lb.news.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 119
  backend_port                   = 119
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.news.id]
  probe_id                       = azurerm_lb_probe.health.id
}

resource "azurerm_network_interface" "news" {
  count               = 2
  name                = "nic-news-${count.index}"
  resource_group_name = azurerm_resource_group.news.name
  location            = azurerm_resource_group.news.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.news.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "news" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.news[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.news.id
}
