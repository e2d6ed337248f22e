# A Udp rule, and an NSG on the scale set that allows Tcp on the same port.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "dns" {
  name     = "rg-dns"
  location = "uksouth"
}

resource "azurerm_virtual_network" "dns" {
  name                = "vnet-dns"
  resource_group_name = azurerm_resource_group.dns.name
  location            = azurerm_resource_group.dns.location
  address_space       = ["10.60.0.0/16"]
}

resource "azurerm_subnet" "resolvers" {
  name                 = "snet-resolvers"
  resource_group_name  = azurerm_resource_group.dns.name
  virtual_network_name = azurerm_virtual_network.dns.name
  address_prefixes     = ["10.60.1.0/24"]
}

resource "azurerm_network_security_group" "resolvers" {
  name                = "nsg-resolvers"
  resource_group_name = azurerm_resource_group.dns.name
  location            = azurerm_resource_group.dns.location

  security_rule {
    name                       = "AllowDns"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "53"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_public_ip" "dns" {
  name                = "pip-dns"
  resource_group_name = azurerm_resource_group.dns.name
  location            = azurerm_resource_group.dns.location
  allocation_method   = "Static"
}

resource "azurerm_lb" "dns" {
  name                = "lb-dns"
  resource_group_name = azurerm_resource_group.dns.name
  location            = azurerm_resource_group.dns.location

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.dns.id
  }
}

resource "azurerm_lb_backend_address_pool" "resolvers" {
  name            = "resolvers"
  loadbalancer_id = azurerm_lb.dns.id
}

resource "azurerm_lb_probe" "dns" {
  name            = "dns"
  loadbalancer_id = azurerm_lb.dns.id
  protocol        = "Tcp"
  port            = 53
}

resource "azurerm_lb_rule" "dns" {
  name                           = "dns"
  loadbalancer_id                = azurerm_lb.dns.id
  frontend_ip_configuration_name = azurerm_lb.dns.frontend_ip_configuration[0].name
  protocol                       = "Udp"
  frontend_port                  = 53
  backend_port                   = 53
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.resolvers.id]
  probe_id                       = azurerm_lb_probe.dns.id
}

resource "azurerm_orchestrated_virtual_machine_scale_set" "resolvers" {
  name                        = "vmss-resolvers"
  resource_group_name         = azurerm_resource_group.dns.name
  location                    = azurerm_resource_group.dns.location
  sku_name                    = "Standard_D2s_v5"
  instances                   = 2
  platform_fault_domain_count = 1

  os_profile {
    linux_configuration {
      admin_username = "azureuser"

      admin_ssh_key {
        username   = "azureuser"
        public_key = file("~/.ssh/id_rsa.pub")
      }
    }
  }

  network_interface {
    name                      = "nic"
    primary                   = true
    network_security_group_id = azurerm_network_security_group.resolvers.id

    ip_configuration {
      name                                   = "ipconfig"
      primary                                = true
      subnet_id                              = azurerm_subnet.resolvers.id
      load_balancer_backend_address_pool_ids = [azurerm_lb_backend_address_pool.resolvers.id]
    }
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
