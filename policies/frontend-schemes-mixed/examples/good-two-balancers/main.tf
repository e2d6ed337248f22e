# The public and the internal frontend have a load balancer each.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "help" {
  name     = "rg-help"
  location = "westeurope"
}

resource "azurerm_virtual_network" "help" {
  name                = "vnet-help"
  resource_group_name = azurerm_resource_group.help.name
  location            = azurerm_resource_group.help.location
  address_space       = ["10.96.0.0/16"]
}

resource "azurerm_subnet" "help" {
  name                 = "snet-help"
  resource_group_name  = azurerm_resource_group.help.name
  virtual_network_name = azurerm_virtual_network.help.name
  address_prefixes     = ["10.96.1.0/24"]
}

resource "azurerm_public_ip" "help" {
  name                = "pip-help"
  resource_group_name = azurerm_resource_group.help.name
  location            = azurerm_resource_group.help.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "public" {
  name                = "lb-help-public"
  resource_group_name = azurerm_resource_group.help.name
  location            = azurerm_resource_group.help.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "clients"
    public_ip_address_id = azurerm_public_ip.help.id
  }
}

resource "azurerm_lb" "internal" {
  name                = "lb-help-internal"
  resource_group_name = azurerm_resource_group.help.name
  location            = azurerm_resource_group.help.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "staff"
    subnet_id                     = azurerm_subnet.help.id
    private_ip_address_allocation = "Dynamic"
  }
}
