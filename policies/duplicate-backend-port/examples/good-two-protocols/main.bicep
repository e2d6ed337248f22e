// TCP and UDP may use port 53 of the same servers.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-dns'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.66.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-dns'
        properties: {
          addressPrefix: '10.66.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-dns'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'dns'
        properties: {
          privateIPAddress: '10.66.1.10'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'resolvers'
      }
    ]
    probes: [
      {
        name: 'dns'
        properties: {
          protocol: 'Tcp'
          port: 53
          intervalInSeconds: 5
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'dns-tcp'
        properties: {
          protocol: 'Tcp'
          frontendPort: 53
          backendPort: 53
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-dns', 'dns')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-dns', 'resolvers')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-dns', 'dns')
          }
        }
      }
      {
        name: 'dns-udp'
        properties: {
          protocol: 'Udp'
          frontendPort: 53
          backendPort: 53
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-dns', 'dns')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-dns', 'resolvers')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-dns', 'dns')
          }
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-dns-${i}'
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
