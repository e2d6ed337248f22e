# One interface has a group of its own that admits the clients and forgets the probe on port 8081.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "intake" {
  name     = "rg-intake"
  location = "Germany West Central"
}

resource "azurerm_virtual_network" "intake" {
  name                = "vnet-intake"
  resource_group_name = azurerm_resource_group.intake.name
  location            = azurerm_resource_group.intake.location
  address_space       = ["10.25.0.0/16"]
}

resource "azurerm_subnet" "intake" {
  name                 = "snet-intake"
  resource_group_name  = azurerm_resource_group.intake.name
  virtual_network_name = azurerm_virtual_network.intake.name
  address_prefixes     = ["10.25.1.0/24"]
}

resource "azurerm_network_security_group" "strict" {
  name                = "nsg-strict"
  resource_group_name = azurerm_resource_group.intake.name
  location            = azurerm_resource_group.intake.location

  security_rule {
    name                       = "AllowApi"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "10.25.0.0/16"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "DenyAll"
    priority                   = 4000
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}

resource "azurerm_lb" "intake" {
  name                = "lb-intake"
  resource_group_name = azurerm_resource_group.intake.name
  location            = azurerm_resource_group.intake.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.intake.id
    private_ip_address            = "10.25.1.100"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "intake" {
  name            = "intake"
  loadbalancer_id = azurerm_lb.intake.id
}

resource "azurerm_lb_probe" "health" {
  name            = "health"
  loadbalancer_id = azurerm_lb.intake.id
  protocol        = "Http"
  port            = 8081
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "api" {
  name                           = "api"
  loadbalancer_id                = azurerm_lb.intake.id
  frontend_ip_configuration_name = "internal"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.intake.id]
  probe_id                       = azurerm_lb_probe.health.id
}

resource "azurerm_network_interface" "intake" {
  count               = 2
  name                = "nic-intake-${count.index}"
  resource_group_name = azurerm_resource_group.intake.name
  location            = azurerm_resource_group.intake.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.intake.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "intake" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.intake[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.intake.id
}

resource "azurerm_network_interface_security_group_association" "strict" {
  network_interface_id      = azurerm_network_interface.intake[0].id
  network_security_group_id = azurerm_network_security_group.strict.id
}
