# Three web servers behind a public load balancer.
terraform {
  required_providers {
    azapi = { source = "Azure/azapi", version = "~> 2.4" }
  }
}

variable "web_count" {
  type    = number
  default = 3
}

variable "ssh_public_key" {
  type = string
}

locals {
  location         = "westeurope"
  load_balancer_id = "${azapi_resource.group.id}/providers/Microsoft.Network/loadBalancers/lb-store"

  rules = {
    http  = { frontend_port = 80, backend_port = 8080 }
    https = { frontend_port = 443, backend_port = 8443 }
  }
}

resource "azapi_resource" "group" {
  type     = "Microsoft.Resources/resourceGroups@2024-03-01"
  name     = "rg-store"
  location = local.location
}

resource "azapi_resource" "security_group" {
  type      = "Microsoft.Network/networkSecurityGroups@2024-05-01"
  name      = "nsg-web"
  parent_id = azapi_resource.group.id
  location  = local.location

  body = {
    properties = {
      securityRules = [
        {
          name = "AllowWeb"
          properties = {
            priority                 = 100
            direction                = "Inbound"
            access                   = "Allow"
            protocol                 = "Tcp"
            sourcePortRange          = "*"
            destinationPortRanges    = ["80", "443"]
            sourceAddressPrefix      = "Internet"
            destinationAddressPrefix = "*"
          }
        },
        {
          name = "AllowSshFromBastion"
          properties = {
            priority                 = 200
            direction                = "Inbound"
            access                   = "Allow"
            protocol                 = "Tcp"
            sourcePortRange          = "*"
            destinationPortRange     = "22"
            sourceAddressPrefix      = "10.10.250.0/26"
            destinationAddressPrefix = "*"
          }
        },
      ]
    }
  }
}

resource "azapi_resource" "network" {
  type      = "Microsoft.Network/virtualNetworks@2024-05-01"
  name      = "vnet-store"
  parent_id = azapi_resource.group.id
  location  = local.location

  body = {
    properties = {
      addressSpace = { addressPrefixes = ["10.10.0.0/16"] }
    }
  }
}

resource "azapi_resource" "subnet" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2024-05-01"
  name      = "snet-web"
  parent_id = azapi_resource.network.id

  body = {
    properties = {
      addressPrefix        = "10.10.1.0/24"
      networkSecurityGroup = { id = azapi_resource.security_group.id }
    }
  }
}

resource "azapi_resource" "public_ip" {
  type      = "Microsoft.Network/publicIPAddresses@2024-05-01"
  name      = "pip-store"
  parent_id = azapi_resource.group.id
  location  = local.location

  body = {
    sku        = { name = "Standard" }
    properties = { publicIPAllocationMethod = "Static" }
  }

  response_export_values = ["properties.ipAddress"]
}

resource "azapi_resource" "load_balancer" {
  type      = "Microsoft.Network/loadBalancers@2024-05-01"
  name      = "lb-store"
  parent_id = azapi_resource.group.id
  location  = local.location

  body = {
    sku = { name = "Standard" }
    properties = {
      frontendIPConfigurations = [
        {
          name       = "public"
          properties = { publicIPAddress = { id = azapi_resource.public_ip.id } }
        },
      ]
      backendAddressPools = [{ name = "web" }]
      probes = [
        {
          name = "health"
          properties = {
            protocol          = "Http"
            port              = 8080
            requestPath       = "/healthz"
            intervalInSeconds = 15
          }
        },
      ]
      loadBalancingRules = [
        for name, rule in local.rules : {
          name = name
          properties = {
            protocol                = "Tcp"
            frontendPort            = rule.frontend_port
            backendPort             = rule.backend_port
            frontendIPConfiguration = { id = "${local.load_balancer_id}/frontendIPConfigurations/public" }
            backendAddressPool      = { id = "${local.load_balancer_id}/backendAddressPools/web" }
            probe                   = { id = "${local.load_balancer_id}/probes/health" }
          }
        }
      ]
    }
  }
}

resource "azapi_resource" "availability_set" {
  type      = "Microsoft.Compute/availabilitySets@2024-07-01"
  name      = "avail-web"
  parent_id = azapi_resource.group.id
  location  = local.location

  body = {
    sku        = { name = "Aligned" }
    properties = { platformFaultDomainCount = 2, platformUpdateDomainCount = 5 }
  }
}

resource "azapi_resource" "interface" {
  count     = var.web_count
  type      = "Microsoft.Network/networkInterfaces@2024-05-01"
  name      = "nic-web-${count.index}"
  parent_id = azapi_resource.group.id
  location  = local.location

  body = {
    properties = {
      ipConfigurations = [
        {
          name = "ipconfig"
          properties = {
            subnet                          = { id = azapi_resource.subnet.id }
            privateIPAllocationMethod       = "Dynamic"
            loadBalancerBackendAddressPools = [{ id = "${azapi_resource.load_balancer.id}/backendAddressPools/web" }]
          }
        },
      ]
    }
  }
}

resource "azapi_resource" "machine" {
  count     = var.web_count
  type      = "Microsoft.Compute/virtualMachines@2024-07-01"
  name      = "vm-web-${count.index}"
  parent_id = azapi_resource.group.id
  location  = local.location

  body = {
    properties = {
      availabilitySet = { id = azapi_resource.availability_set.id }
      hardwareProfile = { vmSize = "Standard_B2s" }
      osProfile = {
        computerName  = "vm-web-${count.index}"
        adminUsername = "azureuser"
        customData    = filebase64("${path.module}/../web.yaml")
        linuxConfiguration = {
          disablePasswordAuthentication = true
          ssh = {
            publicKeys = [{ path = "/home/azureuser/.ssh/authorized_keys", keyData = var.ssh_public_key }]
          }
        }
      }
      storageProfile = {
        imageReference = {
          publisher = "Canonical"
          offer     = "ubuntu-24_04-lts"
          sku       = "server"
          version   = "latest"
        }
        osDisk = {
          createOption = "FromImage"
          caching      = "ReadWrite"
          managedDisk  = { storageAccountType = "Premium_LRS" }
        }
      }
      networkProfile = { networkInterfaces = [{ id = azapi_resource.interface[count.index].id }] }
    }
  }
}

output "address" {
  value = azapi_resource.public_ip.output.properties.ipAddress
}
