# VirtualNetwork contains 168.63.129.16, so the allow at 100 admits the probe before the deny.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "intranet" {
  name     = "rg-intranet"
  location = "westeurope"
}

resource "azurerm_virtual_network" "intranet" {
  name                = "vnet-intranet"
  resource_group_name = azurerm_resource_group.intranet.name
  location            = azurerm_resource_group.intranet.location
  address_space       = ["10.13.0.0/16"]
}

resource "azurerm_subnet" "intranet" {
  name                 = "snet-intranet"
  resource_group_name  = azurerm_resource_group.intranet.name
  virtual_network_name = azurerm_virtual_network.intranet.name
  address_prefixes     = ["10.13.1.0/24"]
}

resource "azurerm_network_security_group" "intranet" {
  name                = "nsg-intranet"
  resource_group_name = azurerm_resource_group.intranet.name
  location            = azurerm_resource_group.intranet.location

  security_rule {
    name                       = "AllowVirtualNetwork"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "VirtualNetwork"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "DenyAll"
    priority                   = 4096
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "intranet" {
  subnet_id                 = azurerm_subnet.intranet.id
  network_security_group_id = azurerm_network_security_group.intranet.id
}

resource "azurerm_lb" "intranet" {
  name                = "lb-intranet"
  resource_group_name = azurerm_resource_group.intranet.name
  location            = azurerm_resource_group.intranet.location

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.intranet.id
    private_ip_address            = "10.13.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "intranet" {
  name            = "intranet"
  loadbalancer_id = azurerm_lb.intranet.id
}

resource "azurerm_lb_probe" "http" {
  name            = "http"
  loadbalancer_id = azurerm_lb.intranet.id
  protocol        = "Http"
  port            = 8080
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.intranet.id
  frontend_ip_configuration_name = azurerm_lb.intranet.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.intranet.id]
  probe_id                       = azurerm_lb_probe.http.id
}

resource "azurerm_network_interface" "intranet" {
  count               = 2
  name                = "nic-intranet-${count.index}"
  resource_group_name = azurerm_resource_group.intranet.name
  location            = azurerm_resource_group.intranet.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.intranet.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "intranet" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.intranet[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.intranet.id
}
