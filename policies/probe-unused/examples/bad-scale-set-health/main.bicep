// The scale set takes a probe for the health of its instances that no rule uses.
var probes = [
  {
    name: 'jobs'
    properties: {
      protocol: 'Tcp'
      port: 8080
    }
  }
  {
    name: 'instances'
    properties: {
      protocol: 'Http'
      port: 8080
      requestPath: '/healthz'
    }
  }
]

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-render'
  location: resourceGroup().location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.82.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-render'
        properties: {
          addressPrefix: '10.82.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-render'
  location: resourceGroup().location
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
          privateIPAddress: '10.82.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'render'
      }
    ]
    probes: probes
    loadBalancingRules: [
      {
        name: 'jobs'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-render', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-render', 'render')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-render', 'jobs')
          }
          protocol: 'Tcp'
          frontendPort: 8080
          backendPort: 8080
        }
      }
    ]
  }
}

resource vmss 'Microsoft.Compute/virtualMachineScaleSets@2024-07-01' = {
  name: 'vmss-render'
  location: resourceGroup().location
  sku: {
    name: 'Standard_D2s_v5'
    capacity: 3
  }
  properties: {
    orchestrationMode: 'Uniform'
    upgradePolicy: {
      mode: 'Rolling'
    }
    virtualMachineProfile: {
      networkProfile: {
        healthProbe: {
          id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-render', 'instances')
        }
        networkInterfaceConfigurations: [
          {
            name: 'nic'
            properties: {
              primary: true
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
    }
  }
}
