# Web servers call the frontend of the API, whose rule delivers to another pool of the same balancer.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

locals {
  tiers = {
    web = { address = "10.45.1.10", port = 8080 }
    api = { address = "10.45.1.20", port = 8081 }
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
  address_space       = ["10.45.0.0/16"]
}

resource "azurerm_subnet" "store" {
  name                 = "snet-store"
  resource_group_name  = azurerm_resource_group.store.name
  virtual_network_name = azurerm_virtual_network.store.name
  address_prefixes     = ["10.45.1.0/24"]
}

resource "azurerm_lb" "store" {
  name                = "lb-store"
  resource_group_name = azurerm_resource_group.store.name
  location            = azurerm_resource_group.store.location
  sku                 = "Standard"

  dynamic "frontend_ip_configuration" {
    for_each = local.tiers

    content {
      name                          = frontend_ip_configuration.key
      subnet_id                     = azurerm_subnet.store.id
      private_ip_address            = frontend_ip_configuration.value.address
      private_ip_address_allocation = "Static"
    }
  }
}

resource "azurerm_lb_backend_address_pool" "tier" {
  for_each        = local.tiers
  name            = each.key
  loadbalancer_id = azurerm_lb.store.id
}

resource "azurerm_lb_probe" "tier" {
  for_each        = local.tiers
  name            = each.key
  loadbalancer_id = azurerm_lb.store.id
  protocol        = "Http"
  port            = each.value.port
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "tier" {
  for_each                       = local.tiers
  name                           = each.key
  loadbalancer_id                = azurerm_lb.store.id
  frontend_ip_configuration_name = each.key
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = each.value.port
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.tier[each.key].id]
  probe_id                       = azurerm_lb_probe.tier[each.key].id
}

resource "azurerm_network_interface" "tier" {
  for_each            = local.tiers
  name                = "nic-${each.key}"
  resource_group_name = azurerm_resource_group.store.name
  location            = azurerm_resource_group.store.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.store.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "tier" {
  for_each                = local.tiers
  network_interface_id    = azurerm_network_interface.tier[each.key].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.tier[each.key].id
}

resource "azurerm_linux_virtual_machine" "tier" {
  for_each              = local.tiers
  name                  = "vm-tier-${each.key}"
  resource_group_name   = azurerm_resource_group.store.name
  location              = azurerm_resource_group.store.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.tier[each.key].id]
  custom_data           = each.key == "web" ? base64encode("API_URL=http://${local.tiers.api.address}/v1\n") : null

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
