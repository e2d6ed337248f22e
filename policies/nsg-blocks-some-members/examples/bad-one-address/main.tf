# The rule names the address of the first server; the second one was added later.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "ledger" {
  name     = "rg-ledger"
  location = "North Europe"
}

resource "azurerm_virtual_network" "ledger" {
  name                = "vnet-ledger"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location
  address_space       = ["10.22.0.0/16"]
}

resource "azurerm_subnet" "ledger" {
  name                 = "snet-ledger"
  resource_group_name  = azurerm_resource_group.ledger.name
  virtual_network_name = azurerm_virtual_network.ledger.name
  address_prefixes     = ["10.22.1.0/24"]
}

resource "azurerm_network_security_group" "ledger" {
  name                = "nsg-ledger"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location

  security_rule {
    name                       = "AllowHttps"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "Internet"
    destination_address_prefix = "10.22.1.4"
  }
}

resource "azurerm_subnet_network_security_group_association" "ledger" {
  subnet_id                 = azurerm_subnet.ledger.id
  network_security_group_id = azurerm_network_security_group.ledger.id
}

resource "azurerm_public_ip" "ledger" {
  name                = "pip-ledger"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "ledger" {
  name                = "lb-ledger"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.ledger.id
  }
}

resource "azurerm_lb_backend_address_pool" "ledger" {
  name            = "ledger"
  loadbalancer_id = azurerm_lb.ledger.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.ledger.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.ledger.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.ledger.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "ledger" {
  count               = 2
  name                = "nic-ledger-${count.index}"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.ledger.id
    private_ip_address            = "10.22.1.${4 + count.index}"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "ledger" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.ledger[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.ledger.id
}
