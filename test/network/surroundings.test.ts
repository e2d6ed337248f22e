import type { Link } from '../../src/model/model.ts';
import { buildNetwork } from '../../src/network/network.ts';
import {
  holdsEverything,
  type Surroundings,
  settleTags,
  surroundingsOf,
  type TagReading,
  unreadableSurroundings,
} from '../../src/network/surroundings.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate } from '../support/estate.ts';
import { oneOf, reasonsOf, waiting } from '../support/waiting.ts';

const SNET = sub('virtualNetworks/vnet/subnets/snet').id;
const VNET = sub('virtualNetworks/vnet').id;

/** What the tags mean in a subnet, `snet` if none is named. */
function around(options: EstateOptions, id: string = SNET, virtualNetwork?: Link): Surroundings {
  const { topology } = buildNetwork(estate({ members: 0, ...options }));
  const subnet = topology.subnets.get(id);
  if (subnet === undefined) throw new Error(`there is no subnet ${id}`);
  return surroundingsOf(topology, { ...subnet, ...(virtualNetwork === undefined ? {} : { virtualNetwork }) });
}

const subnet = (name: string, properties: Record<string, unknown>): ArmResource => ({
  type: 'virtualNetworks/vnet/subnets',
  name,
  parent: VNET,
  properties,
});
const network = (
  name: string,
  addressPrefixes: unknown,
  more: Record<string, unknown> = {},
): ArmResource => ({
  type: 'virtualNetworks',
  name,
  properties: { addressSpace: { addressPrefixes } },
  ...more,
});

test('a subnet lies in the address space of its virtual network', () => {
  const { key: _, ...found } = around({});
  expect(found).toEqual({
    virtualNetworkId: VNET,
    label: 'vnet',
    prefixes: ['10.0.0.0/16'],
    peerPrefixes: [],
    neighbourPrefixes: [],
    routePrefixes: [],
  });
});

const [SOME, OTHER] = [waiting('some'), waiting('other')];

test.each<[what: string, options: EstateOptions, link: Link | undefined, answer: readonly unknown[]]>([
  [
    'is part of another root',
    { networkElsewhere: true },
    undefined,
    [VNET, 'vnet', ['10.0.1.0/24'], 'outside /microsoft.network/virtualnetworks/vnet'],
  ],
  [
    'is part of another root, beside other subnets',
    {
      networkElsewhere: true,
      more: [
        subnet('second', { addressPrefix: '10.0.2.0/24' }),
        { ...subnet('third', { addressPrefix: '10.0.3.0/24' }), condition: SOME },
        subnet('fourth', { addressPrefix: waiting('range') }),
      ],
    },
    undefined,
    [VNET, 'vnet', ['10.0.1.0/24', '10.0.2.0/24'], 'outside /microsoft.network/virtualnetworks/vnet'],
  ],
  ['is not known', {}, { kind: 'unknown', waitsFor: SOME }, ['some', 'some', [], 'parameter some']],
  [
    'is one of two',
    {},
    { kind: 'one-of', ids: [VNET, 'other'], open: false, waitsFor: SOME },
    ['some', 'some', [], 'parameter some'],
  ],
  [
    'has no name',
    {},
    { kind: 'none' },
    ['the virtual network', 'the virtual network', [], 'outside the virtual network'],
  ],
  // Its subnets lie in what is not known.
  [
    'may have another range',
    { more: [network('vnet', { partial: ['10.9.0.0/16'], more: waiting('more') })] },
    undefined,
    [VNET, 'vnet', ['10.9.0.0/16', '10.0.1.0/24'], 'parameter more'],
  ],
  [
    'has a range that is not known',
    { more: [network('vnet', ['10.9.0.0/16', waiting('range')])] },
    undefined,
    [VNET, 'vnet', ['10.9.0.0/16', '10.0.1.0/24'], 'parameter range'],
  ],
  [
    'may not exist',
    { more: [network('vnet', ['10.9.0.0/16'], { condition: SOME })] },
    undefined,
    [VNET, 'vnet', ['10.0.1.0/24'], 'parameter some'],
  ],
])('the virtual network of a subnet %s', (_, options, link, answer) => {
  const { virtualNetworkId, label, prefixes, morePrefixes } = around(options, SNET, link);
  expect([virtualNetworkId, label, prefixes, ...reasonsOf(morePrefixes ? [morePrefixes] : [])]).toEqual(
    answer,
  );
});

const HUB = sub('virtualNetworks/hub').id;
const peering = (
  from: string,
  to: unknown,
  properties: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): ArmResource => ({
  type: `virtualNetworks/${from}/virtualNetworkPeerings`,
  name: 'peering',
  parent: sub(`virtualNetworks/${from}`).id,
  properties: { remoteVirtualNetwork: { id: to }, ...properties },
  ...more,
});
const TO_HUB = peering('vnet', HUB);
const FROM_HUB = peering('hub', VNET);
const hub = (more: Record<string, unknown> = {}) => network('hub', ['10.8.0.0/16', waiting('range')], more);

test.each<[what: string, more: readonly ArmResource[], answer: 'peer' | 'perhaps' | 'none']>([
  ['both networks have', [hub(), TO_HUB, FROM_HUB], 'peer'],
  [
    'both networks have, with access',
    [hub(), TO_HUB, peering('hub', VNET, { allowVirtualNetworkAccess: true })],
    'peer',
  ],
  ['only this network has', [hub(), TO_HUB], 'perhaps'],
  ['only the other network has', [hub(), FROM_HUB], 'none'],
  [
    'lets nobody in here',
    [hub(), peering('vnet', HUB, { allowVirtualNetworkAccess: false }), FROM_HUB],
    'perhaps',
  ],
  [
    'lets nobody in there',
    [hub(), TO_HUB, peering('hub', VNET, { allowVirtualNetworkAccess: false })],
    'perhaps',
  ],
  [
    'may let nobody in',
    [hub(), TO_HUB, peering('hub', VNET, { allowVirtualNetworkAccess: waiting('access') })],
    'perhaps',
  ],
  ['may not exist', [hub(), TO_HUB, peering('hub', VNET, {}, { condition: SOME })], 'perhaps'],
  [
    'may belong to another network',
    [
      hub(),
      TO_HUB,
      peering('hub', VNET, {}, { parent: oneOf('which', 'virtualNetworks/hub', 'virtualNetworks/third') }),
    ],
    'perhaps',
  ],
  ['leads to a network that may not exist', [hub({ condition: SOME }), TO_HUB, FROM_HUB], 'perhaps'],
  [
    'leads to another network from there',
    [hub(), TO_HUB, peering('hub', sub('virtualNetworks/third').id)],
    'perhaps',
  ],
  [
    'leads to one of two networks',
    [hub(), peering('vnet', oneOf('which', 'virtualNetworks/third', 'virtualNetworks/hub')), FROM_HUB],
    'perhaps',
  ],
  ['leads to a network that is not known', [hub(), peering('vnet', waiting('which')), FROM_HUB], 'none'],
  ['leads to a network of another root', [TO_HUB], 'none'],
])('a peering that %s', (_, more, answer) => {
  const { peerPrefixes, neighbourPrefixes } = around({ more });
  const prefixes = ['10.8.0.0/16'];
  expect([peerPrefixes, neighbourPrefixes]).toEqual([
    answer === 'peer' ? prefixes : [],
    answer === 'perhaps' ? prefixes : [],
  ]);
});

const route = (addressPrefix: unknown, index = 0) => ({
  name: `route${index}`,
  properties: { addressPrefix, nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.9.4' },
});
const table = (routes: unknown, more: Record<string, unknown> = {}): ArmResource => ({
  type: 'routeTables',
  name: 'rt',
  properties: { routes },
  ...more,
});
const child = (addressPrefix: unknown, more: Record<string, unknown>): ArmResource => ({
  type: 'routeTables/rt/routes',
  name: 'child',
  parent: sub('routeTables/rt').id,
  properties: { addressPrefix, nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.9.4' },
  ...more,
});
const ROUTED = { routeTable: sub('routeTables/rt') };
const BESIDE = 'runtime the service tag VirtualNetwork beside the default route of rt';

// Semantics 1.6: what a default route does to the tag is not known; the tag never holds less for a route.
test.each<
  [
    what: string,
    more: readonly ArmResource[],
    prefixes: readonly string[],
    why: string | undefined,
    route: string | undefined,
  ]
>([
  ['no routes', [table([])], [], undefined, undefined],
  [
    'narrow routes',
    [table([route('10.9.0.0/16'), route('8.0.0.0/8', 1)])],
    ['10.9.0.0/16', '8.0.0.0/8'],
    undefined,
    undefined,
  ],
  [
    'a default route',
    [table([route('10.9.0.0/16'), route('0.0.0.0/0', 1)])],
    ['10.9.0.0/16'],
    BESIDE,
    'route1',
  ],
  ['a default route of IPv6', [table([route('::/0')])], [], BESIDE, 'route0'],
  ['a wide route', [table([route('128.0.0.0/1'), route('0.0.0.0/1', 1)])], [], BESIDE, 'route0'],
  ['a fairly wide route', [table([route('10.0.0.0/7')])], [], BESIDE, 'route0'],
  [
    'a default route that may not exist',
    [table([]), child('0.0.0.0/0', { condition: SOME })],
    [],
    BESIDE,
    undefined,
  ],
  [
    'a default route that may belong to another table',
    [table([]), child('0.0.0.0/0', { parent: oneOf('which', 'routeTables/rt', 'routeTables/other') })],
    [],
    BESIDE,
    undefined,
  ],
  [
    'a default route and one that may not exist',
    [table([route('0.0.0.0/1')]), child('128.0.0.0/1', { condition: SOME })],
    [],
    BESIDE,
    'route0',
  ],
  [
    'a route that is not known',
    [table([route('10.9.0.0/16'), route(waiting('range'), 1)])],
    ['10.9.0.0/16'],
    'parameter range',
    undefined,
  ],
  [
    'a default route and one that is not known',
    [table([route('0.0.0.0/0'), route(waiting('range'), 1)])],
    [],
    'parameter range',
    undefined,
  ],
  [
    'other routes that are not known',
    [table({ partial: [route('10.9.0.0/16')], more: waiting('more') })],
    ['10.9.0.0/16'],
    'parameter more',
    undefined,
  ],
  ['a table of another root', [], [], 'outside /microsoft.network/routetables/rt', undefined],
  ['a table that may not exist', [table([], { condition: SOME })], [], 'parameter some', undefined],
])('a subnet with %s', (_, more, prefixes, why, name) => {
  const { routePrefixes, tagUndefined, defaultRoute } = around({ subnet: ROUTED, more });
  const found = defaultRoute?.name.kind === 'known' ? defaultRoute.name.value : undefined;
  expect([routePrefixes, ...reasonsOf(tagUndefined ? [tagUndefined] : []), found]).toEqual([
    prefixes,
    ...(why === undefined ? [] : [why]),
    name,
  ]);
});

test('a table that exists where its subnet does is read', () => {
  const more = [
    { ...subnet('second', ROUTED), condition: SOME },
    table([route('10.9.0.0/16')], { condition: { ...SOME } }),
  ];
  const id = sub('virtualNetworks/vnet/subnets/second').id;
  expect(around({ more }, id).routePrefixes).toEqual(['10.9.0.0/16']);
});

test('subnets of one network share what tags mean unless they have routes', () => {
  const more = [
    subnet('second', { addressPrefix: '10.0.2.0/24' }),
    subnet('third', { addressPrefix: '10.0.3.0/24', ...ROUTED }),
    subnet('fourth', { addressPrefix: '10.0.4.0/24', ...ROUTED }),
    table([]),
  ];
  const keys = ['snet', 'second', 'third', 'fourth'].map(
    (name) => around({ more }, sub(`virtualNetworks/vnet/subnets/${name}`).id).key,
  );
  expect(keys.map((key) => keys.indexOf(key))).toEqual([0, 0, 2, 3]);
});

test('a subnet shares nothing with one that exists when a network does that may not', () => {
  const subnets = [
    subnet('always', { addressPrefix: '10.0.2.0/24' }),
    { ...subnet('sometimes', { addressPrefix: '10.0.3.0/24' }), condition: SOME },
  ];
  const more = [network('vnet', ['10.0.0.0/16'], { condition: SOME }), ...subnets];
  const [always, sometimes] = ['always', 'sometimes'].map((name) =>
    around({ networkElsewhere: true, more }, sub(`virtualNetworks/vnet/subnets/${name}`).id),
  );
  expect([always?.prefixes, sometimes?.prefixes]).toEqual([['10.0.1.0/24', '10.0.2.0/24'], ['10.0.0.0/16']]);
  expect(always?.key).not.toBe(sometimes?.key);
});

test.each<[reading: TagReading, isOpen: boolean, holds: boolean]>([
  ['default-inside', false, true],
  ['default-outside', false, false],
  ['probe-inside', true, false],
  ['probe-outside', true, false],
])('supposing %s beside a default route', (reading, isOpen, holds) => {
  const place = around({ subnet: ROUTED, more: [table([route('0.0.0.0/0')])] });
  const settled = settleTags(place, reading);
  expect([settled.tagUndefined !== undefined, holdsEverything(settled)]).toEqual([isOpen, holds]);
  expect([settled.reading, settled.key !== place.key, settled.prefixes]).toEqual([
    reading,
    true,
    place.prefixes,
  ]);
});

test('supposing something about a default route settles nothing where the routes are not known', () => {
  const place = around({ subnet: ROUTED, more: [] });
  const settled = settleTags(place, 'default-inside');
  expect([settled.tagUndefined, holdsEverything(settled)]).toEqual([place.tagUndefined, false]);
  expect(holdsEverything(around({ subnet: ROUTED, more: [table([route('0.0.0.0/0')])] }))).toBe(false);
});

test('around a subnet that is not known nothing is', () => {
  const at = (link: Link, waitsFor = SOME): Surroundings => unreadableSurroundings(waitsFor, link);
  const { key, ...found } = at({ kind: 'unknown', waitsFor: SOME });
  expect(found).toEqual({
    virtualNetworkId: 'the virtual network of some',
    label: 'the virtual network',
    prefixes: [],
    morePrefixes: SOME,
    peerPrefixes: [],
    neighbourPrefixes: [],
    routePrefixes: [],
    tagUndefined: SOME,
  });
  const others = [at({ kind: 'unknown', waitsFor: OTHER }, OTHER), at({ kind: 'to', id: 'far' })];
  expect(new Set([key, ...others.map((other) => other.key)]).size).toBe(3);
  expect(others.map(({ virtualNetworkId }) => virtualNetworkId)).toEqual([
    'the virtual network of other',
    'the virtual network of far',
  ]);
});
