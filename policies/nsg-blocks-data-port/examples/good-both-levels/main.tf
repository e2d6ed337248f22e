# Subnet and NIC both have an NSG, and both admit the backend port.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "docs" {
  name     = "rg-docs"
  location = "Canada Central"
}

resource "azurerm_virtual_network" "docs" {
  name                = "vnet-docs"
  resource_group_name = azurerm_resource_group.docs.name
  location            = azurerm_resource_group.docs.location
  address_space       = ["10.110.0.0/16"]
}

resource "azurerm_subnet" "docs" {
  name                 = "snet-docs"
  resource_group_name  = azurerm_resource_group.docs.name
  virtual_network_name = azurerm_virtual_network.docs.name
  address_prefixes     = ["10.110.1.0/24"]
}

resource "azurerm_network_security_group" "subnet" {
  name                = "nsg-docs-subnet"
  resource_group_name = azurerm_resource_group.docs.name
  location            = azurerm_resource_group.docs.location

  security_rule {
    name                       = "AllowWeb"
    priority                   = 200
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_ranges    = ["8080-8090"]
    source_address_prefix      = "0.0.0.0/0"
    destination_address_prefix = "*"
  }
}

resource "azurerm_network_security_group" "nic" {
  name                = "nsg-docs-nic"
  resource_group_name = azurerm_resource_group.docs.name
  location            = azurerm_resource_group.docs.location

  security_rule {
    name                       = "AllowDocs"
    priority                   = 300
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "8080"
    source_address_prefix      = "*"
    destination_address_prefix = "VirtualNetwork"
  }
}

resource "azurerm_subnet_network_security_group_association" "docs" {
  subnet_id                 = azurerm_subnet.docs.id
  network_security_group_id = azurerm_network_security_group.subnet.id
}

resource "azurerm_public_ip" "docs" {
  name                = "pip-docs"
  resource_group_name = azurerm_resource_group.docs.name
  location            = azurerm_resource_group.docs.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "docs" {
  name                = "lb-docs"
  resource_group_name = azurerm_resource_group.docs.name
  location            = azurerm_resource_group.docs.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.docs.id
  }
}

resource "azurerm_lb_backend_address_pool" "docs" {
  name            = "docs"
  loadbalancer_id = azurerm_lb.docs.id
}

resource "azurerm_lb_probe" "http" {
  name            = "http"
  loadbalancer_id = azurerm_lb.docs.id
  protocol        = "Http"
  port            = 8080
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.docs.id
  frontend_ip_configuration_name = azurerm_lb.docs.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.docs.id]
  probe_id                       = azurerm_lb_probe.http.id
}

resource "azurerm_network_interface" "docs" {
  count               = 2
  name                = "nic-docs-${count.index}"
  resource_group_name = azurerm_resource_group.docs.name
  location            = azurerm_resource_group.docs.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.docs.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "docs" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.docs[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.docs.id
}

resource "azurerm_network_interface_security_group_association" "docs" {
  count                     = 2
  network_interface_id      = azurerm_network_interface.docs[count.index].id
  network_security_group_id = azurerm_network_security_group.nic.id
}
