# The orders service behind an internal load balancer, and a batch server that uses it. The balancer comes from azapi,
# the rest from azurerm.
terraform {
  required_providers {
    azapi   = { source = "Azure/azapi", version = "~> 2.4" }
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

locals {
  orders_address   = "10.20.1.10"
  load_balancer_id = "${azurerm_resource_group.orders.id}/providers/Microsoft.Network/loadBalancers/lb-orders"

  servers = {
    orders-a = { size = "Standard_D2s_v5", disk = "Premium_LRS", custom_data = local.orders_custom_data, is_member = true }
    orders-b = { size = "Standard_D2s_v5", disk = "Premium_LRS", custom_data = local.orders_custom_data, is_member = true }
    batch    = { size = "Standard_B2s", disk = "Standard_LRS", custom_data = local.batch_custom_data, is_member = false }
  }

  orders_custom_data = templatefile("${path.module}/../orders.yaml.tftpl", {
    orders_url = "http://${local.orders_address}/api"
  })

  batch_custom_data = <<-EOT
    #cloud-config
    write_files:
      - path: /etc/cron.d/close-day
        content: |
          30 23 * * * batch curl -fsS -X POST http://${local.orders_address}/api/close-day
  EOT
}

resource "azurerm_resource_group" "orders" {
  name     = "rg-orders"
  location = "northeurope"
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

resource "azapi_resource" "load_balancer" {
  type      = "Microsoft.Network/loadBalancers@2024-05-01"
  name      = "lb-orders"
  parent_id = azurerm_resource_group.orders.id
  location  = azurerm_resource_group.orders.location

  body = {
    sku = { name = "Standard" }
    properties = {
      frontendIPConfigurations = [
        {
          name = "internal"
          properties = {
            subnet                    = { id = azurerm_subnet.orders.id }
            privateIPAddress          = local.orders_address
            privateIPAllocationMethod = "Static"
          }
        },
      ]
      backendAddressPools = [{ name = "orders" }]
      probes = [
        {
          name = "http"
          properties = {
            protocol          = "Http"
            port              = 8080
            requestPath       = "/healthz"
            intervalInSeconds = 15
          }
        },
      ]
      loadBalancingRules = [
        {
          name = "http"
          properties = {
            protocol                = "Tcp"
            frontendPort            = 80
            backendPort             = 8080
            frontendIPConfiguration = { id = "${local.load_balancer_id}/frontendIPConfigurations/internal" }
            backendAddressPool      = { id = "${local.load_balancer_id}/backendAddressPools/orders" }
            probe                   = { id = "${local.load_balancer_id}/probes/http" }
          }
        },
      ]
    }
  }
}

resource "azurerm_network_interface" "server" {
  for_each            = local.servers
  name                = "nic-${each.key}"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.orders.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "server" {
  for_each                = { for name, server in local.servers : name => server if server.is_member }
  network_interface_id    = azurerm_network_interface.server[each.key].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = "${azapi_resource.load_balancer.id}/backendAddressPools/orders"
}

resource "azurerm_linux_virtual_machine" "server" {
  for_each              = local.servers
  name                  = "vm-${each.key}"
  resource_group_name   = azurerm_resource_group.orders.name
  location              = azurerm_resource_group.orders.location
  size                  = each.value.size
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.server[each.key].id]
  custom_data           = base64encode(each.value.custom_data)

  admin_ssh_key {
    username   = "azureuser"
    public_key = file("~/.ssh/id_rsa.pub")
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = each.value.disk
  }

  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
    version   = "latest"
  }
}
