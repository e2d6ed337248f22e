import type { PartTable, TypeTable } from '../define-types.ts';
import { CHILD, ELEMENT, NAMED, TRACKED } from './common.ts';

/**
 * `Microsoft.Network/networkInterfaces`.
 * https://learn.microsoft.com/azure/templates/microsoft.network/networkinterfaces
 */
export const networkInterfaceTypes: TypeTable = {
  'Microsoft.Network/networkInterfaces': {
    ...TRACKED,
    extendedLocation: 'ExtendedLocation since 2020-07-01',
    properties: 'NetworkInterfaceProperties',
  },
  NetworkInterfaceProperties: {
    ipConfigurations: 'NetworkInterfaceIPConfiguration[]',
    networkSecurityGroup: 'NetworkSecurityGroup',
    dnsSettings: 'NetworkInterfaceDnsSettings',
    enableIPForwarding: 'boolean',
    enableAcceleratedNetworking: 'boolean since 2016-09-01',
    disableTcpStateTracking: 'boolean since 2022-05-01',
    nicType: 'text since 2020-07-01',
    auxiliaryMode: 'text since 2021-08-01',
    auxiliarySku: 'text since 2022-11-01',
    workloadType: 'text since 2021-02-01',
    privateLinkService: 'PrivateLinkService since 2020-07-01',
    migrationPhase: 'text since 2020-08-01',
    interfaceEndpoint: 'any since 2018-08-01 until 2019-02-01',
    virtualMachine: 'SubResource read-only',
    macAddress: 'text read-only',
    primary: 'boolean read-only',
    tapConfigurations: 'any[] since 2018-08-01 read-only',
    hostedWorkloads: 'text[] since 2018-08-01 read-only',
    privateEndpoint: 'any since 2019-04-01 read-only',
    dscpConfiguration: 'SubResource since 2020-06-01 read-only',
    vnetEncryptionSupported: 'boolean since 2021-05-01 read-only',
    defaultOutboundConnectivityEnabled: 'boolean since 2024-05-01 read-only',
    resourceGuid: 'text read-only',
    provisioningState: 'text read-only',
  },
  NetworkInterfaceDnsSettings: {
    dnsServers: 'text[]',
    internalDnsNameLabel: 'text',
    appliedDnsServers: 'text[] read-only',
    internalFqdn: 'text read-only',
    internalDomainNameSuffix: 'text since 2016-03-30 read-only',
  },

  NetworkInterfaceIPConfiguration: { ...CHILD, properties: 'NetworkInterfaceIPConfigurationProperties' },
  NetworkInterfaceIPConfigurationProperties: {
    subnet: 'Subnet',
    primary: 'boolean',
    privateIPAddress: 'text',
    privateIPAddressPrefixLength: 'integer since 2023-11-01',
    privateIPAllocationMethod: 'text',
    privateIPAddressVersion: 'text since 2016-03-30',
    publicIPAddress: 'PublicIPAddress',
    loadBalancerBackendAddressPools: 'BackendAddressPool[]',
    loadBalancerInboundNatRules: 'InboundNatRule[]',
    applicationSecurityGroups: 'ApplicationSecurityGroup[] since 2017-09-01',
    applicationGatewayBackendAddressPools: 'ApplicationGatewayPool[] since 2016-03-30',
    gatewayLoadBalancer: 'SubResource since 2021-02-01',
    virtualNetworkTaps: 'VirtualNetworkTap[] since 2018-08-01',
    privateLinkConnectionProperties: 'any since 2019-07-01 read-only',
    provisioningState: 'text read-only',
  },

  ApplicationGatewayPool: {
    ...ELEMENT,
    properties: 'ApplicationGatewayPoolProperties',
  },
  ApplicationGatewayPoolProperties: {
    backendAddresses: 'ApplicationGatewayAddress[]',
    backendIPConfigurations: 'any[] read-only',
    provisioningState: 'text read-only',
  },
  ApplicationGatewayAddress: { fqdn: 'text', ipAddress: 'text' },
  VirtualNetworkTap: { ...NAMED, properties: 'VirtualNetworkTapProperties' },
  VirtualNetworkTapProperties: {
    destinationNetworkInterfaceIPConfiguration: 'NetworkInterfaceIPConfiguration',
    destinationLoadBalancerFrontEndIPConfiguration: 'FrontendIPConfiguration',
    destinationPort: 'integer',
    networkInterfaceTapConfigurations: 'any[] read-only',
    resourceGuid: 'text read-only',
    provisioningState: 'text read-only',
  },
};

/** Parts of an interface that Azure creates only with it. */
export const networkInterfaceParts: PartTable = {
  'Microsoft.Network/networkInterfaces/ipConfigurations': 'never',
};
