const SUBNET_PROPERTIES = `
    addressPrefix: subnet.?addressPrefix
    addressPrefixes: subnet.?addressPrefixes
    networkSecurityGroup: empty(subnet.?networkSecurityGroupResourceId)
      ? null
      : { id: subnet.?networkSecurityGroupResourceId }
    routeTable: empty(subnet.?routeTableResourceId) ? null : { id: subnet.?routeTableResourceId }
    natGateway: empty(subnet.?natGatewayResourceId) ? null : { id: subnet.?natGatewayResourceId }
    serviceEndpoints: [for endpoint in subnet.?serviceEndpoints ?? []: { service: endpoint }]
    delegations: empty(subnet.?delegation)
      ? []
      : [{ name: subnet.?delegation, properties: { serviceName: subnet.?delegation } }]
    privateEndpointNetworkPolicies: subnet.?privateEndpointNetworkPolicies
    privateLinkServiceNetworkPolicies: subnet.?privateLinkServiceNetworkPolicies
    defaultOutboundAccess: subnet.?defaultOutboundAccess
`;

/**
 * What `avm/res/network/virtual-network` deploys, from its versions 0.5 to 0.10. Address spaces of an address manager and
 * peerings from the other side are not covered.
 *
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/virtual-network
 */
export const VIRTUAL_NETWORK: string = `
param name string
param location string = resourceGroup().location
param addressPrefixes string[]
param virtualNetworkBgpCommunity string?
param dnsServers array?
param ddosProtectionPlanResourceId string?
param vnetEncryption bool = false
param vnetEncryptionEnforcement string = 'AllowUnencrypted'
param flowTimeoutInMinutes int = 0
param enableVmProtection bool?
param enablePrivateEndpointVNetPolicies string?
param tags object?
param lock object?
param roleAssignments array?
param diagnosticSettings array?
param enableTelemetry bool = true

param subnets {
  name: string
  addressPrefix: string?
  addressPrefixes: array?
  delegation: string?
  natGatewayResourceId: string?
  networkSecurityGroupResourceId: string?
  routeTableResourceId: string?
  privateEndpointNetworkPolicies: string?
  privateLinkServiceNetworkPolicies: string?
  serviceEndpoints: array?
  serviceEndpointPolicies: array?
  defaultOutboundAccess: bool?
  sharingScope: string?
  roleAssignments: array?
}[]?

param peerings {
  name: string?
  remoteVirtualNetworkResourceId: string
  allowForwardedTraffic: bool?
  allowGatewayTransit: bool?
  allowVirtualNetworkAccess: bool?
  doNotVerifyRemoteGateways: bool?
  useRemoteGateways: bool?
}[]?

resource virtualNetwork 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: addressPrefixes }
    dhcpOptions: empty(dnsServers) ? null : { dnsServers: dnsServers }
    ddosProtectionPlan: empty(ddosProtectionPlanResourceId) ? null : { id: ddosProtectionPlanResourceId }
  }
}

resource subnetwork 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = [
  for subnet in subnets ?? []: {
    parent: virtualNetwork
    name: subnet.name
    properties: {${SUBNET_PROPERTIES}}
  }
]

resource peeringLink 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2024-05-01' = [
  for peering in peerings ?? []: {
    parent: virtualNetwork
    name: peering.?name ?? 'peer-\${name}-\${last(split(peering.remoteVirtualNetworkResourceId, '/'))}'
    properties: {
      remoteVirtualNetwork: { id: peering.remoteVirtualNetworkResourceId }
      allowForwardedTraffic: peering.?allowForwardedTraffic ?? true
      allowGatewayTransit: peering.?allowGatewayTransit ?? false
      allowVirtualNetworkAccess: peering.?allowVirtualNetworkAccess ?? true
      useRemoteGateways: peering.?useRemoteGateways ?? false
    }
  }
]

output resourceGroupName string = resourceGroup().name
output resourceId string = virtualNetwork.id
output name string = virtualNetwork.name
output subnetNames array = [for (subnet, index) in subnets ?? []: subnetwork[index].name]
output subnetResourceIds array = [for (subnet, index) in subnets ?? []: subnetwork[index].id]
output location string = location
`;

/** What `avm/res/network/virtual-network/subnet` deploys. */
export const SUBNET: string = `
param name string
param virtualNetworkName string
param addressPrefix string?
param addressPrefixes array?
param networkSecurityGroupResourceId string?
param routeTableResourceId string?
param natGatewayResourceId string?
param serviceEndpoints array = []
param serviceEndpointPolicies array?
param delegation string?
param privateEndpointNetworkPolicies string?
param privateLinkServiceNetworkPolicies string?
param defaultOutboundAccess bool?
param sharingScope string?
param roleAssignments array?
param enableTelemetry bool = true

var subnet = {
  addressPrefix: addressPrefix
  addressPrefixes: addressPrefixes
  networkSecurityGroupResourceId: networkSecurityGroupResourceId
  routeTableResourceId: routeTableResourceId
  natGatewayResourceId: natGatewayResourceId
  serviceEndpoints: serviceEndpoints
  delegation: delegation
  privateEndpointNetworkPolicies: privateEndpointNetworkPolicies
  privateLinkServiceNetworkPolicies: privateLinkServiceNetworkPolicies
  defaultOutboundAccess: defaultOutboundAccess
}

resource virtualNetwork 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: virtualNetworkName
}

resource subnetwork 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = {
  parent: virtualNetwork
  name: name
  properties: {${SUBNET_PROPERTIES}}
}

output resourceGroupName string = resourceGroup().name
output name string = name
output resourceId string = subnetwork.id
output addressPrefix string = addressPrefix ?? ''
output addressPrefixes array = addressPrefixes ?? []
`;
