import type { PartTable, TypeTable } from '../define-types.ts';
import { ELEMENT, TRACKED } from './common.ts';

/**
 * `Microsoft.Network/loadBalancers` and the children that can be declared on their own.
 * https://learn.microsoft.com/azure/templates/microsoft.network/loadbalancers
 */
export const loadBalancerTypes: TypeTable = {
  'Microsoft.Network/loadBalancers': {
    ...TRACKED,
    extendedLocation: 'ExtendedLocation since 2020-07-01',
    sku: 'LoadBalancerSku since 2017-08-01',
    properties: 'LoadBalancerProperties',
  },
  'Microsoft.Network/loadBalancers/backendAddressPools': {
    etag: 'text read-only',
    properties: 'BackendAddressPoolProperties',
  },
  'Microsoft.Network/loadBalancers/inboundNatRules': {
    etag: 'text read-only',
    properties: 'InboundNatRuleProperties',
  },
  LoadBalancerSku: {
    name: 'text',
    tier: 'text',
  },
  LoadBalancerProperties: {
    frontendIPConfigurations: 'FrontendIPConfiguration[]',
    backendAddressPools: 'BackendAddressPool[]',
    loadBalancingRules: 'LoadBalancingRule[]',
    probes: 'Probe[]',
    inboundNatRules: 'InboundNatRule[]',
    inboundNatPools: 'InboundNatPool[]',
    outboundRules: 'OutboundRule[] since 2018-07-01',
    outboundNatRules: 'any[] until 2018-06-01',
    scope: 'text since 2025-01-01',
    mode: 'text since 2025-09-01',
    resourceGuid: 'text read-only',
    provisioningState: 'text read-only',
  },

  FrontendIPConfiguration: {
    ...ELEMENT,
    zones: 'text[] since 2017-06-01',
    properties: 'FrontendIPConfigurationProperties',
  },
  FrontendIPConfigurationProperties: {
    subnet: 'Subnet',
    publicIPAddress: 'PublicIPAddress',
    publicIPPrefix: 'SubResource since 2018-07-01',
    gatewayLoadBalancer: 'SubResource since 2021-02-01',
    privateIPAddress: 'text',
    privateIPAllocationMethod: 'text',
    privateIPAddressVersion: 'text since 2019-04-01',
    enableConnectionTracking: 'boolean since 2025-09-01',
    ddosSettings: 'FrontendDdosSettings since 2025-07-01',
    loadBalancingRules: 'SubResource[] read-only',
    inboundNatRules: 'SubResource[] read-only',
    inboundNatPools: 'SubResource[] read-only',
    outboundRules: 'SubResource[] since 2018-07-01 read-only',
    outboundNatRules: 'any[] until 2018-06-01',
    provisioningState: 'text read-only',
  },
  FrontendDdosSettings: { ddosCustomPolicy: 'SubResource' },

  BackendAddressPool: { ...ELEMENT, properties: 'BackendAddressPoolProperties' },
  BackendAddressPoolProperties: {
    location: 'text since 2020-08-01',
    virtualNetwork: 'SubResource since 2022-07-01',
    syncMode: 'text since 2023-04-01',
    drainPeriodInSeconds: 'integer since 2021-08-01',
    tunnelInterfaces: 'TunnelInterface[] since 2021-02-01',
    loadBalancerBackendAddresses: 'BackendAddress[] since 2020-04-01',
    backendIPConfigurations: 'any[] read-only',
    loadBalancingRules: 'SubResource[] read-only',
    inboundNatRules: 'SubResource[] since 2021-05-01 read-only',
    outboundRule: 'SubResource since 2018-07-01 read-only',
    outboundRules: 'SubResource[] since 2018-07-01 read-only',
    outboundNatRule: 'any until 2018-06-01',
    provisioningState: 'text read-only',
  },
  TunnelInterface: {
    port: 'integer',
    identifier: 'integer',
    protocol: 'text',
    type: 'text',
  },
  BackendAddress: { name: 'text', properties: 'BackendAddressProperties' },
  BackendAddressProperties: {
    ipAddress: 'text',
    virtualNetwork: 'SubResource',
    subnet: 'SubResource since 2020-11-01',
    loadBalancerFrontendIPConfiguration: 'SubResource since 2020-07-01',
    adminState: 'text since 2021-08-01',
    networkInterfaceIPConfiguration: 'SubResource read-only',
    inboundNatRulesPortMapping: 'any[] since 2021-05-01 read-only',
  },

  LoadBalancingRule: { ...ELEMENT, properties: 'LoadBalancingRuleProperties' },
  LoadBalancingRuleProperties: {
    frontendIPConfiguration: 'SubResource',
    backendAddressPool: 'SubResource',
    backendAddressPools: 'SubResource[] since 2021-02-01',
    probe: 'SubResource',
    protocol: 'text required',
    frontendPort: 'integer required',
    backendPort: 'integer',
    idleTimeoutInMinutes: 'integer',
    loadDistribution: 'text',
    enableFloatingIP: 'boolean',
    enableTcpReset: 'boolean since 2018-07-01',
    disableOutboundSnat: 'boolean since 2017-08-01',
    enableConnectionTracking: 'boolean since 2024-07-01',
    provisioningState: 'text read-only',
  },

  Probe: { ...ELEMENT, properties: 'ProbeProperties' },
  ProbeProperties: {
    protocol: 'text required',
    port: 'integer required',
    requestPath: 'text',
    intervalInSeconds: 'integer',
    numberOfProbes: 'integer',
    probeThreshold: 'integer since 2022-05-01',
    noHealthyBackendsBehavior: 'text since 2024-01-01',
    loadBalancingRules: 'SubResource[] read-only',
    provisioningState: 'text read-only',
  },

  InboundNatRule: { ...ELEMENT, properties: 'InboundNatRuleProperties' },
  InboundNatRuleProperties: {
    frontendIPConfiguration: 'SubResource',
    backendAddressPool: 'SubResource since 2021-03-01',
    protocol: 'text',
    frontendPort: 'integer',
    frontendPortRangeStart: 'integer since 2021-03-01',
    frontendPortRangeEnd: 'integer since 2021-03-01',
    backendPort: 'integer',
    idleTimeoutInMinutes: 'integer',
    enableFloatingIP: 'boolean',
    enableTcpReset: 'boolean since 2018-07-01',
    backendIPConfiguration: 'any read-only',
    provisioningState: 'text read-only',
  },
  InboundNatPool: { ...ELEMENT, properties: 'InboundNatPoolProperties' },
  InboundNatPoolProperties: {
    frontendIPConfiguration: 'SubResource',
    protocol: 'text required',
    frontendPortRangeStart: 'integer required',
    frontendPortRangeEnd: 'integer required',
    backendPort: 'integer required',
    idleTimeoutInMinutes: 'integer since 2017-11-01',
    enableFloatingIP: 'boolean since 2017-11-01',
    enableTcpReset: 'boolean since 2018-07-01',
    provisioningState: 'text read-only',
  },

  OutboundRule: { ...ELEMENT, properties: 'OutboundRuleProperties' },
  OutboundRuleProperties: {
    frontendIPConfigurations: 'SubResource[] required',
    backendAddressPool: 'SubResource required',
    protocol: 'text required',
    allocatedOutboundPorts: 'integer',
    idleTimeoutInMinutes: 'integer',
    enableTcpReset: 'boolean',
    provisioningState: 'text read-only',
  },
};

/**
 * Parts of a load balancer that ids name as if they were resources, but that Azure creates only with it. Where there is a
 * date, they can be declared on their own from that API version on.
 */
export const loadBalancerParts: PartTable = {
  'Microsoft.Network/loadBalancers/frontendIPConfigurations': 'never',
  'Microsoft.Network/loadBalancers/loadBalancingRules': 'never',
  'Microsoft.Network/loadBalancers/outboundRules': 'never',
  'Microsoft.Network/loadBalancers/probes': 'never',
  'Microsoft.Network/loadBalancers/backendAddressPools': '2020-04-01',
};
