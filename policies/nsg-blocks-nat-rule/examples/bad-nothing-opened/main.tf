# A rule forwards remote desktop to one machine, and the group opens port 443 only.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 3.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "desk" {
  name     = "rg-desk"
  location = "Southeast Asia"
}

resource "azurerm_virtual_network" "desk" {
  name                = "vnet-desk"
  resource_group_name = azurerm_resource_group.desk.name
  location            = azurerm_resource_group.desk.location
  address_space       = ["10.42.0.0/16"]
}

resource "azurerm_subnet" "desk" {
  name                 = "snet-desk"
  resource_group_name  = azurerm_resource_group.desk.name
  virtual_network_name = azurerm_virtual_network.desk.name
  address_prefixes     = ["10.42.1.0/24"]
}

resource "azurerm_network_security_group" "desk" {
  name                = "nsg-desk"
  resource_group_name = azurerm_resource_group.desk.name
  location            = azurerm_resource_group.desk.location

  security_rule {
    name                       = "AllowHttps"
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

resource "azurerm_subnet_network_security_group_association" "desk" {
  subnet_id                 = azurerm_subnet.desk.id
  network_security_group_id = azurerm_network_security_group.desk.id
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
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.desk.id
  }
}

resource "azurerm_network_interface" "desk" {
  name                = "nic-desk"
  resource_group_name = azurerm_resource_group.desk.name
  location            = azurerm_resource_group.desk.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.desk.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_lb_nat_rule" "rdp" {
  name                           = "rdp"
  resource_group_name            = azurerm_resource_group.desk.name
  loadbalancer_id                = azurerm_lb.desk.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 53389
  backend_port                   = 3389
}

resource "azurerm_network_interface_nat_rule_association" "rdp" {
  network_interface_id  = azurerm_network_interface.desk.id
  ip_configuration_name = "ipconfig"
  nat_rule_id           = azurerm_lb_nat_rule.rdp.id
}
