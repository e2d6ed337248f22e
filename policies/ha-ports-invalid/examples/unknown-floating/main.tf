# Whether both rules use floating IP is a variable without a default.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "floating_ip" {
  type = bool
}

resource "azurerm_resource_group" "hana" {
  name     = "rg-hana"
  location = "swedencentral"
}

resource "azurerm_virtual_network" "hana" {
  name                = "vnet-hana"
  resource_group_name = azurerm_resource_group.hana.name
  location            = azurerm_resource_group.hana.location
  address_space       = ["10.89.0.0/16"]
}

resource "azurerm_subnet" "hana" {
  name                 = "snet-hana"
  resource_group_name  = azurerm_resource_group.hana.name
  virtual_network_name = azurerm_virtual_network.hana.name
  address_prefixes     = ["10.89.1.0/24"]
}

resource "azurerm_lb" "hana" {
  name                = "lb-hana"
  resource_group_name = azurerm_resource_group.hana.name
  location            = azurerm_resource_group.hana.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "primary"
    subnet_id                     = azurerm_subnet.hana.id
    private_ip_address            = "10.89.1.10"
    private_ip_address_allocation = "Static"
  }

  frontend_ip_configuration {
    name                          = "readers"
    subnet_id                     = azurerm_subnet.hana.id
    private_ip_address            = "10.89.1.11"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "hana" {
  name            = "hana"
  loadbalancer_id = azurerm_lb.hana.id
}

resource "azurerm_lb_probe" "primary" {
  name                = "primary"
  loadbalancer_id     = azurerm_lb.hana.id
  protocol            = "Tcp"
  port                = 62503
  interval_in_seconds = 5
}

resource "azurerm_lb_probe" "readers" {
  name                = "readers"
  loadbalancer_id     = azurerm_lb.hana.id
  protocol            = "Tcp"
  port                = 62603
  interval_in_seconds = 5
}

resource "azurerm_lb_rule" "primary" {
  name                           = "primary"
  loadbalancer_id                = azurerm_lb.hana.id
  frontend_ip_configuration_name = "primary"
  protocol                       = "All"
  frontend_port                  = 0
  backend_port                   = 0
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.hana.id]
  probe_id                       = azurerm_lb_probe.primary.id
  floating_ip_enabled            = var.floating_ip
}

resource "azurerm_lb_rule" "readers" {
  name                           = "readers"
  loadbalancer_id                = azurerm_lb.hana.id
  frontend_ip_configuration_name = "readers"
  protocol                       = "All"
  frontend_port                  = 0
  backend_port                   = 0
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.hana.id]
  probe_id                       = azurerm_lb_probe.readers.id
  floating_ip_enabled            = var.floating_ip
}

resource "azurerm_network_interface" "hana" {
  count               = 2
  name                = "nic-hana-${count.index}"
  resource_group_name = azurerm_resource_group.hana.name
  location            = azurerm_resource_group.hana.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.hana.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "hana" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.hana[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.hana.id
}
