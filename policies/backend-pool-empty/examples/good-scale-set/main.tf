# The scale set names the pool in its network profile.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "render" {
  name     = "rg-render"
  location = "southcentralus"
}

resource "azurerm_virtual_network" "render" {
  name                = "vnet-render"
  resource_group_name = azurerm_resource_group.render.name
  location            = azurerm_resource_group.render.location
  address_space       = ["10.22.0.0/16"]
}

resource "azurerm_subnet" "render" {
  name                 = "snet-render"
  resource_group_name  = azurerm_resource_group.render.name
  virtual_network_name = azurerm_virtual_network.render.name
  address_prefixes     = ["10.22.1.0/24"]
}

resource "azurerm_lb" "render" {
  name                = "lb-render"
  resource_group_name = azurerm_resource_group.render.name
  location            = azurerm_resource_group.render.location

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.render.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_lb_backend_address_pool" "render" {
  name            = "render"
  loadbalancer_id = azurerm_lb.render.id
}

resource "azurerm_lb_probe" "api" {
  name            = "api"
  loadbalancer_id = azurerm_lb.render.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "api" {
  name                           = "api"
  loadbalancer_id                = azurerm_lb.render.id
  frontend_ip_configuration_name = azurerm_lb.render.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 8080
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.render.id]
  probe_id                       = azurerm_lb_probe.api.id
}

resource "azurerm_linux_virtual_machine_scale_set" "render" {
  name                = "vmss-render"
  resource_group_name = azurerm_resource_group.render.name
  location            = azurerm_resource_group.render.location
  sku                 = "Standard_D2s_v5"
  instances           = 4
  admin_username      = "azureuser"

  network_interface {
    name    = "nic"
    primary = true

    ip_configuration {
      name                                   = "ipconfig"
      primary                                = true
      subnet_id                              = azurerm_subnet.render.id
      load_balancer_backend_address_pool_ids = [azurerm_lb_backend_address_pool.render.id]
    }
  }

  source_image_id = "/communityGalleries/example-golden/images/ubuntu/versions/latest"

  admin_ssh_key {
    username   = "azureuser"
    public_key = file("~/.ssh/id_rsa.pub")
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
  }
}
