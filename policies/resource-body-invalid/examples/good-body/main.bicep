// Case does not matter, a number may be text, and what a parameter decides may be anything.
param location string = resourceGroup().location
param probePort int

resource balancer 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-shop'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    FrontendIpConfigurations: [ // Azure does not look at the case of names
      {
        name: 'internal'
        properties: {
          privateIPAllocationMethod: 'Dynamic'
          subnet: {
            id: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-shop', 'web')
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'web'
      }
    ]
    probes: [
      {
        name: 'http'
        properties: {
          protocol: 'Tcp'
          port: probePort // may be anything, and is there
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'http'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-shop', 'internal')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-shop', 'web')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-shop', 'http')
          }
          protocol: 'Tcp'
          frontendPort: '80' // Azure converts text to a number
          backendPort: 8080
        }
      }
    ]
  }
}

resource networkInterfaces 'Microsoft.Network/networkInterfaces@2024-05-01' = [for index in range(0, 2): {
  name: 'nic-shop-${index}'
  location: location
  properties: {
    ipConfigurations: [
      {
        name: 'internal'
        properties: {
          privateIPAllocationMethod: 'Dynamic'
          subnet: {
            id: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-shop', 'web')
          }
          loadBalancerBackendAddressPools: [
            {
              id: '${balancer.id}/backendAddressPools/web'
            }
          ]
        }
      }
    ]
  }
}]
