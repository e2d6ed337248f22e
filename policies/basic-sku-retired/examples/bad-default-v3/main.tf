# No sku written, and azurerm 3 means Basic when it is left out.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 3.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "reports" {
  name     = "rg-reports"
  location = "West Europe"
}

resource "azurerm_virtual_network" "reports" {
  name                = "vnet-reports"
  resource_group_name = azurerm_resource_group.reports.name
  location            = azurerm_resource_group.reports.location
  address_space       = ["10.34.0.0/16"]
}

resource "azurerm_subnet" "reports" {
  name                 = "snet-reports"
  resource_group_name  = azurerm_resource_group.reports.name
  virtual_network_name = azurerm_virtual_network.reports.name
  address_prefixes     = ["10.34.1.0/24"]
}

resource "azurerm_lb" "reports" {
  name                = "lb-reports"
  resource_group_name = azurerm_resource_group.reports.name
  location            = azurerm_resource_group.reports.location

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.reports.id
    private_ip_address            = "10.34.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "reports" {
  name            = "reports"
  loadbalancer_id = azurerm_lb.reports.id
}

resource "azurerm_lb_probe" "http" {
  name            = "http"
  loadbalancer_id = azurerm_lb.reports.id
  protocol        = "Http"
  port            = 8080
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.reports.id
  frontend_ip_configuration_name = azurerm_lb.reports.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.reports.id]
  probe_id                       = azurerm_lb_probe.http.id
}

resource "azurerm_network_interface" "reports" {
  count               = 2
  name                = "nic-reports-${count.index}"
  resource_group_name = azurerm_resource_group.reports.name
  location            = azurerm_resource_group.reports.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.reports.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "reports" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.reports[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.reports.id
}
