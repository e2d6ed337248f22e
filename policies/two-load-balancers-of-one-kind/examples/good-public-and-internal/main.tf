# The same machines stand behind one public and one internal load balancer.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "api" {
  name     = "rg-api"
  location = "westeurope"
}

resource "azurerm_virtual_network" "api" {
  name                = "vnet-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
  address_space       = ["10.121.0.0/16"]
}

resource "azurerm_subnet" "api" {
  name                 = "snet-api"
  resource_group_name  = azurerm_resource_group.api.name
  virtual_network_name = azurerm_virtual_network.api.name
  address_prefixes     = ["10.121.1.0/24"]
}

resource "azurerm_network_security_group" "api" {
  name                = "nsg-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location

  security_rule {
    name                       = "AllowClients"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
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
}

resource "azurerm_lb" "api" {
  name                = "lb-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.api.id
  }
}

resource "azurerm_lb_backend_address_pool" "api" {
  name            = "pool-api"
  loadbalancer_id = azurerm_lb.api.id
}

resource "azurerm_lb_probe" "api" {
  name            = "health"
  loadbalancer_id = azurerm_lb.api.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "api" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.api.id
  frontend_ip_configuration_name = azurerm_lb.api.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.api.id]
  probe_id                       = azurerm_lb_probe.api.id
}

resource "azurerm_lb" "admin" {
  name                = "lb-admin"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.api.id
    private_ip_address            = "10.121.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "admin" {
  name            = "pool-admin"
  loadbalancer_id = azurerm_lb.admin.id
}

resource "azurerm_lb_probe" "admin" {
  name            = "health"
  loadbalancer_id = azurerm_lb.admin.id
  protocol        = "Tcp"
  port            = 8443
}

resource "azurerm_lb_rule" "admin" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.admin.id
  frontend_ip_configuration_name = azurerm_lb.admin.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 8443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.admin.id]
  probe_id                       = azurerm_lb_probe.admin.id
}

resource "azurerm_network_interface" "api" {
  count               = 2
  name                = "nic-api-${count.index}"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.api.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "api" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.api[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.api.id
}

resource "azurerm_network_interface_backend_address_pool_association" "admin" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.api[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.admin.id
}
