# Two availability groups share port 1433: both rules use floating IP, each on a frontend of its own.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "sql" {
  name     = "rg-sql"
  location = "westeurope"
}

resource "azurerm_virtual_network" "sql" {
  name                = "vnet-sql"
  resource_group_name = azurerm_resource_group.sql.name
  location            = azurerm_resource_group.sql.location
  address_space       = ["10.65.0.0/16"]
}

resource "azurerm_subnet" "sql" {
  name                 = "snet-sql"
  resource_group_name  = azurerm_resource_group.sql.name
  virtual_network_name = azurerm_virtual_network.sql.name
  address_prefixes     = ["10.65.1.0/24"]
}

resource "azurerm_lb" "sql" {
  name                = "lb-sql"
  resource_group_name = azurerm_resource_group.sql.name
  location            = azurerm_resource_group.sql.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "orders"
    subnet_id                     = azurerm_subnet.sql.id
    private_ip_address            = "10.65.1.10"
    private_ip_address_allocation = "Static"
  }

  frontend_ip_configuration {
    name                          = "stock"
    subnet_id                     = azurerm_subnet.sql.id
    private_ip_address            = "10.65.1.11"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "sql" {
  name            = "sql"
  loadbalancer_id = azurerm_lb.sql.id
}

resource "azurerm_lb_probe" "orders" {
  name            = "orders"
  loadbalancer_id = azurerm_lb.sql.id
  protocol        = "Tcp"
  port            = 59999
}

resource "azurerm_lb_probe" "stock" {
  name            = "stock"
  loadbalancer_id = azurerm_lb.sql.id
  protocol        = "Tcp"
  port            = 59998
}

resource "azurerm_lb_rule" "orders" {
  name                           = "orders"
  loadbalancer_id                = azurerm_lb.sql.id
  frontend_ip_configuration_name = "orders"
  protocol                       = "Tcp"
  frontend_port                  = 1433
  backend_port                   = 1433
  floating_ip_enabled            = true
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.sql.id]
  probe_id                       = azurerm_lb_probe.orders.id
}

resource "azurerm_lb_rule" "stock" {
  name                           = "stock"
  loadbalancer_id                = azurerm_lb.sql.id
  frontend_ip_configuration_name = "stock"
  protocol                       = "Tcp"
  frontend_port                  = 1433
  backend_port                   = 1433
  floating_ip_enabled            = true
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.sql.id]
  probe_id                       = azurerm_lb_probe.stock.id
}

resource "azurerm_network_interface" "sql" {
  count               = 2
  name                = "nic-sql-${count.index}"
  resource_group_name = azurerm_resource_group.sql.name
  location            = azurerm_resource_group.sql.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.sql.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "sql" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.sql[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.sql.id
}
