# Packets arrive for the address of the frontend, and the servers know only their own.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "media" {
  name     = "rg-media"
  location = "westeurope"
}

resource "azurerm_virtual_network" "media" {
  name                = "vnet-media"
  resource_group_name = azurerm_resource_group.media.name
  location            = azurerm_resource_group.media.location
  address_space       = ["10.83.0.0/16"]
}

resource "azurerm_subnet" "media" {
  name                 = "snet-media"
  resource_group_name  = azurerm_resource_group.media.name
  virtual_network_name = azurerm_virtual_network.media.name
  address_prefixes     = ["10.83.1.0/24"]
}

resource "azurerm_lb" "media" {
  name                = "lb-media"
  resource_group_name = azurerm_resource_group.media.name
  location            = azurerm_resource_group.media.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.media.id
    private_ip_address            = "10.83.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "pool" {
  name            = "pool"
  loadbalancer_id = azurerm_lb.media.id
}

resource "azurerm_lb_probe" "media" {
  name            = "media"
  loadbalancer_id = azurerm_lb.media.id
  protocol        = "Tcp"
  port            = 80
}

resource "azurerm_lb_rule" "media" {
  name                           = "media"
  loadbalancer_id                = azurerm_lb.media.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 80
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool.id]
  probe_id                       = azurerm_lb_probe.media.id
  floating_ip_enabled            = true
}

resource "azurerm_network_interface" "media" {
  count               = 2
  name                = "nic-media-${count.index}"
  resource_group_name = azurerm_resource_group.media.name
  location            = azurerm_resource_group.media.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.media.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "pool" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.media[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool.id
}

resource "azurerm_linux_virtual_machine" "media" {
  count                 = 2
  name                  = "vm-media-${count.index}"
  resource_group_name   = azurerm_resource_group.media.name
  location              = azurerm_resource_group.media.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.media[count.index].id]
  custom_data = base64encode(<<-EOT
    #!/bin/bash
    apt-get install -y nginx
  EOT
  )


  admin_ssh_key {
    username   = "azureuser"
    public_key = file("~/.ssh/id_rsa.pub")
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
  }

  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
    version   = "latest"
  }
}
