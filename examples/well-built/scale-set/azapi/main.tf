# A scale set behind a public load balancer: one rule for clients, one inbound NAT rule for its administrators, one
# outbound rule for its own calls, which has an address of its own.
terraform {
  required_providers {
    azapi = { source = "Azure/azapi", version = "~> 2.4" }
  }
}

variable "administrators" {
  type    = list(string)
  default = ["198.51.100.0/26", "203.0.113.128/28"]
}

variable "ssh_public_key" {
  type      = string
  sensitive = true
}

locals {
  location         = "westeurope"
  zones            = ["1", "2", "3"]
  frontends        = ["api", "egress"]
  load_balancer_id = "${azapi_resource.group.id}/providers/Microsoft.Network/loadBalancers/lb-api"
}

resource "azapi_resource" "group" {
  type     = "Microsoft.Resources/resourceGroups@2024-03-01"
  name     = "rg-api"
  location = local.location
}

resource "azapi_resource" "network" {
  type      = "Microsoft.Network/virtualNetworks@2024-05-01"
  name      = "vnet-api"
  parent_id = azapi_resource.group.id
  location  = local.location

  body = {
    properties = {
      addressSpace = { addressPrefixes = ["10.51.0.0/20"] }
      subnets = [
        { name = "snet-api", properties = { addressPrefix = "10.51.0.0/24", defaultOutboundAccess = false } },
      ]
    }
  }
}

resource "azapi_resource" "security_group" {
  type      = "Microsoft.Network/networkSecurityGroups@2024-05-01"
  name      = "nsg-api"
  parent_id = azapi_resource.group.id
  location  = local.location
  body      = { properties = {} }
}

resource "azapi_resource" "allow_api" {
  type      = "Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01"
  name      = "AllowApi"
  parent_id = azapi_resource.security_group.id

  body = {
    properties = {
      priority                 = 110
      direction                = "Inbound"
      access                   = "Allow"
      protocol                 = "Tcp"
      sourcePortRange          = "*"
      destinationPortRange     = "8080"
      sourceAddressPrefix      = "Internet"
      destinationAddressPrefix = "10.51.0.0/24"
    }
  }
}

resource "azapi_resource" "allow_ssh" {
  type      = "Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01"
  name      = "AllowSshFromAdministrators"
  parent_id = azapi_resource.security_group.id

  body = {
    properties = {
      priority                 = 120
      direction                = "Inbound"
      access                   = "Allow"
      protocol                 = "Tcp"
      sourcePortRange          = "*"
      destinationPortRange     = "22"
      sourceAddressPrefixes    = var.administrators
      destinationAddressPrefix = "*"
    }
  }
}

resource "azapi_resource" "public_ip" {
  for_each  = toset(local.frontends)
  type      = "Microsoft.Network/publicIPAddresses@2024-05-01"
  name      = "pip-${each.key}"
  parent_id = azapi_resource.group.id
  location  = local.location

  body = {
    sku        = { name = "Standard" }
    zones      = local.zones
    properties = { publicIPAllocationMethod = "Static" }
  }
}

resource "azapi_resource" "load_balancer" {
  type      = "Microsoft.Network/loadBalancers@2024-05-01"
  name      = "lb-api"
  parent_id = azapi_resource.group.id
  location  = local.location

  body = {
    sku = { name = "Standard" }
    properties = {
      frontendIPConfigurations = [
        for name in local.frontends : {
          name       = name
          properties = { publicIPAddress = { id = azapi_resource.public_ip[name].id } }
        }
      ]
      backendAddressPools = [{ name = "api" }]
      probes = [
        {
          name = "ready"
          properties = {
            protocol          = "Http"
            port              = 8080
            requestPath       = "/ready"
            intervalInSeconds = 15
            probeThreshold    = 2
          }
        },
      ]
      loadBalancingRules = [
        {
          name = "api"
          properties = {
            protocol                = "Tcp"
            frontendPort            = 80
            backendPort             = 8080
            disableOutboundSnat     = true
            enableTcpReset          = true
            frontendIPConfiguration = { id = "${local.load_balancer_id}/frontendIPConfigurations/api" }
            backendAddressPool      = { id = "${local.load_balancer_id}/backendAddressPools/api" }
            probe                   = { id = "${local.load_balancer_id}/probes/ready" }
          }
        },
      ]
      outboundRules = [
        {
          name = "egress"
          properties = {
            protocol                 = "All"
            allocatedOutboundPorts   = 3200
            frontendIPConfigurations = [{ id = "${local.load_balancer_id}/frontendIPConfigurations/egress" }]
            backendAddressPool       = { id = "${local.load_balancer_id}/backendAddressPools/api" }
          }
        },
      ]
    }
  }
}

resource "azapi_resource" "ssh" {
  type      = "Microsoft.Network/loadBalancers/inboundNatRules@2024-05-01"
  name      = "ssh"
  parent_id = azapi_resource.load_balancer.id

  body = {
    properties = {
      protocol                = "Tcp"
      frontendPortRangeStart  = 50000
      frontendPortRangeEnd    = 50119
      backendPort             = 22
      frontendIPConfiguration = { id = "${local.load_balancer_id}/frontendIPConfigurations/api" }
      backendAddressPool      = { id = "${local.load_balancer_id}/backendAddressPools/api" }
    }
  }
}

resource "azapi_resource" "scale_set" {
  type      = "Microsoft.Compute/virtualMachineScaleSets@2024-07-01"
  name      = "vmss-api"
  parent_id = azapi_resource.group.id
  location  = local.location

  body = {
    zones = local.zones
    sku   = { name = "Standard_D2s_v5", capacity = 4 }
    properties = {
      orchestrationMode = "Uniform"
      upgradePolicy = {
        mode                     = "Automatic"
        automaticOSUpgradePolicy = { enableAutomaticOSUpgrade = true, disableAutomaticRollback = false }
      }
      virtualMachineProfile = {
        osProfile = {
          computerNamePrefix = "vmss-api"
          adminUsername      = "azureuser"
          linuxConfiguration = { disablePasswordAuthentication = true }
        }
        storageProfile = {
          imageReference = {
            communityGalleryImageId = "/communityGalleries/example-golden/images/api/versions/latest"
          }
          osDisk = {
            createOption = "FromImage"
            caching      = "ReadWrite"
            managedDisk  = { storageAccountType = "Premium_LRS" }
          }
        }
        networkProfile = {
          healthProbe = { id = "${azapi_resource.load_balancer.id}/probes/ready" }
          networkInterfaceConfigurations = [
            {
              name = "nic"
              properties = {
                primary              = true
                networkSecurityGroup = { id = azapi_resource.security_group.id }
                ipConfigurations = [
                  {
                    name = "ipconfig"
                    properties = {
                      primary                         = true
                      subnet                          = { id = "${azapi_resource.network.id}/subnets/snet-api" }
                      loadBalancerBackendAddressPools = [{ id = "${azapi_resource.load_balancer.id}/backendAddressPools/api" }]
                    }
                  },
                ]
              }
            },
          ]
        }
      }
    }
  }

  sensitive_body = {
    properties = {
      virtualMachineProfile = {
        osProfile = {
          linuxConfiguration = {
            ssh = { publicKeys = [{ path = "/home/azureuser/.ssh/authorized_keys", keyData = var.ssh_public_key }] }
          }
        }
      }
    }
  }
}
