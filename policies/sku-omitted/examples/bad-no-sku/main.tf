# Neither the load balancer nor its public IP address names a SKU.
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
  lb_id = "${azurerm_resource_group.wiki.id}/providers/Microsoft.Network/loadBalancers/lb-wiki"
}

resource "azurerm_resource_group" "wiki" {
  name     = "rg-wiki"
  location = "swedencentral"
}

resource "azapi_resource" "nsg" {
  type                      = "Microsoft.Network/networkSecurityGroups@2024-05-01"
  name                      = "nsg-wiki"
  parent_id                 = azurerm_resource_group.wiki.id
  location                  = azurerm_resource_group.wiki.location
  schema_validation_enabled = false
  body = {
    properties = {
      securityRules = [
        {
          name = "AllowClients"
          properties = {
            priority                 = 100
            direction                = "Inbound"
            access                   = "Allow"
            protocol                 = "Tcp"
            sourceAddressPrefix      = "Internet"
            sourcePortRange          = "*"
            destinationAddressPrefix = "*"
            destinationPortRange     = "443"
          }
        }
      ]
    }
  }
}

resource "azapi_resource" "vnet" {
  type                      = "Microsoft.Network/virtualNetworks@2024-05-01"
  name                      = "vnet-wiki"
  parent_id                 = azurerm_resource_group.wiki.id
  location                  = azurerm_resource_group.wiki.location
  schema_validation_enabled = false
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = ["10.105.0.0/16"]
      }
      subnets = [
        {
          name = "snet-wiki"
          properties = {
            addressPrefix = "10.105.1.0/24"
            networkSecurityGroup = {
              id = azapi_resource.nsg.id
            }
          }
        }
      ]
    }
  }
}

resource "azapi_resource" "pip" {
  type                      = "Microsoft.Network/publicIPAddresses@2024-05-01"
  name                      = "pip-wiki"
  parent_id                 = azurerm_resource_group.wiki.id
  location                  = azurerm_resource_group.wiki.location
  schema_validation_enabled = false
  body = {
    properties = {
      publicIPAllocationMethod = "Static"
    }
  }
}

resource "azapi_resource" "lb" {
  type                      = "Microsoft.Network/loadBalancers@2024-05-01"
  name                      = "lb-wiki"
  parent_id                 = azurerm_resource_group.wiki.id
  location                  = azurerm_resource_group.wiki.location
  schema_validation_enabled = false
  body = {
    properties = {
      frontendIPConfigurations = [
        {
          name = "front"
          properties = {
            publicIPAddress = {
              id = azapi_resource.pip.id
            }
          }
        }
      ]
      backendAddressPools = [
        {
          name = "pool-wiki"
        }
      ]
      probes = [
        {
          name = "health"
          properties = {
            protocol          = "Tcp"
            port              = 443
            intervalInSeconds = 5
            probeThreshold    = 2
          }
        }
      ]
      loadBalancingRules = [
        {
          name = "https"
          properties = {
            protocol     = "Tcp"
            frontendPort = 443
            backendPort  = 443
            frontendIPConfiguration = {
              id = "${local.lb_id}/frontendIPConfigurations/front"
            }
            backendAddressPool = {
              id = "${local.lb_id}/backendAddressPools/pool-wiki"
            }
            probe = {
              id = "${local.lb_id}/probes/health"
            }
          }
        }
      ]
    }
  }
}

resource "azapi_resource" "nics" {
  count                     = 2
  type                      = "Microsoft.Network/networkInterfaces@2024-05-01"
  name                      = "nic-wiki-${count.index}"
  parent_id                 = azurerm_resource_group.wiki.id
  location                  = azurerm_resource_group.wiki.location
  schema_validation_enabled = false
  body = {
    properties = {
      ipConfigurations = [
        {
          name = "internal"
          properties = {
            subnet = {
              id = "${azapi_resource.vnet.id}/subnets/snet-wiki"
            }
            loadBalancerBackendAddressPools = [
              {
                id = "${azapi_resource.lb.id}/backendAddressPools/pool-wiki"
              }
            ]
          }
        }
      ]
    }
  }
}
