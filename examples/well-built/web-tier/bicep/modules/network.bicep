// The network of the shop: one subnet with its security group and its way out.
param location string
param zones string[]

@description('The ports that the web servers listen on.')
param webPorts int[]

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
          destinationPortRanges: map(webPorts, port => string(port))
          sourceAddressPrefix: 'Internet'
          destinationAddressPrefix: '*'
        }
      }
      {
        name: 'AllowProbe'
        properties: {
          priority: 200
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourcePortRange: '*'
          destinationPortRange: '*'
          sourceAddressPrefix: 'AzureLoadBalancer'
          destinationAddressPrefix: '*'
        }
      }
      {
        name: 'DenyRest'
        properties: {
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourcePortRange: '*'
          destinationPortRange: '*'
          sourceAddressPrefix: '*'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource egressAddress 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-egress'
  location: location
  zones: zones
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
  name: 'vnet-shop'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.11.0.0/16'] }
    subnets: [
      {
        name: 'snet-web'
        properties: {
          addressPrefix: '10.11.1.0/24'
          defaultOutboundAccess: false
          networkSecurityGroup: { id: securityGroup.id }
          natGateway: { id: egress.id }
        }
      }
    ]
  }
}

output webSubnetId string = network.properties.subnets[0].id
