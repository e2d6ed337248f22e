// Whether both rules use floating IP is a parameter without a default.

param location string = resourceGroup().location
param floatingIp bool

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-files'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.67.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-files'
        properties: {
          addressPrefix: '10.67.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-files'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'team'
        properties: {
          privateIPAddress: '10.67.1.10'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
      {
        name: 'archive'
        properties: {
          privateIPAddress: '10.67.1.11'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'smb'
      }
    ]
    probes: [
      {
        name: 'smb'
        properties: {
          protocol: 'Tcp'
          port: 445
          intervalInSeconds: 5
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'team'
        properties: {
          protocol: 'Tcp'
          frontendPort: 445
          backendPort: 445
          enableFloatingIP: floatingIp
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-files', 'team')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-files', 'smb')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-files', 'smb')
          }
        }
      }
      {
        name: 'archive'
        properties: {
          protocol: 'Tcp'
          frontendPort: 445
          backendPort: 445
          enableFloatingIP: floatingIp
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-files', 'archive')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-files', 'smb')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-files', 'smb')
          }
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-files-${i}'
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
