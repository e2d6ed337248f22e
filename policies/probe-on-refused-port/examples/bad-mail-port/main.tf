# The health page of a mail gateway listens on port 25, where Azure sends no HTTP probe.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "mailgate" {
  name     = "rg-mailgate"
  location = "West Europe"
}

resource "azurerm_virtual_network" "mailgate" {
  name                = "vnet-mailgate"
  resource_group_name = azurerm_resource_group.mailgate.name
  location            = azurerm_resource_group.mailgate.location
  address_space       = ["10.69.0.0/16"]
}

resource "azurerm_subnet" "mailgate" {
  name                 = "snet-mailgate"
  resource_group_name  = azurerm_resource_group.mailgate.name
  virtual_network_name = azurerm_virtual_network.mailgate.name
  address_prefixes     = ["10.69.1.0/24"]
}

resource "azurerm_lb" "mailgate" {
  name                = "lb-mailgate"
  resource_group_name = azurerm_resource_group.mailgate.name
  location            = azurerm_resource_group.mailgate.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.mailgate.id
    private_ip_address            = "10.69.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "mailgate" {
  name            = "mailgate"
  loadbalancer_id = azurerm_lb.mailgate.id
}

resource "azurerm_lb_probe" "smtp" {
  name            = "smtp"
  loadbalancer_id = azurerm_lb.mailgate.id
  protocol        = "Http"
  port            = 25
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "smtp" {
  name                           = "smtp"
  loadbalancer_id                = azurerm_lb.mailgate.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 25
  backend_port                   = 25
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.mailgate.id]
  probe_id                       = azurerm_lb_probe.smtp.id
}

resource "azurerm_network_interface" "mailgate" {
  count               = 2
  name                = "nic-mailgate-${count.index}"
  resource_group_name = azurerm_resource_group.mailgate.name
  location            = azurerm_resource_group.mailgate.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.mailgate.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "mailgate" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.mailgate[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.mailgate.id
}
