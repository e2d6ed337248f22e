# The allow for port 80 has source *, so it admits clients and the probe alike.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "blog" {
  name     = "rg-blog"
  location = "Brazil South"
}

resource "azurerm_virtual_network" "blog" {
  name                = "vnet-blog"
  resource_group_name = azurerm_resource_group.blog.name
  location            = azurerm_resource_group.blog.location
  address_space       = ["10.14.0.0/16"]
}

resource "azurerm_subnet" "blog" {
  name                 = "snet-blog"
  resource_group_name  = azurerm_resource_group.blog.name
  virtual_network_name = azurerm_virtual_network.blog.name
  address_prefixes     = ["10.14.1.0/24"]
}

resource "azurerm_network_security_group" "blog" {
  name                = "nsg-blog"
  resource_group_name = azurerm_resource_group.blog.name
  location            = azurerm_resource_group.blog.location
}

resource "azurerm_network_security_rule" "allow_http" {
  resource_group_name         = azurerm_resource_group.blog.name
  network_security_group_name = azurerm_network_security_group.blog.name
  name                        = "AllowHttp"
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = "80"
  source_address_prefix       = "*"
  destination_address_prefix  = "*"
}

resource "azurerm_network_security_rule" "deny_all" {
  resource_group_name         = azurerm_resource_group.blog.name
  network_security_group_name = azurerm_network_security_group.blog.name
  name                        = "DenyAll"
  priority                    = 4096
  direction                   = "Inbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  destination_port_range      = "*"
  source_address_prefix       = "*"
  destination_address_prefix  = "*"
}

resource "azurerm_subnet_network_security_group_association" "blog" {
  subnet_id                 = azurerm_subnet.blog.id
  network_security_group_id = azurerm_network_security_group.blog.id
}

resource "azurerm_public_ip" "blog" {
  name                = "pip-blog"
  resource_group_name = azurerm_resource_group.blog.name
  location            = azurerm_resource_group.blog.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "blog" {
  name                = "lb-blog"
  resource_group_name = azurerm_resource_group.blog.name
  location            = azurerm_resource_group.blog.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.blog.id
  }
}

resource "azurerm_lb_backend_address_pool" "blog" {
  name            = "blog"
  loadbalancer_id = azurerm_lb.blog.id
}

resource "azurerm_lb_probe" "http" {
  name            = "http"
  loadbalancer_id = azurerm_lb.blog.id
  protocol        = "Tcp"
  port            = 80
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.blog.id
  frontend_ip_configuration_name = azurerm_lb.blog.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 80
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.blog.id]
  probe_id                       = azurerm_lb_probe.http.id
}

resource "azurerm_network_interface" "blog" {
  count               = 2
  name                = "nic-blog-${count.index}"
  resource_group_name = azurerm_resource_group.blog.name
  location            = azurerm_resource_group.blog.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.blog.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "blog" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.blog[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.blog.id
}
