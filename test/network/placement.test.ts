import { buildNetwork, type Network } from '../../src/network/network.ts';
import {
  type Placement,
  type PrivateAddress,
  placementsOfAddress,
  placementsOfClient,
} from '../../src/network/placement.ts';
import { adminRules } from '../support/admin-rules.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate } from '../support/estate.ts';
import { oneOf, perhaps, reasonsOf, waiting } from '../support/waiting.ts';

function networkOf(options: EstateOptions): Network {
  return buildNetwork(estate(options));
}

/** The places of the first member. */
function placesOf(options: EstateOptions): readonly Placement[] {
  return (
    networkOf(options).membersOfPool(sub('loadBalancers/lb/backendAddressPools/pool').id).members[0]
      ?.placements ?? []
  );
}

/** Where a place is, what stands there, and what it is one of several for. */
function shown({ levels, doubts, subnet }: Placement): string {
  const at = levels.map(({ label, group }) => {
    if (group === 'none') return `${label}: none`;
    return `${label}: ${'unreadable' in group ? reasonsOf([group.unreadable]).join() : group.address}`;
  });
  const which = subnet?.name.kind === 'known' ? subnet.name.value : 'no subnet';
  return [which, ...at, ...reasonsOf(doubts)].join(', ');
}

function addressShown(address: PrivateAddress | undefined): unknown {
  return address?.kind === 'unknown' ? reasonsOf([address.waitsFor]) : address;
}

const subnet = (name: string, properties: Record<string, unknown> = {}): ArmResource => ({
  type: 'virtualNetworks/vnet/subnets',
  name,
  parent: sub('virtualNetworks/vnet').id,
  properties: { addressPrefix: '10.0.2.0/24', ...properties },
});
const group = (name: string): ArmResource => ({
  type: 'networkSecurityGroups',
  name,
  properties: { securityRules: [] },
});
const SNET = 'virtualNetworks/vnet/subnets/snet';
const [A, B] = ['networkSecurityGroups/a', 'networkSecurityGroups/b'];
const GROUPS = [group('a'), group('b')];
const inSubnet = (id: unknown) => ({ ipConfiguration: { subnet: { id } } });

/** The interface of the member, with a group. */
function interfaceWith(networkSecurityGroup: unknown, more: Record<string, unknown> = {}): ArmResource {
  return {
    type: 'networkInterfaces',
    name: 'nic',
    properties: {
      networkSecurityGroup,
      ipConfigurations: [
        {
          name: 'ip',
          properties: {
            subnet: sub(SNET),
            loadBalancerBackendAddressPools: [sub('loadBalancers/lb/backendAddressPools/pool')],
          },
        },
      ],
    },
    ...more,
  };
}
const withGroup = (networkSecurityGroup: unknown, ...more: readonly ArmResource[]): EstateOptions => ({
  members: 0,
  more: [interfaceWith(networkSecurityGroup), ...GROUPS, ...more],
});

test.each<[link: string, options: EstateOptions, places: readonly string[]]>([
  ['a subnet', {}, ['snet, snet: none, nic0: none']],
  [
    'a subnet of another root',
    inSubnet(sub('virtualNetworks/other/subnets/far').id),
    ['no subnet, the subnet: outside /microsoft.network/virtualnetworks/other/subnets/far, nic0: none'],
  ],
  [
    'a subnet that is not known',
    inSubnet(waiting('where')),
    ['no subnet, the subnet: parameter where, nic0: none'],
  ],
  [
    'no subnet',
    inSubnet(undefined),
    ['no subnet, the subnet: unsupported an IP configuration without a subnet, nic0: none'],
  ],
  [
    'one of two subnets',
    { ...inSubnet(oneOf('where', SNET, 'virtualNetworks/vnet/subnets/second')), more: [subnet('second')] },
    ['snet, snet: none, nic0: none, parameter where', 'second, second: none, nic0: none, parameter where'],
  ],
  [
    'one of two subnets or another',
    { ...inSubnet(perhaps('where', SNET, 'virtualNetworks/vnet/subnets/second')), more: [subnet('second')] },
    [
      'snet, snet: none, nic0: none, parameter where',
      'second, second: none, nic0: none, parameter where',
      'no subnet, the subnet: parameter where, nic0: none, parameter where',
    ],
  ],
  ['a group', withGroup(sub(A)), ['snet, snet: none, nic: a']],
  [
    'a group that is not known',
    withGroup({ id: waiting('which') }),
    ['snet, snet: none, nic: parameter which'],
  ],
  [
    'a group of another root',
    withGroup(sub('networkSecurityGroups/far')),
    ['snet, snet: none, nic: outside /microsoft.network/networksecuritygroups/far'],
  ],
  [
    'a group of another root that only a symbol names',
    withGroup({ id: '{data.azurerm_network_security_group.far}' }),
    ['snet, snet: none, nic: outside a network security group'],
  ],
  [
    'a subnet of another root that only a symbol names',
    inSubnet('{data.azurerm_subnet.far}'),
    ['no subnet, the subnet: outside a subnet, nic0: none'],
  ],
  [
    'one of two groups',
    withGroup({ id: oneOf('which', A, B) }),
    ['snet, snet: none, nic: a, parameter which', 'snet, snet: none, nic: b, parameter which'],
  ],
  [
    'a group, another, or none',
    withGroup({ id: perhaps('which', A) }),
    [
      'snet, snet: none, nic: none, parameter which',
      'snet, snet: none, nic: a, parameter which',
      'snet, snet: none, nic: parameter which, parameter which',
    ],
  ],
  [
    'one of two groups at both levels',
    {
      ...withGroup({ id: oneOf('inner', A, B) }),
      subnet: { networkSecurityGroup: { id: oneOf('outer', A, B) } },
    },
    [
      'snet, snet: a, nic: a, parameter outer, parameter inner',
      'snet, snet: a, nic: b, parameter outer, parameter inner',
      'snet, snet: b, nic: a, parameter outer, parameter inner',
      'snet, snet: b, nic: b, parameter outer, parameter inner',
    ],
  ],
])('an interface with %s stands', (_, options, places) => {
  expect(placesOf(options).map(shown)).toEqual(places);
});

test.each<[what: string, options: EstateOptions]>([
  ['known', {}],
  ['not known', inSubnet(waiting('where'))],
])('the group of the subnet comes before that of the interface, where the subnet is %s', (_, options) => {
  expect(placesOf(options).flatMap(({ levels }) => levels.map(({ at }) => at))).toEqual([
    'subnet',
    'network-interface',
  ]);
});

const [SOME, OTHER] = [waiting('some'), waiting('other')];
const conditional = (own: unknown, groups: unknown): EstateOptions => ({
  members: 0,
  more: [interfaceWith(sub(A), { condition: own }), { ...group('a'), condition: groups }],
});

test.each<[what: string, options: EstateOptions, places: readonly string[]]>([
  ['nothing depends', conditional(undefined, undefined), ['snet, snet: none, nic: a']],
  ['only the interface depends', conditional(SOME, undefined), ['snet, snet: none, nic: a']],
  ['only the group depends', conditional(undefined, SOME), ['snet, snet: none, nic: parameter some']],
  ['both depend alike', conditional(SOME, { ...SOME }), ['snet, snet: none, nic: a']],
  ['both depend on different things', conditional(OTHER, SOME), ['snet, snet: none, nic: parameter some']],
])('a group counts as far as it exists with its interface: %s', (_, options, places) => {
  expect(placesOf(options).map(shown)).toEqual(places);
});

test.each<[what: string, own: unknown, inner: unknown, group: string]>([
  ['on nothing', undefined, undefined, 'a'],
  ['like the interface', SOME, undefined, 'a'],
  ['like the subnet', undefined, SOME, 'a'],
  ['on something else', OTHER, OTHER, 'parameter some'],
])('a group of a subnet that depends %s', (_, own, inner, found) => {
  const link = { networkSecurityGroup: sub(A) };
  const options: EstateOptions = {
    members: 0,
    networkElsewhere: true,
    more: [
      interfaceWith(undefined, { condition: own ?? inner }),
      { ...subnet('snet', link), condition: inner },
      { ...group('a'), condition: own === undefined && inner === undefined ? undefined : SOME },
    ],
  };
  expect(placesOf(options).map(shown)).toEqual([`snet, snet: ${found}, nic: none`]);
});

/** A choice among groups at both levels. */
function choices(outer: number, inner: number): EstateOptions {
  const among = (count: number, of: string) => Array.from({ length: count }, (_, index) => `${of}${index}`);
  const link = (name: string, count: number) => ({
    id: oneOf(name, ...among(count, name).map((each) => `networkSecurityGroups/${each}`)),
  });
  return {
    internal: true,
    members: 0,
    subnet: { networkSecurityGroup: link('outer', outer) },
    more: [
      interfaceWith(link('inner', inner)),
      ...[...among(outer, 'outer'), ...among(inner, 'inner')].map(group),
      ...adminRules({ access: 'Deny' }),
    ],
  };
}

test('of more places than are worth telling apart nothing is known, whatever stands at the first of them', () => {
  const most = choices(8, 8);
  expect(placesOf(most)).toHaveLength(64);
  expect(networkOf(most).paths.map(({ data }) => data)).toEqual(['blocked']);
  const many = choices(5, 13);
  const why = 'unsupported a network interface with very many possible places';
  expect(placesOf(many).map(shown)).toEqual([
    `no subnet, snet: ${why}, nic: ${why}, parameter outer, parameter inner`,
  ]);
  expect(networkOf(many).paths.map(({ data, waitsFor }) => [data, ...reasonsOf(waitsFor)])).toEqual([
    ['unknown', why],
  ]);
});

const secret = (value: string) => ({
  kind: 'known',
  value,
  sensitive: true,
  origin: { kind: 'json', path: 'test.json', pointer: '' },
});
const BOTH_VERSIONS = { addressPrefix: undefined, addressPrefixes: ['10.0.1.0/24', 'fd00:0:0:1::/64'] };
const WITHIN = { kind: 'within', prefixes: ['10.0.1.0/24'] };

test.each<[what: string, ip: Record<string, unknown>, subnet: Record<string, unknown>, address: unknown]>([
  ['a static address', { privateIPAddress: '10.0.1.4' }, {}, { kind: 'settled', text: '10.0.1.4' }],
  [
    'a secret one',
    { privateIPAddress: secret('10.0.1.4') },
    {},
    { kind: 'settled', text: '10.0.1.4', secret: true },
  ],
  ['none', {}, {}, WITHIN],
  ['an empty one', { privateIPAddress: '' }, {}, WITHIN],
  ['one that is not known', { privateIPAddress: waiting('ip') }, {}, WITHIN],
  ['none, of IPv4', {}, BOTH_VERSIONS, WITHIN],
  [
    'none, of IPv6',
    { privateIPAddressVersion: 'ipv6' },
    BOTH_VERSIONS,
    { kind: 'within', prefixes: ['fd00:0:0:1::/64'] },
  ],
  ['none, of an unknown version', { privateIPAddressVersion: waiting('version') }, {}, ['parameter version']],
  [
    'one that is not known, of an unknown version',
    { privateIPAddress: waiting('ip'), privateIPAddressVersion: waiting('version') },
    {},
    ['parameter ip'],
  ],
  ['none, and no subnet', { subnet: undefined }, {}, ['known-after-apply the private address']],
  [
    'one that is not known, and no subnet',
    { subnet: undefined, privateIPAddress: waiting('ip') },
    {},
    ['parameter ip'],
  ],
  ['none, in an unknown range', {}, { addressPrefix: waiting('range') }, ['parameter range']],
  [
    'none, in a known range or another',
    {},
    { addressPrefix: undefined, addressPrefixes: { partial: ['10.0.1.0/24'], more: waiting('more') } },
    ['parameter more'],
  ],
  ['none, in no range', {}, { addressPrefix: undefined }, ['unsupported a subnet without an address prefix']],
  [
    'none, of IPv6 in a range of IPv4',
    { privateIPAddressVersion: 'IPv6' },
    {},
    ['unsupported a subnet without an address prefix'],
  ],
  [
    'none, in two ranges of which one is secret',
    {},
    { addressPrefix: undefined, addressPrefixes: ['10.0.1.0/24', secret('10.0.2.0/24')] },
    { kind: 'within', prefixes: ['10.0.1.0/24', '10.0.2.0/24'], secret: true },
  ],
  ['none, in a secret range', {}, { addressPrefix: secret('10.0.1.0/24') }, { ...WITHIN, secret: true }],
])('an interface with %s has an address', (_, ipConfiguration, properties, address) => {
  const [place] = placesOf({ ipConfiguration, subnet: properties });
  expect(addressShown(place?.privateAddress)).toEqual(address);
});

const taken = (count: number): ArmResource[] =>
  Array.from({ length: count }, (_, index) => ({
    type: 'networkInterfaces',
    name: `other${index}`,
    properties: {
      ipConfigurations: [
        {
          name: 'ip',
          properties: { subnet: sub(SNET), privateIPAddress: `10.0.${index >> 8}.${index & 255}` },
        },
      ],
    },
  }));

test('an address that Azure gives is none that others have, as far as those are few', () => {
  const takenOf = (count: number): number => {
    const [place] = placesOf({ more: taken(count) });
    return place?.privateAddress.kind === 'within' ? (place.privateAddress.taken ?? []).length : -1;
  };
  expect([takenOf(1), takenOf(256), takenOf(257)]).toEqual([1, 256, 0]);
});

test('of the machine behind an address only its subnet is known', () => {
  const { topology } = networkOf({ subnetRules: [] });
  const [{ origin } = { origin: undefined }] = topology.interfaces;
  if (origin === undefined) throw new Error('there is no interface');
  const at = (place: { text: string; label: string; secret?: true }) =>
    placementsOfAddress(topology, { kind: 'to', id: sub(SNET).id }, place, origin);
  const unseen = 'outside the network interface of a machine';
  const [place, ...others] = at({ text: '10.0.1.4', label: 'a machine' });
  expect(others).toEqual([]);
  expect(place && shown(place)).toBe(`snet, snet: nsg-subnet, a machine: ${unseen}`);
  expect(place?.levels.map((level) => level.at)).toEqual(['subnet', 'network-interface']);
  expect(place?.privateAddress).toEqual({ kind: 'settled', text: '10.0.1.4' });
  expect(place?.memberOf.items).toEqual([]);
  expect(place?.memberOf.unknown && reasonsOf([place.memberOf.unknown])).toEqual([unseen]);
  expect(at({ text: '10.0.1.4', label: 'a machine', secret: true })[0]?.privateAddress).toEqual({
    kind: 'settled',
    text: '10.0.1.4',
    secret: true,
  });
});

test('a client somewhere in a subnet stands behind the group of the subnet alone', () => {
  const { topology } = networkOf({
    subnetRules: [],
    subnet: { addressPrefix: undefined, addressPrefixes: ['10.0.1.0/24', waiting('more')] },
  });
  const found = topology.subnets.get(sub(SNET).id);
  const places = found === undefined ? [] : placementsOfClient(topology, found, 'client');
  expect(places.map(shown)).toEqual(['snet, snet: nsg-subnet, client: none']);
  expect(places.map(({ privateAddress, memberOf }) => [privateAddress, memberOf])).toEqual([
    [WITHIN, { items: [] }],
  ]);
});

test('a client in a subnet that may not exist stands there where it does', () => {
  const { topology } = networkOf({
    networkElsewhere: true,
    more: [
      { ...subnet('clients', { networkSecurityGroup: sub(A) }), condition: SOME },
      { ...group('a'), condition: SOME },
    ],
  });
  const found = topology.subnets.get(sub('virtualNetworks/vnet/subnets/clients').id);
  const places = found === undefined ? [] : placementsOfClient(topology, found, 'client');
  expect(places.map(shown)).toEqual(['clients, clients: a, client: none']);
});
