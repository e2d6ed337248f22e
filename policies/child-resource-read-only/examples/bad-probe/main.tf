# The probe is declared on its own, as Terraform has it.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
    azapi   = { source = "Azure/azapi", version = "~> 2.5" }
  }
}

provider "azurerm" {
  features {}
}

locals {
  lb_id = "${azurerm_resource_group.cart.id}/providers/Microsoft.Network/loadBalancers/lb-cart"
}

resource "azurerm_resource_group" "cart" {
  name     = "rg-cart"
  location = "swedencentral"
}

resource "azapi_resource" "vnet" {
  type                      = "Microsoft.Network/virtualNetworks@2024-05-01"
  name                      = "vnet-cart"
  parent_id                 = azurerm_resource_group.cart.id
  location                  = azurerm_resource_group.cart.location
  schema_validation_enabled = false
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.98.0.0/16",
        ]
      }
      subnets = [
        {
          name = "snet-cart"
          properties = {
            addressPrefix = "10.98.1.0/24"
          }
        }
      ]
    }
  }
}

resource "azapi_resource" "lb" {
  type                      = "Microsoft.Network/loadBalancers@2024-05-01"
  name                      = "lb-cart"
  parent_id                 = azurerm_resource_group.cart.id
  location                  = azurerm_resource_group.cart.location
  schema_validation_enabled = false
  body = {
    sku = {
      name = "Standard"
    }
    properties = {
      frontendIPConfigurations = [
        {
          name = "cart"
          properties = {
            privateIPAddress          = "10.98.1.10"
            privateIPAllocationMethod = "Static"
            subnet = {
              id = "${azapi_resource.vnet.id}/subnets/snet-cart"
            }
          }
        }
      ]
      backendAddressPools = [
        {
          name = "web"
        }
      ]
      loadBalancingRules = [
        {
          name = "http"
          properties = {
            protocol     = "Tcp"
            frontendPort = 80
            backendPort  = 8080
            frontendIPConfiguration = {
              id = "${local.lb_id}/frontendIPConfigurations/cart"
            }
            backendAddressPool = {
              id = "${local.lb_id}/backendAddressPools/web"
            }
            probe = {
              id = "${local.lb_id}/probes/web"
            }
          }
        }
      ]
    }
  }
}

resource "azapi_resource" "probe" {
  type                      = "Microsoft.Network/loadBalancers/probes@2024-05-01"
  name                      = "web"
  parent_id                 = azapi_resource.lb.id
  schema_validation_enabled = false
  body = {
    properties = {
      protocol          = "Tcp"
      port              = 8080
      intervalInSeconds = 5
    }
  }
}

resource "azapi_resource" "nics" {
  count                     = 2
  type                      = "Microsoft.Network/networkInterfaces@2024-05-01"
  name                      = "nic-cart-${count.index}"
  parent_id                 = azurerm_resource_group.cart.id
  location                  = azurerm_resource_group.cart.location
  schema_validation_enabled = false
  body = {
    properties = {
      ipConfigurations = [
        {
          name = "ipconfig"
          properties = {
            subnet = {
              id = "${azapi_resource.vnet.id}/subnets/snet-cart"
            }
            loadBalancerBackendAddressPools = [
              {
                id = "${azapi_resource.lb.id}/backendAddressPools/web"
              }
            ]
          }
        }
      ]
    }
  }
}
