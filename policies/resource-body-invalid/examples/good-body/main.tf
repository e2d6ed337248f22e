# Case does not matter, a number may be text, and what a variable decides may be anything.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
    azapi   = { source = "Azure/azapi", version = "~> 2.5" }
  }
}

provider "azurerm" {
  features {}
}

variable "probe_port" {
  type = number
}

locals {
  lb_id = "${azurerm_resource_group.shop.id}/providers/Microsoft.Network/loadBalancers/lb-shop"
}

resource "azurerm_resource_group" "shop" {
  name     = "rg-shop"
  location = "swedencentral"
}

resource "azapi_resource" "balancer" {
  type                      = "Microsoft.Network/loadBalancers@2024-05-01"
  name                      = "lb-shop"
  parent_id                 = azurerm_resource_group.shop.id
  location                  = azurerm_resource_group.shop.location
  schema_validation_enabled = false
  body = {
    sku = {
      name = "Standard"
    }
    properties = {
      FrontendIpConfigurations = [ # Azure does not look at the case of names
        {
          name = "internal"
          properties = {
            privateIPAllocationMethod = "Dynamic"
            subnet = {
              id = "${azurerm_resource_group.shop.id}/providers/Microsoft.Network/virtualNetworks/vnet-shop/subnets/web"
            }
          }
        }
      ]
      backendAddressPools = [
        {
          name = "web"
        }
      ]
      probes = [
        {
          name = "http"
          properties = {
            protocol = "Tcp"
            port     = var.probe_port # may be anything, and is there
          }
        }
      ]
      loadBalancingRules = [
        {
          name = "http"
          properties = {
            frontendIPConfiguration = {
              id = "${local.lb_id}/frontendIPConfigurations/internal"
            }
            backendAddressPool = {
              id = "${local.lb_id}/backendAddressPools/web"
            }
            probe = {
              id = "${local.lb_id}/probes/http"
            }
            protocol     = "Tcp"
            frontendPort = "80" # Azure converts text to a number
            backendPort  = 8080
          }
        }
      ]
    }
  }
}

resource "azapi_resource" "interfaces" {
  count                     = 2
  type                      = "Microsoft.Network/networkInterfaces@2024-05-01"
  name                      = "nic-shop-${count.index}"
  parent_id                 = azurerm_resource_group.shop.id
  location                  = azurerm_resource_group.shop.location
  schema_validation_enabled = false
  body = {
    properties = {
      ipConfigurations = [
        {
          name = "internal"
          properties = {
            privateIPAllocationMethod = "Dynamic"
            subnet = {
              id = "${azurerm_resource_group.shop.id}/providers/Microsoft.Network/virtualNetworks/vnet-shop/subnets/web"
            }
            loadBalancerBackendAddressPools = [
              {
                id = "${azapi_resource.balancer.id}/backendAddressPools/web"
              }
            ]
          }
        }
      ]
    }
  }
}
