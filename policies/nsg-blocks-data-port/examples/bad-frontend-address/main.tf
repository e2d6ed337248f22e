# The NSG allows the address of the frontend; members receive packets for their own address.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "ledger" {
  name     = "rg-ledger"
  location = "switzerlandnorth"
}

resource "azurerm_virtual_network" "ledger" {
  name                = "vnet-ledger"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location
  address_space       = ["10.100.0.0/16"]
}

resource "azurerm_subnet" "ledger" {
  name                 = "snet-ledger"
  resource_group_name  = azurerm_resource_group.ledger.name
  virtual_network_name = azurerm_virtual_network.ledger.name
  address_prefixes     = ["10.100.1.0/24"]
}

resource "azurerm_lb" "ledger" {
  name                = "lb-ledger"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.ledger.id
    private_ip_address            = "10.100.1.100"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "ledger" {
  name            = "ledger"
  loadbalancer_id = azurerm_lb.ledger.id
}

resource "azurerm_lb_probe" "api" {
  name            = "api"
  loadbalancer_id = azurerm_lb.ledger.id
  protocol        = "Tcp"
  port            = 8443
}

resource "azurerm_lb_rule" "api" {
  name                           = "api"
  loadbalancer_id                = azurerm_lb.ledger.id
  frontend_ip_configuration_name = azurerm_lb.ledger.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 8443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.ledger.id]
  probe_id                       = azurerm_lb_probe.api.id
}

resource "azurerm_network_security_group" "ledger" {
  name                = "nsg-ledger"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location

  security_rule {
    name                       = "AllowLedger"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "8443"
    source_address_prefix      = "VirtualNetwork"
    destination_address_prefix = azurerm_lb.ledger.frontend_ip_configuration[0].private_ip_address
  }

  security_rule {
    name                       = "AllowProbe"
    priority                   = 200
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "AzureLoadBalancer"
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

resource "azurerm_subnet_network_security_group_association" "ledger" {
  subnet_id                 = azurerm_subnet.ledger.id
  network_security_group_id = azurerm_network_security_group.ledger.id
}

resource "azurerm_network_interface" "ledger" {
  count               = 2
  name                = "nic-ledger-${count.index}"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.ledger.id
    private_ip_address_allocation = "Static"
    private_ip_address            = cidrhost("10.100.1.0/24", 10 + count.index)
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "ledger" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.ledger[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.ledger.id
}
