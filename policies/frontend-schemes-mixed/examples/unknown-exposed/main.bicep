// Whether the second frontend is public is a parameter without a default.

param location string = resourceGroup().location
param exposed bool

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-chart'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.97.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-chart'
        properties: {
          addressPrefix: '10.97.1.0/24'
        }
      }
    ]
  }
}

resource address 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-chart'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-chart'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'clients'
        properties: {
          publicIPAddress: {
            id: address.id
          }
        }
      }
      {
        name: 'partners'
        properties: exposed
          ? {
              publicIPPrefix: {
                id: prefix.id
              }
            }
          : {
              subnet: {
                id: vnet.properties.subnets[0].id
              }
            }
      }
    ]
  }
}

resource prefix 'Microsoft.Network/publicIPPrefixes@2024-05-01' = {
  name: 'ippre-chart'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    prefixLength: 30
  }
}
