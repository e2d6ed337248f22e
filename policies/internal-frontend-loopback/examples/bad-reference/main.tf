# The address of the frontend is not known yet, but the reference says whose it is.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "identity" {
  name     = "rg-identity"
  location = "West Europe"
}

resource "azurerm_virtual_network" "identity" {
  name                = "vnet-identity"
  resource_group_name = azurerm_resource_group.identity.name
  location            = azurerm_resource_group.identity.location
  address_space       = ["10.43.0.0/16"]
}

resource "azurerm_subnet" "identity" {
  name                 = "snet-identity"
  resource_group_name  = azurerm_resource_group.identity.name
  virtual_network_name = azurerm_virtual_network.identity.name
  address_prefixes     = ["10.43.1.0/24"]
}

resource "azurerm_lb" "identity" {
  name                = "lb-identity"
  resource_group_name = azurerm_resource_group.identity.name
  location            = azurerm_resource_group.identity.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.identity.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_lb_backend_address_pool" "identity" {
  name            = "identity"
  loadbalancer_id = azurerm_lb.identity.id
}

resource "azurerm_lb_probe" "https" {
  name            = "https"
  loadbalancer_id = azurerm_lb.identity.id
  protocol        = "Tcp"
  port            = 8443
}

resource "azurerm_lb_rule" "https" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.identity.id
  frontend_ip_configuration_name = azurerm_lb.identity.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.identity.id]
  probe_id                       = azurerm_lb_probe.https.id
}

resource "azurerm_network_interface" "identity" {
  count               = 2
  name                = "nic-identity-${count.index}"
  resource_group_name = azurerm_resource_group.identity.name
  location            = azurerm_resource_group.identity.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.identity.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "identity" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.identity[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.identity.id
}

resource "azurerm_linux_virtual_machine" "identity" {
  count                 = 2
  name                  = "vm-identity-${count.index}"
  resource_group_name   = azurerm_resource_group.identity.name
  location              = azurerm_resource_group.identity.location
  size                  = "Standard_B2s"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.identity[count.index].id]
  custom_data = base64encode(<<-EOT
    #cloud-config
    runcmd:
      - docker run -d -p 8443:8443 -e JWKS_URL=https://${azurerm_lb.identity.frontend_ip_configuration[0].private_ip_address}/jwks example.azurecr.io/identity:3.1
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
