# Everything is denied at 200; the allow for the probe comes at 300, too late.
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
    { name = "DenyRest", priority = 200, access = "Deny", source = "*", port = "*" },
    { name = "AllowProbe", priority = 300, access = "Allow", source = "AzureLoadBalancer", port = "*" },
  ]
}

resource "azurerm_resource_group" "archive" {
  name     = "rg-archive"
  location = "West Europe"
}

resource "azurerm_virtual_network" "archive" {
  name                = "vnet-archive"
  resource_group_name = azurerm_resource_group.archive.name
  location            = azurerm_resource_group.archive.location
  address_space       = ["10.17.0.0/16"]
}

resource "azurerm_subnet" "archive" {
  name                 = "snet-archive"
  resource_group_name  = azurerm_resource_group.archive.name
  virtual_network_name = azurerm_virtual_network.archive.name
  address_prefixes     = ["10.17.1.0/24"]
}

resource "azurerm_network_security_group" "archive" {
  name                = "nsg-archive"
  resource_group_name = azurerm_resource_group.archive.name
  location            = azurerm_resource_group.archive.location

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

resource "azurerm_subnet_network_security_group_association" "archive" {
  subnet_id                 = azurerm_subnet.archive.id
  network_security_group_id = azurerm_network_security_group.archive.id
}

resource "azurerm_lb" "archive" {
  name                = "lb-archive"
  resource_group_name = azurerm_resource_group.archive.name
  location            = azurerm_resource_group.archive.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.archive.id
    private_ip_address            = "10.17.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "archive" {
  name            = "archive"
  loadbalancer_id = azurerm_lb.archive.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.archive.id
  protocol        = "Https"
  port            = 8443
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.archive.id
  frontend_ip_configuration_name = azurerm_lb.archive.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.archive.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "archive" {
  count               = 2
  name                = "nic-archive-${count.index}"
  resource_group_name = azurerm_resource_group.archive.name
  location            = azurerm_resource_group.archive.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.archive.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "archive" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.archive[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.archive.id
}
