# The probe for HTTPS was written, but both rules use the one for HTTP.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "media" {
  name     = "rg-media"
  location = "West Europe"
}

resource "azurerm_virtual_network" "media" {
  name                = "vnet-media"
  resource_group_name = azurerm_resource_group.media.name
  location            = azurerm_resource_group.media.location
  address_space       = ["10.79.0.0/16"]
}

resource "azurerm_subnet" "media" {
  name                 = "snet-media"
  resource_group_name  = azurerm_resource_group.media.name
  virtual_network_name = azurerm_virtual_network.media.name
  address_prefixes     = ["10.79.1.0/24"]
}

resource "azurerm_lb" "media" {
  name                = "lb-media"
  resource_group_name = azurerm_resource_group.media.name
  location            = azurerm_resource_group.media.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.media.id
    private_ip_address            = "10.79.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "media" {
  name            = "media"
  loadbalancer_id = azurerm_lb.media.id
}

resource "azurerm_lb_probe" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.media.id
  protocol        = "Http"
  port            = 80
  request_path    = "/healthz"
}

resource "azurerm_lb_probe" "tls" {
  name            = "tls"
  loadbalancer_id = azurerm_lb.media.id
  protocol        = "Https"
  port            = 443
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.media.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 80
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.media.id]
  probe_id                       = azurerm_lb_probe.web.id
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.media.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.media.id]
  probe_id                       = azurerm_lb_probe.web.id
}

resource "azurerm_network_interface" "media" {
  count               = 2
  name                = "nic-media-${count.index}"
  resource_group_name = azurerm_resource_group.media.name
  location            = azurerm_resource_group.media.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.media.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "media" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.media[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.media.id
}
