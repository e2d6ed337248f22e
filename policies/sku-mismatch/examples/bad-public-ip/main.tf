# A Standard load balancer with a Basic public IP address.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 3.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "mail" {
  name     = "rg-mail"
  location = "westeurope"
}

resource "azurerm_virtual_network" "mail" {
  name                = "vnet-mail"
  resource_group_name = azurerm_resource_group.mail.name
  location            = azurerm_resource_group.mail.location
  address_space       = ["10.100.0.0/16"]
}

resource "azurerm_subnet" "mail" {
  name                 = "snet-mail"
  resource_group_name  = azurerm_resource_group.mail.name
  virtual_network_name = azurerm_virtual_network.mail.name
  address_prefixes     = ["10.100.1.0/24"]
}

resource "azurerm_network_security_group" "mail" {
  name                = "nsg-mail"
  resource_group_name = azurerm_resource_group.mail.name
  location            = azurerm_resource_group.mail.location

  security_rule {
    name                       = "AllowClients"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "mail" {
  subnet_id                 = azurerm_subnet.mail.id
  network_security_group_id = azurerm_network_security_group.mail.id
}

resource "azurerm_public_ip" "mail" {
  name                = "pip-mail"
  resource_group_name = azurerm_resource_group.mail.name
  location            = azurerm_resource_group.mail.location
  allocation_method   = "Dynamic"
  sku                 = "Basic"
}

resource "azurerm_lb" "mail" {
  name                = "lb-mail"
  resource_group_name = azurerm_resource_group.mail.name
  location            = azurerm_resource_group.mail.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.mail.id
  }
}

resource "azurerm_lb_backend_address_pool" "mail" {
  name            = "pool-mail"
  loadbalancer_id = azurerm_lb.mail.id
}

resource "azurerm_lb_probe" "mail" {
  name            = "health"
  loadbalancer_id = azurerm_lb.mail.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "mail" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.mail.id
  frontend_ip_configuration_name = azurerm_lb.mail.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.mail.id]
  probe_id                       = azurerm_lb_probe.mail.id
}

resource "azurerm_network_interface" "mail" {
  count               = 2
  name                = "nic-mail-${count.index}"
  resource_group_name = azurerm_resource_group.mail.name
  location            = azurerm_resource_group.mail.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.mail.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "mail" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.mail[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.mail.id
}
