// The second allow says what the first one says already: nothing is lost.

param location string = resourceGroup().location

resource nsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-maps'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowVirtualNetwork'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourcePortRange: '*'
          destinationPortRange: '*'
          sourceAddressPrefix: 'VirtualNetwork'
          destinationAddressPrefix: '*'
        }
      }
      {
        name: 'AllowMaps'
        properties: {
          priority: 110
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: '8080'
          sourceAddressPrefix: '10.54.0.0/16'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-maps'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.54.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-maps'
        properties: {
          addressPrefix: '10.54.1.0/24'
          networkSecurityGroup: {
            id: nsg.id
          }
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-maps'
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
          privateIPAddress: '10.54.1.100'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'maps'
      }
    ]
    probes: [
      {
        name: 'maps'
        properties: {
          protocol: 'Tcp'
          port: 8080
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'maps'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-maps', 'internal')
          }
          protocol: 'Tcp'
          backendPort: 8080
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-maps', 'maps')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-maps', 'maps')
          }
          frontendPort: 80
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-maps-${i}'
    location: location
    properties: {
      ipConfigurations: [
        {
          name: 'ipconfig'
          properties: {
            subnet: {
              id: vnet.properties.subnets[0].id
            }
            loadBalancerBackendAddressPools: [
              {
                id: lb.properties.backendAddressPools[0].id
              }
            ]
          }
        }
      ]
    }
  }
]
