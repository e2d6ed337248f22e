// A network security group whose inbound rules come in as a list.
type inboundRule = {
  name: string
  priority: int
  access: ('Allow' | 'Deny')?
  protocol: ('Tcp' | 'Udp' | '*')?
  source: string?
  port: string?
}

param name string
param location string
param rules inboundRule[]

resource securityGroup 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: name
  location: location
  properties: {
    securityRules: [
      for rule in rules: {
        name: rule.name
        properties: {
          priority: rule.priority
          direction: 'Inbound'
          access: rule.?access ?? 'Allow'
          protocol: rule.?protocol ?? 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: rule.?port ?? '*'
          sourceAddressPrefix: rule.?source ?? '*'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

output id string = securityGroup.id
