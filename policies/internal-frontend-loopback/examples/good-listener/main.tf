# The servers own the frontend address (floating IP) and listen on it: nobody calls it.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "proxy" {
  name     = "rg-proxy"
  location = "westeurope"
}

resource "azurerm_virtual_network" "proxy" {
  name                = "vnet-proxy"
  resource_group_name = azurerm_resource_group.proxy.name
  location            = azurerm_resource_group.proxy.location
  address_space       = ["10.46.0.0/16"]
}

resource "azurerm_subnet" "proxy" {
  name                 = "snet-proxy"
  resource_group_name  = azurerm_resource_group.proxy.name
  virtual_network_name = azurerm_virtual_network.proxy.name
  address_prefixes     = ["10.46.1.0/24"]
}

resource "azurerm_lb" "proxy" {
  name                = "lb-proxy"
  resource_group_name = azurerm_resource_group.proxy.name
  location            = azurerm_resource_group.proxy.location

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.proxy.id
    private_ip_address            = "10.46.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "proxy" {
  name            = "proxy"
  loadbalancer_id = azurerm_lb.proxy.id
}

resource "azurerm_lb_probe" "http" {
  name            = "http"
  loadbalancer_id = azurerm_lb.proxy.id
  protocol        = "Tcp"
  port            = 80
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.proxy.id
  frontend_ip_configuration_name = azurerm_lb.proxy.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 80
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.proxy.id]
  probe_id                       = azurerm_lb_probe.http.id
  floating_ip_enabled            = true
}

resource "azurerm_network_interface" "proxy" {
  count               = 2
  name                = "nic-proxy-${count.index}"
  resource_group_name = azurerm_resource_group.proxy.name
  location            = azurerm_resource_group.proxy.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.proxy.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "proxy" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.proxy[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.proxy.id
}

resource "azurerm_linux_virtual_machine" "proxy" {
  count                 = 2
  name                  = "vm-proxy-${count.index}"
  resource_group_name   = azurerm_resource_group.proxy.name
  location              = azurerm_resource_group.proxy.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.proxy[count.index].id]
  custom_data = base64encode(<<-EOT
    #cloud-config
    packages: [nginx]
    write_files:
      - path: /etc/nginx/conf.d/balanced.conf
        content: |
          server {
            listen 10.46.1.10:80;
            return 200;
          }
    runcmd:
      - ip addr add 10.46.1.10/32 dev lo
      - systemctl restart nginx
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
