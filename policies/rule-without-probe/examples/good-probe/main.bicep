// Each rule names the probe of its own port.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-mail'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.31.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-mail'
        properties: {
          addressPrefix: '10.31.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-mail'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'internal'
        properties: {
          subnet: {
            id: vnet.properties.subnets[0].id
          }
          privateIPAddress: '10.31.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'mail'
      }
    ]
    probes: [
      {
        name: 'smtp'
        properties: {
          protocol: 'Tcp'
          port: 25
        }
      }
      {
        name: 'submission'
        properties: {
          protocol: 'Tcp'
          port: 587
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'smtp'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-mail', 'internal')
          }
          protocol: 'Tcp'
          backendPort: 25
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-mail', 'mail')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-mail', 'smtp')
          }
          frontendPort: 25
        }
      }
      {
        name: 'submission'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-mail', 'internal')
          }
          protocol: 'Tcp'
          backendPort: 587
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-mail', 'mail')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-mail', 'submission')
          }
          frontendPort: 587
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-mail-${i}'
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
