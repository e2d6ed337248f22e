# The orders service behind an internal load balancer, and a batch server that uses it.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

locals {
  orders_address = "10.20.1.10"
  servers        = toset(["a", "b"])
}

resource "azurerm_resource_group" "orders" {
  name     = "rg-orders"
  location = "North Europe"
}

resource "azurerm_virtual_network" "orders" {
  name                = "vnet-orders"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location
  address_space       = ["10.20.0.0/16"]
}

resource "azurerm_subnet" "orders" {
  name                 = "snet-orders"
  resource_group_name  = azurerm_resource_group.orders.name
  virtual_network_name = azurerm_virtual_network.orders.name
  address_prefixes     = ["10.20.1.0/24"]
}

resource "azurerm_network_security_group" "orders" {
  name                = "nsg-orders"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location

  security_rule {
    name                       = "AllowOrders"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "8080"
    source_address_prefix      = "VirtualNetwork"
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

resource "azurerm_subnet_network_security_group_association" "orders" {
  subnet_id                 = azurerm_subnet.orders.id
  network_security_group_id = azurerm_network_security_group.orders.id
}

resource "azurerm_public_ip" "egress" {
  name                = "pip-egress"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location
  allocation_method   = "Static"
}

resource "azurerm_nat_gateway" "egress" {
  name                = "ng-egress"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location
}

resource "azurerm_nat_gateway_public_ip_association" "egress" {
  nat_gateway_id       = azurerm_nat_gateway.egress.id
  public_ip_address_id = azurerm_public_ip.egress.id
}

resource "azurerm_subnet_nat_gateway_association" "egress" {
  subnet_id      = azurerm_subnet.orders.id
  nat_gateway_id = azurerm_nat_gateway.egress.id
}

resource "azurerm_lb" "orders" {
  name                = "lb-orders"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.orders.id
    private_ip_address            = local.orders_address
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "orders" {
  name            = "orders"
  loadbalancer_id = azurerm_lb.orders.id
}

resource "azurerm_lb_probe" "http" {
  name            = "http"
  loadbalancer_id = azurerm_lb.orders.id
  protocol        = "Http"
  port            = 8080
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.orders.id
  frontend_ip_configuration_name = azurerm_lb.orders.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.orders.id]
  probe_id                       = azurerm_lb_probe.http.id
}

resource "azurerm_network_interface" "orders" {
  for_each            = local.servers
  name                = "nic-orders-${each.key}"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.orders.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "orders" {
  for_each                = azurerm_network_interface.orders
  network_interface_id    = each.value.id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.orders.id
}

resource "azurerm_linux_virtual_machine" "orders" {
  for_each              = local.servers
  name                  = "vm-orders-${each.key}"
  resource_group_name   = azurerm_resource_group.orders.name
  location              = azurerm_resource_group.orders.location
  size                  = "Standard_D2s_v5"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.orders[each.key].id]

  custom_data = base64encode(templatefile("${path.module}/orders.yaml.tftpl", {
    orders_url = "http://${local.orders_address}/api"
  }))

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

resource "azurerm_network_interface" "batch" {
  name                = "nic-batch"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.orders.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_linux_virtual_machine" "batch" {
  name                  = "vm-batch"
  resource_group_name   = azurerm_resource_group.orders.name
  location              = azurerm_resource_group.orders.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.batch.id]

  custom_data = base64encode(<<-EOT
    #cloud-config
    write_files:
      - path: /etc/cron.d/close-day
        content: |
          30 23 * * * batch curl -fsS -X POST http://${local.orders_address}/api/close-day
  EOT
  )

  admin_ssh_key {
    username   = "azureuser"
    public_key = file("~/.ssh/id_rsa.pub")
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Standard_LRS"
  }

  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
    version   = "latest"
  }
}
