// Three web servers in three zones behind a public load balancer; their own way out is a NAT gateway. All of it comes
// from the public module registry.
param location string = resourceGroup().location
param zones int[] = [1, 2, 3]

@description('The public key of the administrator.')
param sshPublicKey string

var rules = [
  { name: 'http', frontendPort: 80, backendPort: 8080, probeProtocol: 'Http' }
  { name: 'https', frontendPort: 443, backendPort: 8443, probeProtocol: 'Https' }
]

module securityGroup 'br/public:avm/res/network/network-security-group:0.5.3' = {
  name: 'security-group'
  params: {
    name: 'nsg-web'
    location: location
    securityRules: [
      {
        name: 'AllowWeb'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRanges: map(rules, rule => string(rule.backendPort))
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

module egressAddress 'br/public:avm/res/network/public-ip-address:0.13.0' = {
  name: 'egress-address'
  params: { name: 'pip-egress', location: location, skuName: 'Standard', availabilityZones: zones }
}

module egress 'br/public:avm/res/network/nat-gateway:2.1.0' = {
  name: 'egress'
  params: {
    name: 'ng-egress'
    location: location
    availabilityZone: -1
    publicIpResourceIds: [egressAddress.outputs.resourceId]
  }
}

module network 'br/public:avm/res/network/virtual-network:0.10.1' = {
  name: 'network'
  params: {
    name: 'vnet-shop'
    location: location
    addressPrefixes: ['10.11.0.0/16']
    subnets: [
      {
        name: 'snet-web'
        addressPrefix: '10.11.1.0/24'
        defaultOutboundAccess: false
        networkSecurityGroupResourceId: securityGroup.outputs.resourceId
        natGatewayResourceId: egress.outputs.resourceId
      }
    ]
  }
}

module publicIp 'br/public:avm/res/network/public-ip-address:0.13.0' = {
  name: 'public-ip'
  params: { name: 'pip-shop', location: location, skuName: 'Standard', availabilityZones: zones }
}

module loadBalancer 'br/public:avm/res/network/load-balancer:0.8.0' = {
  name: 'load-balancer'
  params: {
    name: 'lb-shop'
    location: location
    frontendIPConfigurations: [{ name: 'public', publicIPAddressResourceId: publicIp.outputs.resourceId }]
    backendAddressPools: [{ name: 'web' }]
    probes: [
      for rule in rules: {
        name: rule.name
        protocol: rule.probeProtocol
        port: rule.backendPort
        requestPath: '/healthz'
        intervalInSeconds: 15
      }
    ]
    loadBalancingRules: [
      for rule in rules: {
        name: rule.name
        frontendIPConfigurationName: 'public'
        frontendPort: rule.frontendPort
        backendPort: rule.backendPort
        backendAddressPoolName: 'web'
        probeName: rule.name
        disableOutboundSnat: true
      }
    ]
  }
}

module servers 'br/public:avm/res/compute/virtual-machine:0.22.2' = [
  for (zone, i) in zones: {
    name: 'web-${i}'
    params: {
      name: 'vm-web-${i}'
      location: location
      availabilityZone: zone
      osType: 'Linux'
      vmSize: 'Standard_D2s_v5'
      adminUsername: 'azureuser'
      disablePasswordAuthentication: true
      publicKeys: [{ path: '/home/azureuser/.ssh/authorized_keys', keyData: sshPublicKey }]
      customData: loadTextContent('../web.yaml')
      imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' }
      osDisk: { caching: 'ReadWrite', createOption: 'FromImage', managedDisk: { storageAccountType: 'Premium_LRS' } }
      nicConfigurations: [
        {
          name: 'nic-web-${i}'
          ipConfigurations: [
            {
              name: 'ipconfig'
              subnetResourceId: network.outputs.subnetResourceIds[0]
              loadBalancerBackendAddressPools: [
                { id: loadBalancer.outputs.backendpools[0].id }
              ]
            }
          ]
        }
      ]
    }
  }
]
