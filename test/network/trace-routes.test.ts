import { type ArmResource, sub } from '../support/arm-model.ts';
import { ask, client, later, perhaps, routeTable, said, story, subnetOf } from '../support/ask.ts';
import { type EstateOptions, VIP } from '../support/estate.ts';

const MEMBER = { privateIPAddress: '10.0.1.9', privateIPAllocationMethod: 'Static' };
const CLIENTS = sub('virtualNetworks/vnet/subnets/clients');

/** A client in a subnet of its own, with these routes. */
function routed(...routes: readonly Record<string, unknown>[]): EstateOptions {
  return {
    internal: true,
    ipConfiguration: MEMBER,
    more: [
      subnetOf('clients', { addressPrefix: '10.0.2.0/24', routeTable: sub('routeTables/rt') }),
      routeTable('rt', ...routes),
      client('pc', { subnet: CLIENTS, privateIPAddress: '10.0.2.7' }),
    ],
  };
}

const to = (addressPrefix: unknown, nextHopType: unknown) => ({ addressPrefix, nextHopType });
const APPLIANCE = { nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.9.4' };
const DELIVERED = 'delivered: no security group';
const BEHIND_APPLIANCE = 'unknown: what the next hop (appliance) of rt does with the packet';

// Semantics 6.1 and 6.2: the longest prefix decides, for frontends as for machines.
test.each<[routes: readonly Record<string, unknown>[], toMachine: string, toFrontend: string]>([
  [[], DELIVERED, DELIVERED],
  [[to('10.0.1.0/24', 'None')], 'dropped: route0', 'dropped: route0'],
  [[to(`${VIP}/32`, 'None')], DELIVERED, 'dropped: route0'],
  [[to('10.0.1.0/24', 'None'), to('10.0.1.8/29', 'VnetLocal')], DELIVERED, 'dropped: route0'],
  [[{ addressPrefix: '10.0.1.0/24', ...APPLIANCE }], BEHIND_APPLIANCE, BEHIND_APPLIANCE],
  [[{ addressPrefix: '10.0.0.0/16', ...APPLIANCE }], BEHIND_APPLIANCE, BEHIND_APPLIANCE],
  [[{ addressPrefix: '0.0.0.0/0', ...APPLIANCE }], DELIVERED, DELIVERED],
  [[to('10.0.1.0/24', later())], 'unknown: later', 'unknown: later'],
  [[to(later(), 'None')], 'unknown: later', 'unknown: later'],
])('routes %j of a sender in the network', (routes, toMachine, toFrontend) => {
  expect(said({ estate: routed(...routes), from: 'pc', to: 'nic0' })).toBe(toMachine);
  expect(said({ estate: routed(...routes), from: 'pc', to: 'lb' })).toBe(toFrontend);
});

test('a route that drops is the last hop, after the groups of the sender', () => {
  expect(story({ estate: routed(to('10.0.1.0/24', 'None')), from: 'pc', to: 'lb' })).toEqual([
    'pc: allow by no security group (security-group)',
    'clients: allow by no security group (security-group)',
    'rt: deny by route0 (route)',
    'dropped by route0',
  ]);
});

test('a drop points at the route, or at the subnet where no route is written', () => {
  const { decisive } = ask({ estate: routed(to('10.0.1.0/24', 'None')), from: 'pc', to: 'lb' });
  const byNothing = ask({ estate: far(), from: 'pc', to: 'lb' }).decisive;
  expect([decisive?.origin, byNothing?.origin]).toMatchObject([
    { pointer: '/resources/6/properties/routes/0' },
    { pointer: '/resources/5/properties/subnets/0' },
  ]);
});

test('a route for a part of the addresses that a receiver may get leaves open whether it counts', () => {
  const options = { ...routed(to('10.0.1.0/25', 'None')), ipConfiguration: {} };
  expect(said({ estate: options, from: 'pc', to: 'nic0' })).toBe(
    'unknown: what the next hop (none) of rt does with the packet',
  );
  const whole = { ...routed(to('10.0.1.0/24', 'None')), ipConfiguration: {} };
  expect(said({ estate: whole, from: 'pc', to: 'nic0' })).toBe('dropped: route0');
});

test('a sender in one of two subnets goes the way of both', () => {
  const either = (first: readonly object[], second: readonly object[]): EstateOptions => ({
    internal: true,
    more: [
      subnetOf('one', { addressPrefix: '10.0.2.0/24', routeTable: sub('routeTables/rt1') }),
      subnetOf('two', { addressPrefix: '10.0.3.0/24', routeTable: sub('routeTables/rt2') }),
      routeTable('rt1', ...(first as Record<string, unknown>[])),
      routeTable('rt2', ...(second as Record<string, unknown>[])),
      client('pc', {
        subnet: { id: later('virtualNetworks/vnet/subnets/one', 'virtualNetworks/vnet/subnets/two') },
      }),
    ],
  });
  const hole = to(`${VIP}/32`, 'None');
  const verdict = (...options: Parameters<typeof either>): string =>
    said({ estate: either(...options), from: 'pc', to: 'lb' });
  expect(verdict([], [])).toBe(DELIVERED);
  expect(verdict([hole], [hole])).toBe('dropped: route0');
  expect(verdict([hole], [])).toBe('unknown: later');
  expect(verdict([], [hole])).toBe('unknown: later');
  expect(verdict([hole], [{ addressPrefix: '10.0.1.0/24', ...APPLIANCE }])).toBe(
    'unknown: later, what the next hop (appliance) of rt2 does with the packet',
  );
});

const FAR = sub('virtualNetworks/far');
const NEAR = sub('virtualNetworks/vnet');

function peering(of: string, remote: unknown, properties: Record<string, unknown> = {}): ArmResource {
  return {
    type: `virtualNetworks/${of}/virtualNetworkPeerings`,
    name: `${of}-peering`,
    parent: sub(`virtualNetworks/${of}`).id,
    properties: { remoteVirtualNetwork: remote, ...properties },
  };
}

function far(...more: readonly ArmResource[]): EstateOptions {
  return {
    internal: true,
    ipConfiguration: MEMBER,
    more: [
      {
        type: 'virtualNetworks',
        name: 'far',
        properties: {
          addressSpace: { addressPrefixes: ['10.9.0.0/16'] },
          subnets: [{ name: 'offices', properties: { addressPrefix: '10.9.1.0/24' } }],
        },
      },
      client('pc', { subnet: sub('virtualNetworks/far/subnets/offices'), privateIPAddress: '10.9.1.7' }),
      ...more,
    ],
  };
}

// Semantics 6.8: both networks need the peering.
test.each<[peerings: readonly ArmResource[], answer: string]>([
  [[], 'dropped: no route'],
  [[peering('vnet', FAR), peering('far', NEAR)], DELIVERED],
  [[peering('vnet', FAR)], 'dropped: no route'],
  [[peering('vnet', FAR), peering('far', undefined)], 'dropped: no route'],
  [[peering('vnet', FAR), peering('far', NEAR, { allowVirtualNetworkAccess: later() })], 'unknown: later'],
  [[peering('vnet', FAR), { ...peering('far', NEAR), condition: later() }], 'unknown: later'],
  [[peering('vnet', FAR), peering('far', { id: later() })], 'unknown: later'],
  [[peering('vnet', FAR), peering('far', { id: perhaps('virtualNetworks/vnet') })], 'unknown: later'],
])('a sender in another network with the peerings %j', (peerings, answer) => {
  expect(said({ estate: far(...peerings), from: 'pc', to: 'lb' })).toBe(answer);
  expect(said({ estate: far(...peerings), from: 'pc', to: 'nic0' })).toBe(answer);
});

test('a list of peerings that is not known may hold one', () => {
  const [network, ...others] = far().more ?? [];
  const properties = { ...Object(network?.properties), virtualNetworkPeerings: later() };
  const more = [{ ...Object(network), properties }, ...others, peering('vnet', FAR)];
  expect(said({ estate: { ...far(), more }, from: 'pc', to: 'lb' })).toBe('unknown: later');
});

test('a route comes before a peering that may exist, unless it is for more addresses', () => {
  const labs = (addressPrefix: string): EstateOptions =>
    far(
      peering('vnet', FAR),
      peering('far', NEAR, { allowVirtualNetworkAccess: later() }),
      {
        type: 'virtualNetworks/far/subnets',
        name: 'labs',
        parent: FAR.id,
        properties: { addressPrefix: '10.9.2.0/24', routeTable: sub('routeTables/rt') },
      },
      routeTable('rt', to(addressPrefix, 'None')),
      client('lab', { subnet: sub('virtualNetworks/far/subnets/labs'), privateIPAddress: '10.9.2.7' }),
    );
  expect(said({ estate: labs('10.0.1.0/24'), from: 'lab', to: 'nic0' })).toBe('dropped: route0');
  expect(said({ estate: labs('10.0.0.0/8'), from: 'lab', to: 'nic0' })).toBe('unknown: later');
});

test('a frontend whose subnet is not seen is in the network of its members', () => {
  const frontend = { subnet: sub('virtualNetworks/gone/subnets/x'), privateIPAddress: undefined };
  expect(said({ estate: { ...far(), frontend }, from: 'pc', to: 'lb' })).toBe('dropped: no route');
});

test('a network that is not part of the root may be connected, unless the other side is not', () => {
  const options: EstateOptions = { ...far(), networkElsewhere: true };
  expect(said({ estate: options, from: 'nic0', to: 'pc' })).toBe(
    'unknown: /microsoft.network/virtualnetworks/vnet',
  );
  expect(said({ estate: options, from: 'pc', to: 'nic0' })).toBe('dropped: no route');
});

test('system routes drop what no network of the sender holds', () => {
  expect(story({ estate: far(), from: 'pc', to: 'nic0' })).toEqual([
    'pc: allow by no security group (security-group)',
    'offices: allow by no security group (security-group)',
    'system routes: deny by no route (route)',
    'dropped by no route',
  ]);
});

test('inside a network whose addresses are not known packets go directly, unless a route may take them', () => {
  const hidden = (...routes: readonly Record<string, unknown>[]): EstateOptions => ({
    networkElsewhere: true,
    internal: true,
    subnet: { addressPrefix: later() },
    more: [
      subnetOf('clients', { addressPrefix: later(), routeTable: sub('routeTables/rt') }),
      routeTable('rt', ...routes),
      client('pc', { subnet: CLIENTS }),
    ],
  });
  const verdict = (...routes: readonly Record<string, unknown>[]): string =>
    said({ estate: hidden(...routes), from: 'pc', to: 'nic0' });
  expect(verdict()).toBe(DELIVERED);
  expect(verdict({ addressPrefix: '0.0.0.0/0', ...APPLIANCE })).toBe(DELIVERED);
  expect(verdict(to('10.0.4.0/24', 'VnetLocal'))).toBe(DELIVERED);
  expect(verdict(to('10.0.4.0/24', 'None'))).toBe('unknown: /microsoft.network/virtualnetworks/vnet');
});
