// The number is a parameter without a value.
param unhealthyThreshold int

var probes = [
  {
    name: 'api'
    properties: {
      protocol: 'Tcp'
      port: 8080
      numberOfProbes: unhealthyThreshold
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-invoice'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.78.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-invoice'
        properties: {
          addressPrefix: '10.78.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-invoice'
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
          privateIPAddress: '10.78.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'invoice'
      }
    ]
    probes: probes
    loadBalancingRules: [
      {
        name: 'api'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-invoice', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-invoice', 'invoice')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-invoice', 'api')
          }
          protocol: 'Tcp'
          frontendPort: 80
          backendPort: 8080
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-invoice-${i}'
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
