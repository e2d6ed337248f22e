# The subnet admits port 8080; the NSG on the NICs denies all but the probe and SSH.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "booking" {
  name     = "rg-booking"
  location = "Norway East"
}

resource "azurerm_virtual_network" "booking" {
  name                = "vnet-booking"
  resource_group_name = azurerm_resource_group.booking.name
  location            = azurerm_resource_group.booking.location
  address_space       = ["10.90.0.0/16"]
}

resource "azurerm_subnet" "web" {
  name                 = "snet-web"
  resource_group_name  = azurerm_resource_group.booking.name
  virtual_network_name = azurerm_virtual_network.booking.name
  address_prefixes     = ["10.90.1.0/24"]
}

module "subnet_nsg" {
  source              = "./modules/nsg"
  name                = "nsg-subnet"
  resource_group_name = azurerm_resource_group.booking.name
  location            = azurerm_resource_group.booking.location

  rules = [
    { name = "AllowWeb", priority = 100, access = "Allow", port = "8080", source = "Internet" },
  ]
}

module "nic_nsg" {
  source              = "./modules/nsg"
  name                = "nsg-nic"
  resource_group_name = azurerm_resource_group.booking.name
  location            = azurerm_resource_group.booking.location

  rules = [
    { name = "AllowProbe", priority = 100, access = "Allow", port = "*", source = "AzureLoadBalancer" },
    { name = "AllowSsh", priority = 110, access = "Allow", port = "22", source = "10.90.0.0/16" },
    { name = "DenyAll", priority = 4096, access = "Deny", port = "*", source = "*" },
  ]
}

resource "azurerm_subnet_network_security_group_association" "web" {
  subnet_id                 = azurerm_subnet.web.id
  network_security_group_id = module.subnet_nsg.id
}

resource "azurerm_public_ip" "booking" {
  name                = "pip-booking"
  resource_group_name = azurerm_resource_group.booking.name
  location            = azurerm_resource_group.booking.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "booking" {
  name                = "lb-booking"
  resource_group_name = azurerm_resource_group.booking.name
  location            = azurerm_resource_group.booking.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.booking.id
  }
}

resource "azurerm_lb_backend_address_pool" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.booking.id
}

resource "azurerm_lb_probe" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.booking.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "web" {
  name                           = "web"
  loadbalancer_id                = azurerm_lb.booking.id
  frontend_ip_configuration_name = azurerm_lb.booking.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.web.id]
  probe_id                       = azurerm_lb_probe.web.id
}

resource "azurerm_network_interface" "web" {
  count               = 2
  name                = "nic-web-${count.index}"
  resource_group_name = azurerm_resource_group.booking.name
  location            = azurerm_resource_group.booking.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.web.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "web" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.web[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.web.id
}

resource "azurerm_network_interface_security_group_association" "web" {
  count                     = 2
  network_interface_id      = azurerm_network_interface.web[count.index].id
  network_security_group_id = module.nic_nsg.id
}
