// Three web servers behind a public load balancer.
@description('How many web servers there are.')
@minValue(1)
param webCount int = 3

param location string = resourceGroup().location

@description('The public key of the administrator.')
param sshPublicKey string

var rules = {
  http: { frontendPort: 80, backendPort: 8080 }
  https: { frontendPort: 443, backendPort: 8443 }
}

var loadBalancerName = 'lb-store'

resource securityGroup 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-web'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowWeb'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRanges: ['80', '443']
          sourceAddressPrefix: 'Internet'
          destinationAddressPrefix: '*'
        }
      }
      {
        name: 'AllowSshFromBastion'
        properties: {
          priority: 200
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: '22'
          sourceAddressPrefix: '10.10.250.0/26'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-store'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.10.0.0/16'] }
  }

  resource webSubnet 'subnets' = {
    name: 'snet-web'
    properties: {
      addressPrefix: '10.10.1.0/24'
      networkSecurityGroup: { id: securityGroup.id }
    }
  }
}

resource publicIp 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-store'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource loadBalancer 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: loadBalancerName
  location: location
  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'public'
        properties: { publicIPAddress: { id: publicIp.id } }
      }
    ]
    backendAddressPools: [{ name: 'web' }]
    probes: [
      {
        name: 'health'
        properties: { protocol: 'Http', port: 8080, requestPath: '/healthz', intervalInSeconds: 15 }
      }
    ]
    loadBalancingRules: [
      for rule in items(rules): {
        name: rule.key
        properties: {
          protocol: 'Tcp'
          frontendPort: rule.value.frontendPort
          backendPort: rule.value.backendPort
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', loadBalancerName, 'public')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', loadBalancerName, 'web')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', loadBalancerName, 'health')
          }
        }
      }
    ]
  }
}

resource availabilitySet 'Microsoft.Compute/availabilitySets@2024-07-01' = {
  name: 'avail-web'
  location: location
  sku: { name: 'Aligned' }
  properties: { platformFaultDomainCount: 2, platformUpdateDomainCount: 5 }
}

resource interfaces 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, webCount): {
    name: 'nic-web-${i}'
    location: location
    properties: {
      ipConfigurations: [
        {
          name: 'ipconfig'
          properties: {
            subnet: { id: network::webSubnet.id }
            privateIPAllocationMethod: 'Dynamic'
            loadBalancerBackendAddressPools: [{ id: loadBalancer.properties.backendAddressPools[0].id }]
          }
        }
      ]
    }
  }
]

resource machines 'Microsoft.Compute/virtualMachines@2024-07-01' = [
  for i in range(0, webCount): {
    name: 'vm-web-${i}'
    location: location
    properties: {
      availabilitySet: { id: availabilitySet.id }
      hardwareProfile: { vmSize: 'Standard_B2s' }
      osProfile: {
        computerName: 'vm-web-${i}'
        adminUsername: 'azureuser'
        customData: loadFileAsBase64('../web.yaml')
        linuxConfiguration: {
          disablePasswordAuthentication: true
          ssh: {
            publicKeys: [{ path: '/home/azureuser/.ssh/authorized_keys', keyData: sshPublicKey }]
          }
        }
      }
      storageProfile: {
        imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' }
        osDisk: {
          createOption: 'FromImage'
          caching: 'ReadWrite'
          managedDisk: { storageAccountType: 'Premium_LRS' }
        }
      }
      networkProfile: { networkInterfaces: [{ id: interfaces[i].id }] }
    }
  }
]

output address string = publicIp.properties.ipAddress
