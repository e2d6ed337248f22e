// One server is in maintenance; the other takes its clients.
var probes = [
  {
    name: 'health'
    properties: {
      protocol: 'Http'
      port: 8080
      requestPath: '/healthz'
    }
  }
]

var backends = [
  {
    name: 'server-1'
    properties: {
      virtualNetwork: {
        id: vnet.id
      }
      ipAddress: '10.88.1.11'
      adminState: 'Down'
    }
  }
  {
    name: 'server-2'
    properties: {
      virtualNetwork: {
        id: vnet.id
      }
      ipAddress: '10.88.1.12'
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-policy'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.88.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-policy'
        properties: {
          addressPrefix: '10.88.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-policy'
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
          privateIPAddress: '10.88.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'policy'
        properties: {
          loadBalancerBackendAddresses: backends
        }
      }
    ]
    probes: probes
    loadBalancingRules: [
      {
        name: 'http'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-policy', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-policy', 'policy')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-policy', 'health')
          }
          protocol: 'Tcp'
          frontendPort: 80
          backendPort: 8080
        }
      }
    ]
  }
}
