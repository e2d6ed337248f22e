# One frontend is public and the other internal.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "desk" {
  name     = "rg-desk"
  location = "westeurope"
}

resource "azurerm_virtual_network" "desk" {
  name                = "vnet-desk"
  resource_group_name = azurerm_resource_group.desk.name
  location            = azurerm_resource_group.desk.location
  address_space       = ["10.95.0.0/16"]
}

resource "azurerm_subnet" "desk" {
  name                 = "snet-desk"
  resource_group_name  = azurerm_resource_group.desk.name
  virtual_network_name = azurerm_virtual_network.desk.name
  address_prefixes     = ["10.95.1.0/24"]
}

resource "azurerm_public_ip" "desk" {
  name                = "pip-desk"
  resource_group_name = azurerm_resource_group.desk.name
  location            = azurerm_resource_group.desk.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "desk" {
  name                = "lb-desk"
  resource_group_name = azurerm_resource_group.desk.name
  location            = azurerm_resource_group.desk.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "clients"
    public_ip_address_id = azurerm_public_ip.desk.id
  }

  frontend_ip_configuration {
    name                          = "staff"
    subnet_id                     = azurerm_subnet.desk.id
    private_ip_address            = "10.95.1.10"
    private_ip_address_allocation = "Static"
  }
}
