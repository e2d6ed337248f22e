// Proxies that pass on packets serve HTTPS and are probed on the port of their shell.
var probes = [
  {
    name: 'alive'
    properties: {
      protocol: 'Tcp'
      port: 22
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-proxy'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.84.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-proxy'
        properties: {
          addressPrefix: '10.84.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-proxy'
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
          privateIPAddress: '10.84.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'proxy'
      }
    ]
    probes: probes
    loadBalancingRules: [
      {
        name: 'https'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-proxy', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-proxy', 'proxy')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-proxy', 'alive')
          }
          protocol: 'Tcp'
          frontendPort: 443
          backendPort: 443
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-proxy-${i}'
    location: resourceGroup().location
    properties: {
      enableIPForwarding: true
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
