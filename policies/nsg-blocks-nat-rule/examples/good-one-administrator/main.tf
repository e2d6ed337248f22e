# Port 22 is open to one address: the backend port, and no more clients than needed.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "batch" {
  name     = "rg-batch"
  location = "Italy North"
}

resource "azurerm_virtual_network" "batch" {
  name                = "vnet-batch"
  resource_group_name = azurerm_resource_group.batch.name
  location            = azurerm_resource_group.batch.location
  address_space       = ["10.45.0.0/16"]
}

resource "azurerm_subnet" "batch" {
  name                 = "snet-batch"
  resource_group_name  = azurerm_resource_group.batch.name
  virtual_network_name = azurerm_virtual_network.batch.name
  address_prefixes     = ["10.45.1.0/24"]
}

resource "azurerm_network_security_group" "batch" {
  name                = "nsg-batch"
  resource_group_name = azurerm_resource_group.batch.name
  location            = azurerm_resource_group.batch.location

  security_rule {
    name                       = "AllowSsh"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "22"
    source_address_prefix      = "203.0.113.18/32"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "batch" {
  subnet_id                 = azurerm_subnet.batch.id
  network_security_group_id = azurerm_network_security_group.batch.id
}

resource "azurerm_public_ip" "batch" {
  name                = "pip-batch"
  resource_group_name = azurerm_resource_group.batch.name
  location            = azurerm_resource_group.batch.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "batch" {
  name                = "lb-batch"
  resource_group_name = azurerm_resource_group.batch.name
  location            = azurerm_resource_group.batch.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.batch.id
  }
}

resource "azurerm_lb_backend_address_pool" "batch" {
  name            = "batch"
  loadbalancer_id = azurerm_lb.batch.id
}

resource "azurerm_lb_nat_rule" "ssh" {
  name                           = "ssh"
  resource_group_name            = azurerm_resource_group.batch.name
  loadbalancer_id                = azurerm_lb.batch.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port_start            = 50000
  frontend_port_end              = 50009
  backend_port                   = 22
  backend_address_pool_id        = azurerm_lb_backend_address_pool.batch.id
}

resource "azurerm_network_interface" "batch" {
  count               = 2
  name                = "nic-batch-${count.index}"
  resource_group_name = azurerm_resource_group.batch.name
  location            = azurerm_resource_group.batch.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.batch.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "batch" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.batch[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.batch.id
}
