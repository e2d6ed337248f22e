// Each probe has what its protocol needs: TCP a port, HTTP a path as well.
var probes = [
  {
    name: 'amqp'
    properties: {
      protocol: 'Tcp'
      port: 5672
    }
  }
  {
    name: 'console'
    properties: {
      protocol: 'Http'
      port: 15672
      requestPath: '/api/health/checks/alarms'
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-queue'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.65.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-queue'
        properties: {
          addressPrefix: '10.65.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-queue'
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
          privateIPAddress: '10.65.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'queue'
      }
    ]
    probes: probes
    loadBalancingRules: [
      {
        name: 'amqp'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-queue', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-queue', 'queue')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-queue', 'amqp')
          }
          protocol: 'Tcp'
          frontendPort: 5672
          backendPort: 5672
        }
      }
      {
        name: 'console'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-queue', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-queue', 'queue')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-queue', 'console')
          }
          protocol: 'Tcp'
          frontendPort: 80
          backendPort: 15672
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-queue-${i}'
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
