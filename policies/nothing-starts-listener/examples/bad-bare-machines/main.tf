# Two machines start from the plain image of Ubuntu, and nothing sets them up.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "depot" {
  name     = "rg-depot"
  location = "westeurope"
}

resource "azurerm_virtual_network" "depot" {
  name                = "vnet-depot"
  resource_group_name = azurerm_resource_group.depot.name
  location            = azurerm_resource_group.depot.location
  address_space       = ["10.68.0.0/16"]
}

resource "azurerm_subnet" "depot" {
  name                 = "snet-depot"
  resource_group_name  = azurerm_resource_group.depot.name
  virtual_network_name = azurerm_virtual_network.depot.name
  address_prefixes     = ["10.68.1.0/24"]
}

resource "azurerm_lb" "depot" {
  name                = "lb-depot"
  resource_group_name = azurerm_resource_group.depot.name
  location            = azurerm_resource_group.depot.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.depot.id
    private_ip_address            = "10.68.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "pool" {
  name            = "pool"
  loadbalancer_id = azurerm_lb.depot.id
}

resource "azurerm_lb_probe" "depot" {
  name            = "depot"
  loadbalancer_id = azurerm_lb.depot.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "depot" {
  name                           = "depot"
  loadbalancer_id                = azurerm_lb.depot.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool.id]
  probe_id                       = azurerm_lb_probe.depot.id
}

resource "azurerm_network_interface" "depot" {
  count               = 2
  name                = "nic-depot-${count.index}"
  resource_group_name = azurerm_resource_group.depot.name
  location            = azurerm_resource_group.depot.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.depot.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "pool" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.depot[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool.id
}

resource "azurerm_linux_virtual_machine" "depot" {
  count                 = 2
  name                  = "vm-depot-${count.index}"
  resource_group_name   = azurerm_resource_group.depot.name
  location              = azurerm_resource_group.depot.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.depot[count.index].id]

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
