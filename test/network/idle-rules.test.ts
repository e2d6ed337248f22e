import type { GuardingRule } from '../../src/network/idle-rules.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, otherMember, rule, SUBNET } from '../support/estate.ts';
import { waiting } from '../support/waiting.ts';

const INTERNET_80 = { protocol: 'Tcp', sourceAddressPrefix: 'Internet', destinationPortRange: '80' };
/** Lets some clients in, so that no path is closed. */
const PARTNER = rule(100, 'Allow', { sourceAddressPrefix: '203.0.113.0/28' });
const DENY = rule(200, 'Deny');
const LATER = rule(300, 'Allow', INTERNET_80);
const FEW = { ...INTERNET_80, sourcePortRange: '80' };
const WEB = sub('applicationSecurityGroups/web');
const IN_WEB = { ipConfiguration: { applicationSecurityGroups: [WEB] } };
const UNKNOWN = waiting('later');

/** Names a destination by application security groups alone. */
function toGroups(groups: unknown): Record<string, unknown> {
  return { destinationAddressPrefix: undefined, destinationApplicationSecurityGroups: groups };
}

function fromList(prefixes: unknown): Record<string, unknown> {
  return { protocol: 'Tcp', sourceAddressPrefix: undefined, sourceAddressPrefixes: prefixes };
}

function toList(prefixes: unknown): Record<string, unknown> {
  return { destinationAddressPrefix: undefined, destinationAddressPrefixes: prefixes };
}

function guarding(subnetRules: readonly unknown[], options: EstateOptions = {}): readonly GuardingRule[] {
  return buildNetwork(estate({ subnetRules, ...options })).guardingRules();
}

function nameOf({ name }: GuardingRule['rule']): unknown {
  return name.kind === 'known' ? name.value : undefined;
}

/** `Allow300 of nsg-subnet: shadowed by Deny200 on lb/r` for each rule that does nothing. */
function idle(subnetRules: readonly unknown[], options: EstateOptions = {}): readonly string[] {
  return guarding(subnetRules, options).flatMap(({ rule, group, idle: reason }) => {
    if (reason === undefined) return [];
    const why =
      reason.kind === 'shadowed'
        ? `shadowed by ${nameOf(reason.by)} on ${reason.path.name}`
        : reason.kind === 'source-ports'
          ? `source-ports on ${reason.path.name}`
          : reason.kind;
    return [`${nameOf(rule)} of ${group.address}: ${why}`];
  });
}

const SHADOWED = ['Allow300 of nsg-subnet: shadowed by Deny200 on lb/r'];

test('the custom inbound rules of the groups before members are asked about, and no other ones', () => {
  const rules = [
    PARTNER,
    rule(110, 'Allow', { direction: 'Outbound' }),
    rule(120, 'Deny', { direction: UNKNOWN }),
  ];
  const nicRules = [rule(100, 'Allow', { direction: 'inbound' })];
  const named = guarding(rules, { nicRules }).map(({ rule, group }) => `${group.address}/${nameOf(rule)}`);
  expect(named).toEqual(['nsg-subnet/Allow100', 'nsg-nic/Allow100']);
  const elsewhere = { subnet: { networkSecurityGroup: sub('networkSecurityGroups/elsewhere') } };
  expect(guarding([DENY], elsewhere)).toHaveLength(0);
});

test('while it is open which packets a path sends, nothing is certain about them', () => {
  const nowhere = { rule: { frontendIPConfiguration: undefined } };
  expect(guarding([PARTNER, DENY, LATER], nowhere)).toHaveLength(0);
  const floating = { rule: { enableFloatingIP: UNKNOWN } };
  expect(idle([PARTNER, DENY, LATER], floating)).toEqual([]);
  expect(idle([PARTNER, rule(300, 'Allow', FEW)], floating)).toEqual([]);
  const protocol = { rule: { protocol: UNKNOWN } };
  expect(idle([PARTNER, DENY, LATER], protocol)).toEqual([]);
  expect(idle([PARTNER, rule(300, 'Allow', FEW)], protocol)).toEqual([]);
});

/** A subnet `other` with a group of its own, beside the one of the estate. */
function otherSubnet(...rules: readonly unknown[]): readonly ArmResource[] {
  return [
    {
      type: 'virtualNetworks/vnet/subnets',
      name: 'other',
      parent: sub('virtualNetworks/vnet').id,
      properties: {
        addressPrefix: '10.0.2.0/24',
        networkSecurityGroup: sub('networkSecurityGroups/nsg-other'),
      },
    },
    { type: 'networkSecurityGroups', name: 'nsg-other', properties: { securityRules: rules } },
  ];
}

function link(...ids: readonly string[]): { id: unknown } {
  return { id: { ...(UNKNOWN as object), references: ids.map((id) => ({ id, property: 'id' })) } };
}

test('the groups of two subnets, of which one holds the member, prove nothing about its packets', () => {
  const subnets = ['snet', 'other'].map((name) => sub(`virtualNetworks/vnet/subnets/${name}`).id);
  const ipConfiguration = { subnet: link(...subnets) };
  const rules = [PARTNER, DENY, LATER, rule(400, 'Allow', { destinationAddressPrefix: 'AzureLoadBalancer' })];
  const more = otherSubnet(rule(100, 'Allow', FEW));
  const never = ['Allow400 of nsg-subnet: probe-as-destination'];
  expect(idle(rules, { ipConfiguration, more })).toEqual(never);
  const shared = otherMember('b', { ipConfiguration });
  expect(idle(rules, { more: [...more, ...shared] })).toEqual([...SHADOWED, ...never]);
});

test('the group of what only may be a member proves nothing, until a certain member stands behind it', () => {
  const pool = sub('loadBalancers/lb/backendAddressPools/pool').id;
  const maybe = { loadBalancerBackendAddressPools: [link(pool, `${pool}2`)] };
  const rules = [PARTNER, DENY, LATER];
  expect(idle(rules, { ipConfiguration: maybe })).toEqual([]);
  expect(idle(rules, { ipConfiguration: maybe, more: otherMember('z') })).toEqual(SHADOWED);
});

test.each<[what: string, rules: readonly unknown[], options?: EstateOptions]>([
  ['it stands after the rule', [rule(400, 'Deny')]],
  ['its direction is open', [rule(200, 'Deny', { direction: UNKNOWN })]],
  ['its access is open', [rule(200, 'Deny', { access: UNKNOWN })]],
  ['it is about another protocol', [rule(200, 'Deny', { protocol: 'Udp' })]],
  ['it is about a part of the ports', [rule(200, 'Deny', { destinationPortRange: '80' })], { rule: {} }],
  ['it is about some source ports', [rule(200, 'Deny', { sourcePortRange: '1024-65535' })]],
  ['it names a group that the member is in', [rule(200, 'Deny', toGroups([WEB]))], IN_WEB],
])('a deny does not shadow a rule when %s', (_what, denies, options = {}) => {
  const later = rule(300, 'Allow', { ...INTERNET_80, destinationPortRange: '80-81' });
  expect(idle([PARTNER, ...denies, later], options)).toEqual([]);
});

test.each<[what: string, match: Record<string, unknown>, options?: EstateOptions]>([
  ['its access is open', { access: UNKNOWN }],
  ['it denies', { access: 'Deny' }],
  ['it is about another protocol', { protocol: 'Udp' }],
  [
    'it is about another protocol, for the group of the member',
    { protocol: 'Udp', ...toGroups([WEB]) },
    IN_WEB,
  ],
  ['it is about another port', { destinationPortRange: '81' }],
  ['it is about other machines', { destinationAddressPrefix: '10.0.9.0/24' }],
  ['it is about a group that the member is not in', toGroups([WEB])],
  ['its sources are probes alone', { sourceAddressPrefix: 'AzureLoadBalancer' }],
])('a rule behind a deny is no finding when %s', (_what, match, options = {}) => {
  expect(idle([PARTNER, DENY, rule(300, 'Allow', { ...INTERNET_80, ...match })], options)).toEqual([]);
});

// Semantics 1.6: a tag is the same set wherever it is written, whatever that is.
test.each<[what: string, by: Record<string, unknown>, match: Record<string, unknown>, isIdle: boolean]>([
  ['the same tag', { sourceAddressPrefix: 'internet' }, INTERNET_80, true],
  ['a list that holds its sources', fromList(['Internet', '10.0.0.0/8']), INTERNET_80, true],
  ['a list with something open beside its source', fromList(['Internet', UNKNOWN]), INTERNET_80, true],
  ['a part of its sources', { sourceAddressPrefix: 'Internet' }, fromList(['Internet', '10.0.0.0/8']), false],
  [
    'a part of its sources, the rest being open',
    { sourceAddressPrefix: 'Internet' },
    fromList(['Internet', UNKNOWN]),
    false,
  ],
  [
    'a part of a list that may be longer',
    { sourceAddressPrefix: 'Internet' },
    fromList({ partial: ['Internet'], more: UNKNOWN }),
    false,
  ],
  ['the same groups', toGroups([WEB]), { ...INTERNET_80, ...toGroups([WEB]) }, true],
  [
    'more groups',
    toGroups([sub('applicationSecurityGroups/db'), WEB]),
    { ...INTERNET_80, ...toGroups([WEB]) },
    true,
  ],
  ['an open group beside its own', toGroups([link(), WEB]), { ...INTERNET_80, ...toGroups([WEB]) }, true],
  [
    'a part of its groups',
    toGroups([WEB]),
    { ...INTERNET_80, ...toGroups([WEB, sub('applicationSecurityGroups/db')]) },
    false,
  ],
  [
    'a part of its groups, one of which is open',
    toGroups([WEB]),
    { ...INTERNET_80, ...toGroups([WEB, link()]) },
    false,
  ],
  [
    'a part of groups that may be more',
    toGroups([WEB]),
    { ...INTERNET_80, ...toGroups({ partial: [WEB], more: UNKNOWN }) },
    false,
  ],
  ['any destination, where it names groups', {}, { ...INTERNET_80, ...toGroups([WEB]) }, true],
  [
    'a subnet, where it names groups',
    { destinationAddressPrefix: SUBNET },
    { ...INTERNET_80, ...toGroups([WEB]) },
    false,
  ],
  [
    'groups, where it names a subnet',
    toGroups([WEB]),
    { ...INTERNET_80, destinationAddressPrefix: SUBNET },
    false,
  ],
  [
    'the same subnet',
    { destinationAddressPrefix: SUBNET },
    { ...INTERNET_80, destinationAddressPrefix: SUBNET },
    true,
  ],
])('a rule behind a deny that names %s', (_what, by, match, isIdle) => {
  const rules = [PARTNER, rule(200, 'Deny', by), rule(300, 'Allow', match)];
  expect(idle(rules, IN_WEB)).toEqual(isIdle ? SHADOWED : []);
});

/** A rule as a resource of its own, which exists under a condition that is open. */
function perhaps({ name, properties }: Record<string, unknown>): ArmResource {
  return {
    type: 'networkSecurityGroups/nsg-subnet/securityRules',
    name: String(name),
    parent: sub('networkSecurityGroups/nsg-subnet').id,
    condition: UNKNOWN,
    properties,
  };
}

test('a rule that only may exist shadows nothing, and is not told to do nothing', () => {
  expect(idle([PARTNER, LATER], { more: [perhaps(DENY)] })).toEqual([]);
  expect(idle([PARTNER, DENY], { more: [perhaps(LATER)] })).toEqual([]);
  expect(idle([PARTNER], { more: [perhaps(rule(300, 'Allow', FEW))] })).toEqual([]);
});

test('of several paths the first one whose packets an earlier rule denies is named', () => {
  const toPort = (port: number) => ({
    name: `r${port}`,
    properties: {
      protocol: 'Tcp',
      frontendPort: port,
      backendPort: port,
      frontendIPConfiguration: sub('loadBalancers/lb/frontendIPConfigurations/front'),
      backendAddressPool: sub('loadBalancers/lb/backendAddressPools/pool'),
    },
  });
  const rules = [80, 8080, 8081].map(toPort);
  const later = rule(300, 'Allow', { ...INTERNET_80, destinationPortRange: '8080-8081' });
  expect(idle([PARTNER, DENY, later], { rules })).toEqual([
    'Allow300 of nsg-subnet: shadowed by Deny200 on lb/r8080',
  ]);
});

const ONE = { sourceAddressPrefix: '198.51.100.0/28' };

test.each<[what: string, rules: readonly unknown[], free: number | undefined]>([
  ['the next one', [PARTNER, DENY, LATER], 199],
  ['the next one that no inbound rule has', [PARTNER, rule(199, 'Allow', FEW), DENY, LATER], 198],
  [
    'none, where the deny comes first',
    [rule(100, 'Deny', ONE), rule(300, 'Allow', { ...INTERNET_80, ...ONE }), rule(400, 'Allow', INTERNET_80)],
    undefined,
  ],
])('a priority before the deny is offered: %s', (_what, rules, free) => {
  const found = guarding(rules).find(({ rule }) => nameOf(rule) === 'Allow300')?.idle;
  expect(found).toMatchObject({ kind: 'shadowed', freePriority: free });
});

test('a tag that a rule and an earlier deny share is compared as written where the network is elsewhere', () => {
  const fromNetwork = { sourceAddressPrefix: 'VirtualNetwork' };
  const some = rule(100, 'Allow', { sourceAddressPrefix: '10.0.1.0/28' });
  const rules = [
    some,
    rule(200, 'Deny', fromNetwork),
    rule(300, 'Allow', { ...fromNetwork, destinationPortRange: '80' }),
  ];
  expect(idle(rules, { internal: true, networkElsewhere: true, probe: null })).toEqual(SHADOWED);
  const toNetwork = { destinationAddressPrefix: 'VirtualNetwork' };
  const into = [
    some,
    rule(200, 'Deny', toNetwork),
    rule(300, 'Allow', { ...toNetwork, destinationPortRange: '80' }),
  ];
  expect(idle(into, { internal: true, networkElsewhere: true, probe: null })).toEqual(SHADOWED);
});

test('a rule that names a member by its later address is about every address', () => {
  const later = {
    ...(UNKNOWN as object),
    references: [
      { id: '/microsoft.network/networkinterfaces/nic0/ipconfigurations/ip', property: 'privateIPAddress' },
    ],
  };
  const match = { ...INTERNET_80, destinationPortRange: '80-81', destinationAddressPrefix: later };
  expect(idle([PARTNER, DENY, rule(300, 'Allow', match)])).toEqual(SHADOWED);
  const one = rule(200, 'Deny', { destinationPortRange: '80' });
  expect(idle([PARTNER, one, rule(300, 'Allow', match)])).toEqual([]);
});

/** A second network with a member behind the same security group. */
const otherNetwork = (addressSpace: string): readonly ArmResource[] => [
  {
    type: 'virtualNetworks',
    name: 'vnet2',
    properties: {
      addressSpace: { addressPrefixes: [addressSpace] },
      subnets: [
        {
          name: 'snet2',
          properties: {
            addressPrefix: addressSpace,
            networkSecurityGroup: sub('networkSecurityGroups/nsg-subnet'),
          },
        },
      ],
    },
  },
  ...otherMember('b', {
    ipConfiguration: { subnet: sub('virtualNetworks/vnet2/subnets/snet2') },
  }),
];

// Semantics 1.6: the tag expands per subnet, and a peer may have any address space.
test('no list of ranges proves that a rule for VirtualNetwork is idle', () => {
  const spaces = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];
  const probes = ['168.63.129.16', 'fe80::1234:5678:9abc'];
  const rules = [
    rule(100, 'Allow', fromList(['10.0.1.0/28', '10.7.1.0/28', '20.7.1.0/28'])),
    rule(200, 'Deny', fromList([...spaces, ...probes])),
    rule(300, 'Allow', {
      protocol: 'Tcp',
      sourceAddressPrefix: 'VirtualNetwork',
      destinationPortRange: '80',
    }),
  ];
  const inside = { internal: true, probe: null };
  expect(idle(rules, { ...inside, more: otherNetwork('10.7.0.0/16') })).toEqual([]);
  expect(idle(rules, { ...inside, more: otherNetwork('20.7.0.0/16') })).toEqual([]);
});

/** The packet that is dropped for want of a source port, as `tcp 203.0.113.7:50000 -> 10.0.1.4:80`. */
function missed(match: Record<string, unknown>): unknown {
  const [first] = guarding([rule(300, 'Allow', { ...FEW, ...match })]).flatMap(({ idle: reason }) =>
    reason?.kind === 'source-ports' ? [reason.trace.packet] : [],
  );
  if (first?.source.kind !== 'ip' || first.destination.kind !== 'ip') return undefined;
  return `${first.protocol} ${first.source.text}:${first.sourcePort} -> ${first.destination.text}:${first.destinationPort}`;
}

test.each<[match: Record<string, unknown>, packet: string | undefined]>([
  [{}, 'tcp 203.0.113.7:50000 -> 10.0.1.4:80'],
  [{ protocol: '*' }, 'tcp 203.0.113.7:50000 -> 10.0.1.4:80'],
  [{ sourcePortRange: '1024-60000' }, 'tcp 203.0.113.7:60001 -> 10.0.1.4:80'],
  [{ sourcePortRange: '1025-65535' }, 'tcp 203.0.113.7:1024 -> 10.0.1.4:80'],
  [{ sourcePortRange: '1024-65534' }, 'tcp 203.0.113.7:65535 -> 10.0.1.4:80'],
  [{ sourcePortRange: '1024-65535' }, undefined],
  [{ destinationAddressPrefix: SUBNET }, 'tcp 203.0.113.7:50000 -> 10.0.1.4:80'],
  // The address may lie in the other half.
  [{ destinationAddressPrefix: '10.0.1.0/25' }, undefined],
  [{ destinationPortRange: '81' }, undefined],
  [{ protocol: 'Udp' }, undefined],
])('an allow from some source ports with %j misses %s', (match, packet) => {
  expect(missed(match)).toBe(packet);
});

// Semantics 1.6: the tag is where probes come from, and no packet to a machine goes there.
test.each<[what: string, match: Record<string, unknown>, isIdle: boolean]>([
  ['the tag', { destinationAddressPrefix: 'AzureLoadBalancer' }, true],
  ['its address in a list', toList(['168.63.129.16', '168.63.129.16/32']), true],
  ['the tag and more', toList(['168.63.129.16', SUBNET]), false],
  ['the tag in a list that may be longer', toList({ partial: ['168.63.129.16'], more: UNKNOWN }), false],
  ['the tag and something open', toList(['168.63.129.16', UNKNOWN]), false],
  ['the tag and a group', { ...toGroups([WEB]), destinationAddressPrefix: 'AzureLoadBalancer' }, false],
  ['the tag and open groups', { ...toGroups(UNKNOWN), destinationAddressPrefix: 'AzureLoadBalancer' }, false],
  ['nothing', { destinationAddressPrefix: undefined }, false],
])('a rule whose destination is %s', (_what, match, isIdle) => {
  const rules = [
    rule(100, 'Deny', { ...match, destinationPortRange: '81' }),
    rule(200, 'Allow', INTERNET_80),
  ];
  expect(idle(rules)).toEqual(isIdle ? ['Deny100 of nsg-subnet: probe-as-destination'] : []);
});
