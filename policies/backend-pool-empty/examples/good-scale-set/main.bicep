// The scale set names the pool in its network profile.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-render'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.22.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-render'
        properties: {
          addressPrefix: '10.22.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-render'
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
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'render'
      }
    ]
    probes: [
      {
        name: 'api'
        properties: {
          protocol: 'Tcp'
          port: 8080
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'api'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-render', 'internal')
          }
          protocol: 'Tcp'
          backendPort: 8080
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-render', 'render')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-render', 'api')
          }
          frontendPort: 8080
        }
      }
    ]
  }
}

resource vmss 'Microsoft.Compute/virtualMachineScaleSets@2024-07-01' = {
  name: 'vmss-render'
  location: location
  sku: {
    name: 'Standard_D2s_v5'
    capacity: 4
  }
  properties: {
    orchestrationMode: 'Uniform'
    upgradePolicy: {
      mode: 'Manual'
    }
    virtualMachineProfile: {
      networkProfile: {
        networkInterfaceConfigurations: [
          {
            name: 'nic'
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
      }
      storageProfile: {
        imageReference: {
          id: '/communityGalleries/example-golden/images/ubuntu/versions/latest'
        }
      }
    }
  }
}
