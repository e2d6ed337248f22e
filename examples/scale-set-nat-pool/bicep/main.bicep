// A scale set behind a public load balancer that has one public address for everything: for the rule of its clients, for
// the SSH ports of its instances, and for their own calls.
param location string = resourceGroup().location

@description('Where administrators come from.')
param administrators string[] = ['198.51.100.0/26', '203.0.113.128/28']

@secure()
param sshPublicKey string

var zones = ['1', '2', '3']

resource securityGroup 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-api'
  location: location

  resource allowApi 'securityRules' = {
    name: 'AllowApi'
    properties: {
      priority: 110
      direction: 'Inbound'
      access: 'Allow'
      protocol: 'Tcp'
      sourcePortRange: '*'
      destinationPortRange: '8080'
      sourceAddressPrefix: 'Internet'
      destinationAddressPrefix: network.properties.subnets[0].properties.addressPrefix
    }
  }

  resource allowSsh 'securityRules' = {
    name: 'AllowSshFromAdministrators'
    properties: {
      priority: 120
      direction: 'Inbound'
      access: 'Allow'
      protocol: 'Tcp'
      sourcePortRange: '*'
      destinationPortRange: '22'
      sourceAddressPrefixes: administrators
      destinationAddressPrefix: '*'
    }
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-api'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.52.0.0/20'] }
    subnets: [
      { name: 'snet-api', properties: { addressPrefix: '10.52.0.0/24', defaultOutboundAccess: false } }
    ]
  }
}

resource publicIp 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-api'
  location: location
  zones: zones
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource loadBalancer 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-api'
  location: location
  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [{ name: 'public', properties: { publicIPAddress: { id: publicIp.id } } }]
    backendAddressPools: [{ name: 'api' }]
    probes: [
      {
        name: 'ready'
        properties: {
          protocol: 'Http'
          port: 8080
          requestPath: '/ready'
          intervalInSeconds: 15
          probeThreshold: 2
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'api'
        properties: {
          protocol: 'Tcp'
          frontendPort: 80
          backendPort: 8080
          enableTcpReset: true
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-api', 'public')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-api', 'api')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-api', 'ready')
          }
        }
      }
    ]
    inboundNatPools: [
      {
        name: 'ssh'
        properties: {
          protocol: 'Tcp'
          frontendPortRangeStart: 50000
          frontendPortRangeEnd: 50119
          backendPort: 22
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-api', 'public')
          }
        }
      }
    ]
    outboundRules: [
      {
        name: 'egress'
        properties: {
          protocol: 'All'
          allocatedOutboundPorts: 3200
          frontendIPConfigurations: [
            { id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-api', 'public') }
          ]
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-api', 'api')
          }
        }
      }
    ]
  }
}

resource scaleSet 'Microsoft.Compute/virtualMachineScaleSets@2024-07-01' = {
  name: 'vmss-api'
  location: location
  zones: zones
  sku: { name: 'Standard_D2s_v5', capacity: 4 }
  properties: {
    orchestrationMode: 'Uniform'
    upgradePolicy: {
      mode: 'Automatic'
      automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true, disableAutomaticRollback: false }
    }
    virtualMachineProfile: {
      osProfile: {
        computerNamePrefix: 'vmss-api'
        adminUsername: 'azureuser'
        linuxConfiguration: {
          disablePasswordAuthentication: true
          ssh: {
            publicKeys: [{ path: '/home/azureuser/.ssh/authorized_keys', keyData: sshPublicKey }]
          }
        }
      }
      storageProfile: {
        imageReference: {
          communityGalleryImageId: '/communityGalleries/example-golden/images/api/versions/latest'
        }
        osDisk: {
          createOption: 'FromImage'
          caching: 'ReadWrite'
          managedDisk: { storageAccountType: 'Premium_LRS' }
        }
      }
      networkProfile: {
        healthProbe: { id: loadBalancer.properties.probes[0].id }
        networkInterfaceConfigurations: [
          {
            name: 'nic'
            properties: {
              primary: true
              networkSecurityGroup: { id: securityGroup.id }
              ipConfigurations: [
                {
                  name: 'ipconfig'
                  properties: {
                    primary: true
                    subnet: { id: network.properties.subnets[0].id }
                    loadBalancerBackendAddressPools: [{ id: loadBalancer.properties.backendAddressPools[0].id }]
                    loadBalancerInboundNatPools: [{ id: loadBalancer.properties.inboundNatPools[0].id }]
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
