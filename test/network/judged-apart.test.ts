import { buildNetwork } from '../../src/network/network.ts';
import type { PathMember } from '../../src/network/path.ts';
import { adminRules } from '../support/admin-rules.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, otherMember, rule, VIP } from '../support/estate.ts';
import { oneOf, perhaps, reasonsOf, waiting } from '../support/waiting.ts';

/** Members that differ in one thing alone, in the order of their names. */
function membersOf(
  options: EstateOptions,
  ...members: readonly Record<string, unknown>[]
): readonly PathMember[] {
  const more = members.flatMap((ipConfiguration, index) => otherMember(`nic${index}`, { ipConfiguration }));
  return buildNetwork(
    estate({ members: 0, ...options, more: [...more, ...(options.more ?? [])] }),
  ).paths.flatMap((path) => path.members);
}

function answersOf(members: readonly PathMember[]): readonly unknown[] {
  return members.map(({ data }) => [data.verdict, ...reasonsOf(data.waitsFor)]);
}

const ASG = 'applicationSecurityGroups';
const inGroups = (...links: readonly unknown[]) => ({ [ASG]: links.map((id) => ({ id })) });

test('members of different application security groups are judged apart', () => {
  const subnetRules = [
    rule(100, 'Allow', {
      sourceAddressPrefix: 'Internet',
      destinationAddressPrefix: undefined,
      destinationApplicationSecurityGroups: [sub(`${ASG}/web`)],
    }),
  ];
  const members = membersOf(
    { subnetRules },
    inGroups(sub(`${ASG}/web`).id),
    inGroups(sub(`${ASG}/other`).id),
    inGroups(),
    inGroups(sub(`${ASG}/other`).id, sub(`${ASG}/web`).id),
    inGroups(oneOf('a', `${ASG}/web`, `${ASG}/other`)),
    inGroups(oneOf('b', `${ASG}/web`, `${ASG}/other`)),
    inGroups(oneOf('c', `${ASG}/third`, `${ASG}/other`)),
    inGroups(perhaps('c', `${ASG}/third`, `${ASG}/other`)),
    inGroups(waiting('e')),
    inGroups(waiting('f')),
    { [ASG]: waiting('g') },
    { [ASG]: { partial: [], more: waiting('h') } },
    inGroups(undefined),
  );
  expect(answersOf(members)).toEqual([
    ['open'],
    ['blocked'],
    ['blocked'],
    ['open'],
    ['unknown', 'parameter a'],
    ['unknown', 'parameter b'],
    ['blocked'],
    ['unknown', 'parameter c'],
    ['unknown', 'parameter e'],
    ['unknown', 'parameter f'],
    ['unknown', 'parameter g'],
    ['unknown', 'parameter h'],
    ['blocked'],
  ]);
});

test('members behind different groups are judged apart', () => {
  const groups = [
    undefined,
    sub('networkSecurityGroups/nsg-subnet').id,
    waiting('a'),
    waiting('b'),
    sub('networkSecurityGroups/elsewhere').id,
  ];
  const more = groups.map((id, index): ArmResource => {
    const [nic] = otherMember(`nic${index}`);
    return {
      type: 'networkInterfaces',
      name: `nic${index}`,
      properties: { ...Object(nic?.properties), networkSecurityGroup: { id } },
    };
  });
  const allowing = { subnetRules: [rule(100, 'Allow')], subnet: { networkSecurityGroup: undefined } };
  expect(answersOf(membersOf({ ...allowing, more }))).toEqual([
    ['blocked'],
    ['open'],
    ['unknown', 'parameter a'],
    ['unknown', 'parameter b'],
    ['unknown', 'outside /microsoft.network/networksecuritygroups/elsewhere'],
  ]);
});

const SECOND: ArmResource = {
  type: 'virtualNetworks/vnet/subnets',
  name: 'second',
  parent: sub('virtualNetworks/vnet').id,
  properties: {
    addressPrefix: '10.0.2.0/24',
    networkSecurityGroup: sub('networkSecurityGroups/nsg-subnet'),
    routeTable: sub('routeTables/rt'),
  },
};
const IN_SECOND = { subnet: sub('virtualNetworks/vnet/subnets/second') };

test('members with different addresses are judged apart', () => {
  const subnetRules = [rule(100, 'Allow', { destinationAddressPrefix: '10.0.1.0/25' }), rule(200, 'Deny')];
  const members = membersOf(
    { internal: true, subnetRules, more: [SECOND] },
    { privateIPAddress: '10.0.1.4' },
    { privateIPAddress: '10.0.1.204' },
    {},
    IN_SECOND,
    { privateIPAddressVersion: waiting('a') },
    { privateIPAddressVersion: waiting('b') },
    { ...IN_SECOND, privateIPAddress: '10.0.2.4' },
  );
  expect(answersOf(members)).toEqual([
    ['open'],
    ['blocked'],
    ['unknown', 'known-after-apply the private address in snet'],
    ['blocked'],
    ['unknown', 'parameter a'],
    ['unknown', 'parameter b'],
    ['blocked'],
  ]);
});

test('members whose subnets have different routes are judged apart', () => {
  const routes = [
    { name: 'all', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance' } },
  ];
  const table = { type: 'routeTables', name: 'rt', properties: { routes } };
  const subnetRules = [rule(100, 'Allow', { sourceAddressPrefix: 'VirtualNetwork' })];
  const more = [SECOND, table];
  expect(answersOf(membersOf({ subnetRules, more }, {}, IN_SECOND))).toEqual([
    ['blocked'],
    ['unknown', 'runtime the service tag VirtualNetwork beside the default route of rt'],
  ]);
});

test('members that a security admin rule tells apart are judged apart', () => {
  const denied = { destinations: [{ addressPrefix: '10.0.1.5', addressPrefixType: 'IPPrefix' }] };
  const more = adminRules({ access: 'Deny', ...denied });
  const addresses = ['10.0.1.4', '10.0.1.5', '10.0.1.6'].map((privateIPAddress) => ({ privateIPAddress }));
  expect(answersOf(membersOf({ internal: true, more }, ...addresses))).toEqual([
    ['open'],
    ['blocked'],
    ['open'],
  ]);
});

test('members that a rule tells apart by the owner of an address are judged apart', () => {
  const id = sub('networkInterfaces/nic1/ipConfigurations/ip').id;
  const destinationAddressPrefix = {
    ...waiting('address'),
    references: [{ id, property: 'privateIPAddress' }],
  };
  const subnetRules = [rule(100, 'Deny', { destinationAddressPrefix })];
  expect(answersOf(membersOf({ internal: true, subnetRules }, {}, {}, {}))).toEqual([
    ['open'],
    ['blocked'],
    ['open'],
  ]);
});

test('members by their addresses are judged apart where a rule names an owner', () => {
  const id = sub('networkInterfaces/nic0/ipConfigurations/ip').id;
  const destinationAddressPrefix = {
    ...waiting('address'),
    references: [{ id, property: 'privateIPAddress' }],
  };
  const subnetRules = [rule(100, 'Deny', { destinationAddressPrefix })];
  const more = ['10.0.1.8', '10.0.1.9'].map((ipAddress) => ({
    type: 'loadBalancers/lb/backendAddressPools/pool/backendAddresses',
    name: ipAddress,
    parent: sub('loadBalancers/lb/backendAddressPools/pool').id,
    properties: { ipAddress, subnet: sub('virtualNetworks/vnet/subnets/snet') },
  }));
  const pool = {
    type: 'loadBalancers/lb/backendAddressPools',
    name: 'pool',
    parent: sub('loadBalancers/lb').id,
  };
  expect(answersOf(membersOf({ internal: true, subnetRules, more: [pool, ...more] }))).toEqual([
    ['unknown', 'outside the network interface of 10.0.1.8'],
    ['unknown', 'outside the network interface of 10.0.1.9'],
  ]);
});

test('a member by its address is judged apart from a member by its interface', () => {
  const more: readonly ArmResource[] = [
    {
      type: 'loadBalancers/lb/backendAddressPools',
      name: 'by-address',
      parent: sub('loadBalancers/lb').id,
      properties: {
        loadBalancerBackendAddresses: [
          { name: 'a', properties: { ipAddress: '10.0.1.4', virtualNetwork: sub('virtualNetworks/vnet') } },
        ],
      },
    },
  ];
  const pools = ['pool', 'by-address'].map((name) => sub(`loadBalancers/lb/backendAddressPools/${name}`));
  const options = { rule: { backendAddressPool: undefined, backendAddressPools: pools }, more };
  expect(answersOf(membersOf(options, { privateIPAddress: '10.0.1.4' }))).toEqual([
    ['blocked'],
    ['unknown', 'unsupported whether an IP-based pool lets the internet in without a security group'],
  ]);
});

/** Where the packets go that show what is dropped, and at which interfaces. */
function evidenceOf(members: readonly PathMember[]): readonly unknown[] {
  return members.map(({ data }) => {
    const { packet, hops } = data.evidence?.() ?? {};
    const destination = packet?.destination.kind === 'ip' ? packet.destination.text : packet?.destination.id;
    return [destination, hops?.at(-1)?.at];
  });
}

test('evidence of members that are judged as one is about each of them', () => {
  const addresses = ['10.0.1.4', '10.0.1.5'].map((privateIPAddress) => ({ privateIPAddress }));
  const floating = { rule: { enableFloatingIP: true } };
  const closed = { subnetRules: [rule(100, 'Deny')] };
  expect(evidenceOf(membersOf({}, ...addresses))).toEqual([
    ['10.0.1.4', 'snet and nic0'],
    ['10.0.1.5', 'snet and nic1'],
  ]);
  expect(evidenceOf(membersOf(floating, ...addresses))).toEqual([
    [sub('publicIPAddresses/pip').id, 'snet and nic0'],
    [sub('publicIPAddresses/pip').id, 'snet and nic1'],
  ]);
  expect(evidenceOf(membersOf({ ...closed, ...floating, internal: true }, ...addresses))).toEqual([
    [VIP, 'snet'],
    [VIP, 'snet'],
  ]);
});

const secret = (value: string | number) => ({
  kind: 'known',
  value,
  sensitive: true,
  origin: { kind: 'json', path: 'test.json', pointer: '' },
});
const HIDDEN = { ipConfiguration: { privateIPAddress: secret('10.0.1.4') } };
const FLOATS = { enableFloatingIP: true };

test.each<[what: string, options: EstateOptions, secrets: readonly string[] | undefined]>([
  ['nothing', { internal: true }, undefined],
  [
    'the address of the member, beside which its client stands',
    { internal: true, ...HIDDEN },
    ['source', 'destination'],
  ],
  ['the address of the member, whose client is elsewhere', HIDDEN, ['destination']],
  ['the address of a member behind a frontend that floats', { ...HIDDEN, rule: FLOATS }, undefined],
  [
    'the address of a frontend that floats',
    { internal: true, frontend: { privateIPAddress: secret(VIP) }, rule: FLOATS },
    ['destination'],
  ],
  ['nothing', { internal: true, rule: FLOATS }, undefined],
  ['the address of a frontend', { internal: true, frontend: { privateIPAddress: secret(VIP) } }, undefined],
  [
    'the range of the subnet',
    { internal: true, subnet: { addressPrefix: secret('10.0.1.0/24') } },
    ['source', 'destination'],
  ],
  [
    'the range in which a frontend gets its address, which floats',
    {
      frontend: { publicIPAddress: undefined, subnet: sub('virtualNetworks/vnet/subnets/snet') },
      rule: FLOATS,
      subnet: { addressPrefix: secret('10.0.1.0/24') },
    },
    ['source', 'destination'],
  ],
  [
    'a public address that floats',
    {
      rule: FLOATS,
      more: [{ type: 'publicIPAddresses', name: 'pip', properties: { ipAddress: secret('20.1.2.3') } }],
    },
    ['destination'],
  ],
  ['the port', { rule: { backendPort: secret(8080) } }, ['destinationPort']],
  ['the port of the frontend', { rule: { frontendPort: secret(8080) } }, undefined],
  [
    'the port of a frontend that floats',
    { rule: { ...FLOATS, frontendPort: secret(80) } },
    ['destinationPort'],
  ],
])('where %s is secret, the packet hides it', (_, options, secrets) => {
  const { paths } = buildNetwork(estate({ subnetRules: [rule(100, 'Deny')], ...options }));
  const packet = paths[0]?.members[0]?.data.evidence?.().packet;
  expect([packet?.destinationPort === undefined, packet?.secrets]).toEqual([false, secrets]);
});
