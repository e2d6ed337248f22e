// An internal rule for one machine: the default rules let the virtual network in.

param location string = resourceGroup().location

resource nsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-plant'
  location: location
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-plant'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.46.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-plant'
        properties: {
          addressPrefix: '10.46.1.0/24'
          networkSecurityGroup: {
            id: nsg.id
          }
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-plant'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'internal'
        properties: {
          subnet: {
            id: vnet.properties.subnets[0].id
          }
          privateIPAddress: '10.46.1.100'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    inboundNatRules: [
      {
        name: 'modbus'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-plant', 'internal')
          }
          protocol: 'Tcp'
          backendPort: 502
          frontendPort: 5020
        }
      }
    ]
  }
}

resource nic 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'nic-plant'
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
