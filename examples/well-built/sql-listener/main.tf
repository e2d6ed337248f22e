# Two SQL Servers in a failover cluster: an availability group listener and the name of the cluster, each on a frontend
# of its own, with floating IP and a probe that only the owner answers.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 3.100" }
  }
}

provider "azurerm" {
  features {}
}

variable "admin_password" {
  type      = string
  sensitive = true
}

locals {
  nodes = {
    "1" = { zone = "1", address = "10.41.1.4" }
    "2" = { zone = "2", address = "10.41.1.5" }
  }

  endpoints = {
    listener = { address = "10.41.1.10", port = 1433, probe_port = 59999 }
    cluster  = { address = "10.41.1.11", port = 58888, probe_port = 58888 }
  }
}

resource "azurerm_resource_group" "sql" {
  name     = "rg-sql"
  location = "westeurope"
}

resource "azurerm_virtual_network" "sql" {
  name                = "vnet-sql"
  resource_group_name = azurerm_resource_group.sql.name
  location            = azurerm_resource_group.sql.location
  address_space       = ["10.41.0.0/16"]
}

resource "azurerm_subnet" "sql" {
  name                 = "snet-sql"
  resource_group_name  = azurerm_resource_group.sql.name
  virtual_network_name = azurerm_virtual_network.sql.name
  address_prefixes     = ["10.41.1.0/24"]
}

resource "azurerm_network_security_group" "sql" {
  name                = "nsg-sql"
  resource_group_name = azurerm_resource_group.sql.name
  location            = azurerm_resource_group.sql.location

  security_rule {
    name                         = "AllowListener"
    description                  = "Floating IP: packets for the listener keep its address."
    priority                     = 100
    direction                    = "Inbound"
    access                       = "Allow"
    protocol                     = "Tcp"
    source_port_range            = "*"
    destination_port_range       = "1433"
    source_address_prefix        = "VirtualNetwork"
    destination_address_prefixes = ["10.41.1.4", "10.41.1.5", "10.41.1.10"]
  }

  security_rule {
    name                       = "AllowCluster"
    priority                   = 110
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "10.41.1.0/24"
    destination_address_prefix = "10.41.1.0/24"
  }

  security_rule {
    name                       = "AllowProbes"
    priority                   = 120
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_ranges    = ["58888", "59999"]
    source_address_prefix      = "AzureLoadBalancer"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "DenyRest"
    priority                   = 4096
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "sql" {
  subnet_id                 = azurerm_subnet.sql.id
  network_security_group_id = azurerm_network_security_group.sql.id
}

resource "azurerm_public_ip" "egress" {
  name                = "pip-egress"
  resource_group_name = azurerm_resource_group.sql.name
  location            = azurerm_resource_group.sql.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_nat_gateway" "egress" {
  name                = "ng-egress"
  resource_group_name = azurerm_resource_group.sql.name
  location            = azurerm_resource_group.sql.location
}

resource "azurerm_nat_gateway_public_ip_association" "egress" {
  nat_gateway_id       = azurerm_nat_gateway.egress.id
  public_ip_address_id = azurerm_public_ip.egress.id
}

resource "azurerm_subnet_nat_gateway_association" "sql" {
  subnet_id      = azurerm_subnet.sql.id
  nat_gateway_id = azurerm_nat_gateway.egress.id
}

resource "azurerm_lb" "sql" {
  name                = "lb-sql"
  resource_group_name = azurerm_resource_group.sql.name
  location            = azurerm_resource_group.sql.location
  sku                 = "Standard"

  dynamic "frontend_ip_configuration" {
    for_each = local.endpoints

    content {
      name                          = frontend_ip_configuration.key
      subnet_id                     = azurerm_subnet.sql.id
      private_ip_address            = frontend_ip_configuration.value.address
      private_ip_address_allocation = "Static"
      zones                         = ["1", "2", "3"]
    }
  }
}

resource "azurerm_lb_backend_address_pool" "sql" {
  name            = "sql"
  loadbalancer_id = azurerm_lb.sql.id
}

resource "azurerm_lb_probe" "sql" {
  for_each            = local.endpoints
  name                = each.key
  loadbalancer_id     = azurerm_lb.sql.id
  protocol            = "Tcp"
  port                = each.value.probe_port
  interval_in_seconds = 5
}

resource "azurerm_lb_rule" "sql" {
  for_each                       = local.endpoints
  name                           = each.key
  loadbalancer_id                = azurerm_lb.sql.id
  frontend_ip_configuration_name = each.key
  protocol                       = "Tcp"
  frontend_port                  = each.value.port
  backend_port                   = each.value.port
  enable_floating_ip             = true
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.sql.id]
  probe_id                       = azurerm_lb_probe.sql[each.key].id
}

resource "azurerm_network_interface" "sql" {
  for_each            = local.nodes
  name                = "nic-sql-${each.key}"
  resource_group_name = azurerm_resource_group.sql.name
  location            = azurerm_resource_group.sql.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.sql.id
    private_ip_address            = each.value.address
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "sql" {
  for_each                = local.nodes
  network_interface_id    = azurerm_network_interface.sql[each.key].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.sql.id
}

resource "azurerm_windows_virtual_machine" "sql" {
  for_each              = local.nodes
  name                  = "vm-sql-${each.key}"
  resource_group_name   = azurerm_resource_group.sql.name
  location              = azurerm_resource_group.sql.location
  size                  = "Standard_E8ds_v5"
  zone                  = each.value.zone
  admin_username        = "sqladmin"
  admin_password        = var.admin_password
  network_interface_ids = [azurerm_network_interface.sql[each.key].id]

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
  }

  source_image_reference {
    publisher = "MicrosoftSQLServer"
    offer     = "sql2022-ws2022"
    sku       = "enterprise-gen2"
    version   = "latest"
  }
}
