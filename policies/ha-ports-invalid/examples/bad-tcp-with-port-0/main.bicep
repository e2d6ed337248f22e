// Port 0 is meant as every TCP port.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-proxy'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.84.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-proxy'
        properties: {
          addressPrefix: '10.84.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-proxy'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'proxy'
        properties: {
          privateIPAddress: '10.84.1.10'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'proxies'
      }
    ]
    probes: [
      {
        name: 'alive'
        properties: {
          protocol: 'Tcp'
          port: 3128
          intervalInSeconds: 5
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'tcp'
        properties: {
          protocol: 'Tcp'
          frontendPort: 0
          backendPort: 0
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-proxy', 'proxy')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-proxy', 'proxies')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-proxy', 'alive')
          }
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-proxy-${i}'
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
