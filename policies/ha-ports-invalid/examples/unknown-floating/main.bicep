// Whether both rules use floating IP is a parameter without a default.

param location string = resourceGroup().location
param floatingIp bool

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-hana'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.89.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-hana'
        properties: {
          addressPrefix: '10.89.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-hana'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'primary'
        properties: {
          privateIPAddress: '10.89.1.10'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
      {
        name: 'readers'
        properties: {
          privateIPAddress: '10.89.1.11'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'hana'
      }
    ]
    probes: [
      {
        name: 'primary'
        properties: {
          protocol: 'Tcp'
          port: 62503
          intervalInSeconds: 5
        }
      }
      {
        name: 'readers'
        properties: {
          protocol: 'Tcp'
          port: 62603
          intervalInSeconds: 5
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'primary'
        properties: {
          protocol: 'All'
          frontendPort: 0
          backendPort: 0
          enableFloatingIP: floatingIp
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-hana', 'primary')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-hana', 'hana')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-hana', 'primary')
          }
        }
      }
      {
        name: 'readers'
        properties: {
          protocol: 'All'
          frontendPort: 0
          backendPort: 0
          enableFloatingIP: floatingIp
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-hana', 'readers')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-hana', 'hana')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-hana', 'readers')
          }
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-hana-${i}'
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
