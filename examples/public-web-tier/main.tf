# Three web servers behind a public load balancer.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "web_count" {
  type    = number
  default = 3
}

locals {
  rules = {
    http  = { frontend_port = 80, backend_port = 8080 }
    https = { frontend_port = 443, backend_port = 8443 }
  }
}

resource "azurerm_resource_group" "store" {
  name     = "rg-store"
  location = "West Europe"
}

resource "azurerm_virtual_network" "store" {
  name                = "vnet-store"
  resource_group_name = azurerm_resource_group.store.name
  location            = azurerm_resource_group.store.location
  address_space       = ["10.10.0.0/16"]
}

resource "azurerm_subnet" "web" {
  name                 = "snet-web"
  resource_group_name  = azurerm_resource_group.store.name
  virtual_network_name = azurerm_virtual_network.store.name
  address_prefixes     = ["10.10.1.0/24"]
}

resource "azurerm_network_security_group" "web" {
  name                = "nsg-web"
  resource_group_name = azurerm_resource_group.store.name
  location            = azurerm_resource_group.store.location

  security_rule {
    name                       = "AllowWeb"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_ranges    = ["80", "443"]
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "AllowSshFromBastion"
    priority                   = 200
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "22"
    source_address_prefix      = "10.10.250.0/26"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "web" {
  subnet_id                 = azurerm_subnet.web.id
  network_security_group_id = azurerm_network_security_group.web.id
}

resource "azurerm_public_ip" "store" {
  name                = "pip-store"
  resource_group_name = azurerm_resource_group.store.name
  location            = azurerm_resource_group.store.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "store" {
  name                = "lb-store"
  resource_group_name = azurerm_resource_group.store.name
  location            = azurerm_resource_group.store.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.store.id
  }
}

resource "azurerm_lb_backend_address_pool" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.store.id
}

resource "azurerm_lb_probe" "health" {
  name            = "health"
  loadbalancer_id = azurerm_lb.store.id
  protocol        = "Http"
  port            = 8080
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "web" {
  for_each                       = local.rules
  name                           = each.key
  loadbalancer_id                = azurerm_lb.store.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = each.value.frontend_port
  backend_port                   = each.value.backend_port
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.web.id]
  probe_id                       = azurerm_lb_probe.health.id
}

resource "azurerm_availability_set" "web" {
  name                = "avail-web"
  resource_group_name = azurerm_resource_group.store.name
  location            = azurerm_resource_group.store.location
}

resource "azurerm_network_interface" "web" {
  count               = var.web_count
  name                = "nic-web-${count.index}"
  resource_group_name = azurerm_resource_group.store.name
  location            = azurerm_resource_group.store.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.web.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "web" {
  count                   = var.web_count
  network_interface_id    = azurerm_network_interface.web[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.web.id
}

resource "azurerm_linux_virtual_machine" "web" {
  count                 = var.web_count
  name                  = "vm-web-${count.index}"
  resource_group_name   = azurerm_resource_group.store.name
  location              = azurerm_resource_group.store.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  availability_set_id   = azurerm_availability_set.web.id
  network_interface_ids = [azurerm_network_interface.web[count.index].id]
  custom_data           = filebase64("${path.module}/web.yaml")

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

output "address" {
  value = azurerm_public_ip.store.ip_address
}
