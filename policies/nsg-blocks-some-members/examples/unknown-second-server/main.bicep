// The first server lets one office in; what the second one lets in is a parameter without a value.

param location string = resourceGroup().location
param secondPort int

resource nsgFirst 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-first'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowOffice'
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

resource nsgSecond 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-second'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowDrawn'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: string(secondPort)
          sourceAddressPrefix: '203.0.113.0/28'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource pip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-relay'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-relay'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.29.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-relay'
        properties: {
          addressPrefix: '10.29.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-relay'
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
        name: 'relay'
      }
    ]
    probes: [
      {
        name: 'relay'
        properties: {
          protocol: 'Tcp'
          port: 8080
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'relay'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-relay', 'public')
          }
          protocol: 'Tcp'
          backendPort: 8080
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-relay', 'relay')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-relay', 'relay')
          }
          frontendPort: 80
        }
      }
    ]
  }
}

resource nicFirst 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'nic-first'
  location: location
  properties: {
    networkSecurityGroup: {
      id: nsgFirst.id
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

resource nicSecond 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'nic-second'
  location: location
  properties: {
    networkSecurityGroup: {
      id: nsgSecond.id
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
