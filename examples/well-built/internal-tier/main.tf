# A ledger service for the web servers of the same network, behind an internal load balancer that nobody else reaches.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

variable "instances" {
  type    = number
  default = 2
}

locals {
  ledger_address = cidrhost(local.subnets.ledger, 10)

  subnets = {
    web    = cidrsubnet("10.21.0.0/16", 8, 1)
    ledger = cidrsubnet("10.21.0.0/16", 8, 2)
  }

  inbound = {
    AllowWebServers = { priority = 100, access = "Allow", protocol = "Tcp", source = local.subnets.web, port = "8443" }
    AllowProbe      = { priority = 200, access = "Allow", protocol = "*", source = "AzureLoadBalancer", port = "*" }
    DenyRest        = { priority = 4096, access = "Deny", protocol = "*", source = "*", port = "*" }
  }
}

resource "azurerm_resource_group" "ledger" {
  name     = "rg-ledger"
  location = "northeurope"
}

resource "azurerm_virtual_network" "ledger" {
  name                = "vnet-ledger"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location
  address_space       = ["10.21.0.0/16"]
}

resource "azurerm_subnet" "tier" {
  for_each             = local.subnets
  name                 = "snet-${each.key}"
  resource_group_name  = azurerm_resource_group.ledger.name
  virtual_network_name = azurerm_virtual_network.ledger.name
  address_prefixes     = [each.value]
}

resource "azurerm_network_security_group" "ledger" {
  name                = "nsg-ledger"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location

  dynamic "security_rule" {
    for_each = local.inbound

    content {
      name                       = security_rule.key
      priority                   = security_rule.value.priority
      direction                  = "Inbound"
      access                     = security_rule.value.access
      protocol                   = security_rule.value.protocol
      source_port_range          = "*"
      destination_port_range     = security_rule.value.port
      source_address_prefix      = security_rule.value.source
      destination_address_prefix = "*"
    }
  }
}

resource "azurerm_subnet_network_security_group_association" "ledger" {
  subnet_id                 = azurerm_subnet.tier["ledger"].id
  network_security_group_id = azurerm_network_security_group.ledger.id
}

resource "azurerm_public_ip" "egress" {
  name                = "pip-egress"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_nat_gateway" "egress" {
  name                = "ng-egress"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location
  sku_name            = "Standard"
}

resource "azurerm_nat_gateway_public_ip_association" "egress" {
  nat_gateway_id       = azurerm_nat_gateway.egress.id
  public_ip_address_id = azurerm_public_ip.egress.id
}

resource "azurerm_subnet_nat_gateway_association" "tier" {
  for_each       = azurerm_subnet.tier
  subnet_id      = each.value.id
  nat_gateway_id = azurerm_nat_gateway.egress.id
}

resource "azurerm_lb" "ledger" {
  name                = "lb-ledger"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.tier["ledger"].id
    private_ip_address            = local.ledger_address
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "ledger" {
  name            = "ledger"
  loadbalancer_id = azurerm_lb.ledger.id
}

resource "azurerm_lb_probe" "ledger" {
  name            = "https"
  loadbalancer_id = azurerm_lb.ledger.id
  protocol        = "Https"
  port            = 8443
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "ledger" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.ledger.id
  frontend_ip_configuration_name = "internal"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.ledger.id]
  probe_id                       = azurerm_lb_probe.ledger.id
}

resource "azurerm_network_interface" "ledger" {
  count               = var.instances
  name                = "nic-ledger-${count.index}"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.tier["ledger"].id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "ledger" {
  count                   = var.instances
  network_interface_id    = azurerm_network_interface.ledger[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.ledger.id
}

resource "azurerm_linux_virtual_machine" "ledger" {
  count                 = var.instances
  name                  = "vm-ledger-${count.index}"
  resource_group_name   = azurerm_resource_group.ledger.name
  location              = azurerm_resource_group.ledger.location
  size                  = "Standard_D2s_v5"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.ledger[count.index].id]

  custom_data = base64encode(<<-EOT
    #cloud-config
    packages: [docker.io]
    runcmd:
      - docker run -d --restart always -p 8443:8443 example.azurecr.io/ledger:3.2
  EOT
  )

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

resource "azurerm_network_interface" "web" {
  name                = "nic-web"
  resource_group_name = azurerm_resource_group.ledger.name
  location            = azurerm_resource_group.ledger.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.tier["web"].id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_linux_virtual_machine" "web" {
  name                  = "vm-web"
  resource_group_name   = azurerm_resource_group.ledger.name
  location              = azurerm_resource_group.ledger.location
  size                  = "Standard_D2s_v5"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.web.id]

  custom_data = base64encode(<<-EOT
    #cloud-config
    write_files:
      - path: /etc/shop/ledger.env
        content: |
          LEDGER_URL=https://${local.ledger_address}/api
  EOT
  )

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
