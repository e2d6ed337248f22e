// TCP and UDP may use the same port of a frontend.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-voice'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.74.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-voice'
        properties: {
          addressPrefix: '10.74.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-voice'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'sip'
        properties: {
          privateIPAddress: '10.74.1.10'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'sip'
      }
    ]
    probes: [
      {
        name: 'sip'
        properties: {
          protocol: 'Tcp'
          port: 5060
          intervalInSeconds: 5
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'sip-tcp'
        properties: {
          protocol: 'Tcp'
          frontendPort: 5060
          backendPort: 5060
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-voice', 'sip')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-voice', 'sip')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-voice', 'sip')
          }
        }
      }
      {
        name: 'sip-udp'
        properties: {
          protocol: 'Udp'
          frontendPort: 5060
          backendPort: 5060
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-voice', 'sip')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-voice', 'sip')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-voice', 'sip')
          }
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
