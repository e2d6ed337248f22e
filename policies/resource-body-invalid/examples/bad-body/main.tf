# Bodies with one of everything that can be wrong with them.
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
  lb_id = "${azurerm_resource_group.shop.id}/providers/Microsoft.Network/loadBalancers/lb-shop"
}

resource "azurerm_resource_group" "shop" {
  name     = "rg-shop"
  location = "swedencentral"
}

resource "azapi_resource" "vnet" {
  type                      = "Microsoft.Network/virtualNetworks@2021-05-01"
  name                      = "vnet-shop"
  parent_id                 = azurerm_resource_group.shop.id
  location                  = azurerm_resource_group.shop.location
  schema_validation_enabled = false
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = "10.20.0.0/16" # text where Azure takes a list
      }
      subnets = [
        {
          name = "web"
          properties = {
            addressPrefix         = "10.20.1.0/24"
            defaultOutboundAccess = false # came with 2023-05-01
          }
        }
      ]
    }
  }
}

resource "azapi_resource" "address" {
  type                      = "Microsoft.Network/publicIPAddresses@2024-05-01"
  name                      = "pip-shop"
  parent_id                 = azurerm_resource_group.shop.id
  location                  = azurerm_resource_group.shop.location
  schema_validation_enabled = false
  body = {
    sku = {
      name = "Standard"
    }
    properties = {
      publicIPAllocationMethod = "Static"
      resourceGuid             = "00000000-0000-0000-0000-000000000000" # only Azure can set it
      ddosSettings = {
        protectionCoverage = "Basic" # went away after 2022-01-01
      }
    }
  }
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
      frontendIPConfigurations = [
        {
          name = "public"
          properties = {
            publicIPAddress = {
              id = azapi_resource.address.id
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
            protocol         = "Http"
            port             = 8080
            requestPath      = "/health"
            intervalInSecond = 5 # intervalInSeconds
          }
        }
      ]
      loadBalancingRules = [
        {
          name = "http"
          properties = {
            frontendIPConfiguration = {
              id = "${local.lb_id}/frontendIPConfigurations/public"
            }
            backendAddressPool = {
              id = "${local.lb_id}/backendAddressPools/web"
            }
            probe = {
              id = "${local.lb_id}/probes/http"
            }
            protocol    = "Tcp"
            backendPort = 8080 # and no frontendPort
          }
        }
      ]
    }
  }
}

resource "azapi_resource" "interface" {
  type                      = "Microsoft.Network/networkInterfaces@2024-05-01"
  name                      = "nic-web"
  parent_id                 = azurerm_resource_group.shop.id
  location                  = azurerm_resource_group.shop.location
  schema_validation_enabled = false
  body = {
    properties = {
      ipConfigurations = [
        {
          name = "ipconfig"
          properties = {
            subnet = {
              id = "${azapi_resource.vnet.id}/subnets/web"
            }
          }
          loadBalancerBackendAddressPools = [ # belongs in properties
            {
              id = "${azapi_resource.balancer.id}/backendAddressPools/web"
            }
          ]
        }
      ]
    }
  }
}
