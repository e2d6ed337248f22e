# A public rule whose NSG admits private addresses only.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

locals {
  inbound = {
    AllowCorporate = { priority = 100, port = "8443", source = "10.0.0.0/8" }
    AllowBastion   = { priority = 200, port = "22", source = "10.40.255.0/26" }
  }
}

resource "azurerm_resource_group" "partner" {
  name     = "rg-partner"
  location = "France Central"
}

resource "azurerm_virtual_network" "partner" {
  name                = "vnet-partner"
  resource_group_name = azurerm_resource_group.partner.name
  location            = azurerm_resource_group.partner.location
  address_space       = ["10.40.0.0/16"]
}

resource "azurerm_subnet" "app" {
  name                 = "snet-app"
  resource_group_name  = azurerm_resource_group.partner.name
  virtual_network_name = azurerm_virtual_network.partner.name
  address_prefixes     = ["10.40.1.0/24"]
}

resource "azurerm_network_security_group" "app" {
  name                = "nsg-app"
  resource_group_name = azurerm_resource_group.partner.name
  location            = azurerm_resource_group.partner.location

  dynamic "security_rule" {
    for_each = local.inbound

    content {
      name                       = security_rule.key
      priority                   = security_rule.value.priority
      direction                  = "Inbound"
      access                     = "Allow"
      protocol                   = "Tcp"
      source_port_range          = "*"
      destination_port_range     = security_rule.value.port
      source_address_prefix      = security_rule.value.source
      destination_address_prefix = "*"
    }
  }
}

resource "azurerm_subnet_network_security_group_association" "app" {
  subnet_id                 = azurerm_subnet.app.id
  network_security_group_id = azurerm_network_security_group.app.id
}

resource "azurerm_public_ip" "partner" {
  name                = "pip-partner"
  resource_group_name = azurerm_resource_group.partner.name
  location            = azurerm_resource_group.partner.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "partner" {
  name                = "lb-partner"
  resource_group_name = azurerm_resource_group.partner.name
  location            = azurerm_resource_group.partner.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.partner.id
  }
}

resource "azurerm_lb_backend_address_pool" "app" {
  name            = "app"
  loadbalancer_id = azurerm_lb.partner.id
}

resource "azurerm_lb_probe" "app" {
  name            = "app"
  loadbalancer_id = azurerm_lb.partner.id
  protocol        = "Https"
  port            = 8443
  request_path    = "/ready"
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.partner.id
  frontend_ip_configuration_name = azurerm_lb.partner.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.app.id]
  probe_id                       = azurerm_lb_probe.app.id
}

resource "azurerm_network_interface" "app" {
  count               = 2
  name                = "nic-app-${count.index}"
  resource_group_name = azurerm_resource_group.partner.name
  location            = azurerm_resource_group.partner.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.app.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "app" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.app[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.app.id
}
