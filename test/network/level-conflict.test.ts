import { buildNetwork } from '../../src/network/network.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, otherMember, rule } from '../support/estate.ts';
import { waiting } from '../support/waiting.ts';

const UNKNOWN = waiting('later');
const OFFICE = '203.0.113.0/28';
const PARTNER = '198.51.100.0/28';
const SHARED = '192.88.99.0/24';
const DENY = rule(4096, 'Deny');

function allow(
  priority: number,
  sourceAddressPrefix: string,
  match: Record<string, unknown> = {},
): Record<string, unknown> {
  return rule(priority, 'Allow', {
    protocol: 'Tcp',
    sourceAddressPrefix,
    destinationPortRange: '80',
    ...match,
  });
}

/** Each group lets in clients of its own and some that the other one lets in too. */
const OUTER = [allow(100, OFFICE), allow(110, SHARED)];
const INNER = [allow(120, PARTNER), allow(130, SHARED)];

/** `nic0/ip: Allow100, not DenyAllInBound: 203.0.113.7` and the same the other way round. */
function conflict(
  options: EstateOptions,
  clients: readonly { name: string; addresses: string[] }[] = [],
): readonly string[] {
  const network = buildNetwork(estate(options), { clients });
  return network.paths.flatMap((path) => {
    const found = network.levelConflictOf(path);
    return (found?.parts ?? []).map(({ allow, deny, trace }) => {
      const { source } = trace.packet;
      const at = `${found?.member.label} for ${path.client}`;
      return `${at}: ${allow.group}/${allow.name}, not ${deny.group}/${deny.name}: ${source.kind === 'ip' ? source.text : ''}`;
    });
  });
}

function crossed(deny = 'DenyAllInBound', at = 'nic0/ip'): readonly string[] {
  return [
    `${at} for internet: nsg-subnet/Allow100, not nsg-nic/${deny}: 203.0.113.7`,
    `${at} for internet: nsg-nic/Allow120, not nsg-subnet/${deny}: 198.51.100.0`,
  ];
}

const BLOCKED = rule(90, 'Deny', { sourceAddressPrefix: '203.0.113.8/29' });

test.each<[what: string, options: EstateOptions, expected: readonly string[]]>([
  ['by default', { subnetRules: OUTER, nicRules: INNER }, crossed()],
  ['by a deny for all', { subnetRules: [...OUTER, DENY], nicRules: [...INNER, DENY] }, crossed('Deny4096')],
  [
    'while one group also denies some clients',
    { subnetRules: OUTER, nicRules: [BLOCKED, ...INNER] },
    crossed(),
  ],
  [
    'while a later allow has no effect',
    { subnetRules: [...OUTER, DENY], nicRules: [...INNER, DENY, allow(4097, OFFICE)] },
    crossed('Deny4096'),
  ],
  [
    'while a rule is about another port',
    { subnetRules: OUTER, nicRules: [...INNER, allow(140, OFFICE, { destinationPortRange: '81' })] },
    crossed(),
  ],
  [
    'at the second member',
    { nicRules: [allow(100, SHARED)], subnetRules: OUTER, more: otherMember('other', { rules: INNER }) },
    [
      'other/ip for internet: nsg-subnet/Allow100, not nsg-other/DenyAllInBound: 203.0.113.7',
      'other/ip for internet: nsg-other/Allow120, not nsg-subnet/DenyAllInBound: 198.51.100.0',
    ],
  ],
])(
  'two groups that name different clients are in conflict: what the other one names is dropped %s',
  (_what, options, expected) => {
    expect(conflict(options)).toEqual(expected);
  },
);

const ADMIN = 'networkManagers/nm';
const COLLECTION = `${ADMIN}/securityAdminConfigurations/c/ruleCollections/rc`;
const ADMIN_RULES: readonly ArmResource[] = [
  {
    type: `${ADMIN}/commits`,
    name: 'deployed',
    parent: sub(ADMIN).id,
    properties: {
      commitType: 'SecurityAdmin',
      targetLocations: ['westeurope'],
      configurationIds: [sub(`${ADMIN}/securityAdminConfigurations/c`)],
    },
  },
  { type: `${ADMIN}/networkGroups`, name: 'g', parent: sub(ADMIN).id },
  {
    type: `${ADMIN}/networkGroups/g/staticMembers`,
    name: 'vnet',
    parent: sub(`${ADMIN}/networkGroups/g`).id,
    properties: { resourceId: sub('virtualNetworks/vnet').id },
  },
  {
    type: `${ADMIN}/securityAdminConfigurations/c/ruleCollections`,
    name: 'rc',
    parent: sub(`${ADMIN}/securityAdminConfigurations/c`).id,
    properties: { appliesToGroups: [{ networkGroupId: sub(`${ADMIN}/networkGroups/g`).id }] },
  },
  {
    type: `${COLLECTION}/rules`,
    name: 'admin',
    parent: sub(COLLECTION).id,
    properties: {
      priority: 10,
      direction: 'Inbound',
      access: 'Deny',
      protocol: 'Tcp',
      sources: [{ addressPrefix: '192.0.2.0/24', addressPrefixType: 'IPPrefix' }],
      destinations: [{ addressPrefix: '*', addressPrefixType: 'IPPrefix' }],
      sourcePortRanges: ['0-65535'],
      destinationPortRanges: ['22'],
    },
  },
];

test.each<[what: string, options: EstateOptions]>([
  ['there is one of them', { subnetRules: OUTER }],
  [
    'one of them is not seen',
    {
      subnetRules: OUTER,
      nicRules: INNER,
      more: [],
      subnet: { networkSecurityGroup: sub('networkSecurityGroups/unseen') },
    },
  ],
  ['the inner one narrows the outer one', { subnetRules: [...OUTER, allow(120, PARTNER)], nicRules: INNER }],
  ['the outer one narrows the inner one', { subnetRules: [allow(110, SHARED)], nicRules: INNER }],
  [
    'each denies some clients',
    {
      subnetRules: [BLOCKED, allow(100, '*')],
      nicRules: [rule(90, 'Deny', { sourceAddressPrefix: PARTNER }), allow(100, '*')],
    },
  ],
  [
    'one of them denies the clients of the other one by name',
    { subnetRules: OUTER, nicRules: [rule(90, 'Deny', { sourceAddressPrefix: OFFICE }), ...INNER] },
  ],
  ['nobody gets in', { subnetRules: [allow(100, OFFICE)], nicRules: [allow(120, PARTNER)] }],
  [
    'it is open whom one of them names',
    { subnetRules: OUTER, nicRules: [...INNER, allow(140, OFFICE, { access: UNKNOWN })] },
  ],
  ['the protocol is open', { subnetRules: OUTER, nicRules: INNER, rule: { protocol: UNKNOWN } }],
  [
    'the rule is for every port',
    { subnetRules: OUTER, nicRules: INNER, rule: { protocol: 'All', frontendPort: 0, backendPort: 0 } },
  ],
  ['rules of a network manager come first', { subnetRules: OUTER, nicRules: INNER, more: ADMIN_RULES }],
])('two groups are in no conflict where %s', (_what, options) => {
  expect(conflict(options)).toEqual([]);
});

/** An id that is one of several. */
function oneOf(...names: readonly string[]): { id: unknown } {
  const references = names.map((name) => ({ id: sub(name).id, property: 'id' }));
  return { id: { ...(UNKNOWN as object), references } };
}

test('what only may be a member, or may have other groups, proves no conflict', () => {
  const maybe = {
    loadBalancerBackendAddressPools: [
      oneOf('loadBalancers/lb/backendAddressPools/pool', 'loadBalancers/lb/backendAddressPools/b'),
    ],
  };
  const open = otherMember('z', { rules: [allow(100, '*')] });
  expect(conflict({ subnetRules: OUTER, nicRules: INNER, ipConfiguration: maybe, more: open })).toEqual([]);
  const also = otherMember('z', { rules: INNER });
  expect(conflict({ subnetRules: OUTER, nicRules: INNER, ipConfiguration: maybe, more: also })).toHaveLength(
    2,
  );
  const subnets = oneOf('virtualNetworks/vnet/subnets/snet', 'virtualNetworks/vnet/subnets/two');
  const two: ArmResource = {
    type: 'virtualNetworks/vnet/subnets',
    name: 'two',
    parent: sub('virtualNetworks/vnet').id,
    properties: {
      addressPrefix: '10.0.2.0/24',
      networkSecurityGroup: sub('networkSecurityGroups/nsg-subnet'),
    },
  };
  expect(
    conflict({ subnetRules: OUTER, nicRules: INNER, ipConfiguration: { subnet: subnets }, more: [two] }),
  ).toEqual([]);
});

// Semantics 1.3: a default rule lets in the virtual network.
test('clients that a default rule lets in are named by nobody', () => {
  const far: ArmResource = {
    type: 'virtualNetworks',
    name: 'far',
    properties: { addressSpace: { addressPrefixes: ['20.7.0.0/16'] } },
  };
  const clients = [{ name: 'client', addresses: ['10.0.5.0/24', '20.7.0.0/24'] }];
  const found = (subnetRules: readonly unknown[], nicRules: readonly unknown[]): readonly string[] =>
    conflict({ internal: true, subnetRules, nicRules, more: [far] }, clients).filter((text) =>
      text.includes('for client'),
    );
  const inner = [allow(120, '20.7.0.0/28'), allow(130, '10.0.5.0/28'), DENY];
  expect(found([], inner)).toEqual([]);
  expect(found([allow(100, '10.0.0.0/8', { destinationAddressPrefix: '10.0.9.0/24' })], inner)).toEqual([]);
  expect(found([allow(100, '20.7.0.16/28')], inner)).toEqual([
    'nic0/ip for client: nsg-subnet/Allow100, not nsg-nic/Deny4096: 20.7.0.16',
    'nic0/ip for client: nsg-nic/Allow120, not nsg-subnet/DenyAllInBound: 20.7.0.0',
  ]);
});
