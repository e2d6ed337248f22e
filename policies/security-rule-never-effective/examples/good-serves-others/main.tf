# The internet is denied first; the allow for any source still serves the virtual network.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "audit" {
  name     = "rg-audit"
  location = "Indonesia Central"
}

resource "azurerm_virtual_network" "audit" {
  name                = "vnet-audit"
  resource_group_name = azurerm_resource_group.audit.name
  location            = azurerm_resource_group.audit.location
  address_space       = ["10.56.0.0/16"]
}

resource "azurerm_subnet" "audit" {
  name                 = "snet-audit"
  resource_group_name  = azurerm_resource_group.audit.name
  virtual_network_name = azurerm_virtual_network.audit.name
  address_prefixes     = ["10.56.1.0/24"]
}

resource "azurerm_network_security_group" "audit" {
  name                = "nsg-audit"
  resource_group_name = azurerm_resource_group.audit.name
  location            = azurerm_resource_group.audit.location

  security_rule {
    name                       = "AllowProbe"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "9200"
    source_address_prefix      = "AzureLoadBalancer"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "DenyInternet"
    priority                   = 200
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "9200"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "AllowSearch"
    priority                   = 300
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "9200"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "audit" {
  subnet_id                 = azurerm_subnet.audit.id
  network_security_group_id = azurerm_network_security_group.audit.id
}

resource "azurerm_lb" "audit" {
  name                = "lb-audit"
  resource_group_name = azurerm_resource_group.audit.name
  location            = azurerm_resource_group.audit.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.audit.id
    private_ip_address            = "10.56.1.100"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "audit" {
  name            = "audit"
  loadbalancer_id = azurerm_lb.audit.id
}

resource "azurerm_lb_probe" "search" {
  name            = "search"
  loadbalancer_id = azurerm_lb.audit.id
  protocol        = "Tcp"
  port            = 9200
}

resource "azurerm_lb_rule" "search" {
  name                           = "search"
  loadbalancer_id                = azurerm_lb.audit.id
  frontend_ip_configuration_name = "internal"
  protocol                       = "Tcp"
  frontend_port                  = 9200
  backend_port                   = 9200
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.audit.id]
  probe_id                       = azurerm_lb_probe.search.id
}

resource "azurerm_network_interface" "audit" {
  count               = 2
  name                = "nic-audit-${count.index}"
  resource_group_name = azurerm_resource_group.audit.name
  location            = azurerm_resource_group.audit.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.audit.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "audit" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.audit[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.audit.id
}
