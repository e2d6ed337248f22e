// The backend port is a parameter without a value: the one that the group opens, or another.

param location string = resourceGroup().location
param vncPort int

resource nsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-kiosk'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowVnc'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: '5900'
          sourceAddressPrefix: '203.0.113.0/28'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource pip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-kiosk'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-kiosk'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.47.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-kiosk'
        properties: {
          addressPrefix: '10.47.1.0/24'
          networkSecurityGroup: {
            id: nsg.id
          }
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-kiosk'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'public'
        properties: {
          publicIPAddress: {
            id: pip.id
          }
        }
      }
    ]
    inboundNatRules: [
      {
        name: 'vnc'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-kiosk', 'public')
          }
          protocol: 'Tcp'
          backendPort: vncPort
          frontendPort: 5900
        }
      }
    ]
  }
}

resource nic 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'nic-kiosk'
  location: location
  properties: {
    ipConfigurations: [
      {
        name: 'ipconfig'
        properties: {
          subnet: {
            id: vnet.properties.subnets[0].id
          }
          loadBalancerInboundNatRules: [
            {
              id: lb.properties.inboundNatRules[0].id
            }
          ]
        }
      }
    ]
  }
}
