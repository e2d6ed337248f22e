# An inbound NAT rule gives every machine of a pool a port of its range.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "test" {
  name     = "rg-test"
  location = "westeurope"
}

resource "azurerm_virtual_network" "test" {
  name                = "vnet-test"
  resource_group_name = azurerm_resource_group.test.name
  location            = azurerm_resource_group.test.location
  address_space       = ["10.103.0.0/16"]
}

resource "azurerm_subnet" "test" {
  name                 = "snet-test"
  resource_group_name  = azurerm_resource_group.test.name
  virtual_network_name = azurerm_virtual_network.test.name
  address_prefixes     = ["10.103.1.0/24"]
}

resource "azurerm_lb" "test" {
  name                = "lb-test"
  resource_group_name = azurerm_resource_group.test.name
  location            = azurerm_resource_group.test.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "test"
    subnet_id                     = azurerm_subnet.test.id
    private_ip_address            = "10.103.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "machines" {
  name            = "machines"
  loadbalancer_id = azurerm_lb.test.id
}

resource "azurerm_lb_nat_rule" "ssh" {
  name                           = "ssh"
  resource_group_name            = azurerm_resource_group.test.name
  loadbalancer_id                = azurerm_lb.test.id
  frontend_ip_configuration_name = "test"
  protocol                       = "Tcp"
  frontend_port_start            = 50000
  frontend_port_end              = 50019
  backend_address_pool_id        = azurerm_lb_backend_address_pool.machines.id
  backend_port                   = 22
}

resource "azurerm_network_interface" "test" {
  count               = 2
  name                = "nic-test-${count.index}"
  resource_group_name = azurerm_resource_group.test.name
  location            = azurerm_resource_group.test.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.test.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "machines" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.test[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.machines.id
}
