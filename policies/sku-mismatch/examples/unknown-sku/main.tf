# The SKU of the public IP address is a variable without a value.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "address_sku" {
  type = string
}

resource "azurerm_resource_group" "blog" {
  name     = "rg-blog"
  location = "swedencentral"
}

resource "azurerm_network_security_group" "blog" {
  name                = "nsg-blog"
  resource_group_name = azurerm_resource_group.blog.name
  location            = azurerm_resource_group.blog.location

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

resource "azurerm_virtual_network" "blog" {
  name                = "vnet-blog"
  resource_group_name = azurerm_resource_group.blog.name
  location            = azurerm_resource_group.blog.location
  address_space       = ["10.104.0.0/16"]
}

resource "azurerm_subnet" "blog" {
  name                 = "snet-blog"
  resource_group_name  = azurerm_resource_group.blog.name
  virtual_network_name = azurerm_virtual_network.blog.name
  address_prefixes     = ["10.104.1.0/24"]
}

resource "azurerm_public_ip" "blog" {
  name                = "pip-blog"
  resource_group_name = azurerm_resource_group.blog.name
  location            = azurerm_resource_group.blog.location
  allocation_method   = "Static"
  sku                 = var.address_sku
}

resource "azurerm_lb" "blog" {
  name                = "lb-blog"
  resource_group_name = azurerm_resource_group.blog.name
  location            = azurerm_resource_group.blog.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "front"
    public_ip_address_id = azurerm_public_ip.blog.id
  }
}

resource "azurerm_lb_backend_address_pool" "pool_blog" {
  name            = "pool-blog"
  loadbalancer_id = azurerm_lb.blog.id
}

resource "azurerm_lb_probe" "health" {
  name                = "health"
  loadbalancer_id     = azurerm_lb.blog.id
  protocol            = "Tcp"
  port                = 443
  probe_threshold     = 2
  interval_in_seconds = 5
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.blog.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool_blog.id]
  probe_id                       = azurerm_lb_probe.health.id
}

resource "azurerm_subnet_network_security_group_association" "blog" {
  subnet_id                 = azurerm_subnet.blog.id
  network_security_group_id = azurerm_network_security_group.blog.id
}

resource "azurerm_network_interface" "blog" {
  count               = 2
  name                = "nic-blog-${count.index}"
  resource_group_name = azurerm_resource_group.blog.name
  location            = azurerm_resource_group.blog.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.blog.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "blog" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.blog[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool_blog.id
}
