# Each rule uses the probe of its own port.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "docs" {
  name     = "rg-docs"
  location = "West Europe"
}

resource "azurerm_virtual_network" "docs" {
  name                = "vnet-docs"
  resource_group_name = azurerm_resource_group.docs.name
  location            = azurerm_resource_group.docs.location
  address_space       = ["10.80.0.0/16"]
}

resource "azurerm_subnet" "docs" {
  name                 = "snet-docs"
  resource_group_name  = azurerm_resource_group.docs.name
  virtual_network_name = azurerm_virtual_network.docs.name
  address_prefixes     = ["10.80.1.0/24"]
}

resource "azurerm_lb" "docs" {
  name                = "lb-docs"
  resource_group_name = azurerm_resource_group.docs.name
  location            = azurerm_resource_group.docs.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.docs.id
    private_ip_address            = "10.80.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "docs" {
  name            = "docs"
  loadbalancer_id = azurerm_lb.docs.id
}

resource "azurerm_lb_probe" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.docs.id
  protocol        = "Http"
  port            = 80
  request_path    = "/healthz"
}

resource "azurerm_lb_probe" "tls" {
  name            = "tls"
  loadbalancer_id = azurerm_lb.docs.id
  protocol        = "Https"
  port            = 443
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.docs.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 80
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.docs.id]
  probe_id                       = azurerm_lb_probe.web.id
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.docs.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.docs.id]
  probe_id                       = azurerm_lb_probe.tls.id
}

resource "azurerm_network_interface" "docs" {
  count               = 2
  name                = "nic-docs-${count.index}"
  resource_group_name = azurerm_resource_group.docs.name
  location            = azurerm_resource_group.docs.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.docs.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "docs" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.docs[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.docs.id
}
