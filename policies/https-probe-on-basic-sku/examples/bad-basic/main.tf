# A Basic load balancer with an HTTPS probe.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "intranet" {
  name     = "rg-intranet"
  location = "West Europe"
}

resource "azurerm_virtual_network" "intranet" {
  name                = "vnet-intranet"
  resource_group_name = azurerm_resource_group.intranet.name
  location            = azurerm_resource_group.intranet.location
  address_space       = ["10.72.0.0/16"]
}

resource "azurerm_subnet" "intranet" {
  name                 = "snet-intranet"
  resource_group_name  = azurerm_resource_group.intranet.name
  virtual_network_name = azurerm_virtual_network.intranet.name
  address_prefixes     = ["10.72.1.0/24"]
}

resource "azurerm_lb" "intranet" {
  name                = "lb-intranet"
  resource_group_name = azurerm_resource_group.intranet.name
  location            = azurerm_resource_group.intranet.location
  sku                 = "Basic"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.intranet.id
    private_ip_address            = "10.72.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "intranet" {
  name            = "intranet"
  loadbalancer_id = azurerm_lb.intranet.id
}

resource "azurerm_lb_probe" "tls" {
  name            = "tls"
  loadbalancer_id = azurerm_lb.intranet.id
  protocol        = "Https"
  port            = 443
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.intranet.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.intranet.id]
  probe_id                       = azurerm_lb_probe.tls.id
}

resource "azurerm_network_interface" "intranet" {
  count               = 2
  name                = "nic-intranet-${count.index}"
  resource_group_name = azurerm_resource_group.intranet.name
  location            = azurerm_resource_group.intranet.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.intranet.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "intranet" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.intranet[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.intranet.id
}
