// The servers own the frontend address (floating IP) and listen on it: nobody calls it.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-proxy'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.46.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-proxy'
        properties: {
          addressPrefix: '10.46.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-proxy'
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
          privateIPAddress: '10.46.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'proxy'
      }
    ]
    probes: [
      {
        name: 'http'
        properties: {
          protocol: 'Tcp'
          port: 80
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'http'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-proxy', 'internal')
          }
          protocol: 'Tcp'
          backendPort: 80
          enableFloatingIP: true
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-proxy', 'proxy')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-proxy', 'http')
          }
          frontendPort: 80
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-proxy-${i}'
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

resource vms 'Microsoft.Compute/virtualMachines@2024-07-01' = [
  for i in range(0, 2): {
    name: 'vm-proxy-${i}'
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
#cloud-config
packages: [nginx]
write_files:
  - path: /etc/nginx/conf.d/balanced.conf
    content: |
      server {
        listen 10.46.1.10:80;
        return 200;
      }
runcmd:
  - ip addr add 10.46.1.10/32 dev lo
  - systemctl restart nginx
''')
      }
      networkProfile: {
        networkInterfaces: [
          {
            id: nics[i].id
          }
        ]
      }
    }
  }
]
