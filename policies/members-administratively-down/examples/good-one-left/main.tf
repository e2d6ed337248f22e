# One server is in maintenance; the other takes its clients.
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
  lb_id = "${azurerm_resource_group.policy.id}/providers/Microsoft.Network/loadBalancers/lb-policy"
}

resource "azurerm_resource_group" "policy" {
  name     = "rg-policy"
  location = "swedencentral"
}

locals {
  probes = [
    {
      name = "health"
      properties = {
        protocol    = "Http"
        port        = 8080
        requestPath = "/healthz"
      }
    }
  ]
}

locals {
  backends = [
    {
      name = "server-1"
      properties = {
        virtualNetwork = {
          id = azapi_resource.vnet.id
        }
        ipAddress  = "10.88.1.11"
        adminState = "Down"
      }
    },
    {
      name = "server-2"
      properties = {
        virtualNetwork = {
          id = azapi_resource.vnet.id
        }
        ipAddress = "10.88.1.12"
      }
    }
  ]
}

resource "azapi_resource" "vnet" {
  type                      = "Microsoft.Network/virtualNetworks@2024-05-01"
  name                      = "vnet-policy"
  parent_id                 = azurerm_resource_group.policy.id
  location                  = azurerm_resource_group.policy.location
  schema_validation_enabled = false
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.88.0.0/16",
        ]
      }
      subnets = [
        {
          name = "snet-policy"
          properties = {
            addressPrefix = "10.88.1.0/24"
          }
        }
      ]
    }
  }
}

resource "azapi_resource" "lb" {
  type                      = "Microsoft.Network/loadBalancers@2024-05-01"
  name                      = "lb-policy"
  parent_id                 = azurerm_resource_group.policy.id
  location                  = azurerm_resource_group.policy.location
  schema_validation_enabled = false
  body = {
    sku = {
      name = "Standard"
    }
    properties = {
      frontendIPConfigurations = [
        {
          name = "front"
          properties = {
            subnet = {
              id = "${azapi_resource.vnet.id}/subnets/snet-policy"
            }
            privateIPAddress          = "10.88.1.10"
            privateIPAllocationMethod = "Static"
          }
        }
      ]
      backendAddressPools = [
        {
          name = "policy"
          properties = {
            loadBalancerBackendAddresses = local.backends
          }
        }
      ]
      probes = local.probes
      loadBalancingRules = [
        {
          name = "http"
          properties = {
            frontendIPConfiguration = {
              id = "${local.lb_id}/frontendIPConfigurations/front"
            }
            backendAddressPool = {
              id = "${local.lb_id}/backendAddressPools/policy"
            }
            probe = {
              id = "${local.lb_id}/probes/health"
            }
            protocol     = "Tcp"
            frontendPort = 80
            backendPort  = 8080
          }
        }
      ]
    }
  }
}
