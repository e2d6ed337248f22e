# The same priority once for each direction, and a list of ports and ranges.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "events" {
  name     = "rg-events"
  location = "Taiwan North"
}

resource "azurerm_virtual_network" "events" {
  name                = "vnet-events"
  resource_group_name = azurerm_resource_group.events.name
  location            = azurerm_resource_group.events.location
  address_space       = ["10.74.0.0/16"]
}

resource "azurerm_subnet" "events" {
  name                 = "snet-events"
  resource_group_name  = azurerm_resource_group.events.name
  virtual_network_name = azurerm_virtual_network.events.name
  address_prefixes     = ["10.74.1.0/24"]
}

resource "azurerm_network_security_group" "events" {
  name                = "nsg-events"
  resource_group_name = azurerm_resource_group.events.name
  location            = azurerm_resource_group.events.location

  security_rule {
    name                       = "AllowHttps"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    source_address_prefix      = "10.0.0.0/8"
    destination_address_prefix = "*"
    destination_port_ranges    = ["443", "8443-8450"]
  }

  security_rule {
    name                       = "AllowDns"
    priority                   = 100
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "Udp"
    source_port_range          = "*"
    destination_port_range     = "53"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "events" {
  subnet_id                 = azurerm_subnet.events.id
  network_security_group_id = azurerm_network_security_group.events.id
}

resource "azurerm_lb" "events" {
  name                = "lb-events"
  resource_group_name = azurerm_resource_group.events.name
  location            = azurerm_resource_group.events.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.events.id
    private_ip_address            = "10.74.1.100"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "events" {
  name            = "events"
  loadbalancer_id = azurerm_lb.events.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.events.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.events.id
  frontend_ip_configuration_name = "internal"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.events.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "events" {
  count               = 2
  name                = "nic-events-${count.index}"
  resource_group_name = azurerm_resource_group.events.name
  location            = azurerm_resource_group.events.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.events.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "events" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.events[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.events.id
}
