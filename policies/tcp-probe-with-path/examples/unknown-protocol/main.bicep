// A path is written, and a parameter without a value says for which protocol.
param probeProtocol string

var probes = [
  {
    name: 'health'
    properties: {
      protocol: probeProtocol
      port: 8080
      requestPath: '/ready'
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-relay'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.66.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-relay'
        properties: {
          addressPrefix: '10.66.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-relay'
  location: resourceGroup().location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'front'
        properties: {
          subnet: {
            id: vnet.properties.subnets[0].id
          }
          privateIPAddress: '10.66.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'relay'
      }
    ]
    probes: probes
    loadBalancingRules: [
      {
        name: 'http'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-relay', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-relay', 'relay')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-relay', 'health')
          }
          protocol: 'Tcp'
          frontendPort: 80
          backendPort: 8080
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-relay-${i}'
    location: resourceGroup().location
    properties: {
      ipConfigurations: [
        {
          name: 'ipconfig'
          properties: {
            subnet: {
              id: vnet.properties.subnets[0].id
            }
            privateIPAllocationMethod: 'Dynamic'
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
