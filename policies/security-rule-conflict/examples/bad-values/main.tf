# A range that runs backwards, and an address with an octet above 255.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "legacy" {
  name     = "rg-legacy"
  location = "Germany North"
}

resource "azurerm_virtual_network" "legacy" {
  name                = "vnet-legacy"
  resource_group_name = azurerm_resource_group.legacy.name
  location            = azurerm_resource_group.legacy.location
  address_space       = ["10.73.0.0/16"]
}

resource "azurerm_subnet" "legacy" {
  name                 = "snet-legacy"
  resource_group_name  = azurerm_resource_group.legacy.name
  virtual_network_name = azurerm_virtual_network.legacy.name
  address_prefixes     = ["10.73.1.0/24"]
}

resource "azurerm_network_security_group" "legacy" {
  name                = "nsg-legacy"
  resource_group_name = azurerm_resource_group.legacy.name
  location            = azurerm_resource_group.legacy.location

  security_rule {
    name                       = "AllowAgents"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "9000-8000"
    source_address_prefix      = "10.0.0.256/24"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "legacy" {
  subnet_id                 = azurerm_subnet.legacy.id
  network_security_group_id = azurerm_network_security_group.legacy.id
}

resource "azurerm_lb" "legacy" {
  name                = "lb-legacy"
  resource_group_name = azurerm_resource_group.legacy.name
  location            = azurerm_resource_group.legacy.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.legacy.id
    private_ip_address            = "10.73.1.100"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "legacy" {
  name            = "legacy"
  loadbalancer_id = azurerm_lb.legacy.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.legacy.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.legacy.id
  frontend_ip_configuration_name = "internal"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.legacy.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "legacy" {
  count               = 2
  name                = "nic-legacy-${count.index}"
  resource_group_name = azurerm_resource_group.legacy.name
  location            = azurerm_resource_group.legacy.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.legacy.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "legacy" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.legacy[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.legacy.id
}
