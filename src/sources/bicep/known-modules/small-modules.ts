/**
 * What `avm/res/network/public-ip-address` deploys, from its versions 0.2 to 0.13. Up to 0.8 it called zones `zones`.
 *
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/public-ip-address
 */
export const PUBLIC_IP_ADDRESS: string = `
param name string
param location string = resourceGroup().location
param skuName string = 'Standard'
param skuTier string = 'Regional'
param publicIPAllocationMethod string = 'Static'
param publicIPAddressVersion string = 'IPv4'
param publicIpPrefixResourceId string?
param dnsSettings object?
param ipTags array?
param ddosSettings object?
param deleteOption string?
param idleTimeoutInMinutes int = 4
param availabilityZones array?
param zones array?
param tags object?
param lock object?
param roleAssignments array?
param diagnosticSettings array?
param enableTelemetry bool = true

resource publicIpAddress 'Microsoft.Network/publicIPAddresses@2024-07-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: skuName, tier: skuTier }
  properties: {
    publicIPAllocationMethod: publicIPAllocationMethod
    publicIPAddressVersion: publicIPAddressVersion
    publicIPPrefix: empty(publicIpPrefixResourceId) ? null : { id: publicIpPrefixResourceId }
    idleTimeoutInMinutes: idleTimeoutInMinutes
    dnsSettings: dnsSettings
    ipTags: ipTags
    ddosSettings: ddosSettings
  }
}

output resourceGroupName string = resourceGroup().name
output name string = publicIpAddress.name
output resourceId string = publicIpAddress.id
output ipAddress string = publicIpAddress.properties.ipAddress
output location string = location
`;

/** What `avm/res/network/public-ip-prefix` deploys. */
export const PUBLIC_IP_PREFIX: string = `
param name string
param location string = resourceGroup().location
param prefixLength int
param skuName string = 'Standard'
param tier string = 'Regional'
param publicIPAddressVersion string = 'IPv4'
param customIPPrefix object?
param ipTags array?
param availabilityZones array?
param zones array?
param tags object?
param lock object?
param roleAssignments array?
param enableTelemetry bool = true

resource publicIpPrefix 'Microsoft.Network/publicIPPrefixes@2024-07-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: skuName, tier: tier }
  properties: {
    prefixLength: prefixLength
    publicIPAddressVersion: publicIPAddressVersion
    customIPPrefix: customIPPrefix
  }
}

output resourceGroupName string = resourceGroup().name
output name string = publicIpPrefix.name
output resourceId string = publicIpPrefix.id
output location string = location
`;

/**
 * What `avm/res/network/nat-gateway` deploys with addresses that exist already, from its versions 1.0 to 2.1. Addresses and
 * prefixes that it creates itself are not covered.
 *
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/nat-gateway
 */
export const NAT_GATEWAY: string = `
param name string
param location string = resourceGroup().location
param zone int?
param availabilityZone int?
param natGatewaySku string = 'Standard'
param idleTimeoutInMinutes int = 5
param publicIpResourceIds array = []
param publicIPPrefixResourceIds array = []
param tags object?
param lock object?
param roleAssignments array?
param enableTelemetry bool = true

resource natGateway 'Microsoft.Network/natGateways@2024-05-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: natGatewaySku }
  properties: {
    idleTimeoutInMinutes: idleTimeoutInMinutes
    publicIpAddresses: map(publicIpResourceIds, id => { id: id })
    publicIpPrefixes: map(publicIPPrefixResourceIds, id => { id: id })
  }
}

output resourceGroupName string = resourceGroup().name
output name string = natGateway.name
output resourceId string = natGateway.id
output location string = location
`;

/**
 * What `avm/res/network/route-table` deploys, from its versions 0.2 to 0.5.
 *
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/route-table
 */
export const ROUTE_TABLE: string = `
param name string
param location string = resourceGroup().location
param routes array?
param disableBgpRoutePropagation bool = false
param tags object?
param lock object?
param roleAssignments array?
param enableTelemetry bool = true

resource routeTable 'Microsoft.Network/routeTables@2024-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    routes: routes
    disableBgpRoutePropagation: disableBgpRoutePropagation
  }
}

output resourceGroupName string = resourceGroup().name
output name string = routeTable.name
output resourceId string = routeTable.id
output location string = location
`;

/** What `avm/res/network/application-security-group` deploys, from its versions 0.1 and 0.2. */
export const APPLICATION_SECURITY_GROUP: string = `
param name string
param location string = resourceGroup().location
param tags object?
param lock object?
param roleAssignments array?
param enableTelemetry bool = true

resource applicationSecurityGroup 'Microsoft.Network/applicationSecurityGroups@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {}
}

output resourceGroupName string = resourceGroup().name
output name string = applicationSecurityGroup.name
output resourceId string = applicationSecurityGroup.id
output location string = location
`;
