// The probe asks the port that the firewall answers only while it forwards.
var probes = [
  {
    name: 'alive'
    properties: {
      protocol: 'Tcp'
      port: 8117
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-edge'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.85.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-edge'
        properties: {
          addressPrefix: '10.85.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-edge'
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
          privateIPAddress: '10.85.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'edge'
      }
    ]
    probes: probes
    loadBalancingRules: [
      {
        name: 'everything'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-edge', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-edge', 'edge')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-edge', 'alive')
          }
          protocol: 'All'
          frontendPort: 0
          backendPort: 0
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-edge-${i}'
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
