import { checkBody } from '../../../src/arm/types/check-body.ts';
import { modelledTypes } from '../../../src/arm/types/modelled-types.ts';
import { unknown } from '../../../src/value/value.ts';
import { at, bodyOf } from './body-value.ts';

// azure-semantics 9.2
test.each([
  ['loadBalancers', 'probes.probeThreshold', '2022-05-01'],
  // Spelt with a capital N in this version, with a small one since 2024-03-01.
  ['loadBalancers', 'probes.noHealthyBackendsBehavior', '2024-01-01'],
  ['loadBalancers', 'loadBalancingRules.enableTcpReset', '2018-07-01'],
  ['loadBalancers', 'loadBalancingRules.enableConnectionTracking', '2024-07-01'],
  ['loadBalancers', 'loadBalancingRules.backendAddressPools', '2021-02-01'],
  ['loadBalancers', 'outboundRules', '2018-07-01'],
  ['loadBalancers', 'backendAddressPools.loadBalancerBackendAddresses', '2020-04-01'],
  ['loadBalancers', 'backendAddressPools.loadBalancerBackendAddresses.subnet', '2020-11-01'],
  ['loadBalancers', 'backendAddressPools.loadBalancerBackendAddresses.adminState', '2021-08-01'],
  [
    'loadBalancers',
    'backendAddressPools.loadBalancerBackendAddresses.loadBalancerFrontendIPConfiguration',
    '2020-07-01',
  ],
  ['loadBalancers', 'backendAddressPools.tunnelInterfaces', '2021-02-01'],
  ['loadBalancers', 'backendAddressPools.drainPeriodInSeconds', '2021-08-01'],
  ['loadBalancers', 'backendAddressPools.virtualNetwork', '2022-07-01'],
  ['loadBalancers', 'backendAddressPools.syncMode', '2023-04-01'],
  ['loadBalancers', 'inboundNatRules.frontendPortRangeStart', '2021-03-01'],
  ['loadBalancers', 'inboundNatRules.frontendPortRangeEnd', '2021-03-01'],
  ['loadBalancers', 'inboundNatRules.backendAddressPool', '2021-03-01'],
  ['loadBalancers', 'frontendIPConfigurations.gatewayLoadBalancer', '2021-02-01'],
  ['loadBalancers', 'frontendIPConfigurations.enableConnectionTracking', '2025-09-01'],
  ['loadBalancers', 'frontendIPConfigurations.ddosSettings', '2025-07-01'],
  ['loadBalancers', 'scope', '2025-01-01'],
  ['loadBalancers', 'mode', '2025-09-01'],
  ['publicIPAddresses', 'upgradedToV2', '2025-09-01'],
  ['virtualNetworks', 'subnets.addressPrefixes', '2018-08-01'],
  ['virtualNetworks', 'subnets.natGateway', '2019-02-01'],
  ['virtualNetworks', 'subnets.defaultOutboundAccess', '2023-05-01'],
  ['virtualNetworks', 'subnets.sharingScope', '2023-11-01'],
  ['networkSecurityGroups', 'flushConnection', '2022-01-01'],
  ['networkInterfaces', 'disableTcpStateTracking', '2022-05-01'],
  ['networkInterfaces', 'defaultOutboundConnectivityEnabled', '2024-05-01'],
  ['networkInterfaces', 'ipConfigurations.gatewayLoadBalancer', '2021-02-01'],
  ['natGateways', 'publicIpAddressesV6', '2024-07-01'],
  ['natGateways', 'sourceVirtualNetwork', '2024-07-01'],
  ['natGateways', 'nat64', '2025-07-01'],
  ['routeTables', 'disablePeeringRoute', '2025-07-01'],
  ['privateLinkServices', 'enableProxyProtocol', '2019-09-01'],
  ['privateLinkServices', 'destinationIPAddress', '2024-03-01'],
  ['privateLinkServices', 'accessMode', '2025-01-01'],
])('%s: %s came with %s', (type, path, first) => {
  const newerIn = (apiVersion: string): readonly object[] =>
    checkBody(
      { type: `Microsoft.Network/${type}`, apiVersion, body: bodyWith(path.split('.')), origin: at('') },
      modelledTypes(),
    ).filter(({ kind }) => kind !== 'missing' && kind !== 'read-only');

  expect(newerIn(first)).toEqual([]);
  expect(newerIn(dayBefore(first))).toMatchObject([{ kind: 'newer', has: first }]);
});

/** A body with a property of `properties`, or of the elements of the lists on the way to it. */
function bodyWith([name = '', ...rest]: readonly string[]): ReturnType<typeof bodyOf> {
  const value = unknown({ kind: 'parameter', name: 'p' }, at(''));
  return bodyOf({ properties: { [name]: rest.length === 0 ? value : [bodyWith(rest)] } });
}

function dayBefore(date: string): string {
  const day = new Date(date);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, date.length);
}
