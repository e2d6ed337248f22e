# Three instances call their own balancer: one call in three returns to its sender.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "pricing" {
  name     = "rg-pricing"
  location = "westeurope"
}

resource "azurerm_virtual_network" "pricing" {
  name                = "vnet-pricing"
  resource_group_name = azurerm_resource_group.pricing.name
  location            = azurerm_resource_group.pricing.location
  address_space       = ["10.42.0.0/16"]
}

resource "azurerm_subnet" "pricing" {
  name                 = "snet-pricing"
  resource_group_name  = azurerm_resource_group.pricing.name
  virtual_network_name = azurerm_virtual_network.pricing.name
  address_prefixes     = ["10.42.1.0/24"]
}

resource "azurerm_lb" "pricing" {
  name                = "lb-pricing"
  resource_group_name = azurerm_resource_group.pricing.name
  location            = azurerm_resource_group.pricing.location

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.pricing.id
    private_ip_address            = "10.42.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "pricing" {
  name            = "pricing"
  loadbalancer_id = azurerm_lb.pricing.id
}

resource "azurerm_lb_probe" "http" {
  name            = "http"
  loadbalancer_id = azurerm_lb.pricing.id
  protocol        = "Http"
  port            = 8080
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.pricing.id
  frontend_ip_configuration_name = azurerm_lb.pricing.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 8080
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pricing.id]
  probe_id                       = azurerm_lb_probe.http.id
}

resource "azurerm_linux_virtual_machine_scale_set" "pricing" {
  name                = "vmss-pricing"
  resource_group_name = azurerm_resource_group.pricing.name
  location            = azurerm_resource_group.pricing.location
  sku                 = "Standard_D2s_v5"
  instances           = 3
  admin_username      = "azureuser"
  custom_data         = filebase64("${path.module}/cloud-init.yaml")

  network_interface {
    name    = "nic"
    primary = true

    ip_configuration {
      name                                   = "ipconfig"
      primary                                = true
      subnet_id                              = azurerm_subnet.pricing.id
      load_balancer_backend_address_pool_ids = [azurerm_lb_backend_address_pool.pricing.id]
    }
  }

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
