// Load balancer and public address are Basic: retired in September 2025, new ones are refused.

param location string = resourceGroup().location

resource pip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-legacy'
  location: location
  sku: {
    name: 'Basic'
  }
  properties: {
    publicIPAllocationMethod: 'Dynamic'
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-legacy'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.33.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-legacy'
        properties: {
          addressPrefix: '10.33.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-legacy'
  location: location
  sku: {
    name: 'Basic'
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
    backendAddressPools: [
      {
        name: 'legacy'
      }
    ]
    probes: [
      {
        name: 'http'
        properties: {
          protocol: 'Tcp'
          port: 80
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'http'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-legacy', 'public')
          }
          protocol: 'Tcp'
          backendPort: 80
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-legacy', 'legacy')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-legacy', 'http')
          }
          frontendPort: 80
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-legacy-${i}'
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
