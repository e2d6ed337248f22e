// Firewalls with IP forwarding pass HTTPS on; their probe asks the port of their health service.
var probes = [
  {
    name: 'health'
    properties: {
      protocol: 'Tcp'
      port: 8117
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-fw'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.97.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-fw'
        properties: {
          addressPrefix: '10.97.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-fw'
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
          privateIPAddress: '10.97.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'fw'
      }
    ]
    probes: probes
    loadBalancingRules: [
      {
        name: 'https'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-fw', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-fw', 'fw')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-fw', 'health')
          }
          protocol: 'Tcp'
          frontendPort: 443
          backendPort: 443
          enableFloatingIP: true
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-fw-${i}'
    location: resourceGroup().location
    properties: {
      enableIPForwarding: true
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
