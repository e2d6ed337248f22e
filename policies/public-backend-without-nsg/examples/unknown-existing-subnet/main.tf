# The subnet belongs to another team and is read during apply: its NSG is out of sight.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "status" {
  name     = "rg-status"
  location = "Sweden Central"
}

data "azurerm_subnet" "shared" {
  name                 = "snet-shared"
  virtual_network_name = "vnet-landing-zone"
  resource_group_name  = "rg-landing-zone"
  depends_on           = [azurerm_resource_group.status]
}

resource "azurerm_public_ip" "status" {
  name                = "pip-status"
  resource_group_name = azurerm_resource_group.status.name
  location            = azurerm_resource_group.status.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "status" {
  name                = "lb-status"
  resource_group_name = azurerm_resource_group.status.name
  location            = azurerm_resource_group.status.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.status.id
  }
}

resource "azurerm_lb_backend_address_pool" "status" {
  name            = "status"
  loadbalancer_id = azurerm_lb.status.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.status.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.status.id
  frontend_ip_configuration_name = azurerm_lb.status.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.status.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "status" {
  count               = 2
  name                = "nic-status-${count.index}"
  resource_group_name = azurerm_resource_group.status.name
  location            = azurerm_resource_group.status.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = data.azurerm_subnet.shared.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "status" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.status[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.status.id
}
