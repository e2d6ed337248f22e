# The extension asks port 8081, the probe asks port 8080.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "visits" {
  name     = "rg-visits"
  location = "westeurope"
}

resource "azurerm_virtual_network" "visits" {
  name                = "vnet-visits"
  resource_group_name = azurerm_resource_group.visits.name
  location            = azurerm_resource_group.visits.location
  address_space       = ["10.85.0.0/16"]
}

resource "azurerm_subnet" "visits" {
  name                 = "snet-visits"
  resource_group_name  = azurerm_resource_group.visits.name
  virtual_network_name = azurerm_virtual_network.visits.name
  address_prefixes     = ["10.85.1.0/24"]
}

resource "azurerm_lb" "visits" {
  name                = "lb-visits"
  resource_group_name = azurerm_resource_group.visits.name
  location            = azurerm_resource_group.visits.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.visits.id
    private_ip_address            = "10.85.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "pool" {
  name            = "pool"
  loadbalancer_id = azurerm_lb.visits.id
}

resource "azurerm_lb_probe" "visits" {
  name            = "visits"
  loadbalancer_id = azurerm_lb.visits.id
  protocol        = "Http"
  port            = 8080
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "visits" {
  name                           = "visits"
  loadbalancer_id                = azurerm_lb.visits.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool.id]
  probe_id                       = azurerm_lb_probe.visits.id
}

resource "azurerm_network_interface" "visits" {
  count               = 2
  name                = "nic-visits-${count.index}"
  resource_group_name = azurerm_resource_group.visits.name
  location            = azurerm_resource_group.visits.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.visits.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "pool" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.visits[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool.id
}

resource "azurerm_linux_virtual_machine" "visits" {
  count                 = 2
  name                  = "vm-visits-${count.index}"
  resource_group_name   = azurerm_resource_group.visits.name
  location              = azurerm_resource_group.visits.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.visits[count.index].id]
  custom_data = base64encode(<<-EOT
    #!/bin/bash
    docker run -d -p 8080:8080 visits.azurecr.io/api:7
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

resource "azurerm_virtual_machine_extension" "health" {
  count                = 2
  name                 = "health"
  virtual_machine_id   = azurerm_linux_virtual_machine.visits[count.index].id
  publisher            = "Microsoft.ManagedServices"
  type                 = "ApplicationHealthLinux"
  type_handler_version = "1.0"

  settings = jsonencode({
    protocol    = "http"
    port        = 8081
    requestPath = "/healthz"
  })
}
