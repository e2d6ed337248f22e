# A network security group whose rules come in as a map.
variable "name" {
  type = string
}

variable "resource_group_name" {
  type = string
}

variable "location" {
  type = string
}

variable "rules" {
  type = map(object({
    priority = number
    access   = optional(string, "Allow")
    protocol = optional(string, "Tcp")
    source   = optional(string, "*")
    port     = optional(string, "*")
  }))
}

resource "azurerm_network_security_group" "this" {
  name                = var.name
  resource_group_name = var.resource_group_name
  location            = var.location
}

resource "azurerm_network_security_rule" "this" {
  for_each                    = var.rules
  resource_group_name         = var.resource_group_name
  network_security_group_name = azurerm_network_security_group.this.name
  name                        = each.key
  priority                    = each.value.priority
  direction                   = "Inbound"
  access                      = each.value.access
  protocol                    = each.value.protocol
  source_port_range           = "*"
  destination_port_range      = each.value.port
  source_address_prefix       = each.value.source
  destination_address_prefix  = "*"
}

output "id" {
  value = azurerm_network_security_group.this.id
}
