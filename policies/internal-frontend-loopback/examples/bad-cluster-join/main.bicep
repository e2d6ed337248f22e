// Three servers of Consul are told to find each other at the address of the balancer in front of them.

param location string = resourceGroup().location

var setup = '''
#cloud-config
write_files:
  - path: /etc/consul.d/server.hcl
    content: |
      server = true
      bootstrap_expect = 3
      retry_join = ["10.83.1.10"]
runcmd:
  - systemctl restart consul
'''

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-consul'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.83.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-consul'
        properties: {
          addressPrefix: '10.83.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-consul'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'front'
        properties: {
          privateIPAddress: '10.83.1.10'
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
        name: 'rpc'
        properties: {
          protocol: 'Tcp'
          port: 8300
          intervalInSeconds: 5
          probeThreshold: 2
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'consul'
        properties: {
          protocol: 'Tcp'
          frontendPort: 8300
          backendPort: 8300
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-consul', 'front')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-consul', 'pool')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-consul', 'rpc')
          }
        }
      }
    ]
  }
}

resource nic 'Microsoft.Network/networkInterfaces@2024-05-01' = [for i in range(0, 3): {
  name: 'nic-consul-${i}'
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

resource vm 'Microsoft.Compute/virtualMachines@2024-07-01' = [for i in range(0, 3): {
  name: 'vm-consul-${i}'
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
      computerName: 'vm-consul-${i}'
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
