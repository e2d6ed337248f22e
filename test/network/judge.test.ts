import { certainPackets } from '../../src/network/certain-packets.ts';
import type { Judgement } from '../../src/network/judge.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { parsePrefix } from '../../src/network/packets/address.ts';
import { type AddressSet, EMPTY, subtract } from '../../src/network/packets/interval-set.ts';
import { isNoPackets, projectPackets } from '../../src/network/packets/packet-set.ts';
import { adminRules } from '../support/admin-rules.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule, SUBNET, VIP } from '../support/estate.ts';
import { oneOf, reasonsOf, waiting } from '../support/waiting.ts';

const FRONT = sub('loadBalancers/lb/frontendIPConfigurations/front');

/** What is said of the first member about the packets of one client, or the only one. */
function judged(options: EstateOptions, who?: string): Judgement {
  const { paths } = buildNetwork(estate(options));
  const [member] = paths.find(({ client }) => client === (who ?? client))?.members ?? [];
  if (member === undefined) throw new Error('there is no member');
  return member.data;
}

/** The verdict, with what it waits for or the rule that decides. */
function said(options: EstateOptions, who?: string): readonly unknown[] {
  const { verdict, waitsFor, diagnosis } = judged(options, who);
  return [verdict, ...reasonsOf(waitsFor), ...(diagnosis === undefined ? [] : [diagnosis.decisive.name])];
}

const NIC = sub('networkInterfaces/nic0/ipConfigurations/ip');
/** The later address of one of the resources of the estate. */
function addressOf({ id }: { id: string }): unknown {
  return { ...waiting('address'), references: [{ id, property: 'privateIPAddress' }] };
}

/** The machine behind an address of the pool has no group of its own. */
const BY_ADDRESS: EstateOptions = {
  members: 0,
  more: [
    {
      type: 'networkInterfaces',
      name: 'nic',
      properties: {
        ipConfigurations: [
          {
            name: 'ip',
            properties: { privateIPAddress: '10.0.1.4', subnet: sub('virtualNetworks/vnet/subnets/snet') },
          },
        ],
      },
    },
    {
      type: 'loadBalancers/lb/backendAddressPools',
      name: 'pool',
      parent: sub('loadBalancers/lb').id,
      properties: {
        loadBalancerBackendAddresses: [
          { name: 'a', properties: { ipAddress: '10.0.1.4', virtualNetwork: sub('virtualNetworks/vnet') } },
        ],
      },
    },
  ],
};
const UNKNOWN_SKU = { sku: waiting('sku') };
const ALLOW_80 = [rule(100, 'Allow', { destinationPortRange: '80' })];

test.each<[what: string, options: EstateOptions, answer: readonly unknown[]]>([
  // Semantics 3.1 for what is closed without a group, and 11.17 for what AlwaysAllow does there.
  ['nothing else', {}, ['blocked', 'secure by default']],
  ['a rule that allows', { more: adminRules({ access: 'Allow' }) }, ['blocked', 'secure by default']],
  [
    'a rule that always allows',
    { more: adminRules({ access: 'AlwaysAllow' }) },
    ['unknown', 'unsupported whether a security admin rule opens a public frontend without a security group'],
  ],
  [
    'a rule that may allow always',
    { more: adminRules({ access: waiting('access') }) },
    ['unknown', 'unsupported whether a security admin rule opens a public frontend without a security group'],
  ],
  [
    'a rule that always allows, and a group that may not be there',
    { subnet: { networkSecurityGroup: waiting('group') }, more: adminRules({ access: 'AlwaysAllow' }) },
    ['unknown', 'unsupported whether a security admin rule opens a public frontend without a security group'],
  ],
  ['a rule that denies', { more: adminRules({ access: 'Deny' }) }, ['blocked', 'admin0']],
  ['a SKU that is not known', UNKNOWN_SKU, ['unknown', 'parameter sku']],
  [
    'a SKU that is not known, and a rule that denies',
    { ...UNKNOWN_SKU, more: adminRules({ access: 'Deny' }) },
    ['blocked', 'admin0'],
  ],
  [
    'a member that the pool names by its address',
    BY_ADDRESS,
    ['unknown', 'unsupported whether an IP-based pool lets the internet in without a security group'],
  ],
  ['such a member, and the SKU Basic', { ...BY_ADDRESS, sku: 'Basic' }, ['open']],
])('a public frontend without a security group, with %s', (_, options, answer) => {
  expect(said(options)).toEqual(answer);
});

test('with a security group the SKU and the kind of the pool do not matter', () => {
  expect(said({ ...UNKNOWN_SKU, subnetRules: ALLOW_80 })).toEqual(['open']);
  expect(said({ ...BY_ADDRESS, subnetRules: ALLOW_80 })).toEqual(['open']);
});

const LINK = {
  type: 'privateLinkServices',
  name: 'pls',
  properties: {
    loadBalancerFrontendIpConfigurations: [sub('loadBalancers/lb/frontendIPConfigurations/front')],
    ipConfigurations: [{ name: 'nat', properties: { subnet: sub('virtualNetworks/vnet/subnets/snet') } }],
  },
};
const half = rule(100, 'Deny', { sourceAddressPrefix: '10.0.1.0/25' });

test.each<[packets: string, rules: readonly unknown[], answer: readonly unknown[]]>([
  ['all', [], ['open']],
  ['none', [rule(100, 'Deny')], ['blocked', 'Deny100']],
  ['some', [half], ['unknown', 'known-after-apply the address the client has']],
])('of a client that has one of several addresses %s get in', (_, subnetRules, answer) => {
  expect(said({ internal: true, subnetRules, more: [LINK] }, 'private-link')).toEqual(answer);
});

const tcpOnly = rule(100, 'Allow', { protocol: 'Tcp' });

test.each<
  [what: string, unsettled: Record<string, unknown>, rules: readonly unknown[], answer: readonly unknown[]]
>([
  ['port', { backendPort: waiting('port') }, [rule(100, 'Allow')], ['open']],
  ['port', { backendPort: waiting('port') }, [rule(100, 'Deny')], ['blocked', 'Deny100']],
  ['port', { backendPort: waiting('port') }, ALLOW_80, ['unknown', 'parameter port']],
  ['protocol', { protocol: waiting('protocol') }, [tcpOnly], ['unknown', 'parameter protocol']],
  [
    'port, and a rule as well,',
    { backendPort: waiting('port') },
    [rule(100, 'Allow', { access: waiting('access') })],
    ['unknown', 'parameter port', 'parameter access'],
  ],
])(
  'a %s that is not known decides nothing where its packets fare differently',
  (_, properties, rules, answer) => {
    expect(said({ rule: properties, subnetRules: rules })).toEqual(answer);
  },
);

test('what passes of packets that are not all sent is not certain', () => {
  const sent = judged({ subnetRules: [rule(100, 'Allow', { sourceAddressPrefix: '8.8.8.8' })] });
  const maybe = judged({ rule: { backendPort: waiting('port') }, subnetRules: ALLOW_80 });
  const one = judged({ internal: true, subnetRules: [half], more: [LINK] }, 'private-link');
  const isNone = (judgement: Judgement): readonly boolean[] => {
    const { passes, drops } = certainPackets(judgement);
    return [isNoPackets(passes), isNoPackets(drops)];
  };
  expect([sent, maybe, one].map(isNone)).toEqual([
    [false, false],
    [true, true],
    [true, true],
  ]);
});

const MAY_FLOAT = { internal: true, rule: { enableFloatingIP: waiting('floats') } };
const FLOATING = { enableFloatingIP: true };
const IN_WEB = { applicationSecurityGroups: [sub('applicationSecurityGroups/web')] };
const to = (access: 'Allow' | 'Deny', destinationAddressPrefix: unknown) => [
  rule(100, access, { destinationAddressPrefix }),
];
const toGroup = (access: 'Allow' | 'Deny', match: Record<string, unknown> = {}) =>
  rule(100, access, {
    destinationAddressPrefix: undefined,
    destinationApplicationSecurityGroups: [sub('applicationSecurityGroups/web')],
    ...match,
  });

test.each<[what: string, options: EstateOptions, answer: readonly unknown[]]>([
  // Semantics 1.8: with floating IP the destination is the frontend.
  ['both addresses', { ...MAY_FLOAT, subnetRules: to('Deny', SUBNET) }, ['blocked', 'Deny100']],
  ['neither address', { ...MAY_FLOAT, subnetRules: to('Deny', '10.0.2.0/24') }, ['open']],
  ['the frontend', { ...MAY_FLOAT, subnetRules: to('Deny', VIP) }, ['unknown', 'parameter floats']],
  [
    'what is not known',
    { ...MAY_FLOAT, subnetRules: to('Deny', waiting('prefix')) },
    ['unknown', 'parameter floats', 'parameter prefix'],
  ],
  // A place in the subnet is all that is known of an address that Azure gives.
  [
    'one address of the subnet',
    { internal: true, subnetRules: to('Deny', '10.0.1.4') },
    ['unknown', 'known-after-apply the private address in snet'],
  ],
  [
    'one address of a subnet that is not known',
    { internal: true, subnet: { addressPrefix: waiting('range') }, subnetRules: to('Deny', '10.0.1.4') },
    ['unknown', 'parameter range'],
  ],
  [
    'one address that a floating frontend may have',
    {
      internal: true,
      frontend: { privateIPAddress: undefined },
      rule: FLOATING,
      subnetRules: to('Deny', '10.0.1.4'),
    },
    ['unknown', 'known-after-apply the address of the frontend of lb'],
  ],
  // Semantics 1.7: a group matches its members as the private destination, and never as the source or the frontend.
  [
    'the group of the member from one client',
    {
      ipConfiguration: IN_WEB,
      subnetRules: [toGroup('Allow', { sourceAddressPrefix: '203.0.113.7' })],
    },
    ['partial', 'DenyAllInBound'],
  ],
  [
    'the group of the member',
    { ipConfiguration: IN_WEB, subnetRules: [toGroup('Deny')] },
    ['blocked', 'Deny100'],
  ],
  [
    'the group of a member behind a floating frontend',
    { rule: FLOATING, ipConfiguration: IN_WEB, subnetRules: [toGroup('Deny')] },
    ['blocked', 'DenyAllInBound'],
  ],
  // The later address of a resource matches the one that owns it.
  [
    'the later address of the member',
    { internal: true, subnetRules: to('Deny', addressOf(NIC)) },
    ['blocked', 'Deny100'],
  ],
  [
    'the later address of another',
    { internal: true, subnetRules: to('Deny', addressOf(sub('networkInterfaces/nic1/ipConfigurations/ip'))) },
    ['open'],
  ],
  [
    'the later address of the frontend',
    { internal: true, subnetRules: to('Deny', addressOf(FRONT)) },
    ['open'],
  ],
  [
    'the later address of the frontend, which floats',
    { internal: true, rule: FLOATING, subnetRules: to('Deny', addressOf(FRONT)) },
    ['blocked', 'Deny100'],
  ],
  [
    'the later address of the member behind a frontend that floats',
    { internal: true, rule: FLOATING, subnetRules: to('Deny', addressOf(NIC)) },
    ['open'],
  ],
])('a rule about %s', (_, options, answer) => {
  expect(said(options)).toEqual(answer);
});

test('while it is not known which public address floats, no packet can be told', () => {
  const publicIPAddress = { id: oneOf('which', 'publicIPAddresses/pip', 'publicIPAddresses/other') };
  const options = { rule: FLOATING, frontend: { publicIPAddress }, subnetRules: [] };
  const { questions, ...answer } = judged(options);
  expect(said(options)).toEqual(['unknown', 'known-after-apply the address of the frontend of lb']);
  expect([questions, answer.passing]).toEqual([undefined, undefined]);
});

function prefix(text: string): AddressSet {
  return parsePrefix(text) ?? EMPTY;
}

const NETWORK = prefix('10.0.0.0/16');
const fromPart = (access: 'Allow' | 'Deny', sourceAddressPrefix: string) =>
  rule(100, access, { sourceAddressPrefix });
/** Groups of which a parameter tells the one that stands before the member. */
function either(...groups: readonly (readonly unknown[])[]): EstateOptions {
  return {
    internal: true,
    subnet: {
      networkSecurityGroup: {
        id: oneOf('group', ...groups.map((_, index) => `networkSecurityGroups/nsg${index}`)),
      },
    },
    more: groups.map((securityRules, index) => ({
      type: 'networkSecurityGroups',
      name: `nsg${index}`,
      properties: { securityRules },
    })),
  };
}

test.each<[what: string, options: EstateOptions, verdict: string, passing: AddressSet | undefined]>([
  ['all', { internal: true }, 'open', NETWORK],
  ['none', { internal: true, subnetRules: [rule(100, 'Deny')] }, 'blocked', undefined],
  [
    'some',
    { internal: true, subnetRules: [fromPart('Deny', '10.0.8.0/24')] },
    'partial',
    subtract(NETWORK, prefix('10.0.8.0/24')),
  ],
  [
    'none for certain',
    {
      internal: true,
      subnetRules: [fromPart('Deny', '10.0.8.0/24'), rule(200, 'Allow', { access: waiting('access') })],
    },
    'unknown',
    subtract(NETWORK, prefix('10.0.8.0/24')),
  ],
  [
    'those that both groups let in',
    either([fromPart('Deny', '10.0.8.0/24')], [fromPart('Deny', '10.0.9.0/24')]),
    'partial',
    subtract(NETWORK, prefix('10.0.8.0/23')),
  ],
  ['those that one of the groups lets in', either([rule(100, 'Deny')], []), 'unknown', NETWORK],
  [
    'those that one of the groups may let in',
    either(
      ...['8', '9'].map((part) => [
        fromPart('Deny', `10.0.${part}.0/24`),
        rule(200, 'Allow', { access: waiting(`access${part}`) }),
      ]),
    ),
    'unknown',
    NETWORK,
  ],
  ['none by either group', either([rule(100, 'Deny')], [rule(100, 'Deny')]), 'blocked', undefined],
])('%s get in', (_, options, verdict, passing) => {
  const answer = judged(options);
  expect([answer.verdict, answer.passing]).toEqual([verdict, passing]);
});

test('while both groups leave it open, the answer waits for what each waits for', () => {
  const open = (name: string) => [rule(100, 'Allow', { access: waiting(name) })];
  expect(said(either(open('first'), open('second')))).toEqual([
    'unknown',
    'parameter group',
    'parameter first',
    'parameter second',
  ]);
});

test('certain of several places is what is certain at each of them', () => {
  const { passes, drops } = certainPackets(
    judged(either([fromPart('Deny', '10.0.8.0/23')], [fromPart('Deny', '10.0.9.0/24')])),
  );
  expect(projectPackets(passes, 'source')).toEqual(subtract(NETWORK, prefix('10.0.8.0/23')));
  expect(projectPackets(drops, 'source')).toEqual(prefix('10.0.9.0/24'));
});

test('nothing is certain while the packets of one possibility cannot be told', () => {
  const publicIPAddress = { id: oneOf('which', 'publicIPAddresses/pip', 'publicIPAddresses/other') };
  const answer = judged({
    rule: { enableFloatingIP: waiting('floats') },
    frontend: { publicIPAddress },
    subnetRules: [rule(100, 'Allow')],
  });
  expect(answer.verdict).toBe('unknown');
  expect(isNoPackets(certainPackets(answer).passes)).toBe(true);
});
