# An NSG without a rule of its own: the default rules drop every client from the internet.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "portal" {
  name     = "rg-portal"
  location = "swedencentral"
}

resource "azurerm_virtual_network" "portal" {
  name                = "vnet-portal"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location
  address_space       = ["10.20.0.0/16"]
}

resource "azurerm_subnet" "portal" {
  name                 = "snet-portal"
  resource_group_name  = azurerm_resource_group.portal.name
  virtual_network_name = azurerm_virtual_network.portal.name
  address_prefixes     = ["10.20.1.0/24"]
}

resource "azurerm_network_security_group" "portal" {
  name                = "nsg-portal"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location
}

resource "azurerm_subnet_network_security_group_association" "portal" {
  subnet_id                 = azurerm_subnet.portal.id
  network_security_group_id = azurerm_network_security_group.portal.id
}

resource "azurerm_public_ip" "portal" {
  name                = "pip-portal"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location
  allocation_method   = "Static"
}

resource "azurerm_lb" "portal" {
  name                = "lb-portal"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.portal.id
  }
}

resource "azurerm_lb_backend_address_pool" "portal" {
  name            = "portal"
  loadbalancer_id = azurerm_lb.portal.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.portal.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.portal.id
  frontend_ip_configuration_name = azurerm_lb.portal.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.portal.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_linux_virtual_machine_scale_set" "portal" {
  name                = "vmss-portal"
  resource_group_name = azurerm_resource_group.portal.name
  location            = azurerm_resource_group.portal.location
  sku                 = "Standard_D2s_v5"
  instances           = 3
  admin_username      = "azureuser"

  network_interface {
    name    = "nic"
    primary = true

    ip_configuration {
      name                                   = "ipconfig"
      primary                                = true
      subnet_id                              = azurerm_subnet.portal.id
      load_balancer_backend_address_pool_ids = [azurerm_lb_backend_address_pool.portal.id]
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
