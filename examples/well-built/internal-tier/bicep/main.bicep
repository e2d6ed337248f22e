// A ledger service for the web servers of the same network, behind an internal load balancer that nobody else reaches.
@description('How many ledger servers there are.')
@minValue(2)
param instances int

@description('The public key of the administrator.')
param sshPublicKey string

@description('What ledger servers run.')
param image string

param location string = resourceGroup().location

var loadBalancerName = 'lb-ledger'
var addressSpace = '10.21.0.0/16'
var webPrefix = cidrSubnet(addressSpace, 24, 1)
var ledgerPrefix = cidrSubnet(addressSpace, 24, 2)
var ledgerAddress = cidrHost(ledgerPrefix, 9)

var inbound = {
  AllowWebServers: { priority: 100, access: 'Allow', protocol: 'Tcp', source: webPrefix, port: '8443' }
  AllowProbe: { priority: 200, access: 'Allow', protocol: '*', source: 'AzureLoadBalancer', port: '*' }
  DenyRest: { priority: 4096, access: 'Deny', protocol: '*', source: '*', port: '*' }
}

var ledgerCustomData = '''
#cloud-config
packages: [docker.io]
runcmd:
  - docker run -d --restart always -p 8443:8443 IMAGE
'''

var webCustomData = '''
#cloud-config
write_files:
  - path: /etc/shop/ledger.env
    content: |
      LEDGER_URL=https://ADDRESS/api
'''

var linux = {
  disablePasswordAuthentication: true
  ssh: { publicKeys: [{ path: '/home/azureuser/.ssh/authorized_keys', keyData: sshPublicKey }] }
}

var storage = {
  imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' }
  osDisk: { createOption: 'FromImage', caching: 'ReadWrite', managedDisk: { storageAccountType: 'Premium_LRS' } }
}

resource securityGroup 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-ledger'
  location: location
  properties: {
    securityRules: map(items(inbound), rule => {
      name: rule.key
      properties: {
        priority: rule.value.priority
        direction: 'Inbound'
        access: rule.value.access
        protocol: rule.value.protocol
        sourcePortRange: '*'
        destinationPortRange: rule.value.port
        sourceAddressPrefix: rule.value.source
        destinationAddressPrefix: '*'
      }
    })
  }
}

resource egressAddress 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-egress'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource egress 'Microsoft.Network/natGateways@2024-05-01' = {
  name: 'ng-egress'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIpAddresses: [{ id: egressAddress.id }] }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-ledger'
  location: location
  properties: { addressSpace: { addressPrefixes: [addressSpace] } }
}

resource webSubnet 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = {
  parent: network
  name: 'snet-web'
  properties: { addressPrefix: webPrefix, natGateway: { id: egress.id } }
}

resource ledgerSubnet 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = {
  parent: network
  name: 'snet-ledger'
  dependsOn: [webSubnet]
  properties: {
    addressPrefix: ledgerPrefix
    natGateway: { id: egress.id }
    networkSecurityGroup: { id: securityGroup.id }
  }
}

resource loadBalancer 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: loadBalancerName
  location: location
  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'internal'
        properties: {
          subnet: { id: ledgerSubnet.id }
          privateIPAddress: ledgerAddress
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    probes: [
      {
        name: 'https'
        properties: { protocol: 'Https', port: 8443, requestPath: '/healthz', intervalInSeconds: 15 }
      }
    ]
    loadBalancingRules: [
      {
        name: 'https'
        properties: {
          protocol: 'Tcp'
          frontendPort: 443
          backendPort: 8443
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', loadBalancerName, 'internal')
          }
          backendAddressPools: [
            { id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', loadBalancerName, 'ledger') }
          ]
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', loadBalancerName, 'https')
          }
        }
      }
    ]
    backendAddressPools: [{ name: 'ledger' }]
  }
}

resource interfaces 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, instances): {
    name: 'nic-ledger-${i}'
    location: location
    properties: {
      ipConfigurations: [
        {
          name: 'ipconfig'
          properties: {
            subnet: { id: ledgerSubnet.id }
            privateIPAllocationMethod: 'Dynamic'
            loadBalancerBackendAddressPools: [
              { id: '${loadBalancer.id}/backendAddressPools/ledger' }
            ]
          }
        }
      ]
    }
  }
]

resource machines 'Microsoft.Compute/virtualMachines@2024-07-01' = [
  for i in range(0, instances): {
    name: 'vm-ledger-${i}'
    location: location
    properties: {
      hardwareProfile: { vmSize: 'Standard_D2s_v5' }
      osProfile: {
        computerName: 'vm-ledger-${i}'
        adminUsername: 'azureuser'
        customData: base64(replace(ledgerCustomData, 'IMAGE', image))
        linuxConfiguration: linux
      }
      storageProfile: storage
      networkProfile: { networkInterfaces: [{ id: interfaces[i].id }] }
    }
  }
]

resource webInterface 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'nic-web'
  location: location
  properties: {
    ipConfigurations: [
      {
        name: 'ipconfig'
        properties: { subnet: { id: webSubnet.id }, privateIPAllocationMethod: 'Dynamic' }
      }
    ]
  }
}

resource webMachine 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'vm-web'
  location: location
  properties: {
    hardwareProfile: { vmSize: 'Standard_D2s_v5' }
    osProfile: {
      computerName: 'vm-web'
      adminUsername: 'azureuser'
      customData: base64(replace(webCustomData, 'ADDRESS', ledgerAddress))
      linuxConfiguration: linux
    }
    storageProfile: storage
    networkProfile: { networkInterfaces: [{ id: webInterface.id }] }
  }
}
