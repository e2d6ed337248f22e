import type { DeclaredClient } from '../../src/network/clients.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { ReturnPath } from '../../src/network/return-path.ts';
import { textOr } from '../../src/value/shown.ts';
import { type ArmResource, modelOf, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, otherMember, rule } from '../support/estate.ts';
import { linkToOneOf } from '../support/links.ts';
import { waiting } from '../support/waiting.ts';

type RouteOf = readonly [prefix: string, hop: string, address?: string];

const ALLOW_ALL = [rule(100, 'Allow')];
const PARTNER = '198.51.100.0/24';
const ALLOW_PARTNER = [rule(100, 'Allow', { sourceAddressPrefix: PARTNER }), rule(200, 'Deny')];

function table(routes: readonly RouteOf[]): ArmResource {
  return {
    type: 'routeTables',
    name: 'rt',
    properties: {
      routes: routes.map(([addressPrefix, nextHopType, nextHopIpAddress], index) => ({
        name: `r${index}`,
        properties: { addressPrefix, nextHopType, nextHopIpAddress },
      })),
    },
  };
}

/** Where the replies of each member go, and what that waits for. */
function replies(
  routes: readonly RouteOf[],
  { more = [], subnet, ...options }: EstateOptions = {},
  clients: readonly DeclaredClient[] = [],
): Readonly<Record<string, readonly string[]>> {
  const network = buildNetwork(
    estate({
      subnetRules: ALLOW_ALL,
      ...options,
      subnet: { routeTable: sub('routeTables/rt'), ...subnet },
      more: [table(routes), ...more],
    }),
    { clients },
  );
  return Object.fromEntries(
    network.paths.flatMap((path) =>
      network
        .returnPathsOf(path)
        .map((each) => [clients.length > 0 ? path.client : each.member.label, told(each)]),
    ),
  );
}

function told({ regions, waitsFor }: ReturnPath): readonly string[] {
  const texts = regions.map(({ hop, route, client, takesAll, isWide }) =>
    [
      `${takesAll ? 'all' : 'some'} to ${hop}`,
      ...(route === undefined ? [] : [`by ${isWide ? 'wide ' : ''}${textOr(route.name, '')}`]),
      `like ${client.kind === 'ip' ? client.text : client.kind}`,
    ].join(' '),
  );
  return [...texts.toSorted(), ...waitsFor.map(({ reason }) => `waits for ${reason.name}`)];
}

const SYSTEM = ['all to internet like 203.0.113.7'];

// Semantics 6.1.
test.each<[name: string, routes: readonly RouteOf[], options: EstateOptions, expected: readonly string[]]>([
  ['no route', [], {}, SYSTEM],
  [
    'a default route',
    [['0.0.0.0/0', 'VirtualAppliance']],
    {},
    ['all to appliance by wide r0 like 203.0.113.7'],
  ],
  [
    'a default route in halves',
    [
      ['0.0.0.0/1', 'VirtualAppliance'],
      ['128.0.0.0/1', 'VirtualAppliance'],
    ],
    {},
    ['all to appliance by wide r0 like 1.0.0.0', 'all to appliance by wide r1 like 203.0.113.7'],
  ],
  [
    'a route to the only clients',
    [[PARTNER, 'VirtualNetworkGateway']],
    { subnetRules: ALLOW_PARTNER },
    ['all to gateway by r0 like 198.51.100.0'],
  ],
  [
    'a route to some clients',
    [['203.0.113.0/24', 'None']],
    {},
    ['some to internet like 1.0.0.0', 'some to none by r0 like 203.0.113.7'],
  ],
  ['a route to nobody', [['10.9.0.0/16', 'None']], {}, SYSTEM],
  [
    'a next hop that is not known',
    [['203.0.113.0/24', 'Elsewhere']],
    {},
    [
      'some to internet like 1.0.0.0',
      'some to unknown by r0 like 203.0.113.7',
      'waits for the next hop type of rt',
    ],
  ],
  // Clients from everywhere are not all behind one service tag; a few may be.
  ['a service tag', [['AzureCloud', 'VirtualAppliance']], {}, SYSTEM],
  [
    'a service tag, and few clients',
    [['AzureCloud', 'VirtualAppliance']],
    { subnetRules: ALLOW_PARTNER },
    ['all to internet like 198.51.100.0', 'waits for the addresses of the service tag of the route r0'],
  ],
  [
    'a public address straight to the internet',
    [
      ['0.0.0.0/0', 'VirtualAppliance'],
      ['198.51.100.7/32', 'Internet'],
    ],
    {},
    [
      'some to appliance by wide r0 like 203.0.113.7',
      'some to internet by r1 like 198.51.100.7',
      'waits for whether all clients come from the addresses of the route r1',
    ],
  ],
  [
    'a default route to the internet',
    [['0.0.0.0/0', 'Internet']],
    {},
    ['all to internet by wide r0 like 203.0.113.7'],
  ],
])('with %s', (_, routes, options, expected) => {
  expect(replies(routes, options)).toEqual({ 'nic0/ip': expected });
});

test('clients of the virtual network may be behind a service tag, and need no exception', () => {
  const routes: readonly RouteOf[] = [
    ['AzureCloud', 'VirtualAppliance'],
    ['10.0.7.0/24', 'Internet'],
  ];
  expect(replies(routes, { internal: true })).toEqual({
    'nic0/ip': [
      'some to internet by r1 like 10.0.7.0',
      'some to virtual-network like 10.0.0.0',
      'waits for the addresses of the service tag of the route r0',
    ],
  });
});

test('a declared client is known, and a route to the internet for it is no exception', () => {
  const routes: readonly RouteOf[] = [
    ['0.0.0.0/0', 'VirtualAppliance'],
    ['198.51.100.7/32', 'Internet'],
  ];
  const { partner } = replies(routes, {}, [{ name: 'partner', addresses: [PARTNER] }]);
  expect(partner).toEqual([
    'some to appliance by wide r0 like 198.51.100.0',
    'some to internet by r1 like 198.51.100.7',
  ]);
});

test('a gateway load balancer in front takes the replies its own way', () => {
  const frontend = { gatewayLoadBalancer: sub('loadBalancers/gwlb/frontendIPConfigurations/front') };
  expect(replies([], { frontend })).toEqual({
    'nic0/ip': [...SYSTEM, 'waits for the way of replies through the gateway load balancer of lb'],
  });
});

test('members that may be none are told, each with its own replies', () => {
  const pools = linkToOneOf(
    'which',
    'loadBalancers/lb/backendAddressPools/pool',
    'loadBalancers/lb/backendAddressPools/b',
  );
  const more = otherMember('nic1', { ipConfiguration: { loadBalancerBackendAddressPools: [pools] } });
  expect(replies([], { more })).toEqual({ 'nic0/ip': SYSTEM, 'nic1/ip': [...SYSTEM, 'waits for which'] });
});

test('a member whose subnet is not known has no replies to tell', () => {
  const either = linkToOneOf(
    'which',
    'virtualNetworks/vnet/subnets/snet',
    'virtualNetworks/other/subnets/snet',
  );
  const other = {
    type: 'virtualNetworks',
    name: 'other',
    properties: { subnets: [{ name: 'snet', properties: { addressPrefix: '10.1.1.0/24' } }] },
  };
  for (const subnet of [either, { id: waiting('subnet') }])
    expect(replies([], { ipConfiguration: { subnet }, more: [other] })).toEqual({});
});

// Semantics 6.3: an appliance that is its own next hop keeps its replies.
test('a route to the machine of a member takes nothing away from it', () => {
  const all = ['all to appliance by wide r0 like 203.0.113.7'];
  const ipConfiguration = { privateIPAddress: '10.0.1.4' };
  const more = otherMember('nic1', { ipConfiguration: { privateIPAddress: '10.0.1.5' } });
  expect(replies([['0.0.0.0/0', 'VirtualAppliance', '10.0.1.4']], { ipConfiguration, more })).toEqual({
    'nic0/ip': ['all to virtual-network by wide r0 like 203.0.113.7'],
    'nic1/ip': all,
  });
  // A next hop address counts only with an appliance.
  expect(replies([['0.0.0.0/0', 'None', '10.0.1.4']], { ipConfiguration })).toEqual({
    'nic0/ip': ['all to none by wide r0 like 203.0.113.7'],
  });
});

test.each<[nextHop: string, expected: string]>([
  ['10.0.1.4', 'all to virtual-network by r0 like 10.0.0.0'],
  ['10.0.1.5', 'all to appliance by r0 like 10.0.0.0'],
])('a member of which only the address is known, with a route to %s', (nextHop, expected) => {
  const SNET = sub('virtualNetworks/vnet/subnets/snet');
  const subnet = { addressPrefix: '10.0.1.0/24', routeTable: sub('routeTables/rt') };
  const address = { ipAddress: '10.0.1.4', virtualNetwork: sub('virtualNetworks/vnet') };
  const network = buildNetwork(
    modelOf(
      {
        type: 'virtualNetworks',
        name: 'vnet',
        properties: {
          addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
          subnets: [{ name: 'snet', properties: subnet }],
        },
      },
      table([['10.0.0.0/16', 'VirtualAppliance', nextHop]]),
      {
        type: 'loadBalancers',
        name: 'lb',
        sku: { name: 'Standard' },
        properties: {
          frontendIPConfigurations: [
            { name: 'front', properties: { subnet: SNET, privateIPAddress: '10.0.1.100' } },
          ],
          backendAddressPools: [
            {
              name: 'pool',
              properties: { loadBalancerBackendAddresses: [{ name: 'a', properties: address }] },
            },
          ],
          loadBalancingRules: [
            {
              name: 'r',
              properties: {
                protocol: 'Tcp',
                frontendPort: 80,
                backendPort: 80,
                frontendIPConfiguration: sub('loadBalancers/lb/frontendIPConfigurations/front'),
                backendAddressPool: sub('loadBalancers/lb/backendAddressPools/pool'),
              },
            },
          ],
        },
      },
    ),
  );
  const [path] = network.paths;
  const found = path === undefined ? [] : network.returnPathsOf(path);
  expect(found.map(told)).toEqual([[expected]]);
});
