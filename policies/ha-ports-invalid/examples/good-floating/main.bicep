// Two frontends take every port of the same servers, both with floating IP.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-sap'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.88.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-sap'
        properties: {
          addressPrefix: '10.88.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-sap'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'ascs'
        properties: {
          privateIPAddress: '10.88.1.10'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
      {
        name: 'ers'
        properties: {
          privateIPAddress: '10.88.1.11'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'sap'
      }
    ]
    probes: [
      {
        name: 'ascs'
        properties: {
          protocol: 'Tcp'
          port: 62000
          intervalInSeconds: 5
        }
      }
      {
        name: 'ers'
        properties: {
          protocol: 'Tcp'
          port: 62101
          intervalInSeconds: 5
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'ascs'
        properties: {
          protocol: 'All'
          frontendPort: 0
          backendPort: 0
          enableFloatingIP: true
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-sap', 'ascs')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-sap', 'sap')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-sap', 'ascs')
          }
        }
      }
      {
        name: 'ers'
        properties: {
          protocol: 'All'
          frontendPort: 0
          backendPort: 0
          enableFloatingIP: true
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-sap', 'ers')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-sap', 'sap')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-sap', 'ers')
          }
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-sap-${i}'
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
