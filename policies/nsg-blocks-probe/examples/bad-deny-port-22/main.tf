# SSH is closed for everyone, and the probe asks port 22.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 3.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "gateway" {
  name     = "rg-gateway"
  location = "UK West"
}

resource "azurerm_virtual_network" "gateway" {
  name                = "vnet-gateway"
  resource_group_name = azurerm_resource_group.gateway.name
  location            = azurerm_resource_group.gateway.location
  address_space       = ["10.12.0.0/16"]
}

resource "azurerm_subnet" "gateway" {
  name                 = "snet-gateway"
  resource_group_name  = azurerm_resource_group.gateway.name
  virtual_network_name = azurerm_virtual_network.gateway.name
  address_prefixes     = ["10.12.1.0/24"]
}

resource "azurerm_network_security_group" "gateway" {
  name                = "nsg-gateway"
  resource_group_name = azurerm_resource_group.gateway.name
  location            = azurerm_resource_group.gateway.location

  security_rule {
    name                       = "DenySsh"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "22"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "AllowHttps"
    priority                   = 200
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_public_ip" "gateway" {
  name                = "pip-gateway"
  resource_group_name = azurerm_resource_group.gateway.name
  location            = azurerm_resource_group.gateway.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "gateway" {
  name                = "lb-gateway"
  resource_group_name = azurerm_resource_group.gateway.name
  location            = azurerm_resource_group.gateway.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.gateway.id
  }
}

resource "azurerm_lb_backend_address_pool" "gateway" {
  name            = "gateway"
  loadbalancer_id = azurerm_lb.gateway.id
}

resource "azurerm_lb_probe" "ssh" {
  name            = "ssh"
  loadbalancer_id = azurerm_lb.gateway.id
  protocol        = "Tcp"
  port            = 22
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.gateway.id
  frontend_ip_configuration_name = azurerm_lb.gateway.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.gateway.id]
  probe_id                       = azurerm_lb_probe.ssh.id
}

resource "azurerm_linux_virtual_machine_scale_set" "gateway" {
  name                = "vmss-gateway"
  resource_group_name = azurerm_resource_group.gateway.name
  location            = azurerm_resource_group.gateway.location
  sku                 = "Standard_D2s_v5"
  instances           = 2
  admin_username      = "azureuser"

  network_interface {
    name                      = "nic"
    primary                   = true
    network_security_group_id = azurerm_network_security_group.gateway.id

    ip_configuration {
      name                                   = "ipconfig"
      primary                                = true
      subnet_id                              = azurerm_subnet.gateway.id
      load_balancer_backend_address_pool_ids = [azurerm_lb_backend_address_pool.gateway.id]
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
