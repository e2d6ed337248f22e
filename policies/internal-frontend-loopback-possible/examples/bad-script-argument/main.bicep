// A script of the image is given the address of the balancer; what it does with it, nobody can read here.

param location string = resourceGroup().location

var setup = '''
#!/bin/bash
docker run -d -p 8080:8080 wells.azurecr.io/api:7
'''

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-wells'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.84.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-wells'
        properties: {
          addressPrefix: '10.84.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-wells'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'front'
        properties: {
          privateIPAddress: '10.84.1.10'
          privateIPAllocationMethod: 'Static'
          subnet: {
            id: vnet.properties.subnets[0].id
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'pool'
      }
    ]
    probes: [
      {
        name: 'health'
        properties: {
          protocol: 'Tcp'
          port: 8080
          intervalInSeconds: 5
          probeThreshold: 2
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'wells'
        properties: {
          protocol: 'Tcp'
          frontendPort: 80
          backendPort: 8080
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-wells', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-wells', 'pool')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-wells', 'health')
          }
        }
      }
    ]
  }
}

resource nic 'Microsoft.Network/networkInterfaces@2024-05-01' = [for i in range(0, 2): {
  name: 'nic-wells-${i}'
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
}]

resource vm 'Microsoft.Compute/virtualMachines@2024-07-01' = [for i in range(0, 2): {
  name: 'vm-wells-${i}'
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
      computerName: 'vm-wells-${i}'
      adminUsername: 'azureuser'
      customData: base64(setup)
      linuxConfiguration: {
        disablePasswordAuthentication: true
        ssh: {
          publicKeys: [
            {
              path: '/home/azureuser/.ssh/authorized_keys'
              keyData: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEmadeUpKeyForExamples azureuser'
            }
          ]
        }
      }
    }
    networkProfile: {
      networkInterfaces: [
        {
          id: nic[i].id
        }
      ]
    }
  }
}]

resource setups 'Microsoft.Compute/virtualMachines/extensions@2024-07-01' = [
  for i in range(0, 2): {
    parent: vm[i]
    name: 'setup'
    location: location
    properties: {
      publisher: 'Microsoft.Azure.Extensions'
      type: 'CustomScript'
      typeHandlerVersion: '2.1'
      settings: {
        commandToExecute: 'bash /opt/wells/register.sh ${lb.properties.frontendIPConfigurations[0].properties.privateIPAddress}'
      }
    }
  }
]
