# One address may come in and nobody else: a choice, not a mistake.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 3.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "b2b" {
  name     = "rg-b2b"
  location = "East US 2"
}

resource "azurerm_virtual_network" "b2b" {
  name                = "vnet-b2b"
  resource_group_name = azurerm_resource_group.b2b.name
  location            = azurerm_resource_group.b2b.location
  address_space       = ["10.130.0.0/16"]
}

resource "azurerm_subnet" "b2b" {
  name                 = "snet-b2b"
  resource_group_name  = azurerm_resource_group.b2b.name
  virtual_network_name = azurerm_virtual_network.b2b.name
  address_prefixes     = ["10.130.1.0/24"]
}

resource "azurerm_network_security_group" "b2b" {
  name                = "nsg-b2b"
  resource_group_name = azurerm_resource_group.b2b.name
  location            = azurerm_resource_group.b2b.location
}

resource "azurerm_network_security_rule" "partner" {
  resource_group_name         = azurerm_resource_group.b2b.name
  network_security_group_name = azurerm_network_security_group.b2b.name
  name                        = "AllowPartner"
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = "8443"
  source_address_prefix       = "203.0.113.7/32"
  destination_address_prefix  = "*"
}

resource "azurerm_subnet_network_security_group_association" "b2b" {
  subnet_id                 = azurerm_subnet.b2b.id
  network_security_group_id = azurerm_network_security_group.b2b.id
}

resource "azurerm_public_ip" "b2b" {
  name                = "pip-b2b"
  resource_group_name = azurerm_resource_group.b2b.name
  location            = azurerm_resource_group.b2b.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "b2b" {
  name                = "lb-b2b"
  resource_group_name = azurerm_resource_group.b2b.name
  location            = azurerm_resource_group.b2b.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.b2b.id
  }
}

resource "azurerm_lb_backend_address_pool" "b2b" {
  name            = "b2b"
  loadbalancer_id = azurerm_lb.b2b.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.b2b.id
  protocol        = "Https"
  port            = 8443
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.b2b.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.b2b.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "b2b" {
  count               = 2
  name                = "nic-b2b-${count.index}"
  resource_group_name = azurerm_resource_group.b2b.name
  location            = azurerm_resource_group.b2b.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.b2b.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "b2b" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.b2b[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.b2b.id
}
