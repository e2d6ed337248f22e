# The members call their shop by its public name, and no rule gives them a public address to call from.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "garden" {
  name     = "rg-garden"
  location = "westeurope"
}

resource "azurerm_virtual_network" "garden" {
  name                = "vnet-garden"
  resource_group_name = azurerm_resource_group.garden.name
  location            = azurerm_resource_group.garden.location
  address_space       = ["10.82.0.0/16"]
}

resource "azurerm_subnet" "garden" {
  name                 = "snet-garden"
  resource_group_name  = azurerm_resource_group.garden.name
  virtual_network_name = azurerm_virtual_network.garden.name
  address_prefixes     = ["10.82.1.0/24"]
}

resource "azurerm_lb" "garden" {
  name                = "lb-garden"
  resource_group_name = azurerm_resource_group.garden.name
  location            = azurerm_resource_group.garden.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "front"
    public_ip_address_id = azurerm_public_ip.garden.id
  }
}

resource "azurerm_public_ip" "garden" {
  name                = "pip-garden"
  resource_group_name = azurerm_resource_group.garden.name
  location            = azurerm_resource_group.garden.location
  allocation_method   = "Static"
  sku                 = "Standard"
  domain_name_label   = "garden-shop"
}

resource "azurerm_lb_backend_address_pool" "pool" {
  name            = "pool"
  loadbalancer_id = azurerm_lb.garden.id
}

resource "azurerm_lb_probe" "garden" {
  name            = "garden"
  loadbalancer_id = azurerm_lb.garden.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "garden" {
  name                           = "garden"
  loadbalancer_id                = azurerm_lb.garden.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool.id]
  probe_id                       = azurerm_lb_probe.garden.id
  disable_outbound_snat          = true
}

resource "azurerm_network_interface" "garden" {
  count               = 2
  name                = "nic-garden-${count.index}"
  resource_group_name = azurerm_resource_group.garden.name
  location            = azurerm_resource_group.garden.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.garden.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "pool" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.garden[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool.id
}

resource "azurerm_linux_virtual_machine" "garden" {
  count                 = 2
  name                  = "vm-garden-${count.index}"
  resource_group_name   = azurerm_resource_group.garden.name
  location              = azurerm_resource_group.garden.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.garden[count.index].id]
  custom_data = base64encode(<<-EOT
    #!/bin/bash
    docker run -d -p 8080:8080 -e SELF=http://garden-shop.westeurope.cloudapp.azure.com garden.azurecr.io/api:7
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

resource "azurerm_network_security_group" "garden" {
  name                = "nsg-garden"
  resource_group_name = azurerm_resource_group.garden.name
  location            = azurerm_resource_group.garden.location

  security_rule {
    name                       = "allow-clients"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "8080"
  }
}

resource "azurerm_subnet_network_security_group_association" "garden" {
  subnet_id                 = azurerm_subnet.garden.id
  network_security_group_id = azurerm_network_security_group.garden.id
}
