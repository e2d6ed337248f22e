import type { DeclaredClient } from '../../src/network/clients.ts';
import { buildNetwork, type Network } from '../../src/network/network.ts';
import type { ReturnPath } from '../../src/network/return-path.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule } from '../support/estate.ts';

const ALLOW_ALL = [rule(100, 'Allow')];

interface RouteOptions {
  readonly routes: readonly (readonly [prefix: string, hop: string])[];
  readonly disableBgp?: boolean;
  readonly estate?: EstateOptions;
}

function networkWith(
  { routes, disableBgp = true, estate: options = {} }: RouteOptions,
  clients: readonly DeclaredClient[] = [],
): Network {
  const table = {
    type: 'routeTables',
    name: 'rt',
    properties: {
      disableBgpRoutePropagation: disableBgp,
      routes: routes.map(([addressPrefix, nextHopType], index) => ({
        name: `route${index}`,
        properties: { addressPrefix, nextHopType },
      })),
    },
  };
  return buildNetwork(
    estate({
      subnetRules: ALLOW_ALL,
      ...options,
      subnet: { routeTable: sub('routeTables/rt'), ...options.subnet },
      more: [table, ...(options.more ?? [])],
    }),
    { clients },
  );
}

function returnOf(options: RouteOptions): ReturnPath | undefined {
  const network = networkWith(options);
  const [path] = network.paths;
  return path === undefined ? undefined : network.returnPathsOf(path)[0];
}

const hopsOf = (options: RouteOptions): Readonly<Record<string, boolean>> =>
  Object.fromEntries((returnOf(options)?.regions ?? []).map(({ hop, takesAll }) => [hop, takesAll]));

// Semantics 6.1.
test('replies to the internet go out directly without a route of the user', () => {
  expect(hopsOf({ routes: [] })).toEqual({ internet: true });
  expect(returnOf({ routes: [] })?.waitsFor).toEqual([]);
});

test('a default route to an appliance takes all replies, also when it is split in two', () => {
  expect(hopsOf({ routes: [['0.0.0.0/0', 'VirtualAppliance']] })).toEqual({ appliance: true });
  const halves = [
    ['0.0.0.0/1', 'VirtualAppliance'],
    ['128.0.0.0/1', 'VirtualAppliance'],
  ] as const;
  expect(hopsOf({ routes: halves })).toEqual({ appliance: true });
});

/** Of an internal balancer, to an office behind a private address that no network of the model has. */
function hopsToOffice(routes: RouteOptions['routes']): readonly string[] {
  const clients = [{ name: 'office', addresses: ['192.168.7.0/24'] }];
  const network = networkWith({ routes, estate: { internal: true } }, clients);
  const path = network.paths.find(({ client }) => client === 'office');
  const returns = path === undefined ? [] : network.returnPathsOf(path);
  return returns.flatMap(({ regions }) => regions.map(({ hop }) => hop));
}

// https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#default
test('private addresses elsewhere lead nowhere, unless the user has a default route', () => {
  expect(hopsToOffice([])).toEqual(['none']);
  expect(hopsToOffice([['0.0.0.0/0', 'VirtualAppliance']])).toEqual(['appliance']);
  expect(hopsToOffice([['10.9.0.0/16', 'VirtualAppliance']])).toEqual(['none']);
  expect(hopsToOffice([['0.0.0.0/0', 'Elsewhere']])).toEqual(['unknown']);
});

test('the longest prefix wins, whatever the order of the routes', () => {
  const routes = [
    ['203.0.113.0/24', 'None'],
    ['0.0.0.0/0', 'VirtualNetworkGateway'],
  ] as const;
  expect(hopsOf({ routes })).toEqual({ none: false, gateway: false });
  expect(hopsOf({ routes: routes.toReversed() })).toEqual({ none: false, gateway: false });
});

test('only clients that get in count', () => {
  const subnetRules = [rule(100, 'Allow', { sourceAddressPrefix: '203.0.113.0/24' }), rule(200, 'Deny')];
  const routes = [
    ['203.0.113.0/24', 'Internet'],
    ['0.0.0.0/0', 'VirtualAppliance'],
  ] as const;
  expect(hopsOf({ routes, estate: { subnetRules } })).toEqual({ internet: true });
});

// Golden vector 17: the tag decides who gets in, and the route takes the replies all the same.
test('clients that may get in count where the security groups leave it open', () => {
  const subnetRules = [rule(100, 'Allow', { sourceAddressPrefix: 'VirtualNetwork' })];
  expect(hopsOf({ routes: [['0.0.0.0/0', 'VirtualAppliance']], estate: { subnetRules } })).toEqual({
    appliance: true,
  });
});

test('a public address that is routed straight to the internet beside an appliance leaves the answer open', () => {
  const routes = [
    ['0.0.0.0/0', 'VirtualAppliance'],
    ['198.51.100.7/32', 'Internet'],
  ] as const;
  expect(returnOf({ routes })?.waitsFor).toMatchObject([{ reason: { kind: 'runtime' } }]);
});

test('a route of the user wins over the route of the virtual network with the same prefix', () => {
  const internal = { internal: true, subnetRules: ALLOW_ALL };
  expect(hopsOf({ routes: [['0.0.0.0/0', 'None']], estate: internal })).toEqual({ 'virtual-network': true });
  expect(hopsOf({ routes: [['10.0.0.0/16', 'None']], estate: internal })).toEqual({ none: true });
  expect(hopsOf({ routes: [['10.0.128.0/17', 'None']], estate: internal })).toEqual({
    none: false,
    'virtual-network': false,
  });
});

const GATEWAY = (properties: Record<string, unknown>) => ({
  type: 'virtualNetworkGateways',
  name: 'vgw',
  properties: {
    ...properties,
    ipConfigurations: [{ name: 'g', properties: { subnet: sub('virtualNetworks/vnet/subnets/snet') } }],
  },
});

test('what a gateway learns by BGP is open, unless the route table keeps it out or the user routes it', () => {
  const more = [GATEWAY({ gatewayType: 'ExpressRoute' })];
  const waits = (options: Partial<RouteOptions>): number | undefined =>
    returnOf({ routes: [], disableBgp: false, ...options, estate: { more } })?.waitsFor.length;
  expect(waits({})).toBe(1);
  expect(waits({ disableBgp: true })).toBe(0);
  expect(waits({ routes: [['0.0.0.0/0', 'VirtualAppliance']] })).toBe(0);
  const plainVpn = { more: [GATEWAY({ gatewayType: 'Vpn', enableBgp: false })] };
  expect(returnOf({ routes: [], disableBgp: false, estate: plainVpn })?.waitsFor).toEqual([]);
});

test('so is what a gateway behind a peering learns, here or in another root', () => {
  const peering = (useRemoteGateways: boolean) => ({
    type: 'virtualNetworks/vnet/virtualNetworkPeerings',
    name: 'to-hub',
    parent: sub('virtualNetworks/vnet').id,
    properties: {
      remoteVirtualNetwork: { id: '/elsewhere/virtualnetworks/hub' },
      useRemoteGateways,
    },
  });
  const waits = (useRemoteGateways: boolean, disableBgp = false): number | undefined =>
    returnOf({ routes: [], disableBgp, estate: { more: [peering(useRemoteGateways)] } })?.waitsFor.length;
  expect(waits(true)).toBe(1);
  expect(waits(true, true)).toBe(0);
  expect(waits(false)).toBe(0);
});

test('a route whose next hop is not known leaves its own addresses open', () => {
  const routes = [['0.0.0.0/0', 'Somewhere']] as const;
  expect(hopsOf({ routes })).toEqual({ unknown: true });
});
