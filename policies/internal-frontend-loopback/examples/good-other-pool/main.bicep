// Web servers call the frontend of the API, whose rule delivers to another pool of the same balancer.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-store'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.45.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-store'
        properties: {
          addressPrefix: '10.45.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-store'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'api'
        properties: {
          subnet: {
            id: vnet.properties.subnets[0].id
          }
          privateIPAddress: '10.45.1.20'
          privateIPAllocationMethod: 'Static'
        }
      }
      {
        name: 'web'
        properties: {
          subnet: {
            id: vnet.properties.subnets[0].id
          }
          privateIPAddress: '10.45.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'api'
      }
      {
        name: 'web'
      }
    ]
    probes: [
      {
        name: 'api'
        properties: {
          protocol: 'Http'
          port: 8081
          requestPath: '/healthz'
        }
      }
      {
        name: 'web'
        properties: {
          protocol: 'Http'
          port: 8080
          requestPath: '/healthz'
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'api'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-store', 'api')
          }
          protocol: 'Tcp'
          backendPort: 8081
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-store', 'api')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-store', 'api')
          }
          frontendPort: 80
        }
      }
      {
        name: 'web'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-store', 'web')
          }
          protocol: 'Tcp'
          backendPort: 8080
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-store', 'web')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-store', 'web')
          }
          frontendPort: 80
        }
      }
    ]
  }
}

resource nicTierApi 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'nic-api'
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

resource nicTierWeb 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'nic-web'
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
              id: lb.properties.backendAddressPools[1].id
            }
          ]
        }
      }
    ]
  }
}

resource vmTierApi 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'vm-tier-api'
  location: location
  properties: {
    hardwareProfile: {
      vmSize: 'Standard_B2s'
    }
    storageProfile: {
      imageReference: {
        publisher: 'Canonical'
        offer: 'ubuntu-24_04-lts'
        sku: 'server'
        version: 'latest'
      }
    }
    networkProfile: {
      networkInterfaces: [
        {
          id: nicTierApi.id
        }
      ]
    }
  }
}

resource vmTierWeb 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'vm-tier-web'
  location: location
  properties: {
    hardwareProfile: {
      vmSize: 'Standard_B2s'
    }
    storageProfile: {
      imageReference: {
        publisher: 'Canonical'
        offer: 'ubuntu-24_04-lts'
        sku: 'server'
        version: 'latest'
      }
    }
    osProfile: {
      customData: base64('''
API_URL=http://10.45.1.20/v1
''')
    }
    networkProfile: {
      networkInterfaces: [
        {
          id: nicTierWeb.id
        }
      ]
    }
  }
}
