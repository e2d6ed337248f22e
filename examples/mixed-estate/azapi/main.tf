# A market: a public web tier on a scale set, and a data tier behind an internal load balancer. azapi 1 takes its bodies
# as JSON texts.
terraform {
  required_providers {
    azapi  = { source = "Azure/azapi", version = "~> 1.15" }
    random = { source = "hashicorp/random", version = "~> 3.6" }
  }
}

variable "ssh_public_key" {
  type = string
}

locals {
  location = "swedencentral"
  image    = "/communityGalleries/example-golden/images/ubuntu/versions/latest"
  web_id   = "${azapi_resource.market.id}/providers/Microsoft.Network/loadBalancers/lb-web"
  data_id  = "${azapi_resource.market.id}/providers/Microsoft.Network/loadBalancers/lb-data"

  web_rules = {
    https = { frontend_port = 443, backend_port = 8443 }
    feed  = { frontend_port = 9000, backend_port = 9443 }
  }

  subnets = {
    web  = { prefix = "10.60.1.0/24", security_group_id = module.web_nsg.id }
    data = { prefix = "10.60.2.0/24", security_group_id = module.data_nsg.id }
  }

  linux = {
    disablePasswordAuthentication = true
    ssh                           = { publicKeys = [{ path = "/home/azureuser/.ssh/authorized_keys", keyData = var.ssh_public_key }] }
  }

  os_disk = {
    createOption = "FromImage"
    caching      = "ReadWrite"
    managedDisk  = { storageAccountType = "Premium_LRS" }
  }
}

resource "azapi_resource" "market" {
  type     = "Microsoft.Resources/resourceGroups@2024-03-01"
  name     = "rg-market"
  location = local.location
}

resource "azapi_resource" "network" {
  type      = "Microsoft.Network/virtualNetworks@2024-05-01"
  name      = "vnet-market"
  parent_id = azapi_resource.market.id
  location  = local.location
  body      = jsonencode({ properties = { addressSpace = { addressPrefixes = ["10.60.0.0/16"] } } })
}

resource "azapi_resource" "subnet" {
  for_each  = local.subnets
  type      = "Microsoft.Network/virtualNetworks/subnets@2024-05-01"
  name      = "snet-${each.key}"
  parent_id = azapi_resource.network.id
  locks     = [azapi_resource.network.id]

  body = jsonencode({
    properties = {
      addressPrefix        = each.value.prefix
      networkSecurityGroup = { id = each.value.security_group_id }
      natGateway           = { id = azapi_resource.egress.id }
    }
  })
}

resource "azapi_resource" "public_ip" {
  for_each  = toset(["web", "egress"])
  type      = "Microsoft.Network/publicIPAddresses@2024-05-01"
  name      = "pip-${each.key}"
  parent_id = azapi_resource.market.id
  location  = local.location

  body = jsonencode({
    sku        = { name = "Standard" }
    properties = { publicIPAllocationMethod = "Static" }
  })
}

resource "azapi_resource" "egress" {
  type      = "Microsoft.Network/natGateways@2024-05-01"
  name      = "ng-egress"
  parent_id = azapi_resource.market.id
  location  = local.location

  body = jsonencode({
    sku        = { name = "Standard" }
    properties = { publicIpAddresses = [{ id = azapi_resource.public_ip["egress"].id }] }
  })
}

resource "random_integer" "feed_port" {
  min = 9000
  max = 9999
}

module "web_nsg" {
  source            = "./modules/security-group"
  name              = "nsg-web"
  resource_group_id = azapi_resource.market.id
  location          = local.location

  rules = {
    AllowHttps = { priority = 100, source = "Internet", port = "8443" }
    AllowFeed  = { priority = 110, source = "Internet", port = random_integer.feed_port.result }
    AllowProbe = { priority = 200, source = "AzureLoadBalancer", protocol = "*" }
    DenyRest   = { priority = 4096, access = "Deny", protocol = "*" }
  }
}

module "data_nsg" {
  source            = "./modules/security-group"
  name              = "nsg-data"
  resource_group_id = azapi_resource.market.id
  location          = local.location

  rules = {
    AllowPostgres = { priority = 100, source = "10.60.0.0/16", port = "5432" }
    AllowSyslog   = { priority = 110, source = "10.60.0.0/16", port = "514", protocol = "Udp" }
    AllowProbe    = { priority = 200, source = "AzureLoadBalancer", protocol = "*" }
    DenyRest      = { priority = 4096, access = "Deny", protocol = "*" }
  }
}

module "data_nic_nsg" {
  source            = "./modules/security-group"
  name              = "nsg-data-nic"
  resource_group_id = azapi_resource.market.id
  location          = local.location

  rules = {
    AllowPostgres = { priority = 100, source = "10.60.0.0/16", port = "5432" }
    AllowSyslog   = { priority = 110, source = "10.60.0.0/16", port = "514", protocol = "Udp" }
    DenyRest      = { priority = 4096, access = "Deny", protocol = "*" }
  }
}

resource "azapi_resource" "web_balancer" {
  type      = "Microsoft.Network/loadBalancers@2024-05-01"
  name      = "lb-web"
  parent_id = azapi_resource.market.id
  location  = local.location

  body = jsonencode({
    sku = { name = "Standard" }
    properties = {
      frontendIPConfigurations = [
        { name = "public", properties = { publicIPAddress = { id = azapi_resource.public_ip["web"].id } } },
      ]
      backendAddressPools = [{ name = "web" }]
      probes = [
        for name, rule in local.web_rules : {
          name       = name
          properties = { protocol = "Tcp", port = rule.backend_port, intervalInSeconds = 15 }
        }
      ]
      loadBalancingRules = [
        for name, rule in local.web_rules : {
          name = name
          properties = {
            protocol                = "Tcp"
            frontendPort            = rule.frontend_port
            backendPort             = rule.backend_port
            frontendIPConfiguration = { id = "${local.web_id}/frontendIPConfigurations/public" }
            backendAddressPool      = { id = "${local.web_id}/backendAddressPools/web" }
            probe                   = { id = "${local.web_id}/probes/${name}" }
          }
        }
      ]
    }
  })
}

resource "azapi_resource" "web_scale_set" {
  type      = "Microsoft.Compute/virtualMachineScaleSets@2024-07-01"
  name      = "vmss-web"
  parent_id = azapi_resource.market.id
  location  = local.location

  body = jsonencode({
    sku = { name = "Standard_D2s_v5", capacity = 3 }
    properties = {
      orchestrationMode = "Uniform"
      upgradePolicy     = { mode = "Manual" }
      virtualMachineProfile = {
        osProfile = {
          computerNamePrefix = "vmss-web"
          adminUsername      = "azureuser"
          linuxConfiguration = local.linux
        }
        storageProfile = {
          imageReference = { communityGalleryImageId = local.image }
          osDisk         = local.os_disk
        }
        networkProfile = {
          networkInterfaceConfigurations = [
            {
              name = "nic"
              properties = {
                primary = true
                ipConfigurations = [
                  {
                    name = "ipconfig"
                    properties = {
                      primary                         = true
                      subnet                          = { id = azapi_resource.subnet["web"].id }
                      loadBalancerBackendAddressPools = [{ id = "${azapi_resource.web_balancer.id}/backendAddressPools/web" }]
                    }
                  },
                ]
              }
            },
          ]
        }
      }
    }
  })
}

resource "azapi_resource" "data_balancer" {
  type      = "Microsoft.Network/loadBalancers@2024-05-01"
  name      = "lb-data"
  parent_id = azapi_resource.market.id
  location  = local.location

  body = jsonencode({
    sku = { name = "Standard" }
    properties = {
      frontendIPConfigurations = [
        {
          name = "internal"
          properties = {
            subnet                    = { id = azapi_resource.subnet["data"].id }
            privateIPAddress          = "10.60.2.10"
            privateIPAllocationMethod = "Static"
          }
        },
      ]
      backendAddressPools = [{ name = "data" }]
      probes              = [{ name = "postgres", properties = { protocol = "Tcp", port = 5432, intervalInSeconds = 15 } }]
      loadBalancingRules = [
        {
          name = "postgres"
          properties = {
            protocol                = "Tcp"
            frontendPort            = 5432
            backendPort             = 5432
            frontendIPConfiguration = { id = "${local.data_id}/frontendIPConfigurations/internal" }
            backendAddressPool      = { id = "${local.data_id}/backendAddressPools/data" }
            probe                   = { id = "${local.data_id}/probes/postgres" }
          }
        },
        {
          name = "syslog"
          properties = {
            protocol                = "Udp"
            frontendPort            = 514
            backendPort             = 514
            frontendIPConfiguration = { id = "${local.data_id}/frontendIPConfigurations/internal" }
            backendAddressPool      = { id = "${local.data_id}/backendAddressPools/data" }
          }
        },
      ]
    }
  })
}

resource "azapi_resource" "data_interface" {
  count     = 2
  type      = "Microsoft.Network/networkInterfaces@2024-05-01"
  name      = "nic-data-${count.index}"
  parent_id = azapi_resource.market.id
  location  = local.location

  body = jsonencode({
    properties = {
      networkSecurityGroup = { id = module.data_nic_nsg.id }
      ipConfigurations = [
        {
          name = "ipconfig"
          properties = {
            subnet                          = { id = azapi_resource.subnet["data"].id }
            privateIPAllocationMethod       = "Dynamic"
            loadBalancerBackendAddressPools = [{ id = "${azapi_resource.data_balancer.id}/backendAddressPools/data" }]
          }
        },
      ]
    }
  })
}

resource "azapi_resource" "data_machine" {
  count     = 2
  type      = "Microsoft.Compute/virtualMachines@2024-07-01"
  name      = "vm-data-${count.index}"
  parent_id = azapi_resource.market.id
  location  = local.location

  body = jsonencode({
    properties = {
      hardwareProfile = { vmSize = "Standard_E4s_v5" }
      osProfile = {
        computerName       = "vm-data-${count.index}"
        adminUsername      = "azureuser"
        linuxConfiguration = local.linux
      }
      storageProfile = {
        imageReference = { communityGalleryImageId = local.image }
        osDisk         = local.os_disk
      }
      networkProfile = { networkInterfaces = [{ id = azapi_resource.data_interface[count.index].id }] }
    }
  })
}
