# A range of ports leads to port 22 of a scale set, whose group denies management ports to all.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "render" {
  name     = "rg-render"
  location = "East US 2"
}

resource "azurerm_virtual_network" "render" {
  name                = "vnet-render"
  resource_group_name = azurerm_resource_group.render.name
  location            = azurerm_resource_group.render.location
  address_space       = ["10.44.0.0/16"]
}

resource "azurerm_subnet" "render" {
  name                 = "snet-render"
  resource_group_name  = azurerm_resource_group.render.name
  virtual_network_name = azurerm_virtual_network.render.name
  address_prefixes     = ["10.44.1.0/24"]
}

resource "azurerm_network_security_group" "render" {
  name                = "nsg-render"
  resource_group_name = azurerm_resource_group.render.name
  location            = azurerm_resource_group.render.location

  security_rule {
    name                       = "AllowVirtualNetwork"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "VirtualNetwork"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "DenyManagement"
    priority                   = 200
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "Tcp"
    source_port_range          = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
    destination_port_ranges    = ["22", "3389"]
  }
}

resource "azurerm_subnet_network_security_group_association" "render" {
  subnet_id                 = azurerm_subnet.render.id
  network_security_group_id = azurerm_network_security_group.render.id
}

resource "azurerm_public_ip" "render" {
  name                = "pip-render"
  resource_group_name = azurerm_resource_group.render.name
  location            = azurerm_resource_group.render.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "render" {
  name                = "lb-render"
  resource_group_name = azurerm_resource_group.render.name
  location            = azurerm_resource_group.render.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.render.id
  }
}

resource "azurerm_lb_nat_pool" "ssh" {
  name                           = "ssh"
  resource_group_name            = azurerm_resource_group.render.name
  loadbalancer_id                = azurerm_lb.render.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port_start            = 50000
  frontend_port_end              = 50099
  backend_port                   = 22
}

resource "azurerm_linux_virtual_machine_scale_set" "render" {
  name                = "vmss-render"
  resource_group_name = azurerm_resource_group.render.name
  location            = azurerm_resource_group.render.location
  sku                 = "Standard_D4s_v5"
  instances           = 3
  admin_username      = "azureuser"

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

  network_interface {
    name    = "nic"
    primary = true

    ip_configuration {
      name                                = "ipconfig"
      primary                             = true
      subnet_id                           = azurerm_subnet.render.id
      load_balancer_inbound_nat_rules_ids = [azurerm_lb_nat_pool.ssh.id]
    }
  }
}
