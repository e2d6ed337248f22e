// The port of the probe is a parameter without a value.

param location string = resourceGroup().location
param healthPort int

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-stream'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.28.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-stream'
        properties: {
          addressPrefix: '10.28.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-stream'
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
          privateIPAddress: '10.28.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'stream'
      }
    ]
    probes: [
      {
        name: 'health'
        properties: {
          protocol: 'Tcp'
          port: healthPort
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'kafka'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-stream', 'internal')
          }
          protocol: 'Tcp'
          backendPort: 9092
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-stream', 'stream')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-stream', 'health')
          }
          frontendPort: 9092
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-stream-${i}'
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
