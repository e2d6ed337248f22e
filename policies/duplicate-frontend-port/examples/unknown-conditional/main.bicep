// Both NAT rules have port 50022, and whether the first exists is a parameter.

param location string = resourceGroup().location
param withOldDoor bool

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-jump'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.75.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-jump'
        properties: {
          addressPrefix: '10.75.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-jump'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'jump'
        properties: {
          privateIPAddress: '10.75.1.10'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'hosts'
      }
    ]
    probes: [
      {
        name: 'web'
        properties: {
          protocol: 'Tcp'
          port: 443
          intervalInSeconds: 5
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'web'
        properties: {
          protocol: 'Tcp'
          frontendPort: 443
          backendPort: 443
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-jump', 'jump')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-jump', 'hosts')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-jump', 'web')
          }
        }
      }
    ]
  }
}

resource oldDoor 'Microsoft.Network/loadBalancers/inboundNatRules@2024-05-01' = if (withOldDoor) {
  parent: lb
  name: 'old-door'
  properties: {
    protocol: 'Tcp'
    frontendPortRangeStart: 50022
    frontendPortRangeEnd: 50031
    backendPort: 22
    frontendIPConfiguration: {
      id: lb.properties.frontendIPConfigurations[0].id
    }
    backendAddressPool: {
      id: lb.properties.backendAddressPools[0].id
    }
  }
}

resource newDoor 'Microsoft.Network/loadBalancers/inboundNatRules@2024-05-01' = {
  parent: lb
  name: 'new-door'
  properties: {
    protocol: 'Tcp'
    frontendPortRangeStart: 50022
    frontendPortRangeEnd: 50031
    backendPort: 2222
    frontendIPConfiguration: {
      id: lb.properties.frontendIPConfigurations[0].id
    }
    backendAddressPool: {
      id: lb.properties.backendAddressPools[0].id
    }
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-jump-${i}'
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
