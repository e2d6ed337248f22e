# A variable without a value names the probe that the rule uses.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "probe_name" {
  type = string
}

resource "azurerm_resource_group" "video" {
  name     = "rg-video"
  location = "swedencentral"
}

resource "azurerm_virtual_network" "video" {
  name                = "vnet-video"
  resource_group_name = azurerm_resource_group.video.name
  location            = azurerm_resource_group.video.location
  address_space       = ["10.81.0.0/16"]
}

resource "azurerm_subnet" "video" {
  name                 = "snet-video"
  resource_group_name  = azurerm_resource_group.video.name
  virtual_network_name = azurerm_virtual_network.video.name
  address_prefixes     = ["10.81.1.0/24"]
}

resource "azurerm_lb" "video" {
  name                = "lb-video"
  resource_group_name = azurerm_resource_group.video.name
  location            = azurerm_resource_group.video.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.video.id
    private_ip_address            = "10.81.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "video" {
  name            = "video"
  loadbalancer_id = azurerm_lb.video.id
}

resource "azurerm_lb_probe" "shallow" {
  name            = "shallow"
  loadbalancer_id = azurerm_lb.video.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_probe" "deep" {
  name            = "deep"
  loadbalancer_id = azurerm_lb.video.id
  protocol        = "Http"
  port            = 8080
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.video.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.video.id]
  probe_id                       = var.probe_name == "deep" ? azurerm_lb_probe.deep.id : azurerm_lb_probe.shallow.id
}

resource "azurerm_network_interface" "video" {
  count               = 2
  name                = "nic-video-${count.index}"
  resource_group_name = azurerm_resource_group.video.name
  location            = azurerm_resource_group.video.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.video.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "video" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.video[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.video.id
}
