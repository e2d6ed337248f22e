// The internet is denied first; the allow for any source still serves the virtual network.

param location string = resourceGroup().location

resource nsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-audit'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowProbe'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: '9200'
          sourceAddressPrefix: 'AzureLoadBalancer'
          destinationAddressPrefix: '*'
        }
      }
      {
        name: 'AllowSearch'
        properties: {
          priority: 300
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: '9200'
          sourceAddressPrefix: '*'
          destinationAddressPrefix: '*'
        }
      }
      {
        name: 'DenyInternet'
        properties: {
          priority: 200
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourcePortRange: '*'
          destinationPortRange: '9200'
          sourceAddressPrefix: 'Internet'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-audit'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.56.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-audit'
        properties: {
          addressPrefix: '10.56.1.0/24'
          networkSecurityGroup: {
            id: nsg.id
          }
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-audit'
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
          privateIPAddress: '10.56.1.100'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'audit'
      }
    ]
    probes: [
      {
        name: 'search'
        properties: {
          protocol: 'Tcp'
          port: 9200
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'search'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-audit', 'internal')
          }
          protocol: 'Tcp'
          backendPort: 9200
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-audit', 'audit')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-audit', 'search')
          }
          frontendPort: 9200
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-audit-${i}'
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
]
