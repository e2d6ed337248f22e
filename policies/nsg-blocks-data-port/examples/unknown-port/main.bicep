// The NSG opens a port that is a parameter without a value: 8080 perhaps, perhaps another.

param location string = resourceGroup().location
param port int

resource nsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-ingest'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowIngest'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: string(port)
          sourceAddressPrefix: 'Internet'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource pip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-telemetry'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-telemetry'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.140.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-ingest'
        properties: {
          addressPrefix: '10.140.1.0/24'
          networkSecurityGroup: {
            id: nsg.id
          }
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-telemetry'
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
        name: 'ingest'
      }
    ]
    probes: [
      {
        name: 'ingest'
        properties: {
          protocol: 'Tcp'
          port: 8080
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'ingest'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-telemetry', 'public')
          }
          protocol: 'Tcp'
          backendPort: 8080
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-telemetry', 'ingest')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-telemetry', 'ingest')
          }
          frontendPort: 443
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-ingest-${i}'
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
