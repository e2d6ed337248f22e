// Subnet and interface each have a list of clients, and each list names one that the other forgot.

param location string = resourceGroup().location

resource nsgExchange 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-exchange'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowBank'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: '9443'
          sourceAddressPrefixes: [
            '198.51.100.0/28'
            '203.0.113.0/28'
          ]
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource nsgMatching 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-matching'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowBroker'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: '9443'
          sourceAddressPrefixes: [
            '192.88.99.0/28'
            '203.0.113.0/28'
          ]
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource pip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-exchange'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-exchange'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.26.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-exchange'
        properties: {
          addressPrefix: '10.26.1.0/24'
          networkSecurityGroup: {
            id: nsgExchange.id
          }
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-exchange'
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
        name: 'exchange'
      }
    ]
    probes: [
      {
        name: 'orders'
        properties: {
          protocol: 'Tcp'
          port: 9443
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'orders'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-exchange', 'public')
          }
          protocol: 'Tcp'
          backendPort: 9443
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-exchange', 'exchange')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-exchange', 'orders')
          }
          frontendPort: 443
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-exchange-${i}'
    location: location
    properties: {
      networkSecurityGroup: {
        id: nsgMatching.id
      }
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
]
