// Two availability groups share port 1433: both rules use floating IP, each on a frontend of its own.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-sql'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.65.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-sql'
        properties: {
          addressPrefix: '10.65.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-sql'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'orders'
        properties: {
          privateIPAddress: '10.65.1.10'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
      {
        name: 'stock'
        properties: {
          privateIPAddress: '10.65.1.11'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'sql'
      }
    ]
    probes: [
      {
        name: 'orders'
        properties: {
          protocol: 'Tcp'
          port: 59999
          intervalInSeconds: 5
        }
      }
      {
        name: 'stock'
        properties: {
          protocol: 'Tcp'
          port: 59998
          intervalInSeconds: 5
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'orders'
        properties: {
          protocol: 'Tcp'
          frontendPort: 1433
          backendPort: 1433
          enableFloatingIP: true
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-sql', 'orders')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-sql', 'sql')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-sql', 'orders')
          }
        }
      }
      {
        name: 'stock'
        properties: {
          protocol: 'Tcp'
          frontendPort: 1433
          backendPort: 1433
          enableFloatingIP: true
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-sql', 'stock')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-sql', 'sql')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-sql', 'stock')
          }
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-sql-${i}'
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
