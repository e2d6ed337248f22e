# The subnet lets everybody in, and the group of both interfaces narrows that to one hospital.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "clinic" {
  name     = "rg-clinic"
  location = "France Central"
}

resource "azurerm_virtual_network" "clinic" {
  name                = "vnet-clinic"
  resource_group_name = azurerm_resource_group.clinic.name
  location            = azurerm_resource_group.clinic.location
  address_space       = ["10.27.0.0/16"]
}

resource "azurerm_subnet" "clinic" {
  name                 = "snet-clinic"
  resource_group_name  = azurerm_resource_group.clinic.name
  virtual_network_name = azurerm_virtual_network.clinic.name
  address_prefixes     = ["10.27.1.0/24"]
}

resource "azurerm_network_security_group" "clinic" {
  name                = "nsg-clinic"
  resource_group_name = azurerm_resource_group.clinic.name
  location            = azurerm_resource_group.clinic.location

  security_rule {
    name                       = "AllowHttps"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "clinic" {
  subnet_id                 = azurerm_subnet.clinic.id
  network_security_group_id = azurerm_network_security_group.clinic.id
}

resource "azurerm_network_security_group" "records" {
  name                = "nsg-records"
  resource_group_name = azurerm_resource_group.clinic.name
  location            = azurerm_resource_group.clinic.location

  security_rule {
    name                       = "AllowHospital"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "203.0.113.64/27"
    destination_address_prefix = "*"
  }
}

resource "azurerm_public_ip" "clinic" {
  name                = "pip-clinic"
  resource_group_name = azurerm_resource_group.clinic.name
  location            = azurerm_resource_group.clinic.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "clinic" {
  name                = "lb-clinic"
  resource_group_name = azurerm_resource_group.clinic.name
  location            = azurerm_resource_group.clinic.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.clinic.id
  }
}

resource "azurerm_lb_backend_address_pool" "clinic" {
  name            = "clinic"
  loadbalancer_id = azurerm_lb.clinic.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.clinic.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.clinic.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.clinic.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "clinic" {
  count               = 2
  name                = "nic-clinic-${count.index}"
  resource_group_name = azurerm_resource_group.clinic.name
  location            = azurerm_resource_group.clinic.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.clinic.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "clinic" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.clinic[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.clinic.id
}

resource "azurerm_network_interface_security_group_association" "records" {
  count                     = 2
  network_interface_id      = azurerm_network_interface.clinic[count.index].id
  network_security_group_id = azurerm_network_security_group.records.id
}
