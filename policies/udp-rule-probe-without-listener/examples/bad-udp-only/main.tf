# The collector takes UDP alone, and the probe asks TCP.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "logs" {
  name     = "rg-logs"
  location = "westeurope"
}

resource "azurerm_virtual_network" "logs" {
  name                = "vnet-logs"
  resource_group_name = azurerm_resource_group.logs.name
  location            = azurerm_resource_group.logs.location
  address_space       = ["10.84.0.0/16"]
}

resource "azurerm_subnet" "logs" {
  name                 = "snet-logs"
  resource_group_name  = azurerm_resource_group.logs.name
  virtual_network_name = azurerm_virtual_network.logs.name
  address_prefixes     = ["10.84.1.0/24"]
}

resource "azurerm_lb" "logs" {
  name                = "lb-logs"
  resource_group_name = azurerm_resource_group.logs.name
  location            = azurerm_resource_group.logs.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.logs.id
    private_ip_address            = "10.84.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "pool" {
  name            = "pool"
  loadbalancer_id = azurerm_lb.logs.id
}

resource "azurerm_lb_probe" "logs" {
  name            = "logs"
  loadbalancer_id = azurerm_lb.logs.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "logs" {
  name                           = "logs"
  loadbalancer_id                = azurerm_lb.logs.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Udp"
  frontend_port                  = 514
  backend_port                   = 514
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool.id]
  probe_id                       = azurerm_lb_probe.logs.id
}

resource "azurerm_network_interface" "logs" {
  count               = 2
  name                = "nic-logs-${count.index}"
  resource_group_name = azurerm_resource_group.logs.name
  location            = azurerm_resource_group.logs.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.logs.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "pool" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.logs[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool.id
}

resource "azurerm_linux_virtual_machine" "logs" {
  count                 = 2
  name                  = "vm-logs-${count.index}"
  resource_group_name   = azurerm_resource_group.logs.name
  location              = azurerm_resource_group.logs.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.logs[count.index].id]
  custom_data = base64encode(<<-EOT
    #!/bin/bash
    docker run -d -p 514:514/udp logs.azurecr.io/syslog:7
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
