# A service tag stands in the list of prefixes, beside the addresses of an office.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "reports" {
  name     = "rg-reports"
  location = "UAE North"
}

resource "azurerm_virtual_network" "reports" {
  name                = "vnet-reports"
  resource_group_name = azurerm_resource_group.reports.name
  location            = azurerm_resource_group.reports.location
  address_space       = ["10.72.0.0/16"]
}

resource "azurerm_subnet" "reports" {
  name                 = "snet-reports"
  resource_group_name  = azurerm_resource_group.reports.name
  virtual_network_name = azurerm_virtual_network.reports.name
  address_prefixes     = ["10.72.1.0/24"]
}

resource "azurerm_network_security_group" "reports" {
  name                = "nsg-reports"
  resource_group_name = azurerm_resource_group.reports.name
  location            = azurerm_resource_group.reports.location

  security_rule {
    name                       = "AllowHttps"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    destination_address_prefix = "*"
    source_address_prefixes    = ["VirtualNetwork", "203.0.113.0/28"]
  }
}

resource "azurerm_subnet_network_security_group_association" "reports" {
  subnet_id                 = azurerm_subnet.reports.id
  network_security_group_id = azurerm_network_security_group.reports.id
}

resource "azurerm_lb" "reports" {
  name                = "lb-reports"
  resource_group_name = azurerm_resource_group.reports.name
  location            = azurerm_resource_group.reports.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.reports.id
    private_ip_address            = "10.72.1.100"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "reports" {
  name            = "reports"
  loadbalancer_id = azurerm_lb.reports.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.reports.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.reports.id
  frontend_ip_configuration_name = "internal"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.reports.id]
  probe_id                       = azurerm_lb_probe.https.id
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
