# Time servers ask each other from port 123, so a fixed source port is right.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "clock" {
  name     = "rg-clock"
  location = "Chile Central"
}

resource "azurerm_virtual_network" "clock" {
  name                = "vnet-clock"
  resource_group_name = azurerm_resource_group.clock.name
  location            = azurerm_resource_group.clock.location
  address_space       = ["10.55.0.0/16"]
}

resource "azurerm_subnet" "clock" {
  name                 = "snet-clock"
  resource_group_name  = azurerm_resource_group.clock.name
  virtual_network_name = azurerm_virtual_network.clock.name
  address_prefixes     = ["10.55.1.0/24"]
}

resource "azurerm_network_security_group" "clock" {
  name                = "nsg-clock"
  resource_group_name = azurerm_resource_group.clock.name
  location            = azurerm_resource_group.clock.location

  security_rule {
    name                       = "AllowNtpPeers"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Udp"
    source_port_range          = "123"
    destination_port_range     = "123"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "clock" {
  subnet_id                 = azurerm_subnet.clock.id
  network_security_group_id = azurerm_network_security_group.clock.id
}

resource "azurerm_public_ip" "clock" {
  name                = "pip-clock"
  resource_group_name = azurerm_resource_group.clock.name
  location            = azurerm_resource_group.clock.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "clock" {
  name                = "lb-clock"
  resource_group_name = azurerm_resource_group.clock.name
  location            = azurerm_resource_group.clock.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.clock.id
  }
}

resource "azurerm_lb_backend_address_pool" "clock" {
  name            = "clock"
  loadbalancer_id = azurerm_lb.clock.id
}

resource "azurerm_lb_probe" "ntp" {
  name            = "ntp"
  loadbalancer_id = azurerm_lb.clock.id
  protocol        = "Tcp"
  port            = 8123
}

resource "azurerm_lb_rule" "ntp" {
  name                           = "ntp"
  loadbalancer_id                = azurerm_lb.clock.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Udp"
  frontend_port                  = 123
  backend_port                   = 123
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.clock.id]
  probe_id                       = azurerm_lb_probe.ntp.id
}

resource "azurerm_network_interface" "clock" {
  count               = 2
  name                = "nic-clock-${count.index}"
  resource_group_name = azurerm_resource_group.clock.name
  location            = azurerm_resource_group.clock.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.clock.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "clock" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.clock[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.clock.id
}
