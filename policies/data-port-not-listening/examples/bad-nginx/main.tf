# The rule sends data to 8080, and the servers run nginx as it is installed, on 80.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "catalog" {
  name     = "rg-catalog"
  location = "westeurope"
}

resource "azurerm_virtual_network" "catalog" {
  name                = "vnet-catalog"
  resource_group_name = azurerm_resource_group.catalog.name
  location            = azurerm_resource_group.catalog.location
  address_space       = ["10.61.0.0/16"]
}

resource "azurerm_subnet" "catalog" {
  name                 = "snet-catalog"
  resource_group_name  = azurerm_resource_group.catalog.name
  virtual_network_name = azurerm_virtual_network.catalog.name
  address_prefixes     = ["10.61.1.0/24"]
}

resource "azurerm_lb" "catalog" {
  name                = "lb-catalog"
  resource_group_name = azurerm_resource_group.catalog.name
  location            = azurerm_resource_group.catalog.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.catalog.id
    private_ip_address            = "10.61.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "pool" {
  name            = "pool"
  loadbalancer_id = azurerm_lb.catalog.id
}

resource "azurerm_lb_probe" "catalog" {
  name            = "catalog"
  loadbalancer_id = azurerm_lb.catalog.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "catalog" {
  name                           = "catalog"
  loadbalancer_id                = azurerm_lb.catalog.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool.id]
  probe_id                       = azurerm_lb_probe.catalog.id
}

resource "azurerm_network_interface" "catalog" {
  count               = 2
  name                = "nic-catalog-${count.index}"
  resource_group_name = azurerm_resource_group.catalog.name
  location            = azurerm_resource_group.catalog.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.catalog.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "pool" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.catalog[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool.id
}

resource "azurerm_linux_virtual_machine" "catalog" {
  count                 = 2
  name                  = "vm-catalog-${count.index}"
  resource_group_name   = azurerm_resource_group.catalog.name
  location              = azurerm_resource_group.catalog.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.catalog[count.index].id]
  custom_data = base64encode(<<-EOT
    #cloud-config
    packages:
      - nginx
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
