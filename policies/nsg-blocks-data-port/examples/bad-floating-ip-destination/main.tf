# Floating IP keeps the public address as destination; the NSG allows the subnet only.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "edge" {
  name     = "rg-edge"
  location = "Germany West Central"
}

resource "azurerm_virtual_network" "edge" {
  name                = "vnet-edge"
  resource_group_name = azurerm_resource_group.edge.name
  location            = azurerm_resource_group.edge.location
  address_space       = ["10.50.0.0/16"]
}

resource "azurerm_subnet" "edge" {
  name                 = "snet-edge"
  resource_group_name  = azurerm_resource_group.edge.name
  virtual_network_name = azurerm_virtual_network.edge.name
  address_prefixes     = ["10.50.1.0/24"]
}

resource "azurerm_network_security_group" "edge" {
  name                = "nsg-edge"
  resource_group_name = azurerm_resource_group.edge.name
  location            = azurerm_resource_group.edge.location

  security_rule {
    name                       = "AllowHttpsToSubnet"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "Internet"
    destination_address_prefix = azurerm_subnet.edge.address_prefixes[0]
  }
}

resource "azurerm_subnet_network_security_group_association" "edge" {
  subnet_id                 = azurerm_subnet.edge.id
  network_security_group_id = azurerm_network_security_group.edge.id
}

resource "azurerm_public_ip" "edge" {
  name                = "pip-edge"
  resource_group_name = azurerm_resource_group.edge.name
  location            = azurerm_resource_group.edge.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "edge" {
  name                = "lb-edge"
  resource_group_name = azurerm_resource_group.edge.name
  location            = azurerm_resource_group.edge.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.edge.id
  }
}

resource "azurerm_lb_backend_address_pool" "proxies" {
  name            = "proxies"
  loadbalancer_id = azurerm_lb.edge.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.edge.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.edge.id
  frontend_ip_configuration_name = azurerm_lb.edge.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.proxies.id]
  probe_id                       = azurerm_lb_probe.https.id
  floating_ip_enabled            = true
}

resource "azurerm_network_interface" "proxy" {
  count               = 2
  name                = "nic-proxy-${count.index}"
  resource_group_name = azurerm_resource_group.edge.name
  location            = azurerm_resource_group.edge.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.edge.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "proxy" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.proxy[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.proxies.id
}
