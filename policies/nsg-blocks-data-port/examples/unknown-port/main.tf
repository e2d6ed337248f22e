# The NSG opens a port that is drawn during apply: 8080 perhaps, perhaps another.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
    random  = { source = "hashicorp/random", version = "~> 3.6" }
  }
}

provider "azurerm" {
  features {}
}

resource "random_integer" "port" {
  min = 8000
  max = 8999
}

resource "azurerm_resource_group" "telemetry" {
  name     = "rg-telemetry"
  location = "Southeast Asia"
}

resource "azurerm_virtual_network" "telemetry" {
  name                = "vnet-telemetry"
  resource_group_name = azurerm_resource_group.telemetry.name
  location            = azurerm_resource_group.telemetry.location
  address_space       = ["10.140.0.0/16"]
}

resource "azurerm_subnet" "ingest" {
  name                 = "snet-ingest"
  resource_group_name  = azurerm_resource_group.telemetry.name
  virtual_network_name = azurerm_virtual_network.telemetry.name
  address_prefixes     = ["10.140.1.0/24"]
}

resource "azurerm_network_security_group" "ingest" {
  name                = "nsg-ingest"
  resource_group_name = azurerm_resource_group.telemetry.name
  location            = azurerm_resource_group.telemetry.location

  security_rule {
    name                       = "AllowIngest"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = random_integer.port.result
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "ingest" {
  subnet_id                 = azurerm_subnet.ingest.id
  network_security_group_id = azurerm_network_security_group.ingest.id
}

resource "azurerm_public_ip" "telemetry" {
  name                = "pip-telemetry"
  resource_group_name = azurerm_resource_group.telemetry.name
  location            = azurerm_resource_group.telemetry.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "telemetry" {
  name                = "lb-telemetry"
  resource_group_name = azurerm_resource_group.telemetry.name
  location            = azurerm_resource_group.telemetry.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.telemetry.id
  }
}

resource "azurerm_lb_backend_address_pool" "ingest" {
  name            = "ingest"
  loadbalancer_id = azurerm_lb.telemetry.id
}

resource "azurerm_lb_probe" "ingest" {
  name            = "ingest"
  loadbalancer_id = azurerm_lb.telemetry.id
  protocol        = "Tcp"
  port            = 8080
}

resource "azurerm_lb_rule" "ingest" {
  name                           = "ingest"
  loadbalancer_id                = azurerm_lb.telemetry.id
  frontend_ip_configuration_name = azurerm_lb.telemetry.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.ingest.id]
  probe_id                       = azurerm_lb_probe.ingest.id
}

resource "azurerm_network_interface" "ingest" {
  count               = 2
  name                = "nic-ingest-${count.index}"
  resource_group_name = azurerm_resource_group.telemetry.name
  location            = azurerm_resource_group.telemetry.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.ingest.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "ingest" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.ingest[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.ingest.id
}
