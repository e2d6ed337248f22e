# A rule that forgets its pool. Terraform and Azure both accept that.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "search" {
  name     = "rg-search"
  location = "West Europe"
}

resource "azurerm_virtual_network" "search" {
  name                = "vnet-search"
  resource_group_name = azurerm_resource_group.search.name
  location            = azurerm_resource_group.search.location
  address_space       = ["10.20.0.0/16"]
}

resource "azurerm_subnet" "search" {
  name                 = "snet-search"
  resource_group_name  = azurerm_resource_group.search.name
  virtual_network_name = azurerm_virtual_network.search.name
  address_prefixes     = ["10.20.1.0/24"]
}

resource "azurerm_lb" "search" {
  name                = "lb-search"
  resource_group_name = azurerm_resource_group.search.name
  location            = azurerm_resource_group.search.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.search.id
    private_ip_address            = "10.20.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "search" {
  name            = "search"
  loadbalancer_id = azurerm_lb.search.id
}

resource "azurerm_lb_probe" "http" {
  name            = "http"
  loadbalancer_id = azurerm_lb.search.id
  protocol        = "Http"
  port            = 9200
  request_path    = "/_cluster/health"
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.search.id
  frontend_ip_configuration_name = azurerm_lb.search.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 9200
  backend_port                   = 9200
  probe_id                       = azurerm_lb_probe.http.id
}

resource "azurerm_network_interface" "search" {
  count               = 2
  name                = "nic-search-${count.index}"
  resource_group_name = azurerm_resource_group.search.name
  location            = azurerm_resource_group.search.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.search.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_linux_virtual_machine" "search" {
  count                 = 2
  name                  = "vm-search-${count.index}"
  resource_group_name   = azurerm_resource_group.search.name
  location              = azurerm_resource_group.search.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.search[count.index].id]

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

resource "azurerm_network_interface_backend_address_pool_association" "search" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.search[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.search.id
}
