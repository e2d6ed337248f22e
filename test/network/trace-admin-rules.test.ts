import { buildNetwork } from '../../src/network/network.ts';
import type { Packet, TraceOptions } from '../../src/network/packet.ts';
import { type Unknown, unknown } from '../../src/value/value.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule } from '../support/estate.ts';
import { ip, placeOf, told, walk } from '../support/place.ts';

function later(name: string): Unknown {
  return unknown(
    { kind: 'parameter', name },
    { kind: 'json', path: 'test.json', pointer: `/parameters/${name}` },
  );
}

function secret(value: number | string): unknown {
  return { kind: 'known', value, sensitive: true, origin: { kind: 'json', path: 'test.json', pointer: '' } };
}

type AdminRule = Readonly<Record<string, unknown>>;
const CONFIGURATION = 'networkManagers/nm/securityAdminConfigurations/c';
const [SURE, PERHAPS] = ['networkManagers/nm/networkGroups/sure', 'networkManagers/nm/networkGroups/perhaps'];

/** Rules `a0`, `a1`... for the network of the estate; `perhaps` puts one into a group of networks that lists none. */
function managed(...rules: readonly AdminRule[]): readonly ArmResource[] {
  const group = (path: string): ArmResource => ({
    type: 'networkManagers/nm/networkGroups',
    name: path.slice(path.lastIndexOf('/') + 1),
    parent: sub('networkManagers/nm').id,
  });
  return [
    group(SURE),
    group(PERHAPS),
    {
      type: `${SURE}/staticMembers`,
      name: 'vnet',
      parent: sub(SURE).id,
      properties: { resourceId: sub('virtualNetworks/vnet').id },
    },
    ...[SURE, PERHAPS].map((path) => ({
      type: `${CONFIGURATION}/ruleCollections`,
      name: path.slice(path.lastIndexOf('/') + 1),
      parent: sub(CONFIGURATION).id,
      properties: { appliesToGroups: [{ networkGroupId: sub(path).id }] },
    })),
    ...rules.map(({ perhaps, condition, ...properties }, index) => {
      const collection = `${CONFIGURATION}/ruleCollections/${perhaps === true ? 'perhaps' : 'sure'}`;
      return {
        type: `${collection}/rules`,
        name: `a${index}`,
        parent: sub(collection).id,
        condition,
        properties: {
          priority: 10 + index,
          direction: 'Inbound',
          protocol: 'Any',
          sources: [{ addressPrefix: '*', addressPrefixType: 'IPPrefix' }],
          ...properties,
        },
      };
    }),
  ];
}

const ALLOW = { access: 'Allow' };
const DENY = { access: 'Deny' };
const ALWAYS = { access: 'AlwaysAllow' };
const OPEN: EstateOptions = { subnetRules: [rule(100, 'Allow')] };
const SHUT: EstateOptions = { subnetRules: [rule(100, 'Deny')] };
const UNREADABLE: EstateOptions = { subnet: { networkSecurityGroup: later('group') } };
const NIC = 'nic0: no security group';
const CLOSED = { closedWithoutGroup: 'yes' } as const;
const GROUPS = 'waits for the network groups of';

// Semantics 6.6: Deny stops, AlwaysAllow delivers past every group, Allow goes on to the groups.
test.each<[rules: readonly AdminRule[], groups: EstateOptions, answer: readonly string[]]>([
  [[DENY], OPEN, ['dropped', 'vnet: a0']],
  [[ALWAYS], SHUT, ['delivered', 'vnet: a0']],
  [[ALWAYS], UNREADABLE, ['delivered', 'vnet: a0']],
  [[ALLOW], OPEN, ['delivered', 'vnet: a0', 'snet: Allow100', NIC]],
  [[ALLOW], SHUT, ['dropped', 'vnet: a0', 'snet: Deny100']],
  [[ALLOW], UNREADABLE, ['unknown', 'vnet: a0', 'snet: ?', NIC, 'waits for group']],
  [[{ access: 'deny', direction: 'inbound' }], OPEN, ['dropped', 'vnet: a0']],
  [[{ access: 'ALWAYSALLOW', direction: 'INBOUND' }], SHUT, ['delivered', 'vnet: a0']],
  // The lowest number that matches decides; without one the groups do.
  [[ALLOW, DENY], OPEN, ['delivered', 'vnet: a0', 'snet: Allow100', NIC]],
  [[{ ...ALLOW, priority: 30 }, DENY], OPEN, ['dropped', 'vnet: a1']],
  [
    [
      { ...ALWAYS, priority: 9 },
      { ...DENY, priority: 8 },
    ],
    OPEN,
    ['dropped', 'vnet: a1'],
  ],
  [[{ ...DENY, destinationPortRanges: ['81'] }], OPEN, ['delivered', 'snet: Allow100', NIC]],
  [[{ ...DENY, sourcePortRanges: ['81'] }], OPEN, ['delivered', 'snet: Allow100', NIC]],
  [[{ ...DENY, protocol: 'Udp' }], OPEN, ['delivered', 'snet: Allow100', NIC]],
  [[{ ...DENY, direction: 'Outbound' }], OPEN, ['delivered', 'snet: Allow100', NIC]],
  [[{ ...DENY, sources: [{ addressPrefix: '10.0.0.0/8' }] }, ALWAYS], SHUT, ['delivered', 'vnet: a1']],
  [
    [{ ...DENY, destinations: [{ addressPrefix: '10.0.2.0/24' }] }],
    OPEN,
    ['delivered', 'snet: Allow100', NIC],
  ],
  [[{ ...DENY, destinations: [{ addressPrefix: '10.0.1.0/24' }] }], OPEN, ['dropped', 'vnet: a0']],
  // A rule that only may apply decides nothing where it would not change the answer of the groups.
  [[{ ...DENY, perhaps: true }], SHUT, ['dropped', 'vnet: ?', 'snet: Deny100']],
  [[{ ...DENY, perhaps: true, protocol: 'Udp' }], OPEN, ['delivered', 'snet: Allow100', NIC]],
  [[{ ...DENY, perhaps: true }], OPEN, ['unknown', 'vnet: ?', 'snet: Allow100', NIC, `${GROUPS} a0`]],
  [[{ ...ALWAYS, perhaps: true }], OPEN, ['delivered', 'vnet: ?', 'snet: Allow100', NIC]],
  [[{ ...ALWAYS, perhaps: true }], SHUT, ['unknown', 'vnet: ?', 'snet: Deny100', `${GROUPS} a0`]],
  [[{ ...ALLOW, perhaps: true }], OPEN, ['delivered', 'vnet: ?', 'snet: Allow100', NIC]],
  [[{ ...ALLOW, perhaps: true }], SHUT, ['dropped', 'vnet: ?', 'snet: Deny100']],
  [[{ ...ALLOW, perhaps: true }], UNREADABLE, ['unknown', 'vnet: ?', 'snet: ?', NIC, 'waits for group']],
  [
    [{ ...DENY, perhaps: true }],
    UNREADABLE,
    ['unknown', 'vnet: ?', 'snet: ?', NIC, `${GROUPS} a0`, 'waits for group'],
  ],
  [
    [{ ...ALWAYS, perhaps: true }],
    UNREADABLE,
    ['unknown', 'vnet: ?', 'snet: ?', NIC, `${GROUPS} a0`, 'waits for group'],
  ],
  // Where the rules after it do the same, it does not matter whether it applies.
  [[{ ...DENY, perhaps: true }, DENY], OPEN, ['dropped', 'vnet: a1']],
  [[{ ...ALWAYS, perhaps: true }, ALWAYS], SHUT, ['delivered', 'vnet: a1']],
  [[{ ...ALLOW, perhaps: true }, ALLOW, DENY], OPEN, ['delivered', 'vnet: a1', 'snet: Allow100', NIC]],
  [[{ ...ALLOW, perhaps: true }, DENY], OPEN, ['unknown', 'vnet: ?', 'snet: Allow100', NIC, `${GROUPS} a0`]],
  [[{ ...ALLOW, perhaps: true }, DENY], SHUT, ['dropped', 'vnet: ?', 'snet: Deny100']],
  [[{ ...DENY, perhaps: true }, ALWAYS], OPEN, ['unknown', 'vnet: ?', 'snet: Allow100', NIC, `${GROUPS} a0`]],
  [[{ ...DENY, perhaps: true }, ALWAYS], SHUT, ['unknown', 'vnet: ?', 'snet: Deny100', `${GROUPS} a0`]],
  [[{ ...ALWAYS, perhaps: true }, ALLOW], OPEN, ['delivered', 'vnet: ?', 'snet: Allow100', NIC]],
])('with the security admin rules %j and the groups of %j the answer is %j', (rules, groups, answer) => {
  expect(told(walk(placeOf({ ...groups, more: managed(...rules) })))).toEqual(answer);
});

// What is not known of a rule leaves open whether it matches, or what it does.
test.each<[what: string, rule: AdminRule, ...waitsFor: readonly string[]]>([
  ['priority', { ...DENY, priority: later('x') }, 'whether a0 matches'],
  ['direction', { ...DENY, direction: later('x') }, 'whether a0 matches'],
  ['protocol', { ...DENY, protocol: later('x') }, 'whether a0 matches'],
  ['sources', { ...DENY, sources: later('x') }, 'whether a0 matches'],
  [
    'network group',
    { ...DENY, sources: [{ addressPrefix: 'g', addressPrefixType: 'NetworkGroup' }] },
    'whether a0 matches',
  ],
  ['condition', { ...DENY, condition: later('x') }, 'whether a0 matches'],
  ['access', { access: later('x') }, 'x'],
  ['unheard-of access', { access: 'Perhaps' }, 'the access of a0'],
  ['access and group', { access: later('x'), perhaps: true }, 'x', 'the network groups of a0'],
])('an unknown %s of a security admin rule leaves an open port open', (_, each, ...waitsFor) => {
  const waits = waitsFor.map((name) => `waits for ${name}`);
  expect(told(walk(placeOf({ ...OPEN, more: managed(each) })))).toEqual([
    'unknown',
    'vnet: ?',
    'snet: Allow100',
    NIC,
    ...waits,
  ]);
  expect(walk(placeOf({ ...OPEN, more: managed(each) })).hops[0]).not.toHaveProperty('decidedBy');
});

test('that a rule only may match, and that its access is none Azure has, is of the kind unsupported', () => {
  const place = placeOf({
    ...OPEN,
    more: managed({ ...DENY, condition: later('x') }, { access: 'Perhaps' }),
  });
  expect(walk(place).waitsFor.map(({ reason }) => reason.kind)).toEqual(['unsupported', 'unsupported']);
  const opens = walk(placeOf({ more: managed(ALWAYS) }), {}, CLOSED).waitsFor;
  expect(opens).toMatchObject([{ reason: { kind: 'unsupported' }, origin: { name: 'secure by default' } }]);
});

test('a rule whose priority is not known may come first', () => {
  const place = placeOf({
    ...OPEN,
    more: managed({ ...ALLOW, priority: 1 }, { ...DENY, priority: later('x') }),
  });
  expect(told(walk(place))).toEqual([
    'unknown',
    'vnet: ?',
    'snet: Allow100',
    NIC,
    'waits for whether a1 matches',
  ]);
});

test.each<[rules: readonly AdminRule[], packet: Partial<Packet>, first: string]>([
  [[{ ...DENY, direction: 'Outbound' }], {}, 'vnet: a0'],
  [[{ ...DENY, direction: 'Inbound' }], {}, NIC],
  [[{ ...DENY, direction: 'Outbound', destinations: [{ addressPrefix: '8.8.8.8' }] }], {}, 'vnet: a0'],
  [[{ ...DENY, direction: 'Outbound', sources: [{ addressPrefix: '8.8.8.8' }] }], {}, NIC],
])('going out, the security admin rules %j make %j meet %s first', (rules, packet, first) => {
  const out: Partial<Packet> = { source: ip('10.0.1.4'), destination: ip('8.8.8.8'), ...packet };
  const place = placeOf({ subnetRules: [], more: managed(...rules) });
  expect(told(walk(place, out, { direction: 'outbound' }))[1]).toBe(first);
});

// Semantics 11.17 leaves open only what AlwaysAllow does where there is no group at all.
const OPENS = 'waits for whether a security admin rule opens a public frontend without a security group';
test.each<
  [rule: AdminRule, groups: EstateOptions, options: Partial<TraceOptions>, answer: readonly string[]]
>([
  [ALWAYS, SHUT, CLOSED, ['delivered', 'vnet: a0']],
  [ALWAYS, { nicRules: [] }, CLOSED, ['delivered', 'vnet: a0']],
  [ALWAYS, { subnetRules: [] }, { closedWithoutGroup: { unknown: later('sku') } }, ['delivered', 'vnet: a0']],
  [ALWAYS, {}, {}, ['delivered', 'vnet: a0']],
  [ALWAYS, {}, CLOSED, ['unknown', 'vnet: a0', 'snet and nic0: secure by default', OPENS]],
  [
    ALWAYS,
    {},
    { closedWithoutGroup: { unknown: later('sku') } },
    ['unknown', 'vnet: a0', 'snet: no security group', NIC, OPENS, 'waits for sku'],
  ],
  [ALWAYS, UNREADABLE, CLOSED, ['unknown', 'vnet: a0', 'snet: ?', NIC, OPENS, 'waits for group']],
  [
    { ...ALWAYS, perhaps: true },
    {},
    CLOSED,
    ['unknown', 'vnet: ?', 'snet and nic0: secure by default', `${GROUPS} a0`, OPENS],
  ],
  [ALLOW, {}, CLOSED, ['dropped', 'vnet: a0', 'snet and nic0: secure by default']],
  [DENY, {}, CLOSED, ['dropped', 'vnet: a0']],
  [{ ...DENY, perhaps: true }, {}, CLOSED, ['dropped', 'vnet: ?', 'snet and nic0: secure by default']],
])('the security admin rule %j before %j with %j answers %j', (each, groups, options, answer) => {
  expect(told(walk(placeOf({ ...groups, more: managed(each) }), {}, options))).toEqual(answer);
});

test('a hop shows the security admin rule that decides, and those before it that may', () => {
  const place = placeOf({ ...OPEN, more: managed({ ...DENY, perhaps: true }, DENY) });
  const { hops, decisive } = walk(place);
  const [perhaps, sure] = place.adminRules;
  expect(decisive).toEqual({
    name: 'a1',
    priority: 11,
    effect: 'deny',
    group: 'the security admin rules',
    origin: sure?.rule.origin,
  });
  const before = { ...decisive, name: 'a0', priority: 10, origin: perhaps?.rule.origin };
  expect(hops).toEqual([{ at: 'vnet', stage: 'security-admin', decidedBy: decisive, eitherWay: [before] }]);
});

test.each([
  ['Allow', 'allow'],
  ['AlwaysAllow', 'allow'],
  ['Deny', 'deny'],
])('%s shows as %s, without a secret priority', (access, effect) => {
  const { hops } = walk(placeOf({ ...OPEN, more: managed({ access, priority: secret(10) }) }));
  expect(hops[0]?.decidedBy).toMatchObject({ name: 'a0', effect });
  expect(hops[0]?.decidedBy).not.toHaveProperty('priority');
});

test.each([
  ['one rule that only may apply', managed({ ...ALLOW, perhaps: true })],
  ['two rules that differ', managed({ ...ALLOW, perhaps: true }, DENY)],
])('%s: the hop shows nothing that certainly happens', (_, more) => {
  const { hops } = walk(placeOf({ ...SHUT, more }));
  expect(hops[0]).toEqual({ at: 'vnet', stage: 'security-admin', eitherWay: [] });
});

test.each<[groups: EstateOptions, answer: readonly string[]]>([
  [SHUT, ['delivered', 'lb: lb/r', 'vnet: a0']],
  [{}, ['unknown', 'lb: lb/r', 'vnet: a0', 'snet and nic0: secure by default', OPENS]],
])('AlwaysAllow before a public frontend with the groups of %j answers %j', (groups, answer) => {
  const network = buildNetwork(estate({ ...groups, more: managed(ALWAYS) }));
  const [from, to] = [network.findEnd('internet'), network.findEnd('lb')];
  if ('names' in from || 'names' in to) throw new Error('both are there');
  expect(told(network.answer({ from, to, protocol: 'tcp', port: 80 }))).toEqual(answer);
});
