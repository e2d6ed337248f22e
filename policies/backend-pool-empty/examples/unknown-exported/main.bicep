// The pool is an output of this root: another root may fill it.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-ingress'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.23.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-ingress'
        properties: {
          addressPrefix: '10.23.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-ingress'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'internal'
        properties: {
          subnet: {
            id: vnet.properties.subnets[0].id
          }
          privateIPAddress: '10.23.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'ingress'
      }
    ]
    probes: [
      {
        name: 'https'
        properties: {
          protocol: 'Tcp'
          port: 8443
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'https'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-ingress', 'internal')
          }
          protocol: 'Tcp'
          backendPort: 8443
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-ingress', 'ingress')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-ingress', 'https')
          }
          frontendPort: 443
        }
      }
    ]
  }
}

@description('Servers of the application roots join this pool.')
output backendPoolId string = lb.properties.backendAddressPools[0].id
