// Whether the rule is for a machine or for a pool is a parameter without a default.

param location string = resourceGroup().location
param forPool bool

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-stage'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.104.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-stage'
        properties: {
          addressPrefix: '10.104.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-stage'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'stage'
        properties: {
          privateIPAddress: '10.104.1.10'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'machines'
      }
    ]
    inboundNatRules: [
      {
        name: 'ssh'
        properties: union(
          {
            protocol: 'Tcp'
            backendPort: 22
            frontendIPConfiguration: {
              id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-stage', 'stage')
            }
          },
          forPool
            ? {
                frontendPortRangeStart: 50000
                frontendPortRangeEnd: 50019
                backendAddressPool: {
                  id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-stage', 'machines')
                }
              }
            : {
                frontendPort: 50000
              }
        )
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-stage-${i}'
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
