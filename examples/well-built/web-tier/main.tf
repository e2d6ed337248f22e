# Three web servers in three zones behind a public load balancer; their own way out is a NAT gateway.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

locals {
  zones = ["1", "2", "3"]

  rules = {
    http  = { frontend_port = 80, backend_port = 8080, probe_protocol = "Http" }
    https = { frontend_port = 443, backend_port = 8443, probe_protocol = "Https" }
  }
}

resource "azurerm_resource_group" "shop" {
  name     = "rg-shop"
  location = "westeurope"
}

resource "azurerm_virtual_network" "shop" {
  name                = "vnet-shop"
  resource_group_name = azurerm_resource_group.shop.name
  location            = azurerm_resource_group.shop.location
  address_space       = ["10.11.0.0/16"]
}

resource "azurerm_subnet" "web" {
  name                            = "snet-web"
  resource_group_name             = azurerm_resource_group.shop.name
  virtual_network_name            = azurerm_virtual_network.shop.name
  address_prefixes                = ["10.11.1.0/24"]
  default_outbound_access_enabled = false
}

resource "azurerm_network_security_group" "web" {
  name                = "nsg-web"
  resource_group_name = azurerm_resource_group.shop.name
  location            = azurerm_resource_group.shop.location

  security_rule {
    name                       = "AllowWeb"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_ranges    = [for rule in local.rules : tostring(rule.backend_port)]
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "AllowProbe"
    priority                   = 200
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "AzureLoadBalancer"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "DenyRest"
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

resource "azurerm_subnet_network_security_group_association" "web" {
  subnet_id                 = azurerm_subnet.web.id
  network_security_group_id = azurerm_network_security_group.web.id
}

resource "azurerm_public_ip" "shop" {
  for_each            = toset(["shop", "egress"])
  name                = "pip-${each.key}"
  resource_group_name = azurerm_resource_group.shop.name
  location            = azurerm_resource_group.shop.location
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = local.zones
}

resource "azurerm_nat_gateway" "egress" {
  name                = "ng-egress"
  resource_group_name = azurerm_resource_group.shop.name
  location            = azurerm_resource_group.shop.location
  sku_name            = "Standard"
}

resource "azurerm_nat_gateway_public_ip_association" "egress" {
  nat_gateway_id       = azurerm_nat_gateway.egress.id
  public_ip_address_id = azurerm_public_ip.shop["egress"].id
}

resource "azurerm_subnet_nat_gateway_association" "web" {
  subnet_id      = azurerm_subnet.web.id
  nat_gateway_id = azurerm_nat_gateway.egress.id
}

resource "azurerm_lb" "shop" {
  name                = "lb-shop"
  resource_group_name = azurerm_resource_group.shop.name
  location            = azurerm_resource_group.shop.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.shop["shop"].id
  }
}

resource "azurerm_lb_backend_address_pool" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.shop.id
}

resource "azurerm_lb_probe" "web" {
  for_each        = local.rules
  name            = each.key
  loadbalancer_id = azurerm_lb.shop.id
  protocol        = each.value.probe_protocol
  port            = each.value.backend_port
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "web" {
  for_each                       = local.rules
  name                           = each.key
  loadbalancer_id                = azurerm_lb.shop.id
  frontend_ip_configuration_name = azurerm_lb.shop.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = each.value.frontend_port
  backend_port                   = each.value.backend_port
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.web.id]
  probe_id                       = azurerm_lb_probe.web[each.key].id
  disable_outbound_snat          = true
}

resource "azurerm_network_interface" "web" {
  count               = length(local.zones)
  name                = "nic-web-${count.index}"
  resource_group_name = azurerm_resource_group.shop.name
  location            = azurerm_resource_group.shop.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.web.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "web" {
  count                   = length(local.zones)
  network_interface_id    = azurerm_network_interface.web[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.web.id
}

resource "azurerm_linux_virtual_machine" "web" {
  count                 = length(local.zones)
  name                  = "vm-web-${count.index}"
  resource_group_name   = azurerm_resource_group.shop.name
  location              = azurerm_resource_group.shop.location
  size                  = "Standard_D2s_v5"
  zone                  = local.zones[count.index]
  admin_username        = "azureuser"
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
