# Port 443 is used twice, on two frontends.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 3.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "mail" {
  name     = "rg-mail"
  location = "westeurope"
}

resource "azurerm_virtual_network" "mail" {
  name                = "vnet-mail"
  resource_group_name = azurerm_resource_group.mail.name
  location            = azurerm_resource_group.mail.location
  address_space       = ["10.73.0.0/16"]
}

resource "azurerm_subnet" "mail" {
  name                 = "snet-mail"
  resource_group_name  = azurerm_resource_group.mail.name
  virtual_network_name = azurerm_virtual_network.mail.name
  address_prefixes     = ["10.73.1.0/24"]
}

resource "azurerm_lb" "mail" {
  name                = "lb-mail"
  resource_group_name = azurerm_resource_group.mail.name
  location            = azurerm_resource_group.mail.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "web"
    subnet_id                     = azurerm_subnet.mail.id
    private_ip_address            = "10.73.1.10"
    private_ip_address_allocation = "Static"
  }

  frontend_ip_configuration {
    name                          = "sync"
    subnet_id                     = azurerm_subnet.mail.id
    private_ip_address            = "10.73.1.11"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "mail" {
  name            = "mail"
  loadbalancer_id = azurerm_lb.mail.id
}

resource "azurerm_lb_probe" "mail" {
  name            = "mail"
  loadbalancer_id = azurerm_lb.mail.id
  protocol        = "Tcp"
  port            = 8443
}

resource "azurerm_lb_rule" "web" {
  name                           = "web"
  loadbalancer_id                = azurerm_lb.mail.id
  frontend_ip_configuration_name = "web"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.mail.id]
  probe_id                       = azurerm_lb_probe.mail.id
}

resource "azurerm_lb_rule" "sync" {
  name                           = "sync"
  loadbalancer_id                = azurerm_lb.mail.id
  frontend_ip_configuration_name = "sync"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 9443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.mail.id]
  probe_id                       = azurerm_lb_probe.mail.id
}

resource "azurerm_network_interface" "mail" {
  count               = 2
  name                = "nic-mail-${count.index}"
  resource_group_name = azurerm_resource_group.mail.name
  location            = azurerm_resource_group.mail.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.mail.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "mail" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.mail[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.mail.id
}
