// One frontend is public and the other internal.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-desk'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.95.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-desk'
        properties: {
          addressPrefix: '10.95.1.0/24'
        }
      }
    ]
  }
}

resource address 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-desk'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-desk'
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
        name: 'staff'
        properties: {
          privateIPAddress: '10.95.1.10'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
    ]
  }
}
