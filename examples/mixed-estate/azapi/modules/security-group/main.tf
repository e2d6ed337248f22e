# A network security group whose rules come in as a map.
terraform {
  required_providers {
    azapi = { source = "Azure/azapi", version = "~> 1.15" }
  }
}

variable "name" {
  type = string
}

variable "resource_group_id" {
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

resource "azapi_resource" "this" {
  type      = "Microsoft.Network/networkSecurityGroups@2024-05-01"
  name      = var.name
  parent_id = var.resource_group_id
  location  = var.location
  body      = jsonencode({ properties = {} })
}

resource "azapi_resource" "rule" {
  for_each  = var.rules
  type      = "Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01"
  name      = each.key
  parent_id = azapi_resource.this.id

  body = jsonencode({
    properties = {
      priority                 = each.value.priority
      direction                = "Inbound"
      access                   = each.value.access
      protocol                 = each.value.protocol
      sourcePortRange          = "*"
      destinationPortRange     = each.value.port
      sourceAddressPrefix      = each.value.source
      destinationAddressPrefix = "*"
    }
  })
}

output "id" {
  value = azapi_resource.this.id
}
