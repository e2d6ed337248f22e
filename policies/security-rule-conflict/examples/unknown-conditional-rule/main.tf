# Whether the second rule with priority 100 exists is a variable without a value.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "with_metrics" {
  type = bool
}

resource "azurerm_resource_group" "offers" {
  name     = "rg-offers"
  location = "Brazil South"
}

resource "azurerm_virtual_network" "offers" {
  name                = "vnet-offers"
  resource_group_name = azurerm_resource_group.offers.name
  location            = azurerm_resource_group.offers.location
  address_space       = ["10.72.0.0/16"]
}

resource "azurerm_subnet" "offers" {
  name                 = "snet-offers"
  resource_group_name  = azurerm_resource_group.offers.name
  virtual_network_name = azurerm_virtual_network.offers.name
  address_prefixes     = ["10.72.1.0/24"]
}

resource "azurerm_network_security_group" "offers" {
  name                = "nsg-offers"
  resource_group_name = azurerm_resource_group.offers.name
  location            = azurerm_resource_group.offers.location

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
  count                       = var.with_metrics ? 1 : 0
  resource_group_name         = azurerm_resource_group.offers.name
  network_security_group_name = azurerm_network_security_group.offers.name
  name                        = "AllowMetrics"
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = "9090"
  source_address_prefix       = "10.72.9.0/24"
  destination_address_prefix  = "*"
}

resource "azurerm_subnet_network_security_group_association" "offers" {
  subnet_id                 = azurerm_subnet.offers.id
  network_security_group_id = azurerm_network_security_group.offers.id
}

resource "azurerm_lb" "offers" {
  name                = "lb-offers"
  resource_group_name = azurerm_resource_group.offers.name
  location            = azurerm_resource_group.offers.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.offers.id
    private_ip_address            = "10.72.1.100"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "offers" {
  name            = "offers"
  loadbalancer_id = azurerm_lb.offers.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.offers.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.offers.id
  frontend_ip_configuration_name = "internal"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.offers.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "offers" {
  count               = 2
  name                = "nic-offers-${count.index}"
  resource_group_name = azurerm_resource_group.offers.name
  location            = azurerm_resource_group.offers.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.offers.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "offers" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.offers[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.offers.id
}
