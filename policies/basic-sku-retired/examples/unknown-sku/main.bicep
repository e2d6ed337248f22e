// The SKU of the balancer is a parameter without a value.

param location string = resourceGroup().location
param balancerSku string

resource nsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-voice'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowSip'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: '5061'
          sourceAddressPrefix: 'Internet'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-voice'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.36.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-voice'
        properties: {
          addressPrefix: '10.36.1.0/24'
          networkSecurityGroup: {
            id: nsg.id
          }
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-voice'
  location: location
  sku: {
    name: balancerSku
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'public'
        properties: {
          publicIPAddress: {
            id: resourceId('Microsoft.Network/publicIPAddresses', 'pip-voice')
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'voice'
      }
    ]
    probes: [
      {
        name: 'sips'
        properties: {
          protocol: 'Tcp'
          port: 5061
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'sips'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-voice', 'public')
          }
          protocol: 'Tcp'
          backendPort: 5061
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-voice', 'voice')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-voice', 'sips')
          }
          frontendPort: 5061
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-voice-${i}'
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
