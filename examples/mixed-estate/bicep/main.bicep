// A market: a public web tier on a scale set, and a data tier behind an internal load balancer.
param location string = resourceGroup().location

@description('The port of the price feeds, drawn by the pipeline that deploys this.')
@minValue(9000)
@maxValue(9999)
param feedPort int

@description('The public key of the administrator.')
param sshPublicKey string

var imageId = '/communityGalleries/example-golden/images/ubuntu/versions/latest'
var webBalancerName = 'lb-web'
var dataBalancerName = 'lb-data'

var webRules = [
  { name: 'https', frontendPort: 443, backendPort: 8443 }
  { name: 'feed', frontendPort: 9000, backendPort: 9443 }
]

var linux = {
  disablePasswordAuthentication: true
  ssh: { publicKeys: [{ path: '/home/azureuser/.ssh/authorized_keys', keyData: sshPublicKey }] }
}

var osDisk = {
  createOption: 'FromImage'
  caching: 'ReadWrite'
  managedDisk: { storageAccountType: 'Premium_LRS' }
}

var denyRest = { name: 'DenyRest', priority: 4096, access: 'Deny', protocol: '*' }
var allowProbe = { name: 'AllowProbe', priority: 200, source: 'AzureLoadBalancer', protocol: '*' }
var allowData = [
  { name: 'AllowPostgres', priority: 100, source: '10.60.0.0/16', port: '5432' }
  { name: 'AllowSyslog', priority: 110, source: '10.60.0.0/16', port: '514', protocol: 'Udp' }
]

module webSecurity 'modules/security-group.bicep' = {
  name: 'web-security'
  params: {
    name: 'nsg-web'
    location: location
    rules: [
      { name: 'AllowHttps', priority: 100, source: 'Internet', port: '8443' }
      { name: 'AllowFeed', priority: 110, source: 'Internet', port: string(feedPort) }
      allowProbe
      denyRest
    ]
  }
}

module dataSecurity 'modules/security-group.bicep' = {
  name: 'data-security'
  params: {
    name: 'nsg-data'
    location: location
    rules: [...allowData, allowProbe, denyRest]
  }
}

module dataNicSecurity 'modules/security-group.bicep' = {
  name: 'data-nic-security'
  params: {
    name: 'nsg-data-nic'
    location: location
    rules: concat(allowData, [denyRest])
  }
}

resource publicIps 'Microsoft.Network/publicIPAddresses@2024-05-01' = [
  for name in ['web', 'egress']: {
    name: 'pip-${name}'
    location: location
    sku: { name: 'Standard' }
    properties: { publicIPAllocationMethod: 'Static' }
  }
]

resource egress 'Microsoft.Network/natGateways@2024-05-01' = {
  name: 'ng-egress'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIpAddresses: [{ id: publicIps[1].id }] }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-market'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.60.0.0/16'] }
    subnets: [
      {
        name: 'snet-web'
        properties: {
          addressPrefix: '10.60.1.0/24'
          networkSecurityGroup: { id: webSecurity.outputs.id }
          natGateway: { id: egress.id }
        }
      }
      {
        name: 'snet-data'
        properties: {
          addressPrefix: '10.60.2.0/24'
          networkSecurityGroup: { id: dataSecurity.outputs.id }
          natGateway: { id: egress.id }
        }
      }
    ]
  }
}

resource webBalancer 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: webBalancerName
  location: location
  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [{ name: 'public', properties: { publicIPAddress: { id: publicIps[0].id } } }]
    backendAddressPools: [{ name: 'web' }]
    probes: [
      for rule in webRules: {
        name: rule.name
        properties: { protocol: 'Tcp', port: rule.backendPort, intervalInSeconds: 15 }
      }
    ]
    loadBalancingRules: [
      for rule in webRules: {
        name: rule.name
        properties: {
          protocol: 'Tcp'
          frontendPort: rule.frontendPort
          backendPort: rule.backendPort
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', webBalancerName, 'public')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', webBalancerName, 'web')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', webBalancerName, rule.name)
          }
        }
      }
    ]
  }
}

resource webScaleSet 'Microsoft.Compute/virtualMachineScaleSets@2024-07-01' = {
  name: 'vmss-web'
  location: location
  sku: { name: 'Standard_D2s_v5', capacity: 3 }
  properties: {
    orchestrationMode: 'Uniform'
    upgradePolicy: { mode: 'Manual' }
    virtualMachineProfile: {
      osProfile: { computerNamePrefix: 'vmss-web', adminUsername: 'azureuser', linuxConfiguration: linux }
      storageProfile: { imageReference: { communityGalleryImageId: imageId }, osDisk: osDisk }
      networkProfile: {
        networkInterfaceConfigurations: [
          {
            name: 'nic'
            properties: {
              primary: true
              ipConfigurations: [
                {
                  name: 'ipconfig'
                  properties: {
                    primary: true
                    subnet: { id: network.properties.subnets[0].id }
                    loadBalancerBackendAddressPools: [{ id: webBalancer.properties.backendAddressPools[0].id }]
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

resource dataBalancer 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: dataBalancerName
  location: location
  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'internal'
        properties: {
          subnet: { id: network.properties.subnets[1].id }
          privateIPAddress: '10.60.2.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [{ name: 'data' }]
    probes: [{ name: 'postgres', properties: { protocol: 'Tcp', port: 5432, intervalInSeconds: 15 } }]
    loadBalancingRules: [
      {
        name: 'postgres'
        properties: {
          protocol: 'Tcp'
          frontendPort: 5432
          backendPort: 5432
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', dataBalancerName, 'internal')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', dataBalancerName, 'data')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', dataBalancerName, 'postgres')
          }
        }
      }
      {
        name: 'syslog'
        properties: {
          protocol: 'Udp'
          frontendPort: 514
          backendPort: 514
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', dataBalancerName, 'internal')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', dataBalancerName, 'data')
          }
        }
      }
    ]
  }
}

resource dataInterfaces 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-data-${i}'
    location: location
    properties: {
      networkSecurityGroup: { id: dataNicSecurity.outputs.id }
      ipConfigurations: [
        {
          name: 'ipconfig'
          properties: {
            subnet: { id: network.properties.subnets[1].id }
            privateIPAllocationMethod: 'Dynamic'
            loadBalancerBackendAddressPools: [{ id: dataBalancer.properties.backendAddressPools[0].id }]
          }
        }
      ]
    }
  }
]

resource dataMachines 'Microsoft.Compute/virtualMachines@2024-07-01' = [
  for i in range(0, 2): {
    name: 'vm-data-${i}'
    location: location
    properties: {
      hardwareProfile: { vmSize: 'Standard_E4s_v5' }
      osProfile: { computerName: 'vm-data-${i}', adminUsername: 'azureuser', linuxConfiguration: linux }
      storageProfile: { imageReference: { communityGalleryImageId: imageId }, osDisk: osDisk }
      networkProfile: { networkInterfaces: [{ id: dataInterfaces[i].id }] }
    }
  }
]
