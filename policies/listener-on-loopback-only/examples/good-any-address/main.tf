# The server listens on every address.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "quotes" {
  name     = "rg-quotes"
  location = "westeurope"
}

resource "azurerm_virtual_network" "quotes" {
  name                = "vnet-quotes"
  resource_group_name = azurerm_resource_group.quotes.name
  location            = azurerm_resource_group.quotes.location
  address_space       = ["10.65.0.0/16"]
}

resource "azurerm_subnet" "quotes" {
  name                 = "snet-quotes"
  resource_group_name  = azurerm_resource_group.quotes.name
  virtual_network_name = azurerm_virtual_network.quotes.name
  address_prefixes     = ["10.65.1.0/24"]
}

resource "azurerm_lb" "quotes" {
  name                = "lb-quotes"
  resource_group_name = azurerm_resource_group.quotes.name
  location            = azurerm_resource_group.quotes.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "front"
    subnet_id                     = azurerm_subnet.quotes.id
    private_ip_address            = "10.65.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "pool" {
  name            = "pool"
  loadbalancer_id = azurerm_lb.quotes.id
}

resource "azurerm_lb_probe" "quotes" {
  name            = "quotes"
  loadbalancer_id = azurerm_lb.quotes.id
  protocol        = "Tcp"
  port            = 9000
}

resource "azurerm_lb_rule" "quotes" {
  name                           = "quotes"
  loadbalancer_id                = azurerm_lb.quotes.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 9000
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool.id]
  probe_id                       = azurerm_lb_probe.quotes.id
}

resource "azurerm_network_interface" "quotes" {
  count               = 2
  name                = "nic-quotes-${count.index}"
  resource_group_name = azurerm_resource_group.quotes.name
  location            = azurerm_resource_group.quotes.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.quotes.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "pool" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.quotes[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool.id
}

resource "azurerm_linux_virtual_machine" "quotes" {
  count                 = 2
  name                  = "vm-quotes-${count.index}"
  resource_group_name   = azurerm_resource_group.quotes.name
  location              = azurerm_resource_group.quotes.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.quotes[count.index].id]
  custom_data = base64encode(<<-EOT
    #cloud-config
    write_files:
      - path: /etc/systemd/system/quotes.service
        content: |
          [Service]
          ExecStart=/opt/quotes/server --listen-address=0.0.0.0:9000
    runcmd:
      - systemctl enable --now quotes
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
