// TCP probes may ask any port, also those of mail.
var probes = [
  {
    name: 'imap'
    properties: {
      protocol: 'Tcp'
      port: 143
    }
  }
  {
    name: 'imaps'
    properties: {
      protocol: 'Tcp'
      port: 993
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-imap'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.70.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-imap'
        properties: {
          addressPrefix: '10.70.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-imap'
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
          privateIPAddress: '10.70.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'imap'
      }
    ]
    probes: probes
    loadBalancingRules: [
      {
        name: 'imap'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-imap', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-imap', 'imap')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-imap', 'imap')
          }
          protocol: 'Tcp'
          frontendPort: 143
          backendPort: 143
        }
      }
      {
        name: 'imaps'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-imap', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-imap', 'imap')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-imap', 'imaps')
          }
          protocol: 'Tcp'
          frontendPort: 993
          backendPort: 993
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-imap-${i}'
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
