# The only allow has source AzureLoadBalancer: that tag is the probe, never a client.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 3.0" }
  }
}

provider "azurerm" {
  features {}
}

locals {
  servers = toset(["api-a", "api-b"])
}

resource "azurerm_resource_group" "api" {
  name     = "rg-api"
  location = "North Europe"
}

resource "azurerm_virtual_network" "api" {
  name                = "vnet-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
  address_space       = ["10.30.0.0/16"]
}

resource "azurerm_subnet" "api" {
  name                 = "snet-api"
  resource_group_name  = azurerm_resource_group.api.name
  virtual_network_name = azurerm_virtual_network.api.name
  address_prefixes     = ["10.30.1.0/24"]
}

resource "azurerm_network_security_group" "api" {
  name                = "nsg-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
}

resource "azurerm_network_security_rule" "balancer" {
  resource_group_name         = azurerm_resource_group.api.name
  network_security_group_name = azurerm_network_security_group.api.name
  name                        = "AllowLoadBalancer"
  priority                    = 110
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = "443"
  source_address_prefix       = "AzureLoadBalancer"
  destination_address_prefix  = "*"
}

resource "azurerm_subnet_network_security_group_association" "api" {
  subnet_id                 = azurerm_subnet.api.id
  network_security_group_id = azurerm_network_security_group.api.id
}

resource "azurerm_public_ip" "api" {
  name                = "pip-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "api" {
  name                = "lb-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.api.id
  }
}

resource "azurerm_lb_backend_address_pool" "api" {
  name            = "api"
  loadbalancer_id = azurerm_lb.api.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.api.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.api.id
  frontend_ip_configuration_name = azurerm_lb.api.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.api.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "api" {
  for_each            = local.servers
  name                = "nic-${each.key}"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.api.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "api" {
  for_each                = azurerm_network_interface.api
  network_interface_id    = each.value.id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.api.id
}
