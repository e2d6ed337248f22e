# The probe exists, but no rule names it: dead servers keep receiving traffic.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "chat" {
  name     = "rg-chat"
  location = "westeurope"
}

resource "azurerm_virtual_network" "chat" {
  name                = "vnet-chat"
  resource_group_name = azurerm_resource_group.chat.name
  location            = azurerm_resource_group.chat.location
  address_space       = ["10.29.0.0/16"]
}

resource "azurerm_subnet" "chat" {
  name                 = "snet-chat"
  resource_group_name  = azurerm_resource_group.chat.name
  virtual_network_name = azurerm_virtual_network.chat.name
  address_prefixes     = ["10.29.1.0/24"]
}

resource "azurerm_network_security_group" "chat" {
  name                = "nsg-chat"
  resource_group_name = azurerm_resource_group.chat.name
  location            = azurerm_resource_group.chat.location

  security_rule {
    name                       = "AllowChat"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "5222"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "chat" {
  subnet_id                 = azurerm_subnet.chat.id
  network_security_group_id = azurerm_network_security_group.chat.id
}

resource "azurerm_public_ip" "chat" {
  name                = "pip-chat"
  resource_group_name = azurerm_resource_group.chat.name
  location            = azurerm_resource_group.chat.location
  allocation_method   = "Static"
}

resource "azurerm_lb" "chat" {
  name                = "lb-chat"
  resource_group_name = azurerm_resource_group.chat.name
  location            = azurerm_resource_group.chat.location

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.chat.id
  }
}

resource "azurerm_lb_backend_address_pool" "chat" {
  name            = "chat"
  loadbalancer_id = azurerm_lb.chat.id
}

resource "azurerm_lb_probe" "xmpp" {
  name            = "xmpp"
  loadbalancer_id = azurerm_lb.chat.id
  protocol        = "Tcp"
  port            = 5222
}

resource "azurerm_lb_rule" "xmpp" {
  name                           = "xmpp"
  loadbalancer_id                = azurerm_lb.chat.id
  frontend_ip_configuration_name = azurerm_lb.chat.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 5222
  backend_port                   = 5222
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.chat.id]
}

resource "azurerm_network_interface" "chat" {
  count               = 2
  name                = "nic-chat-${count.index}"
  resource_group_name = azurerm_resource_group.chat.name
  location            = azurerm_resource_group.chat.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.chat.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "chat" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.chat[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.chat.id
}
