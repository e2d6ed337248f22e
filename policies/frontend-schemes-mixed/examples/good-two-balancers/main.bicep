// The public and the internal frontend have a load balancer each.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-help'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.96.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-help'
        properties: {
          addressPrefix: '10.96.1.0/24'
        }
      }
    ]
  }
}

resource address 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-help'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource public 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-help-public'
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
    ]
  }
}

resource internal 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-help-internal'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'staff'
        properties: {
          privateIPAllocationMethod: 'Dynamic'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
    ]
  }
}
