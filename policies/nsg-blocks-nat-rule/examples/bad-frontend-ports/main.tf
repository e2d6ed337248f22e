# The group opens the ports of the frontend; packets arrive on port 22.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "build" {
  name     = "rg-build"
  location = "West Europe"
}

resource "azurerm_virtual_network" "build" {
  name                = "vnet-build"
  resource_group_name = azurerm_resource_group.build.name
  location            = azurerm_resource_group.build.location
  address_space       = ["10.41.0.0/16"]
}

resource "azurerm_subnet" "build" {
  name                 = "snet-build"
  resource_group_name  = azurerm_resource_group.build.name
  virtual_network_name = azurerm_virtual_network.build.name
  address_prefixes     = ["10.41.1.0/24"]
}

resource "azurerm_network_security_group" "build" {
  name                = "nsg-build"
  resource_group_name = azurerm_resource_group.build.name
  location            = azurerm_resource_group.build.location

  security_rule {
    name                       = "AllowSsh"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "50000-50009"
    source_address_prefix      = "203.0.113.16/28"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "build" {
  subnet_id                 = azurerm_subnet.build.id
  network_security_group_id = azurerm_network_security_group.build.id
}

resource "azurerm_public_ip" "build" {
  name                = "pip-build"
  resource_group_name = azurerm_resource_group.build.name
  location            = azurerm_resource_group.build.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "build" {
  name                = "lb-build"
  resource_group_name = azurerm_resource_group.build.name
  location            = azurerm_resource_group.build.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.build.id
  }
}

resource "azurerm_lb_backend_address_pool" "build" {
  name            = "build"
  loadbalancer_id = azurerm_lb.build.id
}

resource "azurerm_lb_nat_rule" "ssh" {
  name                           = "ssh"
  resource_group_name            = azurerm_resource_group.build.name
  loadbalancer_id                = azurerm_lb.build.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port_start            = 50000
  frontend_port_end              = 50009
  backend_port                   = 22
  backend_address_pool_id        = azurerm_lb_backend_address_pool.build.id
}

resource "azurerm_network_interface" "build" {
  count               = 2
  name                = "nic-build-${count.index}"
  resource_group_name = azurerm_resource_group.build.name
  location            = azurerm_resource_group.build.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.build.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "build" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.build[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.build.id
}
