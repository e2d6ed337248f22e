// Two rules want every port of one frontend.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.86.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-spoke'
        properties: {
          addressPrefix: '10.86.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-spoke'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'firewall'
        properties: {
          privateIPAddress: '10.86.1.10'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'east'
      }
      {
        name: 'west'
      }
    ]
    probes: [
      {
        name: 'alive'
        properties: {
          protocol: 'Tcp'
          port: 8008
          intervalInSeconds: 5
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'east'
        properties: {
          protocol: 'All'
          frontendPort: 0
          backendPort: 0
          enableFloatingIP: true
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-spoke', 'firewall')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-spoke', 'east')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-spoke', 'alive')
          }
        }
      }
      {
        name: 'west'
        properties: {
          protocol: 'All'
          frontendPort: 0
          backendPort: 0
          enableFloatingIP: true
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-spoke', 'firewall')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-spoke', 'west')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-spoke', 'alive')
          }
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-spoke-${i}'
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
              {
                id: lb.properties.backendAddressPools[1].id
              }
            ]
          }
        }
      ]
    }
  }
]
