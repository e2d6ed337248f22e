# A security rule lets the only machines of the subnet out to the frontend they stand behind.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "fleet" {
  name     = "rg-fleet"
  location = "westeurope"
}

resource "azurerm_virtual_network" "fleet" {
  name                = "vnet-fleet"
  resource_group_name = azurerm_resource_group.fleet.name
  location            = azurerm_resource_group.fleet.location
  address_space       = ["10.80.0.0/16"]
}

resource "azurerm_subnet" "fleet" {
  name                 = "snet-fleet"
  resource_group_name  = azurerm_resource_group.fleet.name
  virtual_network_name = azurerm_virtual_network.fleet.name
  address_prefixes     = ["10.80.1.0/24"]
}

resource "azurerm_lb" "fleet" {
  name                = "lb-fleet"
  resource_group_name = azurerm_resource_group.fleet.name
  location            = azurerm_resource_group.fleet.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.fleet.id
    private_ip_address            = "10.80.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "pool" {
  name            = "pool"
  loadbalancer_id = azurerm_lb.fleet.id
}

resource "azurerm_lb_probe" "fleet" {
  name            = "fleet"
  loadbalancer_id = azurerm_lb.fleet.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "fleet" {
  name                           = "fleet"
  loadbalancer_id                = azurerm_lb.fleet.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool.id]
  probe_id                       = azurerm_lb_probe.fleet.id
}

resource "azurerm_network_interface" "fleet" {
  count               = 2
  name                = "nic-fleet-${count.index}"
  resource_group_name = azurerm_resource_group.fleet.name
  location            = azurerm_resource_group.fleet.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.fleet.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "pool" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.fleet[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool.id
}

resource "azurerm_linux_virtual_machine" "fleet" {
  count                 = 2
  name                  = "vm-fleet-${count.index}"
  resource_group_name   = azurerm_resource_group.fleet.name
  location              = azurerm_resource_group.fleet.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.fleet[count.index].id]
  custom_data = base64encode(<<-EOT
    #!/bin/bash
    docker run -d -p 8080:8080 fleet.azurecr.io/api:7
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

resource "azurerm_network_security_group" "fleet" {
  name                = "nsg-fleet"
  resource_group_name = azurerm_resource_group.fleet.name
  location            = azurerm_resource_group.fleet.location

  security_rule {
    name                       = "allow-fleet-frontend"
    priority                   = 100
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_address_prefix      = "VirtualNetwork"
    source_port_range          = "*"
    destination_address_prefix = "10.80.1.10"
    destination_port_range     = "80"
  }
}

resource "azurerm_subnet_network_security_group_association" "fleet" {
  subnet_id                 = azurerm_subnet.fleet.id
  network_security_group_id = azurerm_network_security_group.fleet.id
}
