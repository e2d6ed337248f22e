// The rule asks the probe of the load balancer it was copied from.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-blue'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.92.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-blue'
        properties: {
          addressPrefix: '10.92.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-blue'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'blue'
        properties: {
          privateIPAddress: '10.92.1.10'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'blue'
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
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-blue', 'blue')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-blue', 'blue')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-green', 'green')
          }
        }
      }
    ]
  }
}

resource green 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-green'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'green'
        properties: {
          privateIPAllocationMethod: 'Dynamic'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
    ]
    probes: [
      {
        name: 'green'
        properties: {
          protocol: 'Tcp'
          port: 8080
          intervalInSeconds: 5
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-blue-${i}'
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
