# The second server was once put in quarantine, and its network interface still has the group.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "checkout" {
  name     = "rg-checkout"
  location = "Sweden Central"
}

resource "azurerm_virtual_network" "checkout" {
  name                = "vnet-checkout"
  resource_group_name = azurerm_resource_group.checkout.name
  location            = azurerm_resource_group.checkout.location
  address_space       = ["10.21.0.0/16"]
}

resource "azurerm_subnet" "checkout" {
  name                 = "snet-checkout"
  resource_group_name  = azurerm_resource_group.checkout.name
  virtual_network_name = azurerm_virtual_network.checkout.name
  address_prefixes     = ["10.21.1.0/24"]
}

resource "azurerm_network_security_group" "checkout" {
  name                = "nsg-checkout"
  resource_group_name = azurerm_resource_group.checkout.name
  location            = azurerm_resource_group.checkout.location

  security_rule {
    name                       = "AllowHttps"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "8443"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "checkout" {
  subnet_id                 = azurerm_subnet.checkout.id
  network_security_group_id = azurerm_network_security_group.checkout.id
}

resource "azurerm_network_security_group" "quarantine" {
  name                = "nsg-quarantine"
  resource_group_name = azurerm_resource_group.checkout.name
  location            = azurerm_resource_group.checkout.location

  security_rule {
    name                       = "AllowForensics"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "22"
    source_address_prefix      = "10.21.9.0/24"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "AllowProbe"
    priority                   = 110
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "AzureLoadBalancer"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "DenyAll"
    priority                   = 4096
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}

resource "azurerm_public_ip" "checkout" {
  name                = "pip-checkout"
  resource_group_name = azurerm_resource_group.checkout.name
  location            = azurerm_resource_group.checkout.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "checkout" {
  name                = "lb-checkout"
  resource_group_name = azurerm_resource_group.checkout.name
  location            = azurerm_resource_group.checkout.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.checkout.id
  }
}

resource "azurerm_lb_backend_address_pool" "checkout" {
  name            = "checkout"
  loadbalancer_id = azurerm_lb.checkout.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.checkout.id
  protocol        = "Tcp"
  port            = 8443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.checkout.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.checkout.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "checkout" {
  count               = 2
  name                = "nic-checkout-${count.index}"
  resource_group_name = azurerm_resource_group.checkout.name
  location            = azurerm_resource_group.checkout.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.checkout.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "checkout" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.checkout[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.checkout.id
}

resource "azurerm_network_interface_security_group_association" "quarantine" {
  network_interface_id      = azurerm_network_interface.checkout[1].id
  network_security_group_id = azurerm_network_security_group.quarantine.id
}
