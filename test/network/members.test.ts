import type { Link } from '../../src/model/model.ts';
import { createMemberReader, type Member, type Members } from '../../src/network/members.ts';
import { buildTopology } from '../../src/network/topology.ts';
import { type ArmResource, modelOf, sub } from '../support/arm-model.ts';
import { oneOf, reasonsOf, waiting } from '../support/waiting.ts';

const POOL = 'loadBalancers/lb/backendAddressPools/pool';
const OTHER = 'loadBalancers/lb/backendAddressPools/other';
const VNET = sub('virtualNetworks/vnet');
const SNET = sub('virtualNetworks/vnet/subnets/snet');
const toPool = (path: string): Link => ({ kind: 'to', id: sub(path).id });

function membersOf(pools: readonly Link[], ...resources: readonly ArmResource[]): Members {
  return createMemberReader(buildTopology(modelOf(...resources))).ofPools(pools);
}

function labelsOf({ members, more }: Members): readonly unknown[] {
  return [members.map(({ label }) => label), reasonsOf(more)];
}

function configuration(
  name: string | undefined,
  properties: Record<string, unknown>,
  ...pools: readonly string[]
): unknown {
  return {
    name,
    properties: { subnet: SNET, loadBalancerBackendAddressPools: pools.map(sub), ...properties },
  };
}

function nic(name: string, ...ipConfigurations: readonly unknown[]): ArmResource {
  return { type: 'networkInterfaces', name, properties: { ipConfigurations } };
}

const network = (...subnets: readonly (readonly [name: string, addressPrefix: unknown])[]): ArmResource => ({
  type: 'virtualNetworks',
  name: 'vnet',
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
    subnets: subnets.map(([name, addressPrefix]) => ({ name, properties: { addressPrefix } })),
  },
});
const NETWORK = network(['snet', '10.0.1.0/24'], ['second', '10.0.2.0/24']);

/** A balancer whose pool has these addresses. */
function balancer(
  loadBalancerBackendAddresses: unknown,
  properties: Record<string, unknown> = {},
): ArmResource {
  return {
    type: 'loadBalancers',
    name: 'lb',
    sku: { name: 'Standard' },
    properties: {
      backendAddressPools: [{ name: 'pool', properties: { loadBalancerBackendAddresses, ...properties } }],
    },
  };
}

test('a member is an IP configuration that names the pool', () => {
  const [member, ...others] = membersOf(
    [toPool(POOL)],
    NETWORK,
    nic('nic', configuration('ip', {}, POOL), configuration('second', {})),
    balancer([]),
  ).members;
  expect(others).toEqual([]);
  const { placements, origin: _, networkInterface, ipConfiguration, ...rest } = member as Member;
  expect(rest).toEqual({
    label: 'nic/ip',
    address: 'nic',
    instances: 1,
    version: 'ipv4',
    ipBased: false,
    isFrontend: false,
  });
  expect([placements.length, networkInterface?.address, ipConfiguration?.id]).toEqual([
    1,
    'nic',
    sub('networkInterfaces/nic/ipConfigurations/ip').id,
  ]);
});

test('the instances of a scale set are one member', () => {
  const set: ArmResource = {
    type: 'virtualMachineScaleSets',
    name: 'set',
    sku: { capacity: 3 },
    properties: {
      virtualMachineProfile: {
        networkProfile: {
          networkInterfaceConfigurations: [
            { name: 'nic', properties: { ipConfigurations: [configuration('ip', {}, POOL)] } },
          ],
        },
      },
    },
  };
  const [member] = membersOf([toPool(POOL)], NETWORK, set, balancer([])).members;
  expect([member?.label, member?.address, member?.instances]).toMatchObject([
    'set/nic/ip',
    'set',
    { value: 3 },
  ]);
});

test.each<[what: string, properties: Record<string, unknown>, version: string | undefined]>([
  ['nothing', {}, 'ipv4'],
  ['IPv6', { privateIPAddressVersion: 'IPv6' }, 'ipv6'],
  ['something later', { privateIPAddressVersion: waiting('version') }, undefined],
])('the version of a member that says %s', (_, properties, version) => {
  const { members } = membersOf(
    [toPool(POOL)],
    NETWORK,
    nic('nic', configuration(undefined, properties, POOL)),
  );
  expect(members.map((member) => [member.label, member.version])).toEqual([
    ['nic/ip configuration', version],
  ]);
});

test.each<[what: string, pools: readonly Link[], answer: readonly unknown[]]>([
  ['a pool', [toPool(POOL)], [['nic-2/ip', 'nic-10/ip'], []]],
  [
    'two pools with one member in both',
    [toPool(POOL), toPool(OTHER)],
    [['nic-2/ip', 'nic-10/ip', 'nic-1/ip'], []],
  ],
  ['no pool', [{ kind: 'none' }], [[], []]],
  ['no pool and a pool', [{ kind: 'none' }, toPool(OTHER)], [['nic-1/ip', 'nic-2/ip'], []]],
  ['a pool that is not known', [{ kind: 'unknown', waitsFor: waiting('which') }], [[], ['parameter which']]],
  [
    'a pool that is not known and a pool',
    [{ kind: 'unknown', waitsFor: waiting('which') }, toPool(OTHER)],
    [['nic-1/ip', 'nic-2/ip'], ['parameter which']],
  ],
  [
    'one of two pools',
    [{ kind: 'one-of', ids: [sub(POOL).id, sub(OTHER).id], open: false, waitsFor: waiting('which') }],
    [[], ['parameter which']],
  ],
  [
    'a pool of another root',
    [toPool('loadBalancers/far/backendAddressPools/pool')],
    [['nic-3/ip'], ['outside /microsoft.network/loadbalancers/far/backendaddresspools/pool']],
  ],
  [
    'a pool of another root that only a symbol names',
    [{ kind: 'to', id: '{far}' }],
    [[], ['outside a backend pool']],
  ],
])('the members of %s', (_, pools, answer) => {
  const members = membersOf(
    pools,
    NETWORK,
    nic('nic-10', configuration('ip', {}, POOL)),
    nic('nic-2', configuration('ip', {}, POOL, OTHER)),
    nic('nic-1', configuration('ip', {}, OTHER)),
    nic('nic-3', configuration('ip', {}, 'loadBalancers/far/backendAddressPools/pool')),
    {
      type: 'loadBalancers',
      name: 'lb',
      properties: { backendAddressPools: [{ name: 'pool' }, { name: 'other' }] },
    },
  );
  expect(labelsOf(members)).toEqual(answer);
});

test('whoever may name anything may be another member of everything', () => {
  const stranger = nic(
    'stranger',
    configuration('ip', { loadBalancerBackendAddressPools: [{ id: waiting('which') }] }),
  );
  const rule = sub('loadBalancers/lb/inboundNatRules/ssh');
  const own = nic('nic', configuration('ip', { loadBalancerInboundNatRules: [rule] }, POOL));
  const reader = createMemberReader(buildTopology(modelOf(NETWORK, stranger, own, balancer([]))));
  expect(labelsOf(reader.ofPools([toPool(POOL)]))).toEqual([['nic/ip'], ['parameter which']]);
  expect(labelsOf(reader.ofAttachments(rule.id))).toEqual([['nic/ip'], ['parameter which']]);
});

test('addresses of a pool that are not known may be other members', () => {
  const some = balancer({
    partial: [{ name: 'a', properties: { ipAddress: '10.0.1.4' } }],
    more: waiting('more'),
  });
  expect(labelsOf(membersOf([toPool(POOL)], NETWORK, some))).toEqual([['10.0.1.4'], ['parameter more']]);
  expect(labelsOf(membersOf([toPool(POOL)], NETWORK, balancer(waiting('all'))))).toEqual([
    [],
    ['parameter all'],
  ]);
});

const secret = (value: string) => ({
  kind: 'known',
  value,
  sensitive: true,
  origin: { kind: 'json', path: 'test.json', pointer: '' },
});

/** What is said of the one address of a pool: its label and version, its place, and the machine there. */
function addressed(
  name: string | undefined,
  properties: Record<string, unknown>,
  pool: Record<string, unknown>,
  ...resources: readonly ArmResource[]
): Member {
  const [member] = membersOf([toPool(POOL)], balancer([{ name, properties }], pool), ...resources).members;
  if (member === undefined) throw new Error('there is no member');
  return member;
}

function shown({ label, placements }: Member): readonly string[] {
  return placements.map(({ levels, privateAddress }) => {
    const at = levels.map((level) => {
      const { group } = level;
      return group !== 'none' && 'unreadable' in group ? reasonsOf([group.unreadable]).join() : level.label;
    });
    return `${label} at ${privateAddress.kind === 'settled' ? privateAddress.text : '?'}: ${at.join(', ')}`;
  });
}

const unseen = (label: string) => `outside the network interface of ${label}`;
const nowhere = (label: string) => `outside the subnet of ${label}`;
/** Of the machine with the address 10.0.1.4 only the subnet is known, or not even that. */
const IN_SNET = `10.0.1.4 at 10.0.1.4: snet, ${unseen('10.0.1.4')}`;
const NOWHERE = `10.0.1.4 at 10.0.1.4: ${nowhere('10.0.1.4')}, ${unseen('10.0.1.4')}`;

test.each<[what: string, properties: Record<string, unknown>, pool: Record<string, unknown>, place: string]>([
  ['alone', { ipAddress: '10.0.1.4' }, {}, NOWHERE],
  ['with its network', { ipAddress: '10.0.1.4', virtualNetwork: VNET }, {}, IN_SNET],
  [
    'in a pool with a network',
    { ipAddress: '10.0.2.4' },
    { virtualNetwork: VNET },
    `10.0.2.4 at 10.0.2.4: second, ${unseen('10.0.2.4')}`,
  ],
  [
    'with another network than the pool',
    { ipAddress: '10.0.1.4', virtualNetwork: sub('virtualNetworks/far') },
    { virtualNetwork: VNET },
    NOWHERE,
  ],
  ['with its subnet', { ipAddress: '10.0.1.4', subnet: SNET }, {}, IN_SNET],
  [
    'with its subnet, which is not the one with its range',
    { ipAddress: '10.0.1.4', subnet: sub('virtualNetworks/vnet/subnets/second'), virtualNetwork: VNET },
    {},
    `10.0.1.4 at 10.0.1.4: second, ${unseen('10.0.1.4')}`,
  ],
  [
    'in no subnet of its network',
    { ipAddress: '10.0.3.4', virtualNetwork: VNET },
    {},
    `10.0.3.4 at 10.0.3.4: ${nowhere('10.0.3.4')}, ${unseen('10.0.3.4')}`,
  ],
  [
    'in a network that is not known',
    { ipAddress: '10.0.1.4', virtualNetwork: { id: waiting('where') } },
    {},
    NOWHERE,
  ],
  [
    'that is no address',
    { ipAddress: 'web', virtualNetwork: VNET },
    {},
    `web at web: ${nowhere('web')}, ${unseen('web')}`,
  ],
  [
    'that is not known',
    { ipAddress: waiting('ip'), virtualNetwork: VNET },
    {},
    `a at : ${nowhere('a')}, ${unseen('a')}`,
  ],
  [
    'that is secret',
    { ipAddress: secret('10.0.1.4'), virtualNetwork: VNET },
    {},
    `a at 10.0.1.4: snet, ${unseen('a')}`,
  ],
])('an address of a pool %s', (_, properties, pool, place) => {
  expect(shown(addressed('a', properties, pool, NETWORK))).toEqual([place]);
});

test('an address that two subnets or a subnet of an unknown range may hold is in none for certain', () => {
  const inNetwork = { ipAddress: '10.0.1.4', virtualNetwork: VNET };
  const twice = network(['snet', '10.0.1.0/24'], ['second', '10.0.0.0/16']);
  const unclear = network(['snet', waiting('range')]);
  for (const where of [twice, unclear]) {
    expect(shown(addressed('a', inNetwork, {}, where))).toEqual([NOWHERE]);
  }
});

test('of an address of a pool the pool tells the state, the version and what may not be', () => {
  const front = sub('loadBalancers/regional/frontendIPConfigurations/front');
  const { placements, origin: _, ...plain } = addressed('a', { ipAddress: '10.0.1.4' }, {}, NETWORK);
  expect(plain).toMatchObject({
    label: '10.0.1.4',
    address: 'lb',
    instances: 1,
    version: 'ipv4',
    ipBased: true,
    isFrontend: false,
    adminState: { kind: 'absent' },
  });
  expect([placements.length, 'uncertain' in plain, plain.networkInterface]).toEqual([1, false, undefined]);
  expect(placements[0]?.privateAddress).toEqual({ kind: 'settled', text: '10.0.1.4' });
  const hidden = addressed(undefined, { ipAddress: secret('fd00::4'), adminState: 'Down' }, {}, NETWORK);
  expect(hidden).toMatchObject({ label: 'lb', version: 'ipv6', adminState: { value: 'Down' } });
  expect(hidden.placements[0]?.privateAddress).toEqual({ kind: 'settled', text: 'fd00::4', secret: true });
  const global = addressed('a', { loadBalancerFrontendIPConfiguration: front }, {}, NETWORK);
  expect(global).toMatchObject({ label: 'a', version: undefined, isFrontend: true });
});

const separate = (more: Record<string, unknown>): ArmResource => ({
  type: 'loadBalancers/lb/backendAddressPools/pool/backendAddresses',
  name: 'own',
  parent: sub(POOL).id,
  properties: { ipAddress: '10.0.1.4', virtualNetwork: VNET },
  ...more,
});

test.each<[what: string, more: Record<string, unknown>, uncertain: readonly string[]]>([
  ['on its own', {}, []],
  ['under a condition', { condition: waiting('some') }, ['parameter some']],
  ['in one of two pools', { parent: oneOf('which', POOL, OTHER) }, ['known-after-apply own']],
  [
    'in one of two pools, under a condition',
    { parent: oneOf('which', POOL, OTHER), condition: waiting('some') },
    ['parameter some'],
  ],
])('an address that is declared %s', (_, more, uncertain) => {
  const pool = {
    type: 'loadBalancers/lb/backendAddressPools',
    name: 'pool',
    parent: sub('loadBalancers/lb').id,
  };
  const { members } = membersOf(
    [toPool(POOL)],
    NETWORK,
    { type: 'loadBalancers', name: 'lb' },
    pool,
    separate(more),
  );
  expect(
    members.map((member) => [member.label, ...reasonsOf(member.uncertain ? [member.uncertain] : [])]),
  ).toEqual([['10.0.1.4', ...uncertain]]);
});

const owner = (properties: Record<string, unknown>, more: Record<string, unknown> = {}): ArmResource => ({
  ...nic('nic', configuration('ip', { privateIPAddress: '10.0.1.4', ...properties })),
  ...more,
});

test.each<[what: string, nic: ArmResource, places: readonly string[]]>([
  ['has the address', owner({}), ['10.0.1.4 at 10.0.1.4: snet, nic']],
  [
    'has the address, if it exists',
    owner({}, { condition: waiting('some') }),
    ['10.0.1.4 at 10.0.1.4: snet, nic', IN_SNET],
  ],
  ['has another address', owner({ privateIPAddress: '10.0.1.5' }), [IN_SNET]],
  ['has an address later', owner({ privateIPAddress: waiting('ip') }), [IN_SNET]],
  [
    'has the address in another network',
    owner({ subnet: sub('virtualNetworks/far/subnets/snet') }),
    [IN_SNET],
  ],
  ['has the address in a subnet that is not known', owner({ subnet: { id: waiting('where') } }), [IN_SNET]],
])('the machine of an address is the interface that %s', (_, machine, places) => {
  const member = addressed('a', { ipAddress: '10.0.1.4', virtualNetwork: VNET }, {}, NETWORK, machine);
  expect(shown(member)).toEqual(places);
  const isOwner = places[0]?.endsWith('nic') === true;
  expect([member.networkInterface?.address, member.ipConfiguration !== undefined, member.ipBased]).toEqual([
    isOwner ? 'nic' : undefined,
    isOwner,
    true,
  ]);
});
