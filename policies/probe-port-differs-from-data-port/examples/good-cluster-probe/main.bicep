// A SQL availability group: only the primary answers the cluster probe on 59999.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-sql'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.27.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-sql'
        properties: {
          addressPrefix: '10.27.1.0/24'
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
        name: 'ag-listener'
        properties: {
          subnet: {
            id: vnet.properties.subnets[0].id
          }
          privateIPAddress: '10.27.1.10'
          privateIPAllocationMethod: 'Static'
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
        name: 'listener'
        properties: {
          protocol: 'Tcp'
          port: 59999
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'listener'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-sql', 'ag-listener')
          }
          protocol: 'Tcp'
          backendPort: 1433
          enableFloatingIP: true
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-sql', 'sql')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-sql', 'listener')
          }
          frontendPort: 1433
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
