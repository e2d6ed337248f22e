# The balancer takes the SKU of an address that exists already and is read during apply.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "voice" {
  name     = "rg-voice"
  location = "West Europe"
}

data "azurerm_public_ip" "existing" {
  name                = "pip-voice"
  resource_group_name = "rg-addresses"
  depends_on          = [azurerm_resource_group.voice]
}

resource "azurerm_virtual_network" "voice" {
  name                = "vnet-voice"
  resource_group_name = azurerm_resource_group.voice.name
  location            = azurerm_resource_group.voice.location
  address_space       = ["10.36.0.0/16"]
}

resource "azurerm_subnet" "voice" {
  name                 = "snet-voice"
  resource_group_name  = azurerm_resource_group.voice.name
  virtual_network_name = azurerm_virtual_network.voice.name
  address_prefixes     = ["10.36.1.0/24"]
}

resource "azurerm_network_security_group" "voice" {
  name                = "nsg-voice"
  resource_group_name = azurerm_resource_group.voice.name
  location            = azurerm_resource_group.voice.location

  security_rule {
    name                       = "AllowSip"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "5061"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "voice" {
  subnet_id                 = azurerm_subnet.voice.id
  network_security_group_id = azurerm_network_security_group.voice.id
}

resource "azurerm_lb" "voice" {
  name                = "lb-voice"
  resource_group_name = azurerm_resource_group.voice.name
  location            = azurerm_resource_group.voice.location
  sku                 = data.azurerm_public_ip.existing.sku

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = data.azurerm_public_ip.existing.id
  }
}

resource "azurerm_lb_backend_address_pool" "voice" {
  name            = "voice"
  loadbalancer_id = azurerm_lb.voice.id
}

resource "azurerm_lb_probe" "sips" {
  name            = "sips"
  loadbalancer_id = azurerm_lb.voice.id
  protocol        = "Tcp"
  port            = 5061
}

resource "azurerm_lb_rule" "sips" {
  name                           = "sips"
  loadbalancer_id                = azurerm_lb.voice.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 5061
  backend_port                   = 5061
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.voice.id]
  probe_id                       = azurerm_lb_probe.sips.id
}

resource "azurerm_network_interface" "voice" {
  count               = 2
  name                = "nic-voice-${count.index}"
  resource_group_name = azurerm_resource_group.voice.name
  location            = azurerm_resource_group.voice.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.voice.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "voice" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.voice[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.voice.id
}
