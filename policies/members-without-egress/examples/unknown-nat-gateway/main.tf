# Whether the subnet gets a NAT gateway is a variable without a value.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "with_nat_gateway" {
  type = bool
}

resource "azurerm_resource_group" "audit" {
  name     = "rg-audit"
  location = "swedencentral"
}

resource "azurerm_network_security_group" "audit" {
  name                = "nsg-audit"
  resource_group_name = azurerm_resource_group.audit.name
  location            = azurerm_resource_group.audit.location

  security_rule {
    name                       = "AllowClients"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "VirtualNetwork"
    destination_address_prefix = "*"
  }
}

resource "azurerm_public_ip" "nat_audit" {
  name                = "pip-nat-audit"
  resource_group_name = azurerm_resource_group.audit.name
  location            = azurerm_resource_group.audit.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_nat_gateway" "audit" {
  name                = "nat-audit"
  resource_group_name = azurerm_resource_group.audit.name
  location            = azurerm_resource_group.audit.location
}

resource "azurerm_virtual_network" "audit" {
  name                = "vnet-audit"
  resource_group_name = azurerm_resource_group.audit.name
  location            = azurerm_resource_group.audit.location
  address_space       = ["10.86.0.0/16"]
}

resource "azurerm_subnet" "audit" {
  name                 = "snet-audit"
  resource_group_name  = azurerm_resource_group.audit.name
  virtual_network_name = azurerm_virtual_network.audit.name
  address_prefixes     = ["10.86.1.0/24"]
}

resource "azurerm_lb" "audit" {
  name                = "lb-audit"
  resource_group_name = azurerm_resource_group.audit.name
  location            = azurerm_resource_group.audit.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.audit.id
    private_ip_address            = "10.86.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "pool_audit" {
  name            = "pool-audit"
  loadbalancer_id = azurerm_lb.audit.id
}

resource "azurerm_lb_probe" "health" {
  name                = "health"
  loadbalancer_id     = azurerm_lb.audit.id
  protocol            = "Tcp"
  port                = 443
  probe_threshold     = 2
  interval_in_seconds = 5
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.audit.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool_audit.id]
  probe_id                       = azurerm_lb_probe.health.id
}

resource "azurerm_subnet_network_security_group_association" "audit" {
  subnet_id                 = azurerm_subnet.audit.id
  network_security_group_id = azurerm_network_security_group.audit.id
}

resource "azurerm_nat_gateway_public_ip_association" "audit" {
  nat_gateway_id       = azurerm_nat_gateway.audit.id
  public_ip_address_id = azurerm_public_ip.nat_audit.id
}

resource "azurerm_subnet_nat_gateway_association" "audit" {
  count          = var.with_nat_gateway ? 1 : 0
  subnet_id      = azurerm_subnet.audit.id
  nat_gateway_id = azurerm_nat_gateway.audit.id
}

resource "azurerm_network_interface" "audit" {
  count               = 2
  name                = "nic-audit-${count.index}"
  resource_group_name = azurerm_resource_group.audit.name
  location            = azurerm_resource_group.audit.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.audit.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "audit" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.audit[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool_audit.id
}
