// Firewalls behind HA ports are probed on the port of their shell.
var probes = [
  {
    name: 'alive'
    properties: {
      protocol: 'Tcp'
      port: 22
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-firewall'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.83.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-firewall'
        properties: {
          addressPrefix: '10.83.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-firewall'
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
          privateIPAddress: '10.83.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'firewall'
      }
    ]
    probes: probes
    loadBalancingRules: [
      {
        name: 'everything'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-firewall', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-firewall', 'firewall')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-firewall', 'alive')
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
    name: 'nic-firewall-${i}'
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
