// The health page of a mail gateway listens on port 25, where Azure sends no HTTP probe.
var probes = [
  {
    name: 'smtp'
    properties: {
      protocol: 'Http'
      port: 25
      requestPath: '/healthz'
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-mailgate'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.69.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-mailgate'
        properties: {
          addressPrefix: '10.69.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-mailgate'
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
          privateIPAddress: '10.69.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'mailgate'
      }
    ]
    probes: probes
    loadBalancingRules: [
      {
        name: 'smtp'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-mailgate', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-mailgate', 'mailgate')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-mailgate', 'smtp')
          }
          protocol: 'Tcp'
          frontendPort: 25
          backendPort: 25
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-mailgate-${i}'
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
