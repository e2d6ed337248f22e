# Only Internet is admitted: whether that tag holds 168.63.129.16 is not documented.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "news" {
  name     = "rg-news"
  location = "Australia East"
}

resource "azurerm_virtual_network" "news" {
  name                = "vnet-news"
  resource_group_name = azurerm_resource_group.news.name
  location            = azurerm_resource_group.news.location
  address_space       = ["10.15.0.0/16"]
}

resource "azurerm_subnet" "news" {
  name                 = "snet-news"
  resource_group_name  = azurerm_resource_group.news.name
  virtual_network_name = azurerm_virtual_network.news.name
  address_prefixes     = ["10.15.1.0/24"]
}

resource "azurerm_network_security_group" "news" {
  name                = "nsg-news"
  resource_group_name = azurerm_resource_group.news.name
  location            = azurerm_resource_group.news.location

  security_rule {
    name                       = "AllowHttp"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "80"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "DenyAll"
    priority                   = 4096
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "news" {
  subnet_id                 = azurerm_subnet.news.id
  network_security_group_id = azurerm_network_security_group.news.id
}

resource "azurerm_public_ip" "news" {
  name                = "pip-news"
  resource_group_name = azurerm_resource_group.news.name
  location            = azurerm_resource_group.news.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "news" {
  name                = "lb-news"
  resource_group_name = azurerm_resource_group.news.name
  location            = azurerm_resource_group.news.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.news.id
  }
}

resource "azurerm_lb_backend_address_pool" "news" {
  name            = "news"
  loadbalancer_id = azurerm_lb.news.id
}

resource "azurerm_lb_probe" "http" {
  name            = "http"
  loadbalancer_id = azurerm_lb.news.id
  protocol        = "Tcp"
  port            = 80
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.news.id
  frontend_ip_configuration_name = azurerm_lb.news.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 80
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.news.id]
  probe_id                       = azurerm_lb_probe.http.id
}

resource "azurerm_network_interface" "news" {
  count               = 2
  name                = "nic-news-${count.index}"
  resource_group_name = azurerm_resource_group.news.name
  location            = azurerm_resource_group.news.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.news.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "news" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.news[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.news.id
}
