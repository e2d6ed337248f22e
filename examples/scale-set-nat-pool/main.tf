# A scale set behind a public load balancer that has one public address for everything: for the rule of its clients, for
# the SSH ports of its instances, and for their own calls.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "administrators" {
  type    = list(string)
  default = ["198.51.100.0/26", "203.0.113.128/28"]
}

resource "azurerm_resource_group" "api" {
  name     = "rg-api"
  location = "westeurope"
}

resource "azurerm_virtual_network" "api" {
  name                = "vnet-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
  address_space       = ["10.52.0.0/20"]
}

resource "azurerm_subnet" "api" {
  name                            = "snet-api"
  resource_group_name             = azurerm_resource_group.api.name
  virtual_network_name            = azurerm_virtual_network.api.name
  address_prefixes                = ["10.52.0.0/24"]
  default_outbound_access_enabled = false
}

resource "azurerm_network_security_group" "api" {
  name                = "nsg-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
}

resource "azurerm_network_security_rule" "api" {
  resource_group_name         = azurerm_resource_group.api.name
  network_security_group_name = azurerm_network_security_group.api.name
  name                        = "AllowApi"
  priority                    = 110
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = "8080"
  source_address_prefix       = "Internet"
  destination_address_prefix  = "10.52.0.0/24"
}

resource "azurerm_network_security_rule" "administrators" {
  resource_group_name         = azurerm_resource_group.api.name
  network_security_group_name = azurerm_network_security_group.api.name
  name                        = "AllowSshFromAdministrators"
  priority                    = 120
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = "22"
  source_address_prefixes     = var.administrators
  destination_address_prefix  = "*"
}

resource "azurerm_public_ip" "api" {
  name                = "pip-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = ["1", "2", "3"]
}

resource "azurerm_lb" "api" {
  name                = "lb-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.api.id
  }
}

resource "azurerm_lb_backend_address_pool" "api" {
  name            = "api"
  loadbalancer_id = azurerm_lb.api.id
}

resource "azurerm_lb_probe" "api" {
  name            = "ready"
  loadbalancer_id = azurerm_lb.api.id
  protocol        = "Http"
  port            = 8080
  request_path    = "/ready"
  probe_threshold = 2
}

resource "azurerm_lb_rule" "api" {
  name                           = "api"
  loadbalancer_id                = azurerm_lb.api.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.api.id]
  probe_id                       = azurerm_lb_probe.api.id
  tcp_reset_enabled              = true
}

resource "azurerm_lb_nat_pool" "ssh" {
  name                           = "ssh"
  resource_group_name            = azurerm_resource_group.api.name
  loadbalancer_id                = azurerm_lb.api.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port_start            = 50000
  frontend_port_end              = 50119
  backend_port                   = 22
}

resource "azurerm_lb_outbound_rule" "api" {
  name                     = "egress"
  loadbalancer_id          = azurerm_lb.api.id
  protocol                 = "All"
  backend_address_pool_id  = azurerm_lb_backend_address_pool.api.id
  allocated_outbound_ports = 3200

  frontend_ip_configuration {
    name = "public"
  }
}

resource "azurerm_linux_virtual_machine_scale_set" "api" {
  name                = "vmss-api"
  resource_group_name = azurerm_resource_group.api.name
  location            = azurerm_resource_group.api.location
  sku                 = "Standard_D2s_v5"
  instances           = 4
  zones               = ["1", "2", "3"]
  admin_username      = "azureuser"
  upgrade_mode        = "Automatic"
  health_probe_id     = azurerm_lb_probe.api.id
  source_image_id     = "/communityGalleries/example-golden/images/api/versions/latest"

  network_interface {
    name                      = "nic"
    primary                   = true
    network_security_group_id = azurerm_network_security_group.api.id

    ip_configuration {
      name                                   = "ipconfig"
      primary                                = true
      subnet_id                              = azurerm_subnet.api.id
      load_balancer_backend_address_pool_ids = [azurerm_lb_backend_address_pool.api.id]
      load_balancer_inbound_nat_rules_ids    = [azurerm_lb_nat_pool.ssh.id]
    }
  }

  admin_ssh_key {
    username   = "azureuser"
    public_key = file("~/.ssh/id_rsa.pub")
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
  }

  automatic_os_upgrade_policy {
    disable_automatic_rollback  = false
    enable_automatic_os_upgrade = true
  }

  depends_on = [azurerm_lb_rule.api]
}
