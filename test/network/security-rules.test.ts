import {
  type NetworkSecurityGroup,
  networkSecurityGroups,
  type SecurityRule,
} from '../../src/model/azure/network-security-group.ts';
import { createAddressBook } from '../../src/network/address-book.ts';
import type { Direction } from '../../src/network/default-rules.ts';
import { adminRulesAt } from '../../src/network/security-admin.ts';
import {
  type CompiledGroup,
  type CompiledRule,
  compileAdminRules,
  compileGroup,
} from '../../src/network/security-rules.ts';
import type { Surroundings } from '../../src/network/surroundings.ts';
import { buildTopology } from '../../src/network/topology.ts';
import { modelOf, sub } from '../support/arm-model.ts';
import { rule } from '../support/estate.ts';
import { namesOf, waiting } from '../support/waiting.ts';

const HERE: Surroundings = {
  key: 'here',
  virtualNetworkId: sub('virtualNetworks/vnet').id,
  label: 'vnet',
  prefixes: ['10.0.0.0/16'],
  peerPrefixes: [],
  neighbourPrefixes: [],
  routePrefixes: [],
};

function groupWith(securityRules: unknown): NetworkSecurityGroup {
  const [group] = networkSecurityGroups(
    modelOf({ type: 'networkSecurityGroups', name: 'nsg', properties: { securityRules } }),
  );
  if (group === undefined) throw new Error('there is a group');
  return group;
}

function compile(securityRules: unknown, direction: Direction = 'inbound'): CompiledGroup {
  return compileGroup(groupWith(securityRules), direction, HERE, createAddressBook()).compiled;
}

/** The custom rules: name, access and doubts. */
function said({ rules }: Pick<CompiledGroup, 'rules'>): readonly string[] {
  return rules
    .filter((each) => 'address' in each.rule)
    .map((each) => [`${nameOf(each)}: ${each.access}`, ...namesOf(each.doubts)].join(', '));
}

function nameOf({ rule: { name } }: CompiledRule): string {
  return typeof name === 'string' ? name : name.kind === 'known' ? name.value : name.kind;
}

const named = (name: string, properties: Record<string, unknown>) => ({
  ...rule(100, 'Allow', properties),
  name,
});

test('rules come by priority, those whose place is not known first, and the default rules last', () => {
  const { rules } = compile([
    rule(300, 'Allow'),
    rule(100, 'Deny'),
    named('Somewhere', { priority: waiting('place') }),
    rule(200, 'Allow'),
  ]);
  expect(rules.map(nameOf)).toEqual([
    'Somewhere',
    'Deny100',
    'Allow200',
    'Allow300',
    'AllowVnetInBound',
    'AllowAzureLoadBalancerInBound',
    'DenyAllInBound',
  ]);
  expect(
    rules.slice(-3).map(({ access, doubts, ownGroups, owners }) => [access, doubts, ownGroups.items, owners]),
  ).toEqual(['allow', 'allow', 'deny'].map((access) => [access, [], [], { source: [], destination: [] }]));
});

test.each<[direction: Direction, expected: readonly string[]]>([
  [
    'inbound',
    ['A: allow', 'C: allow, direction', 'D: allow, the direction of D', 'E: allow, the direction of E'],
  ],
  [
    'outbound',
    ['B: allow', 'C: allow, direction', 'D: allow, the direction of D', 'E: allow, the direction of E'],
  ],
])(
  'the %s rules are those of that direction, and in doubt those whose direction is not known',
  (direction, expected) => {
    const rules = [
      named('A', { priority: 100, direction: 'inbound' }),
      named('B', { priority: 101, direction: 'OUTBOUND' }),
      named('C', { priority: 102, direction: waiting('direction') }),
      named('D', { priority: 103, direction: 'Sideways' }),
      named('E', { priority: 104, direction: undefined }),
    ];
    expect(said(compile(rules, direction))).toEqual(expected);
  },
);

// Semantics 1.2: Azure refuses a priority that two rules of one direction share.
test.each<[rules: readonly unknown[], expected: readonly string[]]>([
  [
    [rule(100, 'Allow'), rule(100, 'Deny')],
    ['Allow100: allow, the priority of Allow100', 'Deny100: deny, the priority of Deny100'],
  ],
  [[rule(100, 'Allow'), rule(100, 'Deny', { direction: 'Outbound' })], ['Allow100: allow']],
  [
    [rule(100, 'Allow'), rule(101, 'Deny')],
    ['Allow100: allow', 'Deny101: deny'],
  ],
  [
    [named('A', {}), named('B', { access: 'allow' })],
    ['A: allow', 'B: allow'],
  ],
  [
    [named('A', {}), named('B', { access: waiting('access') })],
    ['A: allow, the priority of A', 'B: either, the priority of B, access'],
  ],
  [
    [named('A', {}), named('B', {}), named('C', { access: 'Deny' })],
    ['A: allow, the priority of A', 'B: allow, the priority of B', 'C: deny, the priority of C'],
  ],
  [
    [named('A', {}), named('B', { access: 'Deny' }), named('C', { access: 'Deny' })],
    ['A: allow, the priority of A', 'B: deny, the priority of B', 'C: deny, the priority of C'],
  ],
])(
  'which of several rules with one priority comes first is open if their access differs: %#',
  (rules, expected) => {
    expect(said(compile(rules))).toEqual(expected);
  },
);

test.each<[what: string, properties: Record<string, unknown>, more: Partial<SecurityRule>, expected: string]>(
  [
    ['nothing', {}, {}, 'A: allow'],
    ['its priority', { priority: waiting('p') }, {}, 'A: allow, p'],
    ['a missing priority', { priority: undefined }, {}, 'A: allow, the priority of A'],
    ['its access', { access: waiting('a') }, {}, 'A: either, a'],
    ['a word that is no access', { access: 'Block' }, {}, 'A: either, the access of A'],
    ['whether it belongs to the group', {}, { certain: false }, 'A: allow, the group of A'],
    ['whether it is declared', {}, { condition: waiting('c') }, 'A: allow, c'],
    [
      'all of these',
      { priority: waiting('p'), access: waiting('a'), direction: waiting('d') },
      { certain: false, condition: waiting('c') },
      'A: either, d, p, a, the group of A, c',
    ],
  ],
)('a rule is in doubt for %s', (_, properties, more, expected) => {
  const group = groupWith([named('A', properties)]);
  const items = group.rules.items.map((each) => ({ ...each, ...more }));
  const { compiled } = compileGroup({ ...group, rules: { items } }, 'inbound', HERE, createAddressBook());
  expect(said(compiled)).toEqual([expected]);
});

test('a doubt about what is written is a word that is not supported, one about the group is settled later', () => {
  const group = groupWith([named('A', { access: 'Block' })]);
  const items = group.rules.items.map((each) => ({ ...each, certain: false }));
  const { compiled } = compileGroup({ ...group, rules: { items } }, 'inbound', HERE, createAddressBook());
  const [first] = items;
  expect(compiled.rules[0]?.doubts).toEqual([
    {
      kind: 'unknown',
      reason: { kind: 'unsupported', name: 'the access of A' },
      origin: first?.access.origin,
    },
    {
      kind: 'unknown',
      reason: { kind: 'known-after-apply', name: 'the group of A' },
      origin: first?.origin,
    },
  ]);
});

test('a group says why there may be rules that were not seen', () => {
  expect(compile([]).moreRules).toBeUndefined();
  expect(compile({ partial: [rule(100, 'Allow')], more: waiting('rest') }).moreRules?.reason.name).toBe(
    'rest',
  );
});

const laterAddress = {
  ...waiting('address'),
  references: [{ id: '/nic', property: 'privateIPAddress' }],
};

// Semantics 1.3: the destination of an inbound rule is the machine, the source of an outbound one.
test.each<
  [direction: Direction, match: Record<string, unknown>, owners: CompiledRule['owners'], names: boolean]
>([
  ['inbound', {}, { source: [], destination: [] }, false],
  ['inbound', { destinationAddressPrefix: laterAddress }, { source: [], destination: ['/nic'] }, true],
  ['inbound', { sourceAddressPrefix: laterAddress }, { source: [], destination: [] }, false],
  ['outbound', { sourceAddressPrefix: laterAddress }, { source: ['/nic'], destination: [] }, true],
  ['outbound', { destinationAddressPrefix: laterAddress }, { source: [], destination: ['/nic'] }, true],
])('an %s rule with %j names as owners %j', (direction, match, owners, names) => {
  const compiled = compile([rule(100, 'Allow', { direction, ...match })], direction);
  expect([compiled.rules[0]?.owners, compiled.namesOwners]).toEqual([owners, names]);
});

test.each<[direction: Direction, expected: string]>([
  ['inbound', 'to'],
  ['outbound', 'from'],
])(
  'the application security groups at the machine are those of its end of an %s rule',
  (direction, expected) => {
    const match = {
      direction,
      sourceAddressPrefix: undefined,
      sourceApplicationSecurityGroups: [{ id: 'from' }],
      destinationAddressPrefix: undefined,
      destinationApplicationSecurityGroups: [{ id: 'to' }],
    };
    const [compiled] = compile([rule(100, 'Allow', match)], direction).rules;
    expect(compiled?.ownGroups.items).toEqual([{ kind: 'to', id: expected }]);
  },
);

test('what is wrong with a dimension names it', () => {
  const wrong = {
    protocol: 'Sctp',
    sourcePortRange: '9-1',
    destinationPortRange: '70000',
    sourceAddressPrefix: '1.2.3',
  };
  const [compiled] = compile([rule(100, 'Allow', wrong)]).rules;
  const { protocol, source, sourcePort, destinationPort } = compiled ?? {};
  expect(
    [protocol, source, sourcePort, destinationPort].map((each) => namesOf(each?.waitsFor ?? [])),
  ).toEqual([
    ['the protocol `Sctp` of Allow100'],
    ['the source address `1.2.3` of Allow100'],
    ['the source port `9-1` of Allow100'],
    ['the destination port `70000` of Allow100'],
  ]);
});

const COLLECTION = 'networkManagers/nm/securityAdminConfigurations/c/ruleCollections/rc';

function compileAdmin(
  rules: readonly Record<string, unknown>[],
  direction: Direction,
  members: readonly string[] = ['vnet'],
): ReturnType<typeof compileAdminRules> {
  const group = 'networkManagers/nm/networkGroups/g';
  const topology = buildTopology(
    modelOf(
      { type: 'networkManagers/nm/networkGroups', name: 'g', parent: sub('networkManagers/nm').id },
      ...members.map((name) => ({
        type: `${group}/staticMembers`,
        name,
        parent: sub(group).id,
        properties: { resourceId: sub(`virtualNetworks/${name}`).id },
      })),
      {
        type: 'networkManagers/nm/securityAdminConfigurations/c/ruleCollections',
        name: 'rc',
        parent: sub('networkManagers/nm/securityAdminConfigurations/c').id,
        properties: { appliesToGroups: [{ networkGroupId: sub(group).id }] },
      },
      ...rules.map((properties, index) => ({
        type: `${COLLECTION}/rules`,
        name: `admin${index}`,
        parent: sub(COLLECTION).id,
        properties: { priority: 10, direction: 'Inbound', protocol: 'Any', access: 'Deny', ...properties },
      })),
    ),
  );
  const applied = adminRulesAt(topology, HERE.virtualNetworkId);
  return compileAdminRules(applied, direction, HERE, createAddressBook());
}

// Semantics 6.6.
test.each<[properties: Record<string, unknown>, expected: string]>([
  [{ access: 'Allow' }, 'admin0: allow'],
  [{ access: 'deny' }, 'admin0: deny'],
  [{ access: 'AlwaysAllow' }, 'admin0: always'],
  [{ access: 'Sometimes' }, 'admin0: either, the access of admin0'],
  [{ access: waiting('a') }, 'admin0: either, a'],
  [{ priority: waiting('p') }, 'admin0: deny, p'],
  [{ direction: waiting('d') }, 'admin0: deny, d'],
])('a security admin rule with %j is %s', (properties, expected) => {
  expect(said({ rules: compileAdmin([properties], 'inbound').compiled })).toEqual([expected]);
});

test('a security admin rule that may not apply says so after its own doubts', () => {
  const { compiled } = compileAdmin([{ priority: waiting('p') }], 'inbound', []);
  expect(said({ rules: compiled })).toEqual(['admin0: deny, p, the network groups of admin0']);
});

test('security admin rules come by priority and direction, and name no groups and no owners', () => {
  const rules = [{ priority: 30 }, { priority: 20 }, { priority: 10, direction: 'Outbound' }];
  expect(said({ rules: compileAdmin(rules, 'inbound').compiled })).toEqual(['admin1: deny', 'admin0: deny']);
  const { compiled } = compileAdmin(rules, 'outbound');
  expect(said({ rules: compiled })).toEqual(['admin2: deny']);
  expect(compiled.map(({ ownGroups, owners }) => [ownGroups, owners])).toEqual([
    [{ items: [] }, { source: [], destination: [] }],
  ]);
});

test('what Azure would refuse in a security admin rule is told', () => {
  const { compiled, problems } = compileAdmin(
    [
      {
        sources: [{ addressPrefix: 'Intrenet', addressPrefixType: 'ServiceTag' }],
        sourcePortRanges: ['1-'],
        destinationPortRanges: ['80-'],
      },
    ],
    'inbound',
  );
  expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'unknown-service-tag: the source address `Intrenet` of `admin0` is not a service tag that Portcullis knows',
    'security-rule-malformed: the source port `1-` of `admin0` is not one Azure accepts',
    'security-rule-malformed: the destination port `80-` of `admin0` is not one Azure accepts',
  ]);
  expect(namesOf(compiled[0]?.sourcePort.waitsFor ?? [])).toEqual(['the source port `1-` of admin0']);
});
