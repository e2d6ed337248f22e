# The only server behind the balancer calls the address of the balancer: every call returns to its sender.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "orders" {
  name     = "rg-orders"
  location = "West Europe"
}

resource "azurerm_virtual_network" "orders" {
  name                = "vnet-orders"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location
  address_space       = ["10.41.0.0/16"]
}

resource "azurerm_subnet" "orders" {
  name                 = "snet-orders"
  resource_group_name  = azurerm_resource_group.orders.name
  virtual_network_name = azurerm_virtual_network.orders.name
  address_prefixes     = ["10.41.1.0/24"]
}

resource "azurerm_lb" "orders" {
  name                = "lb-orders"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.orders.id
    private_ip_address            = "10.41.1.10"
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
  name                = "nic-orders"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.orders.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "orders" {
  network_interface_id    = azurerm_network_interface.orders.id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.orders.id
}

resource "azurerm_linux_virtual_machine" "orders" {
  name                  = "vm-orders"
  resource_group_name   = azurerm_resource_group.orders.name
  location              = azurerm_resource_group.orders.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.orders.id]
  custom_data = base64encode(<<-EOT
    #cloud-config
    write_files:
      - path: /etc/cron.d/warm-cache
        content: |
          */5 * * * * www-data curl -fsS http://10.41.1.10/api/warm
    runcmd:
      - docker run -d --restart always -p 8080:8080 example.azurecr.io/orders:1.4
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
