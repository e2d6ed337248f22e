import type { PropertyTable, TypeTable } from '../define-types.ts';

/** What a machine has besides its network: taken as it is. */
const OPEN: PropertyTable = { '*': 'any' };

const MACHINE: PropertyTable = {
  location: 'text required',
  tags: 'text{}',
  identity: 'any since 2016-03-30',
  zones: 'text[] since 2017-03-30',
  extendedLocation: 'ExtendedLocation since 2020-12-01',
  etag: 'text since 2023-09-01 read-only',
  systemData: 'any since 2024-11-01 read-only',
};

/** What the interfaces of machines and of scale sets have in common; they differ in how old it is. */
const NETWORK_INTERFACE: PropertyTable = {
  primary: 'boolean',
  networkSecurityGroup: 'SubResource',
  dnsSettings: 'MachineDnsSettings',
  enableIPForwarding: 'boolean',
  enableAcceleratedNetworking: 'boolean',
  enableFpga: 'boolean',
  deleteOption: 'text since 2021-03-01',
  disableTcpStateTracking: 'boolean since 2022-08-01',
  auxiliaryMode: 'text since 2023-07-01',
  auxiliarySku: 'text since 2023-07-01',
};

const IP_CONFIGURATION: PropertyTable = {
  subnet: 'SubResource',
  primary: 'boolean',
  privateIPAddressVersion: 'text',
  loadBalancerBackendAddressPools: 'SubResource[]',
  applicationGatewayBackendAddressPools: 'SubResource[]',
  applicationSecurityGroups: 'SubResource[]',
};

const PUBLIC_IP_ADDRESS: PropertyTable = {
  publicIPAddressVersion: 'text',
  publicIPPrefix: 'SubResource',
  idleTimeoutInMinutes: 'integer',
  dnsSettings: 'MachinePublicIPDnsSettings',
  ipTags: 'MachineIpTag[]',
  deleteOption: 'text since 2021-03-01',
};

/**
 * The network part of `Microsoft.Compute/virtualMachines` and `virtualMachineScaleSets`.
 * https://learn.microsoft.com/azure/templates/microsoft.compute/virtualmachines
 */
export const virtualMachineTypes: TypeTable = {
  'Microsoft.Compute/virtualMachines': {
    ...MACHINE,
    plan: 'any',
    managedBy: 'text since 2023-09-01 read-only',
    placement: 'any since 2024-11-01',
    resources: 'any[] read-only',
    properties: 'VirtualMachineProperties',
  },
  VirtualMachineProperties: { ...OPEN, networkProfile: 'VirtualMachineNetworkProfile' },
  VirtualMachineNetworkProfile: {
    networkApiVersion: 'text since 2021-03-01',
    networkInterfaces: 'NetworkInterfaceReference[]',
    networkInterfaceConfigurations: 'VirtualMachineNetworkInterface[] since 2021-03-01',
    interconnectGroupProfile: 'any since 2026-03-01',
  },
  NetworkInterfaceReference: { id: 'text', properties: 'NetworkInterfaceReferenceProperties' },
  NetworkInterfaceReferenceProperties: { primary: 'boolean', deleteOption: 'text since 2021-03-01' },
  VirtualMachineNetworkInterface: {
    name: 'text required',
    tags: 'text{} since 2025-04-01',
    properties: 'VirtualMachineNetworkInterfaceProperties',
  },
  VirtualMachineNetworkInterfaceProperties: {
    ...NETWORK_INTERFACE,
    ipConfigurations: 'VirtualMachineIPConfiguration[] required',
    dscpConfiguration: 'SubResource',
  },
  VirtualMachineIPConfiguration: {
    name: 'text required',
    properties: 'VirtualMachineIPConfigurationProperties',
  },
  VirtualMachineIPConfigurationProperties: {
    ...IP_CONFIGURATION,
    publicIPAddressConfiguration: 'VirtualMachinePublicIPAddress',
  },
  VirtualMachinePublicIPAddress: {
    name: 'text required',
    sku: 'MachinePublicIPSku',
    tags: 'text{} since 2025-04-01',
    properties: 'VirtualMachinePublicIPAddressProperties',
  },
  VirtualMachinePublicIPAddressProperties: { ...PUBLIC_IP_ADDRESS, publicIPAllocationMethod: 'text' },

  'Microsoft.Compute/virtualMachineScaleSets': {
    ...MACHINE,
    sku: 'ScaleSetSku',
    plan: 'any since 2017-03-30',
    placement: 'any since 2025-04-01',
    properties: 'ScaleSetProperties',
  },
  ScaleSetSku: { name: 'text', tier: 'text', capacity: 'integer' },
  ScaleSetProperties: { ...OPEN, virtualMachineProfile: 'ScaleSetMachineProfile' },
  ScaleSetMachineProfile: { ...OPEN, networkProfile: 'ScaleSetNetworkProfile' },
  ScaleSetNetworkProfile: {
    healthProbe: 'SubResource since 2017-03-30',
    networkApiVersion: 'text since 2021-03-01',
    networkInterfaceConfigurations: 'ScaleSetNetworkInterface[]',
    interconnectGroupProfile: 'any since 2026-03-01',
  },
  ScaleSetNetworkInterface: {
    id: 'text until 2022-08-01',
    name: 'text required',
    tags: 'text{} since 2025-04-01',
    properties: 'ScaleSetNetworkInterfaceProperties',
  },
  ScaleSetNetworkInterfaceProperties: {
    ...NETWORK_INTERFACE,
    ipConfigurations: 'ScaleSetIPConfiguration[] required',
    networkSecurityGroup: 'SubResource since 2017-03-30',
    dnsSettings: 'MachineDnsSettings since 2017-03-30',
    enableAcceleratedNetworking: 'boolean since 2017-03-30',
    enableIPForwarding: 'boolean since 2017-12-01',
    enableFpga: 'boolean since 2020-06-01',
  },
  ScaleSetIPConfiguration: {
    id: 'text until 2022-08-01',
    name: 'text required',
    properties: 'ScaleSetIPConfigurationProperties',
  },
  ScaleSetIPConfigurationProperties: {
    ...IP_CONFIGURATION,
    primary: 'boolean since 2017-03-30',
    privateIPAddressVersion: 'text since 2017-03-30',
    loadBalancerInboundNatPools: 'SubResource[]',
    applicationGatewayBackendAddressPools: 'SubResource[] since 2016-03-30',
    applicationSecurityGroups: 'SubResource[] since 2018-06-01',
    publicIPAddressConfiguration: 'ScaleSetPublicIPAddress since 2017-03-30',
  },
  ScaleSetPublicIPAddress: {
    name: 'text required',
    sku: 'MachinePublicIPSku since 2021-03-01',
    tags: 'text{} since 2025-04-01',
    properties: 'ScaleSetPublicIPAddressProperties',
  },
  ScaleSetPublicIPAddressProperties: {
    ...PUBLIC_IP_ADDRESS,
    publicIPAddressVersion: 'text since 2019-07-01',
    publicIPPrefix: 'SubResource since 2018-06-01',
    ipTags: 'MachineIpTag[] since 2018-04-01',
  },

  MachineDnsSettings: { dnsServers: 'text[]' },
  MachinePublicIPSku: { name: 'text', tier: 'text' },
  MachinePublicIPDnsSettings: {
    domainNameLabel: 'text required',
    domainNameLabelScope: 'text since 2023-07-01',
  },
  MachineIpTag: {
    ipTagType: 'text',
    tag: 'text',
    firstPartyServiceTagId: 'text since 2026-04-01',
  },
};
