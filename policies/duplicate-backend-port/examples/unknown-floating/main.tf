# Whether both rules use floating IP is a variable without a default.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "floating_ip" {
  type = bool
}

resource "azurerm_resource_group" "files" {
  name     = "rg-files"
  location = "swedencentral"
}

resource "azurerm_virtual_network" "files" {
  name                = "vnet-files"
  resource_group_name = azurerm_resource_group.files.name
  location            = azurerm_resource_group.files.location
  address_space       = ["10.67.0.0/16"]
}

resource "azurerm_subnet" "files" {
  name                 = "snet-files"
  resource_group_name  = azurerm_resource_group.files.name
  virtual_network_name = azurerm_virtual_network.files.name
  address_prefixes     = ["10.67.1.0/24"]
}

resource "azurerm_lb" "files" {
  name                = "lb-files"
  resource_group_name = azurerm_resource_group.files.name
  location            = azurerm_resource_group.files.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "team"
    subnet_id                     = azurerm_subnet.files.id
    private_ip_address            = "10.67.1.10"
    private_ip_address_allocation = "Static"
  }

  frontend_ip_configuration {
    name                          = "archive"
    subnet_id                     = azurerm_subnet.files.id
    private_ip_address            = "10.67.1.11"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "smb" {
  name            = "smb"
  loadbalancer_id = azurerm_lb.files.id
}

resource "azurerm_lb_probe" "smb" {
  name                = "smb"
  loadbalancer_id     = azurerm_lb.files.id
  protocol            = "Tcp"
  port                = 445
  interval_in_seconds = 5
}

resource "azurerm_lb_rule" "team" {
  name                           = "team"
  loadbalancer_id                = azurerm_lb.files.id
  frontend_ip_configuration_name = "team"
  protocol                       = "Tcp"
  frontend_port                  = 445
  backend_port                   = 445
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.smb.id]
  probe_id                       = azurerm_lb_probe.smb.id
  floating_ip_enabled            = var.floating_ip
}

resource "azurerm_lb_rule" "archive" {
  name                           = "archive"
  loadbalancer_id                = azurerm_lb.files.id
  frontend_ip_configuration_name = "archive"
  protocol                       = "Tcp"
  frontend_port                  = 445
  backend_port                   = 445
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.smb.id]
  probe_id                       = azurerm_lb_probe.smb.id
  floating_ip_enabled            = var.floating_ip
}

resource "azurerm_network_interface" "files" {
  count               = 2
  name                = "nic-files-${count.index}"
  resource_group_name = azurerm_resource_group.files.name
  location            = azurerm_resource_group.files.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.files.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "files" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.files[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.smb.id
}
