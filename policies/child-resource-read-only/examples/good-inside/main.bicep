// The probe stands inside, the NAT rule may stand on its own, and an existing probe is only read.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-till'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.100.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-till'
        properties: {
          addressPrefix: '10.100.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-till'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'till'
        properties: {
          privateIPAddress: '10.100.1.10'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'web'
      }
    ]
    probes: [
      {
        name: 'web'
        properties: {
          protocol: 'Tcp'
          port: 8080
          intervalInSeconds: 5
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'http'
        properties: {
          protocol: 'Tcp'
          frontendPort: 80
          backendPort: 8080
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-till', 'till')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-till', 'web')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-till', 'web')
          }
        }
      }
    ]
  }
}

resource ssh 'Microsoft.Network/loadBalancers/inboundNatRules@2024-05-01' = {
  parent: lb
  name: 'ssh'
  properties: {
    protocol: 'Tcp'
    frontendPortRangeStart: 50000
    frontendPortRangeEnd: 50009
    backendPort: 22
    frontendIPConfiguration: {
      id: lb.properties.frontendIPConfigurations[0].id
    }
    backendAddressPool: {
      id: lb.properties.backendAddressPools[0].id
    }
  }
}

resource probe 'Microsoft.Network/loadBalancers/probes@2024-05-01' existing = {
  parent: lb
  name: 'web'
}

output probeId string = probe.id

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-till-${i}'
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
