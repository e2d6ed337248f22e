# The caller of the balancer is a machine that is not behind it.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 3.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "stock" {
  name     = "rg-stock"
  location = "West Europe"
}

resource "azurerm_virtual_network" "stock" {
  name                = "vnet-stock"
  resource_group_name = azurerm_resource_group.stock.name
  location            = azurerm_resource_group.stock.location
  address_space       = ["10.44.0.0/16"]
}

resource "azurerm_subnet" "stock" {
  name                 = "snet-stock"
  resource_group_name  = azurerm_resource_group.stock.name
  virtual_network_name = azurerm_virtual_network.stock.name
  address_prefixes     = ["10.44.1.0/24"]
}

resource "azurerm_lb" "stock" {
  name                = "lb-stock"
  resource_group_name = azurerm_resource_group.stock.name
  location            = azurerm_resource_group.stock.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.stock.id
    private_ip_address            = "10.44.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "stock" {
  name            = "stock"
  loadbalancer_id = azurerm_lb.stock.id
}

resource "azurerm_lb_probe" "http" {
  name            = "http"
  loadbalancer_id = azurerm_lb.stock.id
  protocol        = "Http"
  port            = 8080
  request_path    = "/healthz"
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.stock.id
  frontend_ip_configuration_name = azurerm_lb.stock.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.stock.id]
  probe_id                       = azurerm_lb_probe.http.id
}

resource "azurerm_network_interface" "stock" {
  count               = 2
  name                = "nic-stock-${count.index}"
  resource_group_name = azurerm_resource_group.stock.name
  location            = azurerm_resource_group.stock.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.stock.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "stock" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.stock[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.stock.id
}

resource "azurerm_network_interface" "importer" {
  name                = "nic-importer"
  resource_group_name = azurerm_resource_group.stock.name
  location            = azurerm_resource_group.stock.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.stock.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_linux_virtual_machine" "importer" {
  name                  = "vm-importer"
  resource_group_name   = azurerm_resource_group.stock.name
  location              = azurerm_resource_group.stock.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.importer.id]
  custom_data = base64encode(<<-EOT
    #cloud-config
    write_files:
      - path: /etc/cron.d/import
        content: |
          15 2 * * * importer curl -fsS http://10.44.1.10/api/import
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
