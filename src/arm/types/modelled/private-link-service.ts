import type { TypeTable } from '../define-types.ts';
import { ELEMENT, NAMED, TRACKED } from './common.ts';

/**
 * `Microsoft.Network/privateLinkServices`.
 * https://learn.microsoft.com/azure/templates/microsoft.network/privatelinkservices
 */
export const privateLinkServiceTypes: TypeTable = {
  'Microsoft.Network/privateLinkServices': {
    ...TRACKED,
    extendedLocation: 'ExtendedLocation since 2020-08-01',
    properties: 'PrivateLinkServiceProperties',
  },
  PrivateLinkService: {
    ...NAMED,
    extendedLocation: 'ExtendedLocation since 2020-08-01',
    properties: 'PrivateLinkServiceProperties',
  },
  PrivateLinkServiceProperties: {
    loadBalancerFrontendIpConfigurations: 'FrontendIPConfiguration[]',
    ipConfigurations: 'PrivateLinkServiceIPConfiguration[]',
    destinationIPAddress: 'text since 2024-03-01',
    accessMode: 'text since 2025-01-01',
    enableProxyProtocol: 'boolean since 2019-09-01',
    fqdns: 'text[]',
    visibility: 'PrivateLinkServiceSubscriptions',
    autoApproval: 'PrivateLinkServiceSubscriptions',
    alias: 'text read-only',
    networkInterfaces: 'any[] read-only',
    privateEndpointConnections: 'any[] read-only',
    resourceGuid: 'text since 2021-02-01 until 2021-02-01',
    provisioningState: 'text read-only',
  },
  PrivateLinkServiceSubscriptions: { subscriptions: 'text[]' },
  PrivateLinkServiceIPConfiguration: {
    ...ELEMENT,
    properties: 'PrivateLinkServiceIPConfigurationProperties',
  },
  PrivateLinkServiceIPConfigurationProperties: {
    subnet: 'Subnet',
    primary: 'boolean',
    privateIPAddress: 'text',
    privateIPAllocationMethod: 'text',
    privateIPAddressVersion: 'text',
    provisioningState: 'text read-only',
  },
};
