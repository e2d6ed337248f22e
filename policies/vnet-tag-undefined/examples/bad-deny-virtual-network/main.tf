# Neighbours are to stay out, and a default route leads to the gateway: the deny may be for everybody.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "isolated" {
  name     = "rg-isolated"
  location = "New Zealand North"
}

resource "azurerm_virtual_network" "isolated" {
  name                = "vnet-isolated"
  resource_group_name = azurerm_resource_group.isolated.name
  location            = azurerm_resource_group.isolated.location
  address_space       = ["10.63.0.0/16"]
}

resource "azurerm_subnet" "isolated" {
  name                 = "snet-isolated"
  resource_group_name  = azurerm_resource_group.isolated.name
  virtual_network_name = azurerm_virtual_network.isolated.name
  address_prefixes     = ["10.63.1.0/24"]
}

resource "azurerm_network_security_group" "isolated" {
  name                = "nsg-isolated"
  resource_group_name = azurerm_resource_group.isolated.name
  location            = azurerm_resource_group.isolated.location

  security_rule {
    name                       = "AllowProbe"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "AzureLoadBalancer"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "DenyVirtualNetwork"
    priority                   = 110
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "VirtualNetwork"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "AllowHttps"
    priority                   = 200
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "isolated" {
  subnet_id                 = azurerm_subnet.isolated.id
  network_security_group_id = azurerm_network_security_group.isolated.id
}

resource "azurerm_route_table" "isolated" {
  name                = "rt-isolated"
  resource_group_name = azurerm_resource_group.isolated.name
  location            = azurerm_resource_group.isolated.location

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }
}

resource "azurerm_subnet_route_table_association" "isolated" {
  subnet_id      = azurerm_subnet.isolated.id
  route_table_id = azurerm_route_table.isolated.id
}

resource "azurerm_public_ip" "isolated" {
  name                = "pip-isolated"
  resource_group_name = azurerm_resource_group.isolated.name
  location            = azurerm_resource_group.isolated.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "isolated" {
  name                = "lb-isolated"
  resource_group_name = azurerm_resource_group.isolated.name
  location            = azurerm_resource_group.isolated.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.isolated.id
  }
}

resource "azurerm_lb_backend_address_pool" "isolated" {
  name            = "isolated"
  loadbalancer_id = azurerm_lb.isolated.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.isolated.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.isolated.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.isolated.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "isolated" {
  count               = 2
  name                = "nic-isolated-${count.index}"
  resource_group_name = azurerm_resource_group.isolated.name
  location            = azurerm_resource_group.isolated.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.isolated.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "isolated" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.isolated[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.isolated.id
}
