/**
 * What `avm/res/network/network-security-group` deploys, from its versions 0.1 to 0.5.
 *
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/network-security-group
 */
export const NETWORK_SECURITY_GROUP: string = `
param name string
param location string = resourceGroup().location
param flushConnection bool = false
param tags object?
param lock object?
param roleAssignments array?
param diagnosticSettings array?
param enableTelemetry bool = true

param securityRules {
  name: string
  properties: {
    access: string
    description: string?
    destinationAddressPrefix: string?
    destinationAddressPrefixes: array?
    destinationApplicationSecurityGroupResourceIds: array?
    destinationPortRange: string?
    destinationPortRanges: array?
    direction: string
    priority: int
    protocol: string
    sourceAddressPrefix: string?
    sourceAddressPrefixes: array?
    sourceApplicationSecurityGroupResourceIds: array?
    sourcePortRange: string?
    sourcePortRanges: array?
  }
}[]?

resource networkSecurityGroup 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    flushConnection: flushConnection
    securityRules: [
      for rule in securityRules ?? []: {
        name: rule.name
        properties: {
          access: rule.properties.access
          direction: rule.properties.direction
          priority: rule.properties.priority
          protocol: rule.properties.protocol
          sourceAddressPrefix: rule.properties.?sourceAddressPrefix
          sourceAddressPrefixes: rule.properties.?sourceAddressPrefixes
          sourcePortRange: rule.properties.?sourcePortRange
          sourcePortRanges: rule.properties.?sourcePortRanges
          sourceApplicationSecurityGroups: map(
            rule.properties.?sourceApplicationSecurityGroupResourceIds ?? [],
            id => { id: id }
          )
          destinationAddressPrefix: rule.properties.?destinationAddressPrefix
          destinationAddressPrefixes: rule.properties.?destinationAddressPrefixes
          destinationPortRange: rule.properties.?destinationPortRange
          destinationPortRanges: rule.properties.?destinationPortRanges
          destinationApplicationSecurityGroups: map(
            rule.properties.?destinationApplicationSecurityGroupResourceIds ?? [],
            id => { id: id }
          )
        }
      }
    ]
  }
}

output resourceGroupName string = resourceGroup().name
output resourceId string = networkSecurityGroup.id
output name string = networkSecurityGroup.name
output location string = location
`;
