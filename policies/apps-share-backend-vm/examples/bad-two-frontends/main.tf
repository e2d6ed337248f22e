# Orders and billing run on the same two machines, and orders calls billing through the balancer.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "shop" {
  name     = "rg-shop"
  location = "westeurope"
}

resource "azurerm_virtual_network" "shop" {
  name                = "vnet-shop"
  resource_group_name = azurerm_resource_group.shop.name
  location            = azurerm_resource_group.shop.location
  address_space       = ["10.72.0.0/16"]
}

resource "azurerm_subnet" "shop" {
  name                 = "snet-shop"
  resource_group_name  = azurerm_resource_group.shop.name
  virtual_network_name = azurerm_virtual_network.shop.name
  address_prefixes     = ["10.72.1.0/24"]
}

resource "azurerm_lb" "shop" {
  name                = "lb-shop"
  resource_group_name = azurerm_resource_group.shop.name
  location            = azurerm_resource_group.shop.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "orders"
    subnet_id                     = azurerm_subnet.shop.id
    private_ip_address            = "10.72.1.10"
    private_ip_address_allocation = "Static"
  }

  frontend_ip_configuration {
    name                          = "billing"
    subnet_id                     = azurerm_subnet.shop.id
    private_ip_address            = "10.72.1.20"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "pool" {
  name            = "pool"
  loadbalancer_id = azurerm_lb.shop.id
}

resource "azurerm_lb_probe" "orders" {
  name            = "orders"
  loadbalancer_id = azurerm_lb.shop.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "orders" {
  name                           = "orders"
  loadbalancer_id                = azurerm_lb.shop.id
  frontend_ip_configuration_name = "orders"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool.id]
  probe_id                       = azurerm_lb_probe.orders.id
}

resource "azurerm_lb_probe" "billing" {
  name            = "billing"
  loadbalancer_id = azurerm_lb.shop.id
  protocol        = "Tcp"
  port            = 9090
}

resource "azurerm_lb_rule" "billing" {
  name                           = "billing"
  loadbalancer_id                = azurerm_lb.shop.id
  frontend_ip_configuration_name = "billing"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 9090
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool.id]
  probe_id                       = azurerm_lb_probe.billing.id
}

resource "azurerm_network_interface" "shop" {
  count               = 2
  name                = "nic-shop-${count.index}"
  resource_group_name = azurerm_resource_group.shop.name
  location            = azurerm_resource_group.shop.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.shop.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "pool" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.shop[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool.id
}

resource "azurerm_linux_virtual_machine" "shop" {
  count                 = 2
  name                  = "vm-shop-${count.index}"
  resource_group_name   = azurerm_resource_group.shop.name
  location              = azurerm_resource_group.shop.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.shop[count.index].id]
  custom_data = base64encode(<<-EOT
    #!/bin/bash
    docker run -d -p 8080:8080 -e BILLING_URL=http://10.72.1.20 shop.azurecr.io/orders:7
    docker run -d -p 9090:9090 shop.azurecr.io/billing:2
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
