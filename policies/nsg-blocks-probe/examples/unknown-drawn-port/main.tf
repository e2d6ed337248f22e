# A port is closed that is drawn during apply: perhaps the one that the probe asks.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
    random  = { source = "hashicorp/random" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "vault" {
  name     = "rg-vault"
  location = "South India"
}

resource "azurerm_virtual_network" "vault" {
  name                = "vnet-vault"
  resource_group_name = azurerm_resource_group.vault.name
  location            = azurerm_resource_group.vault.location
  address_space       = ["10.33.0.0/16"]
}

resource "azurerm_subnet" "vault" {
  name                 = "snet-vault"
  resource_group_name  = azurerm_resource_group.vault.name
  virtual_network_name = azurerm_virtual_network.vault.name
  address_prefixes     = ["10.33.1.0/24"]
}

resource "random_integer" "admin" {
  min = 8000
  max = 8999
}

resource "azurerm_network_security_group" "vault" {
  name                = "nsg-vault"
  resource_group_name = azurerm_resource_group.vault.name
  location            = azurerm_resource_group.vault.location

  security_rule {
    name                       = "DenyAdmin"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = random_integer.admin.result
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "AllowHttps"
    priority                   = 200
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "8443"
    source_address_prefix      = "VirtualNetwork"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "vault" {
  subnet_id                 = azurerm_subnet.vault.id
  network_security_group_id = azurerm_network_security_group.vault.id
}

resource "azurerm_lb" "vault" {
  name                = "lb-vault"
  resource_group_name = azurerm_resource_group.vault.name
  location            = azurerm_resource_group.vault.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.vault.id
    private_ip_address            = "10.33.1.100"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "vault" {
  name            = "vault"
  loadbalancer_id = azurerm_lb.vault.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.vault.id
  protocol        = "Https"
  port            = 8443
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.vault.id
  frontend_ip_configuration_name = "internal"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.vault.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "vault" {
  count               = 2
  name                = "nic-vault-${count.index}"
  resource_group_name = azurerm_resource_group.vault.name
  location            = azurerm_resource_group.vault.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.vault.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "vault" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.vault[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.vault.id
}
