# A variable without a value says in which state all servers are.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
    azapi   = { source = "Azure/azapi", version = "~> 2.5" }
  }
}

provider "azurerm" {
  features {}
}

variable "server_state" {
  type = string
}

locals {
  lb_id = "${azurerm_resource_group.loans.id}/providers/Microsoft.Network/loadBalancers/lb-loans"
}

resource "azurerm_resource_group" "loans" {
  name     = "rg-loans"
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
        ipAddress  = "10.89.1.11"
        adminState = var.server_state
      }
    },
    {
      name = "server-2"
      properties = {
        virtualNetwork = {
          id = azapi_resource.vnet.id
        }
        ipAddress  = "10.89.1.12"
        adminState = var.server_state
      }
    }
  ]
}

resource "azapi_resource" "vnet" {
  type                      = "Microsoft.Network/virtualNetworks@2024-05-01"
  name                      = "vnet-loans"
  parent_id                 = azurerm_resource_group.loans.id
  location                  = azurerm_resource_group.loans.location
  schema_validation_enabled = false
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.89.0.0/16",
        ]
      }
      subnets = [
        {
          name = "snet-loans"
          properties = {
            addressPrefix = "10.89.1.0/24"
          }
        }
      ]
    }
  }
}

resource "azapi_resource" "lb" {
  type                      = "Microsoft.Network/loadBalancers@2024-05-01"
  name                      = "lb-loans"
  parent_id                 = azurerm_resource_group.loans.id
  location                  = azurerm_resource_group.loans.location
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
              id = "${azapi_resource.vnet.id}/subnets/snet-loans"
            }
            privateIPAddress          = "10.89.1.10"
            privateIPAllocationMethod = "Static"
          }
        }
      ]
      backendAddressPools = [
        {
          name = "loans"
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
              id = "${local.lb_id}/backendAddressPools/loans"
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
