variable "name" {
  type = string
}

variable "resource_group_name" {
  type = string
}

variable "location" {
  type = string
}

variable "subnet_id" {
  type = string
}

variable "pool_ids" {
  type    = map(string)
  default = {}
}

resource "azurerm_network_interface" "this" {
  name                = "nic-${var.name}"
  resource_group_name = var.resource_group_name
  location            = var.location

  ip_configuration {
    name                          = "primary"
    subnet_id                     = var.subnet_id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "this" {
  for_each                = var.pool_ids
  network_interface_id    = azurerm_network_interface.this.id
  ip_configuration_name   = azurerm_network_interface.this.ip_configuration[0].name
  backend_address_pool_id = each.value
}
