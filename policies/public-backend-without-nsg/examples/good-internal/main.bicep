// No NSG anywhere, but the balancer is internal: traffic of the virtual network passes.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-cache'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.18.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-cache'
        properties: {
          addressPrefix: '10.18.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-cache'
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
          privateIPAddress: '10.18.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'cache'
      }
    ]
    probes: [
      {
        name: 'redis'
        properties: {
          protocol: 'Tcp'
          port: 6379
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'redis'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-cache', 'internal')
          }
          protocol: 'Tcp'
          backendPort: 6379
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-cache', 'cache')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-cache', 'redis')
          }
          frontendPort: 6379
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-cache-${i}'
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
