// The protocol of the probe is a parameter without a value, and no path is written.
param probeProtocol string

var probes = [
  {
    name: 'health'
    properties: {
      protocol: probeProtocol
      port: 9200
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-search'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.63.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-search'
        properties: {
          addressPrefix: '10.63.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-search'
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
          privateIPAddress: '10.63.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'search'
      }
    ]
    probes: probes
    loadBalancingRules: [
      {
        name: 'query'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-search', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-search', 'search')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-search', 'health')
          }
          protocol: 'Tcp'
          frontendPort: 9200
          backendPort: 9200
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-search-${i}'
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
