// Time servers ask each other from port 123, so a fixed source port is right.

param location string = resourceGroup().location

resource nsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-clock'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowNtpPeers'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Udp'
          sourcePortRange: '123'
          destinationPortRange: '123'
          sourceAddressPrefix: 'Internet'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource pip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-clock'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-clock'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.55.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-clock'
        properties: {
          addressPrefix: '10.55.1.0/24'
          networkSecurityGroup: {
            id: nsg.id
          }
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-clock'
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
        name: 'clock'
      }
    ]
    probes: [
      {
        name: 'ntp'
        properties: {
          protocol: 'Tcp'
          port: 8123
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'ntp'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-clock', 'public')
          }
          protocol: 'Udp'
          backendPort: 123
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-clock', 'clock')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-clock', 'ntp')
          }
          frontendPort: 123
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-clock-${i}'
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
