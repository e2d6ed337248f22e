# Three servers serve the rule, and two of them are in the application security group it is opened for.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "portal" {
  name     = "rg-portal"
  location = "UK South"
}

resource "azurerm_virtual_network" "portal" {
  name                = "vnet-portal"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location
  address_space       = ["10.23.0.0/16"]
}

resource "azurerm_subnet" "portal" {
  name                 = "snet-portal"
  resource_group_name  = azurerm_resource_group.portal.name
  virtual_network_name = azurerm_virtual_network.portal.name
  address_prefixes     = ["10.23.1.0/24"]
}

resource "azurerm_application_security_group" "web" {
  name                = "asg-web"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location
}

resource "azurerm_network_security_group" "portal" {
  name                = "nsg-portal"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location

  security_rule {
    name                                       = "AllowHttps"
    priority                                   = 100
    direction                                  = "Inbound"
    access                                     = "Allow"
    protocol                                   = "Tcp"
    source_port_range                          = "*"
    destination_port_range                     = "443"
    source_address_prefix                      = "Internet"
    destination_application_security_group_ids = [azurerm_application_security_group.web.id]
  }
}

resource "azurerm_subnet_network_security_group_association" "portal" {
  subnet_id                 = azurerm_subnet.portal.id
  network_security_group_id = azurerm_network_security_group.portal.id
}

resource "azurerm_public_ip" "portal" {
  name                = "pip-portal"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "portal" {
  name                = "lb-portal"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.portal.id
  }
}

resource "azurerm_lb_backend_address_pool" "portal" {
  name            = "portal"
  loadbalancer_id = azurerm_lb.portal.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.portal.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.portal.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.portal.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "portal" {
  count               = 3
  name                = "nic-portal-${count.index}"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.portal.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "portal" {
  count                   = 3
  network_interface_id    = azurerm_network_interface.portal[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.portal.id
}

resource "azurerm_network_interface_application_security_group_association" "first" {
  network_interface_id          = azurerm_network_interface.portal[0].id
  application_security_group_id = azurerm_application_security_group.web.id
}

resource "azurerm_network_interface_application_security_group_association" "second" {
  network_interface_id          = azurerm_network_interface.portal[1].id
  application_security_group_id = azurerm_application_security_group.web.id
}
