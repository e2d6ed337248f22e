# The probe stands inside, the NAT rule may stand on its own, and an existing probe is only read.
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
  lb_id = "${azurerm_resource_group.till.id}/providers/Microsoft.Network/loadBalancers/lb-till"
}

resource "azurerm_resource_group" "till" {
  name     = "rg-till"
  location = "swedencentral"
}

resource "azapi_resource" "vnet" {
  type                      = "Microsoft.Network/virtualNetworks@2024-05-01"
  name                      = "vnet-till"
  parent_id                 = azurerm_resource_group.till.id
  location                  = azurerm_resource_group.till.location
  schema_validation_enabled = false
  body = {
    properties = {
      addressSpace = {
        addressPrefixes = [
          "10.100.0.0/16",
        ]
      }
      subnets = [
        {
          name = "snet-till"
          properties = {
            addressPrefix = "10.100.1.0/24"
          }
        }
      ]
    }
  }
}

resource "azapi_resource" "lb" {
  type                      = "Microsoft.Network/loadBalancers@2024-05-01"
  name                      = "lb-till"
  parent_id                 = azurerm_resource_group.till.id
  location                  = azurerm_resource_group.till.location
  schema_validation_enabled = false
  body = {
    sku = {
      name = "Standard"
    }
    properties = {
      frontendIPConfigurations = [
        {
          name = "till"
          properties = {
            privateIPAddress          = "10.100.1.10"
            privateIPAllocationMethod = "Static"
            subnet = {
              id = "${azapi_resource.vnet.id}/subnets/snet-till"
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
          name = "web"
          properties = {
            protocol          = "Tcp"
            port              = 8080
            intervalInSeconds = 5
          }
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
              id = "${local.lb_id}/frontendIPConfigurations/till"
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

resource "azapi_resource" "ssh" {
  type                      = "Microsoft.Network/loadBalancers/inboundNatRules@2024-05-01"
  name                      = "ssh"
  parent_id                 = azapi_resource.lb.id
  schema_validation_enabled = false
  body = {
    properties = {
      protocol               = "Tcp"
      frontendPortRangeStart = 50000
      frontendPortRangeEnd   = 50009
      backendPort            = 22
      frontendIPConfiguration = {
        id = "${azapi_resource.lb.id}/frontendIPConfigurations/till"
      }
      backendAddressPool = {
        id = "${azapi_resource.lb.id}/backendAddressPools/web"
      }
    }
  }
}

resource "azapi_resource" "nics" {
  count                     = 2
  type                      = "Microsoft.Network/networkInterfaces@2024-05-01"
  name                      = "nic-till-${count.index}"
  parent_id                 = azurerm_resource_group.till.id
  location                  = azurerm_resource_group.till.location
  schema_validation_enabled = false
  body = {
    properties = {
      ipConfigurations = [
        {
          name = "ipconfig"
          properties = {
            subnet = {
              id = "${azapi_resource.vnet.id}/subnets/snet-till"
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
