// Both servers were taken out for maintenance, one after the other, and neither came back.
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
      ipAddress: '10.87.1.11'
      adminState: 'Down'
    }
  }
  {
    name: 'server-2'
    properties: {
      virtualNetwork: {
        id: vnet.id
      }
      ipAddress: '10.87.1.12'
      adminState: 'Down'
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-claims'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.87.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-claims'
        properties: {
          addressPrefix: '10.87.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-claims'
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
          privateIPAddress: '10.87.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'claims'
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
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-claims', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-claims', 'claims')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-claims', 'health')
          }
          protocol: 'Tcp'
          frontendPort: 80
          backendPort: 8080
        }
      }
    ]
  }
}
