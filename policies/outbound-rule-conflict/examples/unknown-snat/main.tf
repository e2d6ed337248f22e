# Whether the rule leaves outbound SNAT on is a variable without a value.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "use_outbound_rule" {
  type = bool
}

resource "azurerm_resource_group" "forum" {
  name     = "rg-forum"
  location = "swedencentral"
}

resource "azurerm_network_security_group" "forum" {
  name                = "nsg-forum"
  resource_group_name = azurerm_resource_group.forum.name
  location            = azurerm_resource_group.forum.location

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

resource "azurerm_virtual_network" "forum" {
  name                = "vnet-forum"
  resource_group_name = azurerm_resource_group.forum.name
  location            = azurerm_resource_group.forum.location
  address_space       = ["10.97.0.0/16"]
}

resource "azurerm_subnet" "forum" {
  name                 = "snet-forum"
  resource_group_name  = azurerm_resource_group.forum.name
  virtual_network_name = azurerm_virtual_network.forum.name
  address_prefixes     = ["10.97.1.0/24"]
}

resource "azurerm_public_ip" "forum" {
  name                = "pip-forum"
  resource_group_name = azurerm_resource_group.forum.name
  location            = azurerm_resource_group.forum.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "forum" {
  name                = "lb-forum"
  resource_group_name = azurerm_resource_group.forum.name
  location            = azurerm_resource_group.forum.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "front"
    public_ip_address_id = azurerm_public_ip.forum.id
  }
}

resource "azurerm_lb_backend_address_pool" "pool_forum" {
  name            = "pool-forum"
  loadbalancer_id = azurerm_lb.forum.id
}

resource "azurerm_lb_probe" "health" {
  name                = "health"
  loadbalancer_id     = azurerm_lb.forum.id
  protocol            = "Tcp"
  port                = 443
  probe_threshold     = 2
  interval_in_seconds = 5
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.forum.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool_forum.id]
  probe_id                       = azurerm_lb_probe.health.id
  disable_outbound_snat          = var.use_outbound_rule
}

resource "azurerm_lb_outbound_rule" "egress" {
  name                     = "egress"
  loadbalancer_id          = azurerm_lb.forum.id
  protocol                 = "All"
  backend_address_pool_id  = azurerm_lb_backend_address_pool.pool_forum.id
  allocated_outbound_ports = 8000

  frontend_ip_configuration {
    name = "front"
  }
}

resource "azurerm_subnet_network_security_group_association" "forum" {
  subnet_id                 = azurerm_subnet.forum.id
  network_security_group_id = azurerm_network_security_group.forum.id
}

resource "azurerm_network_interface" "forum" {
  count               = 2
  name                = "nic-forum-${count.index}"
  resource_group_name = azurerm_resource_group.forum.name
  location            = azurerm_resource_group.forum.location

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.forum.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "forum" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.forum[count.index].id
  ip_configuration_name   = "internal"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool_forum.id
}
