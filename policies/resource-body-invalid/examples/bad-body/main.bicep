// Bodies with one of everything that can be wrong with them.
param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2021-05-01' = {
  name: 'vnet-shop'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: '10.20.0.0/16' // text where Azure takes a list
    }
    subnets: [
      {
        name: 'web'
        properties: {
          addressPrefix: '10.20.1.0/24'
          defaultOutboundAccess: false // came with 2023-05-01
        }
      }
    ]
  }
}

resource address 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-shop'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
    resourceGuid: '00000000-0000-0000-0000-000000000000' // only Azure can set it
    ddosSettings: {
      protectionCoverage: 'Basic' // went away after 2022-01-01
    }
  }
}

resource balancer 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-shop'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'public'
        properties: {
          publicIPAddress: {
            id: address.id
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
          protocol: 'Http'
          port: 8080
          requestPath: '/health'
          intervalInSecond: 5 // intervalInSeconds
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'http'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-shop', 'public')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-shop', 'web')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-shop', 'http')
          }
          protocol: 'Tcp'
          backendPort: 8080 // and no frontendPort
        }
      }
    ]
  }
}

resource interface 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'nic-web'
  location: location
  properties: {
    ipConfigurations: [
      {
        name: 'ipconfig'
        properties: {
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
        loadBalancerBackendAddressPools: [ // belongs in properties
          {
            id: balancer.properties.backendAddressPools[0].id
          }
        ]
      }
    ]
  }
}
