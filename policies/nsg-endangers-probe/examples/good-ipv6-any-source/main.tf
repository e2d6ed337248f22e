# The allow for clients has source *, so it holds the IPv6 probe as well.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "museum" {
  name     = "rg-museum"
  location = "Japan East"
}

resource "azurerm_virtual_network" "museum" {
  name                = "vnet-museum"
  resource_group_name = azurerm_resource_group.museum.name
  location            = azurerm_resource_group.museum.location
  address_space       = ["10.32.0.0/16", "fd00:32::/48"]
}

resource "azurerm_subnet" "museum" {
  name                 = "snet-museum"
  resource_group_name  = azurerm_resource_group.museum.name
  virtual_network_name = azurerm_virtual_network.museum.name
  address_prefixes     = ["10.32.1.0/24", "fd00:32:0:1::/64"]
}

resource "azurerm_network_security_group" "museum" {
  name                = "nsg-museum"
  resource_group_name = azurerm_resource_group.museum.name
  location            = azurerm_resource_group.museum.location

  security_rule {
    name                       = "AllowHttps"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "museum" {
  subnet_id                 = azurerm_subnet.museum.id
  network_security_group_id = azurerm_network_security_group.museum.id
}

resource "azurerm_public_ip" "museum" {
  name                = "pip-museum"
  resource_group_name = azurerm_resource_group.museum.name
  location            = azurerm_resource_group.museum.location
  allocation_method   = "Static"
  sku                 = "Standard"
  ip_version          = "IPv6"
}

resource "azurerm_lb" "museum" {
  name                = "lb-museum"
  resource_group_name = azurerm_resource_group.museum.name
  location            = azurerm_resource_group.museum.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                       = "ipv6"
    public_ip_address_id       = azurerm_public_ip.museum.id
    private_ip_address_version = "IPv6"
  }
}

resource "azurerm_lb_backend_address_pool" "museum" {
  name            = "museum"
  loadbalancer_id = azurerm_lb.museum.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.museum.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.museum.id
  frontend_ip_configuration_name = "ipv6"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.museum.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "museum" {
  name                = "nic-museum"
  resource_group_name = azurerm_resource_group.museum.name
  location            = azurerm_resource_group.museum.location

  ip_configuration {
    name                          = "ipv4"
    subnet_id                     = azurerm_subnet.museum.id
    private_ip_address_allocation = "Dynamic"
    primary                       = true
  }

  ip_configuration {
    name                          = "ipv6"
    subnet_id                     = azurerm_subnet.museum.id
    private_ip_address_allocation = "Dynamic"
    private_ip_address_version    = "IPv6"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "museum" {
  network_interface_id    = azurerm_network_interface.museum.id
  ip_configuration_name   = "ipv6"
  backend_address_pool_id = azurerm_lb_backend_address_pool.museum.id
}
