# An internal rule for one machine: the default rules let the virtual network in.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "plant" {
  name     = "rg-plant"
  location = "Poland Central"
}

resource "azurerm_virtual_network" "plant" {
  name                = "vnet-plant"
  resource_group_name = azurerm_resource_group.plant.name
  location            = azurerm_resource_group.plant.location
  address_space       = ["10.46.0.0/16"]
}

resource "azurerm_subnet" "plant" {
  name                 = "snet-plant"
  resource_group_name  = azurerm_resource_group.plant.name
  virtual_network_name = azurerm_virtual_network.plant.name
  address_prefixes     = ["10.46.1.0/24"]
}

resource "azurerm_network_security_group" "plant" {
  name                = "nsg-plant"
  resource_group_name = azurerm_resource_group.plant.name
  location            = azurerm_resource_group.plant.location
}

resource "azurerm_subnet_network_security_group_association" "plant" {
  subnet_id                 = azurerm_subnet.plant.id
  network_security_group_id = azurerm_network_security_group.plant.id
}

resource "azurerm_lb" "plant" {
  name                = "lb-plant"
  resource_group_name = azurerm_resource_group.plant.name
  location            = azurerm_resource_group.plant.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.plant.id
    private_ip_address            = "10.46.1.100"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_network_interface" "plant" {
  name                = "nic-plant"
  resource_group_name = azurerm_resource_group.plant.name
  location            = azurerm_resource_group.plant.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.plant.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_lb_nat_rule" "modbus" {
  name                           = "modbus"
  resource_group_name            = azurerm_resource_group.plant.name
  loadbalancer_id                = azurerm_lb.plant.id
  frontend_ip_configuration_name = "internal"
  protocol                       = "Tcp"
  frontend_port                  = 5020
  backend_port                   = 502
}

resource "azurerm_network_interface_nat_rule_association" "modbus" {
  network_interface_id  = azurerm_network_interface.plant.id
  ip_configuration_name = "ipconfig"
  nat_rule_id           = azurerm_lb_nat_rule.modbus.id
}
