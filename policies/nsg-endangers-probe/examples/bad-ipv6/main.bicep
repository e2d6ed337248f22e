// A frontend for IPv6: its probes come from a link-local address, and only clients are allowed.

param location string = resourceGroup().location

resource nsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-tickets'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowHttps'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: '443'
          sourceAddressPrefix: 'Internet'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource pip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-tickets'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
    publicIPAddressVersion: 'IPv6'
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-tickets'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.32.0.0/16'
        'fd00:32::/48'
      ]
    }
    subnets: [
      {
        name: 'snet-tickets'
        properties: {
          addressPrefixes: [
            '10.32.1.0/24'
            'fd00:32:0:1::/64'
          ]
          networkSecurityGroup: {
            id: nsg.id
          }
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-tickets'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'ipv6'
        properties: {
          publicIPAddress: {
            id: pip.id
          }
          privateIPAddressVersion: 'IPv6'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'tickets'
      }
    ]
    probes: [
      {
        name: 'https'
        properties: {
          protocol: 'Tcp'
          port: 443
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'https'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-tickets', 'ipv6')
          }
          protocol: 'Tcp'
          backendPort: 443
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-tickets', 'tickets')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-tickets', 'https')
          }
          frontendPort: 443
        }
      }
    ]
  }
}

resource nic 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'nic-tickets'
  location: location
  properties: {
    ipConfigurations: [
      {
        name: 'ipv4'
        properties: {
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
      {
        name: 'ipv6'
        properties: {
          subnet: {
            id: vnet.properties.subnets[0].id
          }
          privateIPAddressVersion: 'IPv6'
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
