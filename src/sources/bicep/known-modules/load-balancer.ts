/**
 * What `avm/res/network/load-balancer` deploys, from its versions 0.4 to 0.8. Up to 0.5 it called the ids of a frontend
 * `publicIPAddressId` and `subnetId`. The 2 that it fills in for numberOfProbes is left out: Azure ignores it, and nobody
 * asked for it.
 *
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/load-balancer
 */
export const LOAD_BALANCER: string = `
param name string
param location string = resourceGroup().location
param skuName string = 'Standard'
param skuTier string = 'Regional'
param tags object?
param lock object?
param roleAssignments array?
param diagnosticSettings array?
param enableTelemetry bool = true

param frontendIPConfigurations {
  name: string
  publicIPAddressResourceId: string?
  publicIPAddressId: string?
  publicIPPrefixResourceId: string?
  publicIPPrefixId: string?
  subnetResourceId: string?
  subnetId: string?
  privateIPAddress: string?
  privateIPAddressVersion: string?
  gatewayLoadBalancerResourceId: string?
  availabilityZones: array?
  zones: array?
  tags: object?
  publicIPAddressConfiguration: {
    name: string?
    publicIPAllocationMethod: string?
    publicIPAddressVersion: string?
    skuName: string?
    skuTier: string?
    dnsSettings: object?
    idleTimeoutInMinutes: int?
    availabilityZones: array?
    tags: object?
    ipTags: array?
    ddosSettings: object?
    diagnosticSettings: array?
    roleAssignments: array?
    enableTelemetry: bool?
  }?
}[]

param backendAddressPools {
  name: string
  backendMembershipMode: string?
  loadBalancerBackendAddresses: array?
  virtualNetworkResourceId: string?
  tunnelInterfaces: array?
  drainPeriodInSeconds: int?
}[]?

param loadBalancingRules {
  name: string
  frontendIPConfigurationName: string
  frontendPort: int
  backendPort: int
  backendAddressPoolName: string
  probeName: string
  protocol: string?
  enableFloatingIP: bool?
  enableTcpReset: bool?
  disableOutboundSnat: bool?
  idleTimeoutInMinutes: int?
  loadDistribution: string?
}[]?

param probes {
  name: string
  protocol: string?
  port: int?
  requestPath: string?
  intervalInSeconds: int?
  numberOfProbes: int?
  probeThreshold: int?
  noHealthyBackendsBehavior: string?
}[]?

param inboundNatRules {
  name: string
  frontendIPConfigurationName: string
  backendPort: int
  frontendPort: int?
  backendAddressPoolName: string?
  frontendPortRangeStart: int?
  frontendPortRangeEnd: int?
  protocol: string?
  enableFloatingIP: bool?
  enableTcpReset: bool?
  idleTimeoutInMinutes: int?
  loadDistribution: string?
  probeName: string?
}[] = []

param outboundRules {
  name: string
  frontendIPConfigurationName: string
  backendAddressPoolName: string
  protocol: string?
  allocatedOutboundPorts: int?
  enableTcpReset: bool?
  idleTimeoutInMinutes: int?
}[] = []

var id = resourceId('Microsoft.Network/loadBalancers', name)

resource publicIp 'Microsoft.Network/publicIPAddresses@2024-07-01' = [
  for (item, index) in frontendIPConfigurations: if (!empty(item.?publicIPAddressConfiguration) && empty(item.?publicIPAddressResourceId)) {
    name: item.?publicIPAddressConfiguration.?name ?? '\${name}-pip-\${index}'
    location: location
    sku: {
      name: item.?publicIPAddressConfiguration.?skuName ?? skuName
      tier: item.?publicIPAddressConfiguration.?skuTier ?? 'Regional'
    }
    properties: {
      publicIPAllocationMethod: item.?publicIPAddressConfiguration.?publicIPAllocationMethod ?? 'Static'
      publicIPAddressVersion: item.?publicIPAddressConfiguration.?publicIPAddressVersion ?? 'IPv4'
      dnsSettings: item.?publicIPAddressConfiguration.?dnsSettings
    }
  }
]

resource loadBalancer 'Microsoft.Network/loadBalancers@2024-07-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: skuName, tier: skuTier }
  properties: {
    frontendIPConfigurations: [
      for (item, index) in frontendIPConfigurations: {
        name: item.name
        properties: {
          privateIPAddress: item.?privateIPAddress
          privateIPAddressVersion: item.?privateIPAddressVersion ?? 'IPv4'
          privateIPAllocationMethod: empty(item.?subnetResourceId ?? item.?subnetId)
            ? null
            : (empty(item.?privateIPAddress) ? 'Dynamic' : 'Static')
          subnet: empty(item.?subnetResourceId ?? item.?subnetId)
            ? null
            : { id: item.?subnetResourceId ?? item.?subnetId }
          publicIPAddress: empty(item.?publicIPAddressResourceId ?? item.?publicIPAddressId)
            ? (empty(item.?publicIPAddressConfiguration) ? null : { id: publicIp[index].id })
            : { id: item.?publicIPAddressResourceId ?? item.?publicIPAddressId }
          publicIPPrefix: empty(item.?publicIPPrefixResourceId ?? item.?publicIPPrefixId)
            ? null
            : { id: item.?publicIPPrefixResourceId ?? item.?publicIPPrefixId }
          gatewayLoadBalancer: empty(item.?gatewayLoadBalancerResourceId)
            ? null
            : { id: item.?gatewayLoadBalancerResourceId }
        }
      }
    ]
    backendAddressPools: [
      for pool in backendAddressPools ?? []: {
        name: pool.name
        properties: {
          loadBalancerBackendAddresses: pool.?loadBalancerBackendAddresses
          virtualNetwork: empty(pool.?virtualNetworkResourceId) ? null : { id: pool.?virtualNetworkResourceId }
          tunnelInterfaces: pool.?tunnelInterfaces
          drainPeriodInSeconds: pool.?drainPeriodInSeconds
        }
      }
    ]
    loadBalancingRules: [
      for rule in loadBalancingRules ?? []: {
        name: rule.name
        properties: {
          frontendIPConfiguration: { id: '\${id}/frontendIPConfigurations/\${rule.frontendIPConfigurationName}' }
          backendAddressPool: { id: '\${id}/backendAddressPools/\${rule.backendAddressPoolName}' }
          probe: { id: '\${id}/probes/\${rule.probeName}' }
          protocol: rule.?protocol ?? 'Tcp'
          frontendPort: rule.frontendPort
          backendPort: rule.backendPort
          enableFloatingIP: rule.?enableFloatingIP ?? false
          enableTcpReset: rule.?enableTcpReset ?? false
          disableOutboundSnat: rule.?disableOutboundSnat ?? true
          idleTimeoutInMinutes: rule.?idleTimeoutInMinutes ?? 4
          loadDistribution: rule.?loadDistribution ?? 'Default'
        }
      }
    ]
    probes: [
      for probe in probes ?? []: {
        name: probe.name
        properties: {
          protocol: probe.?protocol ?? 'Tcp'
          port: probe.?port ?? 80
          requestPath: toLower(probe.?protocol ?? 'Tcp') == 'tcp' ? null : probe.?requestPath
          intervalInSeconds: probe.?intervalInSeconds ?? 5
          numberOfProbes: probe.?numberOfProbes
          probeThreshold: probe.?probeThreshold
          noHealthyBackendsBehavior: probe.?noHealthyBackendsBehavior
        }
      }
    ]
    outboundRules: [
      for rule in outboundRules: {
        name: rule.name
        properties: {
          frontendIPConfigurations: [
            { id: '\${id}/frontendIPConfigurations/\${rule.frontendIPConfigurationName}' }
          ]
          backendAddressPool: { id: '\${id}/backendAddressPools/\${rule.backendAddressPoolName}' }
          protocol: rule.?protocol ?? 'All'
          allocatedOutboundPorts: rule.?allocatedOutboundPorts ?? 63984
          enableTcpReset: rule.?enableTcpReset ?? true
          idleTimeoutInMinutes: rule.?idleTimeoutInMinutes ?? 4
        }
      }
    ]
    inboundNatRules: [
      for rule in inboundNatRules: {
        name: rule.name
        properties: {
          frontendIPConfiguration: { id: '\${id}/frontendIPConfigurations/\${rule.frontendIPConfigurationName}' }
          backendAddressPool: empty(rule.?backendAddressPoolName)
            ? null
            : { id: '\${id}/backendAddressPools/\${rule.?backendAddressPoolName}' }
          protocol: rule.?protocol ?? 'Tcp'
          frontendPort: rule.?frontendPort
          frontendPortRangeStart: rule.?frontendPortRangeStart
          frontendPortRangeEnd: rule.?frontendPortRangeEnd
          backendPort: rule.backendPort
          enableFloatingIP: rule.?enableFloatingIP ?? false
          enableTcpReset: rule.?enableTcpReset ?? false
          idleTimeoutInMinutes: rule.?idleTimeoutInMinutes ?? 4
        }
      }
    ]
  }
}

output name string = loadBalancer.name
output resourceId string = loadBalancer.id
output resourceGroupName string = resourceGroup().name
output backendpools array = loadBalancer.properties.backendAddressPools
output location string = location
`;
