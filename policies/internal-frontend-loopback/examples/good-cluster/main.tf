# A SQL availability group: the primary owns the listener address and answers itself.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
    random  = { source = "hashicorp/random", version = "~> 3.6" }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "sales" {
  name     = "rg-sales"
  location = "West Europe"
}

resource "azurerm_virtual_network" "sales" {
  name                = "vnet-sales"
  resource_group_name = azurerm_resource_group.sales.name
  location            = azurerm_resource_group.sales.location
  address_space       = ["10.47.0.0/16"]
}

resource "azurerm_subnet" "sql" {
  name                 = "snet-sql"
  resource_group_name  = azurerm_resource_group.sales.name
  virtual_network_name = azurerm_virtual_network.sales.name
  address_prefixes     = ["10.47.1.0/24"]
}

resource "azurerm_lb" "sales" {
  name                = "lb-sales"
  resource_group_name = azurerm_resource_group.sales.name
  location            = azurerm_resource_group.sales.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "ag-listener"
    subnet_id                     = azurerm_subnet.sql.id
    private_ip_address            = "10.47.1.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "sql" {
  name            = "sql"
  loadbalancer_id = azurerm_lb.sales.id
}

resource "azurerm_lb_probe" "listener" {
  name            = "listener"
  loadbalancer_id = azurerm_lb.sales.id
  protocol        = "Tcp"
  port            = 59999
}

resource "azurerm_lb_rule" "listener" {
  name                           = "listener"
  loadbalancer_id                = azurerm_lb.sales.id
  frontend_ip_configuration_name = azurerm_lb.sales.frontend_ip_configuration[0].name
  protocol                       = "Tcp"
  frontend_port                  = 1433
  backend_port                   = 1433
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.sql.id]
  probe_id                       = azurerm_lb_probe.listener.id
  floating_ip_enabled            = true
}

resource "azurerm_network_interface" "sql" {
  count               = 2
  name                = "nic-sql-${count.index}"
  resource_group_name = azurerm_resource_group.sales.name
  location            = azurerm_resource_group.sales.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.sql.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "sql" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.sql[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.sql.id
}

resource "random_password" "admin" {
  length = 24
}

resource "azurerm_windows_virtual_machine" "sql" {
  count                 = 2
  name                  = "vm-sql-${count.index}"
  resource_group_name   = azurerm_resource_group.sales.name
  location              = azurerm_resource_group.sales.location
  size                  = "Standard_E4s_v5"
  admin_username        = "azureuser"
  admin_password        = random_password.admin.result
  network_interface_ids = [azurerm_network_interface.sql[count.index].id]

  os_disk {
    caching              = "ReadOnly"
    storage_account_type = "Premium_LRS"
  }

  source_image_reference {
    publisher = "MicrosoftSQLServer"
    offer     = "sql2022-ws2022"
    sku       = "enterprise-gen2"
    version   = "latest"
  }
}

resource "azurerm_virtual_machine_extension" "listener" {
  count                = 2
  name                 = "listener"
  virtual_machine_id   = azurerm_windows_virtual_machine.sql[count.index].id
  publisher            = "Microsoft.Compute"
  type                 = "CustomScriptExtension"
  type_handler_version = "1.10"

  settings = jsonencode({
    commandToExecute = join("; ", [
      "powershell Get-ClusterResource sales-ip | Set-ClusterParameter -Multiple @{Address='10.47.1.10';ProbePort=59999;SubnetMask='255.255.255.255'}",
      "sqlcmd -S tcp:10.47.1.10,1433 -Q 'select 1'",
    ])
  })
}
