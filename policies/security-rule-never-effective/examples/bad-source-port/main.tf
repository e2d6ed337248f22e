# The port of the service stands in the source port range as well.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "survey" {
  name     = "rg-survey"
  location = "Israel Central"
}

resource "azurerm_virtual_network" "survey" {
  name                = "vnet-survey"
  resource_group_name = azurerm_resource_group.survey.name
  location            = azurerm_resource_group.survey.location
  address_space       = ["10.53.0.0/16"]
}

resource "azurerm_subnet" "survey" {
  name                 = "snet-survey"
  resource_group_name  = azurerm_resource_group.survey.name
  virtual_network_name = azurerm_virtual_network.survey.name
  address_prefixes     = ["10.53.1.0/24"]
}

resource "azurerm_network_security_group" "survey" {
  name                = "nsg-survey"
  resource_group_name = azurerm_resource_group.survey.name
  location            = azurerm_resource_group.survey.location

  security_rule {
    name                       = "AllowHttps"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "443"
    destination_port_range     = "443"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "survey" {
  subnet_id                 = azurerm_subnet.survey.id
  network_security_group_id = azurerm_network_security_group.survey.id
}

resource "azurerm_public_ip" "survey" {
  name                = "pip-survey"
  resource_group_name = azurerm_resource_group.survey.name
  location            = azurerm_resource_group.survey.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "survey" {
  name                = "lb-survey"
  resource_group_name = azurerm_resource_group.survey.name
  location            = azurerm_resource_group.survey.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.survey.id
  }
}

resource "azurerm_lb_backend_address_pool" "survey" {
  name            = "survey"
  loadbalancer_id = azurerm_lb.survey.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.survey.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.survey.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.survey.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "survey" {
  count               = 2
  name                = "nic-survey-${count.index}"
  resource_group_name = azurerm_resource_group.survey.name
  location            = azurerm_resource_group.survey.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.survey.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "survey" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.survey[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.survey.id
}
