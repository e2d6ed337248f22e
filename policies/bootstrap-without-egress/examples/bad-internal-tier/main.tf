# The set-up installs packages, and behind an internal balancer there is no way to them.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "reports" {
  name     = "rg-reports"
  location = "westeurope"
}

resource "azurerm_virtual_network" "reports" {
  name                = "vnet-reports"
  resource_group_name = azurerm_resource_group.reports.name
  location            = azurerm_resource_group.reports.location
  address_space       = ["10.69.0.0/16"]
}

resource "azurerm_subnet" "reports" {
  name                 = "snet-reports"
  resource_group_name  = azurerm_resource_group.reports.name
  virtual_network_name = azurerm_virtual_network.reports.name
  address_prefixes     = ["10.69.1.0/24"]
}

resource "azurerm_lb" "reports" {
  name                = "lb-reports"
  resource_group_name = azurerm_resource_group.reports.name
  location            = azurerm_resource_group.reports.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.reports.id
    private_ip_address            = "10.69.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "pool" {
  name            = "pool"
  loadbalancer_id = azurerm_lb.reports.id
}

resource "azurerm_lb_probe" "reports" {
  name            = "reports"
  loadbalancer_id = azurerm_lb.reports.id
  protocol        = "Tcp"
  port            = 80
}

resource "azurerm_lb_rule" "reports" {
  name                           = "reports"
  loadbalancer_id                = azurerm_lb.reports.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 80
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool.id]
  probe_id                       = azurerm_lb_probe.reports.id
}

resource "azurerm_network_interface" "reports" {
  count               = 2
  name                = "nic-reports-${count.index}"
  resource_group_name = azurerm_resource_group.reports.name
  location            = azurerm_resource_group.reports.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.reports.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "pool" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.reports[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool.id
}

resource "azurerm_linux_virtual_machine" "reports" {
  count                 = 2
  name                  = "vm-reports-${count.index}"
  resource_group_name   = azurerm_resource_group.reports.name
  location              = azurerm_resource_group.reports.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.reports[count.index].id]
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
