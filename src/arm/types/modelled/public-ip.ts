import type { TypeTable } from '../define-types.ts';
import { NAMED, TRACKED } from './common.ts';

/**
 * `Microsoft.Network/publicIPAddresses` and `publicIPPrefixes`.
 * https://learn.microsoft.com/azure/templates/microsoft.network/publicipaddresses
 */
export const publicIpTypes: TypeTable = {
  'Microsoft.Network/publicIPAddresses': {
    ...TRACKED,
    extendedLocation: 'ExtendedLocation since 2020-07-01',
    sku: 'PublicIPAddressSku since 2017-08-01',
    zones: 'text[] since 2017-06-01',
    properties: 'PublicIPAddressProperties',
  },
  'Microsoft.Network/publicIPPrefixes': {
    ...TRACKED,
    extendedLocation: 'ExtendedLocation since 2020-07-01',
    sku: 'PublicIPPrefixSku',
    zones: 'text[]',
    properties: 'PublicIPPrefixProperties',
  },

  PublicIPAddress: {
    ...NAMED,
    extendedLocation: 'ExtendedLocation since 2020-07-01',
    sku: 'PublicIPAddressSku since 2017-08-01',
    zones: 'text[] since 2017-06-01',
    properties: 'PublicIPAddressProperties',
  },
  PublicIPAddressSku: { name: 'text', tier: 'text' },
  PublicIPAddressProperties: {
    publicIPAllocationMethod: 'text',
    publicIPAddressVersion: 'text since 2016-03-30',
    publicIPPrefix: 'SubResource since 2018-07-01',
    ipAddress: 'text',
    ipTags: 'IpTag[] since 2017-11-01',
    idleTimeoutInMinutes: 'integer',
    dnsSettings: 'PublicIPAddressDnsSettings',
    ddosSettings: 'DdosSettings since 2018-11-01',
    deleteOption: 'text since 2021-02-01',
    natGateway: 'NatGateway since 2020-07-01',
    linkedPublicIPAddress: 'PublicIPAddress since 2020-07-01',
    servicePublicIPAddress: 'PublicIPAddress since 2020-08-01',
    migrationPhase: 'text since 2020-07-01',
    ipConfiguration: 'any read-only',
    upgradedToV2: 'boolean since 2025-09-01 read-only',
    resourceGuid: 'text read-only',
    provisioningState: 'text read-only',
  },
  PublicIPAddressDnsSettings: {
    domainNameLabel: 'text',
    domainNameLabelScope: 'text since 2022-11-01',
    fqdn: 'text',
    reverseFqdn: 'text',
  },
  DdosSettings: {
    protectionMode: 'text since 2022-05-01',
    ddosProtectionPlan: 'SubResource since 2022-05-01',
    ddosCustomPolicy: 'SubResource',
    protectionCoverage: 'text until 2022-01-01',
    protectedIP: 'boolean since 2019-11-01 until 2022-01-01',
  },

  PublicIPPrefixSku: { name: 'text', tier: 'text' },
  PublicIPPrefixProperties: {
    publicIPAddressVersion: 'text',
    prefixLength: 'integer',
    ipTags: 'IpTag[]',
    customIPPrefix: 'SubResource since 2020-06-01',
    natGateway: 'NatGateway since 2020-07-01',
    ipPrefix: 'text read-only',
    publicIPAddresses: 'any[] read-only',
    loadBalancerFrontendIpConfiguration: 'SubResource read-only',
    upgradedToV2: 'boolean since 2025-09-01 read-only',
    resourceGuid: 'text read-only',
    provisioningState: 'text read-only',
  },
};
