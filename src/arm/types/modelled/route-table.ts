import type { TypeTable } from '../define-types.ts';
import { CHILD, NAMED, TRACKED } from './common.ts';

/**
 * `Microsoft.Network/routeTables` with their routes.
 * https://learn.microsoft.com/azure/templates/microsoft.network/routetables
 */
export const routeTableTypes: TypeTable = {
  'Microsoft.Network/routeTables': { ...TRACKED, properties: 'RouteTableProperties' },
  'Microsoft.Network/routeTables/routes': { etag: 'text read-only', properties: 'RouteProperties' },

  RouteTable: { ...NAMED, properties: 'RouteTableProperties' },
  RouteTableProperties: {
    routes: 'Route[]',
    disableBgpRoutePropagation: 'boolean since 2017-10-01',
    disablePeeringRoute: 'text since 2025-07-01',
    subnets: 'any[] read-only',
    resourceGuid: 'text since 2020-08-01 read-only',
    provisioningState: 'text read-only',
  },
  Route: { ...CHILD, properties: 'RouteProperties' },
  RouteProperties: {
    addressPrefix: 'text',
    nextHopType: 'text required',
    nextHopIpAddress: 'text',
    nextHop: 'RouteNextHop since 2025-07-01',
    hasBgpOverride: 'boolean since 2020-08-01 read-only',
    provisioningState: 'text read-only',
  },
  RouteNextHop: { nextHopIpAddresses: 'text[] required' },
};
