# The NSG hangs on the NICs through an association; the subnet has none.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

locals {
  servers = {
    forum-a = "1"
    forum-b = "2"
  }
}

resource "azurerm_resource_group" "forum" {
  name     = "rg-forum"
  location = "francecentral"
}

resource "azurerm_virtual_network" "forum" {
  name                = "vnet-forum"
  resource_group_name = azurerm_resource_group.forum.name
  location            = azurerm_resource_group.forum.location
  address_space       = ["10.17.0.0/16"]
}

resource "azurerm_subnet" "forum" {
  name                 = "snet-forum"
  resource_group_name  = azurerm_resource_group.forum.name
  virtual_network_name = azurerm_virtual_network.forum.name
  address_prefixes     = ["10.17.1.0/24"]
}

resource "azurerm_network_security_group" "forum" {
  name                = "nsg-forum"
  resource_group_name = azurerm_resource_group.forum.name
  location            = azurerm_resource_group.forum.location

  security_rule {
    name                       = "AllowForum"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "8443"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_public_ip" "forum" {
  name                = "pip-forum"
  resource_group_name = azurerm_resource_group.forum.name
  location            = azurerm_resource_group.forum.location
  allocation_method   = "Static"
}

resource "azurerm_lb" "forum" {
  name                = "lb-forum"
  resource_group_name = azurerm_resource_group.forum.name
  location            = azurerm_resource_group.forum.location

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.forum.id
  }
}

resource "azurerm_lb_backend_address_pool" "forum" {
  name            = "forum"
  loadbalancer_id = azurerm_lb.forum.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.forum.id
  protocol        = "Tcp"
  port            = 8443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.forum.id
  frontend_ip_configuration_name = azurerm_lb.forum.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.forum.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "forum" {
  for_each            = local.servers
  name                = "nic-${each.key}"
  resource_group_name = azurerm_resource_group.forum.name
  location            = azurerm_resource_group.forum.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.forum.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "forum" {
  for_each                = azurerm_network_interface.forum
  network_interface_id    = each.value.id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.forum.id
}

resource "azurerm_network_interface_security_group_association" "forum" {
  for_each                  = local.servers
  network_interface_id      = azurerm_network_interface.forum[each.key].id
  network_security_group_id = azurerm_network_security_group.forum.id
}
