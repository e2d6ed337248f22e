// Two subnets hold the servers of one rule; the older one lets in a single agency only.

param location string = resourceGroup().location

resource nsgFeed 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-feed'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowFeed'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: '8080'
          sourceAddressPrefix: 'Internet'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource nsgLegacy 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-legacy'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowAgency'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: '8080'
          sourceAddressPrefix: '203.0.113.0/28'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource pip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-feed'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-feed'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.24.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-feed'
        properties: {
          addressPrefix: '10.24.1.0/24'
          networkSecurityGroup: {
            id: nsgFeed.id
          }
        }
      }
      {
        name: 'snet-legacy'
        properties: {
          addressPrefix: '10.24.2.0/24'
          networkSecurityGroup: {
            id: nsgLegacy.id
          }
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-feed'
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
            id: pip.id
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'feed'
      }
    ]
    probes: [
      {
        name: 'feed'
        properties: {
          protocol: 'Tcp'
          port: 8080
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'feed'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-feed', 'public')
          }
          protocol: 'Tcp'
          backendPort: 8080
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-feed', 'feed')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-feed', 'feed')
          }
          frontendPort: 80
        }
      }
    ]
  }
}

resource nicFeed 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'nic-feed'
  location: location
  properties: {
    ipConfigurations: [
      {
        name: 'ipconfig'
        properties: {
          subnet: {
            id: vnet.properties.subnets[0].id
          }
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

resource nicLegacy 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'nic-legacy'
  location: location
  properties: {
    ipConfigurations: [
      {
        name: 'ipconfig'
        properties: {
          subnet: {
            id: vnet.properties.subnets[1].id
          }
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
