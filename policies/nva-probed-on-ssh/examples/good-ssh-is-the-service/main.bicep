// Routers that pass on packets offer SSH through the balancer: port 22 is the data port.
var probes = [
  {
    name: 'ssh'
    properties: {
      protocol: 'Tcp'
      port: 22
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-jump'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.86.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-jump'
        properties: {
          addressPrefix: '10.86.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-jump'
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
          privateIPAddress: '10.86.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'jump'
      }
    ]
    probes: probes
    loadBalancingRules: [
      {
        name: 'ssh'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-jump', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-jump', 'jump')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-jump', 'ssh')
          }
          protocol: 'Tcp'
          frontendPort: 22
          backendPort: 22
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-jump-${i}'
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
