// Three web servers in three zones behind a public load balancer; their own way out is a NAT gateway.
param location string = resourceGroup().location
param zones string[] = ['1', '2', '3']

@description('The public key of the administrator.')
param sshPublicKey string

var loadBalancerName = 'lb-shop'

var rules = [
  { name: 'http', frontendPort: 80, backendPort: 8080, probeProtocol: 'Http' }
  { name: 'https', frontendPort: 443, backendPort: 8443, probeProtocol: 'Https' }
]

module network 'modules/network.bicep' = {
  name: 'network'
  params: {
    location: location
    zones: zones
    webPorts: [for rule in rules: rule.backendPort]
  }
}

resource publicIp 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-shop'
  location: location
  zones: zones
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource loadBalancer 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: loadBalancerName
  location: location
  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [{ name: 'public', properties: { publicIPAddress: { id: publicIp.id } } }]
    backendAddressPools: [{ name: 'web' }]
    probes: [
      for rule in rules: {
        name: rule.name
        properties: {
          protocol: rule.probeProtocol
          port: rule.backendPort
          requestPath: '/healthz'
          intervalInSeconds: 15
        }
      }
    ]
    loadBalancingRules: [
      for rule in rules: {
        name: rule.name
        properties: {
          protocol: 'Tcp'
          frontendPort: rule.frontendPort
          backendPort: rule.backendPort
          disableOutboundSnat: true
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', loadBalancerName, 'public')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', loadBalancerName, 'web')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', loadBalancerName, rule.name)
          }
        }
      }
    ]
  }
}

module servers 'modules/server.bicep' = [
  for (zone, i) in zones: {
    name: 'web-${i}'
    params: {
      name: 'web-${i}'
      location: location
      zone: zone
      subnetId: network.outputs.webSubnetId
      poolId: loadBalancer.properties.backendAddressPools[0].id
      sshPublicKey: sshPublicKey
    }
  }
]

output address string = publicIp.properties.ipAddress
