// A scale set behind a public load balancer: one rule for clients, one inbound NAT rule for its administrators, one
// outbound rule for its own calls, which has an address of its own.
param location string = resourceGroup().location

@description('Where administrators come from.')
param administrators string[] = ['198.51.100.0/26', '203.0.113.128/28']

@secure()
param sshPublicKey string

var zones = ['1', '2', '3']
var frontends = ['api', 'egress']

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
    addressSpace: { addressPrefixes: ['10.51.0.0/20'] }
    subnets: [
      { name: 'snet-api', properties: { addressPrefix: '10.51.0.0/24', defaultOutboundAccess: false } }
    ]
  }
}

resource publicIps 'Microsoft.Network/publicIPAddresses@2024-05-01' = [
  for frontend in frontends: {
    name: 'pip-${frontend}'
    location: location
    zones: zones
    sku: { name: 'Standard' }
    properties: { publicIPAllocationMethod: 'Static' }
  }
]

resource loadBalancer 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-api'
  location: location
  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [
      for (frontend, i) in frontends: {
        name: frontend
        properties: { publicIPAddress: { id: publicIps[i].id } }
      }
    ]
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
          disableOutboundSnat: true
          enableTcpReset: true
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-api', 'api')
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
    outboundRules: [
      {
        name: 'egress'
        properties: {
          protocol: 'All'
          allocatedOutboundPorts: 3200
          frontendIPConfigurations: [
            { id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-api', 'egress') }
          ]
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-api', 'api')
          }
        }
      }
    ]
  }

  resource ssh 'inboundNatRules' = {
    name: 'ssh'
    properties: {
      protocol: 'Tcp'
      frontendPortRangeStart: 50000
      frontendPortRangeEnd: 50119
      backendPort: 22
      frontendIPConfiguration: {
        id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-api', 'api')
      }
      backendAddressPool: {
        id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-api', 'api')
      }
    }
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
