import type { TypeTable } from '../define-types.ts';
import { NAMED, TRACKED } from './common.ts';

/**
 * `Microsoft.Network/natGateways`.
 * https://learn.microsoft.com/azure/templates/microsoft.network/natgateways
 */
export const natGatewayTypes: TypeTable = {
  'Microsoft.Network/natGateways': {
    ...TRACKED,
    sku: 'NatGatewaySku',
    zones: 'text[] since 2019-04-01',
    properties: 'NatGatewayProperties',
  },
  NatGateway: {
    ...NAMED,
    sku: 'NatGatewaySku',
    zones: 'text[]',
    properties: 'NatGatewayProperties',
  },
  NatGatewaySku: { name: 'text' },
  NatGatewayProperties: {
    idleTimeoutInMinutes: 'integer',
    publicIpAddresses: 'SubResource[]',
    publicIpPrefixes: 'SubResource[]',
    publicIpAddressesV6: 'SubResource[] since 2024-07-01',
    publicIpPrefixesV6: 'SubResource[] since 2024-07-01',
    sourceVirtualNetwork: 'SubResource since 2024-07-01',
    serviceGateway: 'SubResource since 2025-05-01',
    nat64: 'text since 2025-07-01',
    subnets: 'SubResource[] read-only',
    resourceGuid: 'text read-only',
    provisioningState: 'text read-only',
  },
};
