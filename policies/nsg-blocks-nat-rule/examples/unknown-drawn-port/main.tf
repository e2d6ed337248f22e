# The backend port is drawn during apply: the one that the group opens, or another.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
    random  = { source = "hashicorp/random" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "kiosk" {
  name     = "rg-kiosk"
  location = "Mexico Central"
}

resource "azurerm_virtual_network" "kiosk" {
  name                = "vnet-kiosk"
  resource_group_name = azurerm_resource_group.kiosk.name
  location            = azurerm_resource_group.kiosk.location
  address_space       = ["10.47.0.0/16"]
}

resource "azurerm_subnet" "kiosk" {
  name                 = "snet-kiosk"
  resource_group_name  = azurerm_resource_group.kiosk.name
  virtual_network_name = azurerm_virtual_network.kiosk.name
  address_prefixes     = ["10.47.1.0/24"]
}

resource "random_integer" "vnc" {
  min = 5900
  max = 5999
}

resource "azurerm_network_security_group" "kiosk" {
  name                = "nsg-kiosk"
  resource_group_name = azurerm_resource_group.kiosk.name
  location            = azurerm_resource_group.kiosk.location

  security_rule {
    name                       = "AllowVnc"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "5900"
    source_address_prefix      = "203.0.113.0/28"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "kiosk" {
  subnet_id                 = azurerm_subnet.kiosk.id
  network_security_group_id = azurerm_network_security_group.kiosk.id
}

resource "azurerm_public_ip" "kiosk" {
  name                = "pip-kiosk"
  resource_group_name = azurerm_resource_group.kiosk.name
  location            = azurerm_resource_group.kiosk.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "kiosk" {
  name                = "lb-kiosk"
  resource_group_name = azurerm_resource_group.kiosk.name
  location            = azurerm_resource_group.kiosk.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.kiosk.id
  }
}

resource "azurerm_network_interface" "kiosk" {
  name                = "nic-kiosk"
  resource_group_name = azurerm_resource_group.kiosk.name
  location            = azurerm_resource_group.kiosk.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.kiosk.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_lb_nat_rule" "vnc" {
  name                           = "vnc"
  resource_group_name            = azurerm_resource_group.kiosk.name
  loadbalancer_id                = azurerm_lb.kiosk.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 5900
  backend_port                   = random_integer.vnc.result
}

resource "azurerm_network_interface_nat_rule_association" "vnc" {
  network_interface_id  = azurerm_network_interface.kiosk.id
  ip_configuration_name = "ipconfig"
  nat_rule_id           = azurerm_lb_nat_rule.vnc.id
}
