# Data goes to 8080; the probe asks port 80, where no rule delivers.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "catalog" {
  name     = "rg-catalog"
  location = "West Europe"
}

resource "azurerm_virtual_network" "catalog" {
  name                = "vnet-catalog"
  resource_group_name = azurerm_resource_group.catalog.name
  location            = azurerm_resource_group.catalog.location
  address_space       = ["10.24.0.0/16"]
}

resource "azurerm_subnet" "catalog" {
  name                 = "snet-catalog"
  resource_group_name  = azurerm_resource_group.catalog.name
  virtual_network_name = azurerm_virtual_network.catalog.name
  address_prefixes     = ["10.24.1.0/24"]
}

resource "azurerm_network_security_group" "catalog" {
  name                = "nsg-catalog"
  resource_group_name = azurerm_resource_group.catalog.name
  location            = azurerm_resource_group.catalog.location

  security_rule {
    name                       = "AllowWeb"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "8080"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "catalog" {
  subnet_id                 = azurerm_subnet.catalog.id
  network_security_group_id = azurerm_network_security_group.catalog.id
}

resource "azurerm_public_ip" "catalog" {
  name                = "pip-catalog"
  resource_group_name = azurerm_resource_group.catalog.name
  location            = azurerm_resource_group.catalog.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "catalog" {
  name                = "lb-catalog"
  resource_group_name = azurerm_resource_group.catalog.name
  location            = azurerm_resource_group.catalog.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.catalog.id
  }
}

resource "azurerm_lb_backend_address_pool" "catalog" {
  name            = "catalog"
  loadbalancer_id = azurerm_lb.catalog.id
}

resource "azurerm_lb_probe" "http" {
  name            = "http"
  loadbalancer_id = azurerm_lb.catalog.id
  protocol        = "Http"
  port            = 80
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.catalog.id
  frontend_ip_configuration_name = azurerm_lb.catalog.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.catalog.id]
  probe_id                       = azurerm_lb_probe.http.id
}

resource "azurerm_network_interface" "catalog" {
  count               = 2
  name                = "nic-catalog-${count.index}"
  resource_group_name = azurerm_resource_group.catalog.name
  location            = azurerm_resource_group.catalog.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.catalog.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "catalog" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.catalog[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.catalog.id
}
