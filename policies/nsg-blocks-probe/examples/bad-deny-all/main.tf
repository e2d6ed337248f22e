# Clients are admitted, then everything is denied: the probe from 168.63.129.16 too.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

locals {
  rules = [
    { name = "AllowClients", priority = 100, access = "Allow", source = "10.0.0.0/8", port = "8443" },
    { name = "DenyAllInBoundCustom", priority = 4096, access = "Deny", source = "*", port = "*" },
  ]
}

resource "azurerm_resource_group" "payroll" {
  name     = "rg-payroll"
  location = "West Europe"
}

resource "azurerm_virtual_network" "payroll" {
  name                = "vnet-payroll"
  resource_group_name = azurerm_resource_group.payroll.name
  location            = azurerm_resource_group.payroll.location
  address_space       = ["10.11.0.0/16"]
}

resource "azurerm_subnet" "payroll" {
  name                 = "snet-payroll"
  resource_group_name  = azurerm_resource_group.payroll.name
  virtual_network_name = azurerm_virtual_network.payroll.name
  address_prefixes     = ["10.11.1.0/24"]
}

resource "azurerm_network_security_group" "payroll" {
  name                = "nsg-payroll"
  resource_group_name = azurerm_resource_group.payroll.name
  location            = azurerm_resource_group.payroll.location

  dynamic "security_rule" {
    for_each = local.rules
    iterator = entry

    content {
      name                       = entry.value.name
      priority                   = entry.value.priority
      direction                  = "Inbound"
      access                     = entry.value.access
      protocol                   = "*"
      source_port_range          = "*"
      destination_port_range     = entry.value.port
      source_address_prefix      = entry.value.source
      destination_address_prefix = "*"
    }
  }
}

resource "azurerm_subnet_network_security_group_association" "payroll" {
  subnet_id                 = azurerm_subnet.payroll.id
  network_security_group_id = azurerm_network_security_group.payroll.id
}

resource "azurerm_lb" "payroll" {
  name                = "lb-payroll"
  resource_group_name = azurerm_resource_group.payroll.name
  location            = azurerm_resource_group.payroll.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.payroll.id
    private_ip_address            = "10.11.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "payroll" {
  name            = "payroll"
  loadbalancer_id = azurerm_lb.payroll.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.payroll.id
  protocol        = "Https"
  port            = 8443
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.payroll.id
  frontend_ip_configuration_name = azurerm_lb.payroll.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.payroll.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "payroll" {
  count               = 2
  name                = "nic-payroll-${count.index}"
  resource_group_name = azurerm_resource_group.payroll.name
  location            = azurerm_resource_group.payroll.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.payroll.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "payroll" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.payroll[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.payroll.id
}
