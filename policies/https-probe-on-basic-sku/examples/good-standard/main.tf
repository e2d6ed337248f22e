# A Standard load balancer probes with HTTPS.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "payroll" {
  name     = "rg-payroll"
  location = "West Europe"
}

resource "azurerm_virtual_network" "payroll" {
  name                = "vnet-payroll"
  resource_group_name = azurerm_resource_group.payroll.name
  location            = azurerm_resource_group.payroll.location
  address_space       = ["10.73.0.0/16"]
}

resource "azurerm_subnet" "payroll" {
  name                 = "snet-payroll"
  resource_group_name  = azurerm_resource_group.payroll.name
  virtual_network_name = azurerm_virtual_network.payroll.name
  address_prefixes     = ["10.73.1.0/24"]
}

resource "azurerm_lb" "payroll" {
  name                = "lb-payroll"
  resource_group_name = azurerm_resource_group.payroll.name
  location            = azurerm_resource_group.payroll.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.payroll.id
    private_ip_address            = "10.73.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "payroll" {
  name            = "payroll"
  loadbalancer_id = azurerm_lb.payroll.id
}

resource "azurerm_lb_probe" "tls" {
  name            = "tls"
  loadbalancer_id = azurerm_lb.payroll.id
  protocol        = "Https"
  port            = 443
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.payroll.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.payroll.id]
  probe_id                       = azurerm_lb_probe.tls.id
}

resource "azurerm_network_interface" "payroll" {
  count               = 2
  name                = "nic-payroll-${count.index}"
  resource_group_name = azurerm_resource_group.payroll.name
  location            = azurerm_resource_group.payroll.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.payroll.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "payroll" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.payroll[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.payroll.id
}
