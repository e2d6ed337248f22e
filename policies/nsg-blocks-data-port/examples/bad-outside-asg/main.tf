# The NSG allows traffic to the group of web servers; the NICs joined the group of app servers.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "crm" {
  name     = "rg-crm"
  location = "West US 3"
}

resource "azurerm_virtual_network" "crm" {
  name                = "vnet-crm"
  resource_group_name = azurerm_resource_group.crm.name
  location            = azurerm_resource_group.crm.location
  address_space       = ["10.70.0.0/16"]
}

resource "azurerm_subnet" "crm" {
  name                 = "snet-crm"
  resource_group_name  = azurerm_resource_group.crm.name
  virtual_network_name = azurerm_virtual_network.crm.name
  address_prefixes     = ["10.70.1.0/24"]
}

resource "azurerm_application_security_group" "tier" {
  for_each            = toset(["web", "app"])
  name                = "asg-${each.key}"
  resource_group_name = azurerm_resource_group.crm.name
  location            = azurerm_resource_group.crm.location
}

resource "azurerm_network_security_group" "crm" {
  name                = "nsg-crm"
  resource_group_name = azurerm_resource_group.crm.name
  location            = azurerm_resource_group.crm.location
}

resource "azurerm_network_security_rule" "https" {
  resource_group_name                        = azurerm_resource_group.crm.name
  network_security_group_name                = azurerm_network_security_group.crm.name
  name                                       = "AllowHttpsToWeb"
  priority                                   = 100
  direction                                  = "Inbound"
  access                                     = "Allow"
  protocol                                   = "Tcp"
  source_port_range                          = "*"
  destination_port_range                     = "443"
  source_address_prefix                      = "Internet"
  destination_application_security_group_ids = [azurerm_application_security_group.tier["web"].id]
}

resource "azurerm_subnet_network_security_group_association" "crm" {
  subnet_id                 = azurerm_subnet.crm.id
  network_security_group_id = azurerm_network_security_group.crm.id
}

resource "azurerm_public_ip" "crm" {
  name                = "pip-crm"
  resource_group_name = azurerm_resource_group.crm.name
  location            = azurerm_resource_group.crm.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "crm" {
  name                = "lb-crm"
  resource_group_name = azurerm_resource_group.crm.name
  location            = azurerm_resource_group.crm.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.crm.id
  }
}

resource "azurerm_lb_backend_address_pool" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.crm.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.crm.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.crm.id
  frontend_ip_configuration_name = azurerm_lb.crm.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.web.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "web" {
  count               = 2
  name                = "nic-web-${count.index}"
  resource_group_name = azurerm_resource_group.crm.name
  location            = azurerm_resource_group.crm.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.crm.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "web" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.web[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.web.id
}

resource "azurerm_network_interface_application_security_group_association" "web" {
  count                         = 2
  network_interface_id          = azurerm_network_interface.web[count.index].id
  application_security_group_id = azurerm_application_security_group.tier["app"].id
}
