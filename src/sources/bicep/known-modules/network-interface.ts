const IP_CONFIGURATION = `
  name: string?
  privateIPAllocationMethod: string?
  privateIPAddress: string?
  privateIPAddressVersion: string?
  publicIPAddressResourceId: string?
  subnetResourceId: string
  loadBalancerBackendAddressPools: array?
  loadBalancerInboundNatRules: array?
  applicationSecurityGroups: array?
  applicationGatewayBackendAddressPools: array?
  gatewayLoadBalancer: object?
  virtualNetworkTaps: array?
`;

/**
 * What `avm/res/network/network-interface` deploys, from its versions 0.2 to 0.6.
 *
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/network-interface
 */
export const NETWORK_INTERFACE: string = `
param name string
param location string = resourceGroup().location
param enableIPForwarding bool = false
param enableAcceleratedNetworking bool = false
param dnsServers array = []
param networkSecurityGroupResourceId string = ''
param auxiliaryMode string = 'None'
param auxiliarySku string = 'None'
param disableTcpStateTracking bool = false
param tags object?
param lock object?
param roleAssignments array?
param diagnosticSettings array?
param enableTelemetry bool = true

param ipConfigurations {${IP_CONFIGURATION}}[]

resource networkInterface 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    enableIPForwarding: enableIPForwarding
    enableAcceleratedNetworking: enableAcceleratedNetworking
    dnsSettings: empty(dnsServers) ? null : { dnsServers: dnsServers }
    networkSecurityGroup: empty(networkSecurityGroupResourceId) ? null : { id: networkSecurityGroupResourceId }
    ipConfigurations: [
      for (item, index) in ipConfigurations: {
        name: item.?name ?? 'ipconfig\${padLeft((index + 1), 2, '0')}'
        properties: {
          primary: index == 0
          privateIPAllocationMethod: item.?privateIPAllocationMethod
          privateIPAddress: item.?privateIPAddress
          privateIPAddressVersion: item.?privateIPAddressVersion
          publicIPAddress: empty(item.?publicIPAddressResourceId) ? null : { id: item.?publicIPAddressResourceId }
          subnet: { id: item.subnetResourceId }
          loadBalancerBackendAddressPools: item.?loadBalancerBackendAddressPools
          loadBalancerInboundNatRules: item.?loadBalancerInboundNatRules
          applicationSecurityGroups: item.?applicationSecurityGroups
          applicationGatewayBackendAddressPools: item.?applicationGatewayBackendAddressPools
          gatewayLoadBalancer: item.?gatewayLoadBalancer
        }
      }
    ]
  }
}

output name string = networkInterface.name
output resourceId string = networkInterface.id
output resourceGroupName string = resourceGroup().name
output location string = location
output ipConfigurations array = [
  for (item, index) in ipConfigurations: {
    name: networkInterface.properties.ipConfigurations[index].name
    privateIP: networkInterface.properties.ipConfigurations[index].properties.?privateIPAddress ?? ''
  }
]
`;
