# Both NAT rules have port 50022, and whether the first exists is a variable.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "with_old_door" {
  type = bool
}

resource "azurerm_resource_group" "jump" {
  name     = "rg-jump"
  location = "swedencentral"
}

resource "azurerm_virtual_network" "jump" {
  name                = "vnet-jump"
  resource_group_name = azurerm_resource_group.jump.name
  location            = azurerm_resource_group.jump.location
  address_space       = ["10.75.0.0/16"]
}

resource "azurerm_subnet" "jump" {
  name                 = "snet-jump"
  resource_group_name  = azurerm_resource_group.jump.name
  virtual_network_name = azurerm_virtual_network.jump.name
  address_prefixes     = ["10.75.1.0/24"]
}

resource "azurerm_lb" "jump" {
  name                = "lb-jump"
  resource_group_name = azurerm_resource_group.jump.name
  location            = azurerm_resource_group.jump.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "jump"
    subnet_id                     = azurerm_subnet.jump.id
    private_ip_address            = "10.75.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "hosts" {
  name            = "hosts"
  loadbalancer_id = azurerm_lb.jump.id
}

resource "azurerm_lb_probe" "web" {
  name                = "web"
  loadbalancer_id     = azurerm_lb.jump.id
  protocol            = "Tcp"
  port                = 443
  interval_in_seconds = 5
}

resource "azurerm_lb_rule" "web" {
  name                           = "web"
  loadbalancer_id                = azurerm_lb.jump.id
  frontend_ip_configuration_name = "jump"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.hosts.id]
  probe_id                       = azurerm_lb_probe.web.id
}

resource "azurerm_lb_nat_rule" "old_door" {
  count                          = var.with_old_door ? 1 : 0
  name                           = "old-door"
  resource_group_name            = azurerm_resource_group.jump.name
  loadbalancer_id                = azurerm_lb.jump.id
  frontend_ip_configuration_name = "jump"
  protocol                       = "Tcp"
  frontend_port_start            = 50022
  frontend_port_end              = 50031
  backend_port                   = 22
  backend_address_pool_id        = azurerm_lb_backend_address_pool.hosts.id
}

resource "azurerm_lb_nat_rule" "new_door" {
  name                           = "new-door"
  resource_group_name            = azurerm_resource_group.jump.name
  loadbalancer_id                = azurerm_lb.jump.id
  frontend_ip_configuration_name = "jump"
  protocol                       = "Tcp"
  frontend_port_start            = 50022
  frontend_port_end              = 50031
  backend_port                   = 2222
  backend_address_pool_id        = azurerm_lb_backend_address_pool.hosts.id
}

resource "azurerm_network_interface" "jump" {
  count               = 2
  name                = "nic-jump-${count.index}"
  resource_group_name = azurerm_resource_group.jump.name
  location            = azurerm_resource_group.jump.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.jump.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "jump" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.jump[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.hosts.id
}
