// The subnet lets everybody in, and the group of both interfaces narrows that to one hospital.

param location string = resourceGroup().location

resource nsgClinic 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-clinic'
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

resource nsgRecords 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-records'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowHospital'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: '443'
          sourceAddressPrefix: '203.0.113.64/27'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource pip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-clinic'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-clinic'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.27.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-clinic'
        properties: {
          addressPrefix: '10.27.1.0/24'
          networkSecurityGroup: {
            id: nsgClinic.id
          }
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-clinic'
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
        name: 'clinic'
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
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-clinic', 'public')
          }
          protocol: 'Tcp'
          backendPort: 443
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-clinic', 'clinic')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-clinic', 'https')
          }
          frontendPort: 443
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-clinic-${i}'
    location: location
    properties: {
      networkSecurityGroup: {
        id: nsgRecords.id
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
