// A parameter without a value says in which state all servers are.
param serverState string

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
      ipAddress: '10.89.1.11'
      adminState: serverState
    }
  }
  {
    name: 'server-2'
    properties: {
      virtualNetwork: {
        id: vnet.id
      }
      ipAddress: '10.89.1.12'
      adminState: serverState
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-loans'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.89.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-loans'
        properties: {
          addressPrefix: '10.89.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-loans'
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
          privateIPAddress: '10.89.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'loans'
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
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-loans', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-loans', 'loans')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-loans', 'health')
          }
          protocol: 'Tcp'
          frontendPort: 80
          backendPort: 8080
        }
      }
    ]
  }
}
