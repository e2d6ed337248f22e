# Whether the rule is for a machine or for a pool is a variable without a default.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "for_pool" {
  type = bool
}

resource "azurerm_resource_group" "stage" {
  name     = "rg-stage"
  location = "swedencentral"
}

resource "azurerm_virtual_network" "stage" {
  name                = "vnet-stage"
  resource_group_name = azurerm_resource_group.stage.name
  location            = azurerm_resource_group.stage.location
  address_space       = ["10.104.0.0/16"]
}

resource "azurerm_subnet" "stage" {
  name                 = "snet-stage"
  resource_group_name  = azurerm_resource_group.stage.name
  virtual_network_name = azurerm_virtual_network.stage.name
  address_prefixes     = ["10.104.1.0/24"]
}

resource "azurerm_lb" "stage" {
  name                = "lb-stage"
  resource_group_name = azurerm_resource_group.stage.name
  location            = azurerm_resource_group.stage.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "stage"
    subnet_id                     = azurerm_subnet.stage.id
    private_ip_address            = "10.104.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "machines" {
  name            = "machines"
  loadbalancer_id = azurerm_lb.stage.id
}

resource "azurerm_lb_nat_rule" "ssh" {
  name                           = "ssh"
  resource_group_name            = azurerm_resource_group.stage.name
  loadbalancer_id                = azurerm_lb.stage.id
  frontend_ip_configuration_name = "stage"
  protocol                       = "Tcp"
  frontend_port                  = var.for_pool ? null : 50000
  frontend_port_start            = var.for_pool ? 50000 : null
  frontend_port_end              = var.for_pool ? 50019 : null
  backend_port                   = 22
  backend_address_pool_id        = var.for_pool ? azurerm_lb_backend_address_pool.machines.id : null
}

resource "azurerm_network_interface" "stage" {
  count               = 2
  name                = "nic-stage-${count.index}"
  resource_group_name = azurerm_resource_group.stage.name
  location            = azurerm_resource_group.stage.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.stage.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "stage" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.stage[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.machines.id
}
