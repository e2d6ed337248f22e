# The rule and the outbound rule share a frontend, and the rule leaves outbound SNAT on.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "cart" {
  name     = "rg-cart"
  location = "westeurope"
}

resource "azurerm_virtual_network" "cart" {
  name                = "vnet-cart"
  resource_group_name = azurerm_resource_group.cart.name
  location            = azurerm_resource_group.cart.location
  address_space       = ["10.90.0.0/16"]
}

resource "azurerm_subnet" "cart" {
  name                 = "snet-cart"
  resource_group_name  = azurerm_resource_group.cart.name
  virtual_network_name = azurerm_virtual_network.cart.name
  address_prefixes     = ["10.90.1.0/24"]
}

resource "azurerm_network_security_group" "cart" {
  name                = "nsg-cart"
  resource_group_name = azurerm_resource_group.cart.name
  location            = azurerm_resource_group.cart.location

  security_rule {
    name                       = "AllowClients"
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

resource "azurerm_subnet_network_security_group_association" "cart" {
  subnet_id                 = azurerm_subnet.cart.id
  network_security_group_id = azurerm_network_security_group.cart.id
}

resource "azurerm_public_ip" "cart" {
  name                = "pip-cart"
  resource_group_name = azurerm_resource_group.cart.name
  location            = azurerm_resource_group.cart.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "cart" {
  name                = "lb-cart"
  resource_group_name = azurerm_resource_group.cart.name
  location            = azurerm_resource_group.cart.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.cart.id
  }
}

resource "azurerm_lb_backend_address_pool" "cart" {
  name            = "pool-cart"
  loadbalancer_id = azurerm_lb.cart.id
}

resource "azurerm_lb_probe" "cart" {
  name            = "health"
  loadbalancer_id = azurerm_lb.cart.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "cart" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.cart.id
  frontend_ip_configuration_name = azurerm_lb.cart.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.cart.id]
  probe_id                       = azurerm_lb_probe.cart.id
}

resource "azurerm_lb_outbound_rule" "cart" {
  name                     = "egress"
  loadbalancer_id          = azurerm_lb.cart.id
  protocol                 = "All"
  backend_address_pool_id  = azurerm_lb_backend_address_pool.cart.id
  allocated_outbound_ports = 8000

  frontend_ip_configuration {
    name = azurerm_lb.cart.frontend_ip_configuration[0].name
  }
}

resource "azurerm_network_interface" "cart" {
  count               = 2
  name                = "nic-cart-${count.index}"
  resource_group_name = azurerm_resource_group.cart.name
  location            = azurerm_resource_group.cart.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.cart.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "cart" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.cart[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.cart.id
}
