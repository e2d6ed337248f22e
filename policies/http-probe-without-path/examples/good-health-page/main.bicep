// The HTTP probe asks for a health page; the TCP probe needs no path.
var probes = [
  {
    name: 'http'
    properties: {
      protocol: 'Http'
      port: 8080
      requestPath: '/healthz'
    }
  }
  {
    name: 'grpc'
    properties: {
      protocol: 'Tcp'
      port: 9090
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-billing'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.62.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-billing'
        properties: {
          addressPrefix: '10.62.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-billing'
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
          privateIPAddress: '10.62.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'billing'
      }
    ]
    probes: probes
    loadBalancingRules: [
      {
        name: 'http'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-billing', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-billing', 'billing')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-billing', 'http')
          }
          protocol: 'Tcp'
          frontendPort: 80
          backendPort: 8080
        }
      }
      {
        name: 'grpc'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-billing', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-billing', 'billing')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-billing', 'grpc')
          }
          protocol: 'Tcp'
          frontendPort: 9090
          backendPort: 9090
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-billing-${i}'
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
