// A template that Azure exports lists network interfaces as addresses without an IP address.
param location string = resourceGroup().location

resource natPip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-nat-lms'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource nat 'Microsoft.Network/natGateways@2024-05-01' = {
  name: 'nat-lms'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIpAddresses: [
      {
        id: natPip.id
      }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-lms'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: ['10.118.0.0/16']
    }
    subnets: [
      {
        name: 'snet-lms'
        properties: {
          addressPrefix: '10.118.1.0/24'
          natGateway: {
            id: nat.id
          }
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-lms'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'front'
        properties: {
          subnet: {
            id: vnet.properties.subnets[0].id
          }
          privateIPAddress: '10.118.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'pool-lms'
        properties: {
          loadBalancerBackendAddresses: [
            {
              name: 'rg-lms_nic-lms-0internal'
            }
            {
              name: 'rg-lms_nic-lms-1internal'
            }
          ]
        }
      }
    ]
    probes: [
      {
        name: 'health'
        properties: {
          protocol: 'Tcp'
          port: 443
          intervalInSeconds: 5
          probeThreshold: 2
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'https'
        properties: {
          protocol: 'Tcp'
          frontendPort: 443
          backendPort: 443
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-lms', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-lms', 'pool-lms')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-lms', 'health')
          }
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for index in range(0, 2): {
    name: 'nic-lms-${index}'
    location: location
    properties: {
      ipConfigurations: [
        {
          name: 'internal'
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
