// Probe and data use the same backend port, taken from one variable.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-basket'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.25.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-basket'
        properties: {
          addressPrefix: '10.25.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-basket'
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
          privateIPAddress: '10.25.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'basket'
      }
    ]
    probes: [
      {
        name: 'http'
        properties: {
          protocol: 'Http'
          port: 8080
          requestPath: '/healthz'
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'http'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-basket', 'internal')
          }
          protocol: 'Tcp'
          backendPort: 8080
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-basket', 'basket')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-basket', 'http')
          }
          frontendPort: 80
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-basket-${i}'
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
