# Whether the second frontend is public is a variable without a default.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "exposed" {
  type = bool
}

resource "azurerm_resource_group" "chart" {
  name     = "rg-chart"
  location = "swedencentral"
}

resource "azurerm_virtual_network" "chart" {
  name                = "vnet-chart"
  resource_group_name = azurerm_resource_group.chart.name
  location            = azurerm_resource_group.chart.location
  address_space       = ["10.97.0.0/16"]
}

resource "azurerm_subnet" "chart" {
  name                 = "snet-chart"
  resource_group_name  = azurerm_resource_group.chart.name
  virtual_network_name = azurerm_virtual_network.chart.name
  address_prefixes     = ["10.97.1.0/24"]
}

resource "azurerm_public_ip" "chart" {
  name                = "pip-chart"
  resource_group_name = azurerm_resource_group.chart.name
  location            = azurerm_resource_group.chart.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_public_ip_prefix" "chart" {
  name                = "ippre-chart"
  resource_group_name = azurerm_resource_group.chart.name
  location            = azurerm_resource_group.chart.location
  prefix_length       = 30
}

resource "azurerm_lb" "chart" {
  name                = "lb-chart"
  resource_group_name = azurerm_resource_group.chart.name
  location            = azurerm_resource_group.chart.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "clients"
    public_ip_address_id = azurerm_public_ip.chart.id
  }

  frontend_ip_configuration {
    name                = "partners"
    public_ip_prefix_id = var.exposed ? azurerm_public_ip_prefix.chart.id : null
    subnet_id           = var.exposed ? null : azurerm_subnet.chart.id
  }
}
