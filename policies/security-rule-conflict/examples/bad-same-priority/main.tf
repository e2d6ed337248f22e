# One rule stands in the group, another is a resource of its own, and both have priority 100.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "orders" {
  name     = "rg-orders"
  location = "Brazil South"
}

resource "azurerm_virtual_network" "orders" {
  name                = "vnet-orders"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location
  address_space       = ["10.71.0.0/16"]
}

resource "azurerm_subnet" "orders" {
  name                 = "snet-orders"
  resource_group_name  = azurerm_resource_group.orders.name
  virtual_network_name = azurerm_virtual_network.orders.name
  address_prefixes     = ["10.71.1.0/24"]
}

resource "azurerm_network_security_group" "orders" {
  name                = "nsg-orders"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location

  security_rule {
    name                       = "AllowHttps"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "10.0.0.0/8"
    destination_address_prefix = "*"
  }
}

resource "azurerm_network_security_rule" "metrics" {
  resource_group_name         = azurerm_resource_group.orders.name
  network_security_group_name = azurerm_network_security_group.orders.name
  name                        = "AllowMetrics"
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = "9090"
  source_address_prefix       = "10.71.9.0/24"
  destination_address_prefix  = "*"
}

resource "azurerm_subnet_network_security_group_association" "orders" {
  subnet_id                 = azurerm_subnet.orders.id
  network_security_group_id = azurerm_network_security_group.orders.id
}

resource "azurerm_lb" "orders" {
  name                = "lb-orders"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.orders.id
    private_ip_address            = "10.71.1.100"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "orders" {
  name            = "orders"
  loadbalancer_id = azurerm_lb.orders.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.orders.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.orders.id
  frontend_ip_configuration_name = "internal"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.orders.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "orders" {
  count               = 2
  name                = "nic-orders-${count.index}"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.orders.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "orders" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.orders[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.orders.id
}
