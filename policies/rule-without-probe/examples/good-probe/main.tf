# Each rule names the probe of its own port.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 3.0" }
  }
}

provider "azurerm" {
  features {}
}

locals {
  ports = { smtp = 25, submission = 587 }
}

resource "azurerm_resource_group" "mail" {
  name     = "rg-mail"
  location = "West Europe"
}

resource "azurerm_virtual_network" "mail" {
  name                = "vnet-mail"
  resource_group_name = azurerm_resource_group.mail.name
  location            = azurerm_resource_group.mail.location
  address_space       = ["10.31.0.0/16"]
}

resource "azurerm_subnet" "mail" {
  name                 = "snet-mail"
  resource_group_name  = azurerm_resource_group.mail.name
  virtual_network_name = azurerm_virtual_network.mail.name
  address_prefixes     = ["10.31.1.0/24"]
}

resource "azurerm_lb" "mail" {
  name                = "lb-mail"
  resource_group_name = azurerm_resource_group.mail.name
  location            = azurerm_resource_group.mail.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.mail.id
    private_ip_address            = "10.31.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "mail" {
  name            = "mail"
  loadbalancer_id = azurerm_lb.mail.id
}

resource "azurerm_lb_probe" "mail" {
  for_each        = local.ports
  name            = each.key
  loadbalancer_id = azurerm_lb.mail.id
  protocol        = "Tcp"
  port            = each.value
}

resource "azurerm_lb_rule" "mail" {
  for_each                       = azurerm_lb_probe.mail
  name                           = each.key
  loadbalancer_id                = azurerm_lb.mail.id
  frontend_ip_configuration_name = "internal"
  protocol                       = "Tcp"
  frontend_port                  = each.value.port
  backend_port                   = each.value.port
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.mail.id]
  probe_id                       = each.value.id
}

resource "azurerm_network_interface" "mail" {
  count               = 2
  name                = "nic-mail-${count.index}"
  resource_group_name = azurerm_resource_group.mail.name
  location            = azurerm_resource_group.mail.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.mail.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "mail" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.mail[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.mail.id
}
