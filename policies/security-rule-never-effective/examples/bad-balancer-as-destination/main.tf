# A first attempt to open port 443 names the balancer as the destination; it was left behind.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "loyalty" {
  name     = "rg-loyalty"
  location = "Qatar Central"
}

resource "azurerm_virtual_network" "loyalty" {
  name                = "vnet-loyalty"
  resource_group_name = azurerm_resource_group.loyalty.name
  location            = azurerm_resource_group.loyalty.location
  address_space       = ["10.51.0.0/16"]
}

resource "azurerm_subnet" "loyalty" {
  name                 = "snet-loyalty"
  resource_group_name  = azurerm_resource_group.loyalty.name
  virtual_network_name = azurerm_virtual_network.loyalty.name
  address_prefixes     = ["10.51.1.0/24"]
}

resource "azurerm_network_security_group" "loyalty" {
  name                = "nsg-loyalty"
  resource_group_name = azurerm_resource_group.loyalty.name
  location            = azurerm_resource_group.loyalty.location

  security_rule {
    name                       = "AllowHttpsToBalancer"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "Internet"
    destination_address_prefix = "AzureLoadBalancer"
  }

  security_rule {
    name                       = "AllowHttps"
    priority                   = 110
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "loyalty" {
  subnet_id                 = azurerm_subnet.loyalty.id
  network_security_group_id = azurerm_network_security_group.loyalty.id
}

resource "azurerm_public_ip" "loyalty" {
  name                = "pip-loyalty"
  resource_group_name = azurerm_resource_group.loyalty.name
  location            = azurerm_resource_group.loyalty.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "loyalty" {
  name                = "lb-loyalty"
  resource_group_name = azurerm_resource_group.loyalty.name
  location            = azurerm_resource_group.loyalty.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.loyalty.id
  }
}

resource "azurerm_lb_backend_address_pool" "loyalty" {
  name            = "loyalty"
  loadbalancer_id = azurerm_lb.loyalty.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.loyalty.id
  protocol        = "Tcp"
  port            = 443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.loyalty.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.loyalty.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "loyalty" {
  count               = 2
  name                = "nic-loyalty-${count.index}"
  resource_group_name = azurerm_resource_group.loyalty.name
  location            = azurerm_resource_group.loyalty.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.loyalty.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "loyalty" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.loyalty[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.loyalty.id
}
