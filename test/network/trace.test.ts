import type { Packet, TraceOptions } from '../../src/network/packet.ts';
import { type Unknown, unknown } from '../../src/value/value.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, rule } from '../support/estate.ts';
import { ip, placeOf, told, walk } from '../support/place.ts';

function later(name: string): Unknown {
  return unknown(
    { kind: 'parameter', name },
    { kind: 'json', path: 'test.json', pointer: `/parameters/${name}` },
  );
}

function secret<T>(value: T): unknown {
  return { kind: 'known', value, sensitive: true, origin: { kind: 'json', path: 'test.json', pointer: '' } };
}

/** A group on the subnet with rules that say how they differ from `Allow` at 100 for everything. */
function groupOf(...rules: readonly Record<string, unknown>[]): EstateOptions {
  return {
    subnetRules: rules.map(({ name, ...match }, index) => ({
      ...rule(100, 'Allow', match),
      name: name ?? `r${index}`,
    })),
  };
}

const CLOSED = { closedWithoutGroup: 'yes' } as const;
const OUT: Partial<TraceOptions> = { direction: 'outbound' };
const PASS = 'no security group';
const WEB = sub('applicationSecurityGroups/web');
const OUTBOUND = { direction: 'Outbound' };

// Semantics 1.1: inbound the group of the subnet comes first, outbound that of the interface; both must allow.
test.each<[estate: EstateOptions, options: Partial<TraceOptions>, answer: readonly string[]]>([
  [{}, {}, ['delivered', `snet: ${PASS}`, `nic0: ${PASS}`]],
  [{ subnetRules: [rule(100, 'Allow')] }, CLOSED, ['delivered', 'snet: Allow100', `nic0: ${PASS}`]],
  [{ nicRules: [rule(100, 'Allow')] }, CLOSED, ['delivered', `snet: ${PASS}`, 'nic0: Allow100']],
  [
    { subnetRules: [rule(100, 'Allow')], nicRules: [rule(200, 'Allow')] },
    {},
    ['delivered', 'snet: Allow100', 'nic0: Allow200'],
  ],
  [{ subnetRules: [], nicRules: [rule(200, 'Allow')] }, {}, ['dropped', 'snet: DenyAllInBound']],
  [
    { subnetRules: [rule(100, 'Allow')], nicRules: [] },
    {},
    ['dropped', 'snet: Allow100', 'nic0: DenyAllInBound'],
  ],
  [
    { subnetRules: [rule(100, 'Deny', OUTBOUND)], nicRules: [rule(200, 'Allow', OUTBOUND)] },
    OUT,
    ['dropped', 'nic0: Allow200', 'snet: Deny100'],
  ],
  [
    { subnetRules: [rule(100, 'Allow', OUTBOUND)], nicRules: [rule(200, 'Deny', OUTBOUND)] },
    OUT,
    ['dropped', 'nic0: Deny200'],
  ],
  [
    { subnetRules: [rule(50, 'Deny'), rule(100, 'Allow', OUTBOUND)] },
    OUT,
    ['delivered', `nic0: ${PASS}`, 'snet: Allow100'],
  ],
  // Semantics 3.1: without any group a Standard public frontend is closed.
  [{}, CLOSED, ['dropped', 'snet and nic0: secure by default']],
  [
    {},
    { closedWithoutGroup: { unknown: later('sku') } },
    ['unknown', `snet: ${PASS}`, `nic0: ${PASS}`, 'waits for sku'],
  ],
  [
    { subnetRules: [rule(100, 'Allow')] },
    { closedWithoutGroup: { unknown: later('sku') } },
    ['delivered', 'snet: Allow100', `nic0: ${PASS}`],
  ],
  [
    { subnet: { networkSecurityGroup: later('group') } },
    CLOSED,
    ['unknown', 'snet: ?', `nic0: ${PASS}`, 'waits for group'],
  ],
  // What cannot be read at one level does not matter where the other one drops the packet.
  [
    { subnet: { networkSecurityGroup: later('group') }, nicRules: [] },
    {},
    ['dropped', 'snet: ?', 'nic0: DenyAllInBound'],
  ],
  [
    { subnet: { networkSecurityGroup: later('group') }, nicRules: [rule(100, 'Allow')] },
    {},
    ['unknown', 'snet: ?', 'nic0: Allow100', 'waits for group'],
  ],
  [
    { subnetRules: { partial: [rule(100, 'Allow')], more: later('rules') } as never, nicRules: [] },
    {},
    ['dropped', 'snet: ?', 'nic0: DenyAllInBound'],
  ],
  [
    { subnetRules: { partial: [rule(100, 'Allow')], more: later('rules') } as never },
    {},
    ['unknown', 'snet: ?', `nic0: ${PASS}`, 'waits for rules'],
  ],
])('the levels of %j with %j answer %j', (options, asked, answer) => {
  const direction =
    asked.direction === 'outbound' ? { source: ip('10.0.1.4'), destination: ip('8.8.8.8') } : {};
  expect(told(walk(placeOf(options), direction, asked))).toEqual(answer);
});

// Semantics 1.1 to 1.4: the lowest number that matches decides.
test.each<[rules: readonly Record<string, unknown>[], packet: Partial<Packet>, decides: string]>([
  [[{ priority: 300 }, { priority: 200, access: 'Deny' }], {}, 'r1'],
  [[{ priority: 200, access: 'Deny' }, { priority: 300 }], {}, 'r0'],
  [[{ access: 'DENY', direction: 'inbound' }], {}, 'r0'],
  [[{ access: 'allow', direction: 'INBOUND' }], {}, 'r0'],
  [[{ direction: 'Outbound' }], {}, 'DenyAllInBound'],
  [[{ direction: 'outbound' }], {}, 'DenyAllInBound'],
  [[{ priority: 4096 }], {}, 'r0'],
  // Every dimension must match.
  [[{ protocol: 'Tcp', destinationPortRange: '80' }], {}, 'r0'],
  [[{ protocol: 'Udp' }], {}, 'DenyAllInBound'],
  [[{ protocol: 'Udp' }], { protocol: 'udp' }, 'r0'],
  [[{ destinationPortRange: '50000' }], {}, 'DenyAllInBound'],
  [[{ sourcePortRange: '50000' }], {}, 'r0'],
  [[{ sourcePortRange: '80' }], {}, 'DenyAllInBound'],
  [[{ sourceAddressPrefix: '203.0.113.0/24' }], {}, 'r0'],
  [[{ sourceAddressPrefix: '10.0.1.0/24' }], {}, 'DenyAllInBound'],
  [[{ destinationAddressPrefix: '10.0.1.4/32' }], {}, 'r0'],
  [[{ destinationAddressPrefix: '203.0.113.0/24' }], {}, 'DenyAllInBound'],
  // Azure refuses two rules of one priority; where both do the same it does not matter which comes first.
  [[{ name: 'a' }, { name: 'b' }], {}, 'a'],
  [
    [
      { name: 'a', access: 'Allow' },
      { name: 'b', access: 'allow' },
    ],
    {},
    'a',
  ],
  [[{ access: 'Deny', sourceAddressPrefix: '10.0.0.0/8' }, { access: 'Deny' }], {}, 'r1'],
  // The rules that every group ends with: semantics 1.3.
  [[], { source: ip('10.0.9.9') }, 'AllowVnetInBound'],
  [[], { source: ip('168.63.129.16') }, 'AllowVnetInBound'],
  [[], { source: ip('168.63.129.16'), destination: ip('8.8.8.8') }, 'AllowAzureLoadBalancerInBound'],
  [[], { source: ip('10.0.9.9'), destination: ip('8.8.8.8') }, 'DenyAllInBound'],
])('of the rules %j the packet %j meets %s', (rules, packet, decides) => {
  const { hops, waitsFor } = walk(placeOf(groupOf(...rules)), packet);
  expect(hops[0]?.decidedBy?.name).toBe(decides);
  expect(waitsFor).toEqual([]);
});

test.each([
  ['10.0.9.9', 'AllowVnetOutBound'],
  ['8.8.8.8', 'AllowInternetOutBound'],
  ['25.0.0.1', 'DenyAllOutBound', 'AllowInternetOutBound'],
])('a packet out to %s meets the default rule %s', (destination, decides, ...before) => {
  const packet = { source: ip('10.0.1.4'), destination: ip(destination) };
  const said = told(walk(placeOf({ subnetRules: [] }), packet, OUT));
  const open = `waits for which of ${[...before, decides].join(', ')} matches first`;
  expect(said).toEqual(
    before.length === 0
      ? ['delivered', `nic0: ${PASS}`, `snet: ${decides}`]
      : ['unknown', `nic0: ${PASS}`, 'snet: ?', open],
  );
});

// Semantics 0.3: a rule that only may match leaves the packet to those after it; they decide if they do the same.
test.each<
  [rules: readonly Record<string, unknown>[], decides: string | undefined, before: readonly string[]]
>([
  [[{ sourceAddressPrefix: later('x') }, { priority: 200 }], 'r1', ['r0']],
  [[{ destinationPortRange: later('x') }, { priority: 200 }], 'r1', ['r0']],
  [[{ protocol: later('x') }, { priority: 200 }], 'r1', ['r0']],
  [[{ direction: later('x') }, { priority: 200 }], 'r1', ['r0']],
  [[{ priority: later('x') }, { priority: 200 }], 'r1', ['r0']],
  [[{ priority: 50 }, { priority: later('x') }], 'r0', ['r1']],
  [[{ priority: later('x'), access: 'Deny' }], 'DenyAllInBound', ['r0']],
  [[{ sourceAddressPrefix: later('x'), protocol: 'Udp' }, { priority: 200 }], 'r1', []],
  [[{ sourceAddressPrefix: later('x'), access: 'Deny' }, { priority: 200 }], undefined, []],
  [[{ sourceAddressPrefix: later('x') }], undefined, []],
  [[{ priority: later('x') }], undefined, []],
  [[{ direction: later('x') }], undefined, []],
  // Two of one priority that differ: either may win.
  [[{ access: 'Deny' }, { access: 'Allow' }], undefined, []],
  [[{ access: 'Allow' }, { access: 'Allow' }, { access: 'Deny' }], undefined, []],
  [[{ access: 'Deny' }, { access: 'Allow', protocol: 'Udp' }], 'DenyAllInBound', ['r0']],
  [
    [
      { access: 'Deny', priority: 100 },
      { access: 'Allow', priority: 101 },
    ],
    'r0',
    [],
  ],
  [[{ access: 'Deny' }, { access: later('x') }], undefined, []],
])('of the rules %j, %s decides after %j', (rules, decides, before) => {
  const { hops, waitsFor, verdict } = walk(placeOf(groupOf(...rules)));
  expect(hops[0]?.decidedBy?.name).toBe(decides);
  expect(hops[0]?.eitherWay.map(({ name }) => name)).toEqual(before);
  expect(verdict === 'unknown').toBe(decides === undefined);
  expect(waitsFor.length > 0).toBe(decides === undefined);
});

test.each<[rules: readonly Record<string, unknown>[], ...waitsFor: readonly string[]]>([
  [[{ sourceAddressPrefix: later('x') }], 'which of r0, DenyAllInBound matches first'],
  [[{ name: 'a' }, { name: 'b', access: 'Deny' }], 'which of a, b, DenyAllInBound matches first'],
  [
    [{ sourceAddressPrefix: later('x') }, { priority: 200, access: 'Deny' }, { priority: 300 }],
    'which of r0, r1 matches first',
  ],
  [[{ access: later('x') }], 'x'],
  [[{ access: 'Perhaps' }], 'the access of r0'],
  [
    [{ access: later('x'), sourceAddressPrefix: later('y') }],
    'x',
    'which of r0, DenyAllInBound matches first',
  ],
  [
    [{ access: later('x'), protocol: 'Udp' }, { sourceAddressPrefix: later('y') }],
    'which of r1, DenyAllInBound matches first',
  ],
])('the rules %j leave open: %s', (rules, ...waitsFor) => {
  expect(walk(placeOf(groupOf(...rules))).waitsFor.map(({ reason }) => reason.name)).toEqual(waitsFor);
});

test('a hop shows the rule that decides with its priority, its group and where it is written', () => {
  const place = placeOf(groupOf({ access: 'Deny' }));
  const [subnet] = place.levels;
  const [custom] = subnet.group !== 'none' && 'rules' in subnet.group ? subnet.group.rules.items : [];
  const { decisive, hops } = walk(place);
  expect(decisive).toEqual({
    name: 'r0',
    priority: 100,
    effect: 'deny',
    group: 'nsg-subnet',
    origin: custom?.origin,
    rule: custom,
  });
  expect(decisive?.rule).toBe(custom);
  expect(hops).toEqual([{ at: 'snet', stage: 'security-group', decidedBy: decisive, eitherWay: [] }]);
});

test('a hop shows a default rule as a rule of the group, and no group as one of nobody', () => {
  const { hops } = walk(placeOf({ subnetRules: [] }), { source: ip('10.0.9.9') });
  expect(hops).toMatchObject([
    {
      stage: 'security-group',
      decidedBy: {
        name: 'AllowVnetInBound',
        priority: 65_000,
        effect: 'allow',
        group: 'nsg-subnet',
        origin: { kind: 'platform' },
        rule: { access: 'allow' },
      },
    },
    { stage: 'security-group', decidedBy: { effect: 'allow', origin: { kind: 'platform', name: PASS } } },
  ]);
  expect(hops[1]?.decidedBy).not.toHaveProperty('group');
});

test('being closed without a group is the decision of the platform', () => {
  const { decisive, hops } = walk(placeOf({}), {}, CLOSED);
  expect(decisive).toMatchObject({ effect: 'deny', origin: { kind: 'platform', name: 'secure by default' } });
  expect(hops).toEqual([
    { at: 'snet and nic0', stage: 'security-group', decidedBy: decisive, eitherWay: [] },
  ]);
});

// Semantics 1.7: a group matches the machines in it, the packet's own machine at its own end and no stranger.
test.each<[side: 'source' | 'destination', options: Partial<TraceOptions>, decides: string]>([
  ['destination', {}, 'r0'],
  ['source', {}, 'every'],
  ['source', OUT, 'r0'],
  ['destination', OUT, 'every'],
])('an application security group as %s with %j: %s decides', (side, asked, decides) => {
  const direction = asked.direction === 'outbound' ? 'Outbound' : 'Inbound';
  const match = { [`${side}AddressPrefix`]: '', [`${side}ApplicationSecurityGroups`]: [WEB], direction };
  const place = placeOf({
    subnetRules: [
      { ...rule(100, 'Deny', match), name: 'r0' },
      { ...rule(200, 'Deny', { direction }), name: 'every' },
    ],
    ipConfiguration: { applicationSecurityGroups: [WEB] },
  });
  const out = { source: ip('10.0.1.4'), destination: ip('8.8.8.8') };
  expect(walk(place, direction === 'Outbound' ? out : {}, asked).decisive?.name).toBe(decides);
});

test('an earlier rule that only may match is shown without a priority that is not known', () => {
  const { hops } = walk(placeOf(groupOf({ priority: later('x') }, { priority: 200 })));
  expect(hops[0]?.eitherWay).toMatchObject([{ name: 'r0', effect: 'allow' }]);
  expect(hops[0]?.eitherWay[0]).not.toHaveProperty('priority');
});

test('that the order of rules is open is of the kind unsupported, and lies with the group', () => {
  const place = placeOf(groupOf({ priority: later('x') }));
  const [{ group }] = place.levels;
  expect(walk(place).waitsFor).toMatchObject([
    {
      reason: { kind: 'unsupported' },
      origin: group === 'none' || 'unreadable' in group ? {} : group.origin,
    },
  ]);
});

test('a secret name or priority is not shown', () => {
  const { decisive } = walk(placeOf(groupOf({ access: 'Deny', priority: secret(100), name: secret('r') })));
  expect(decisive?.name).toBe('nsg-subnet');
  expect(decisive).not.toHaveProperty('priority');
});

test.each([
  ['may not be declared', { condition: later('declared') }],
  ['may belong to another group', { certain: false }],
])('a rule that %s only may match', (_, doubt) => {
  const place = placeOf(groupOf({ access: 'Deny' }, { priority: 200 }));
  const [{ group, ...subnet }, nic] = place.levels;
  if (group === 'none' || 'unreadable' in group) throw new Error('there is a group');
  const items = group.rules.items.map((each, index) => (index === 0 ? { ...each, ...doubt } : each));
  const levels = [{ ...subnet, group: { ...group, rules: { items } } }, nic] as const;
  expect(told(walk({ ...place, levels }))).toEqual([
    'unknown',
    'snet: ?',
    `nic0: ${PASS}`,
    'waits for which of r0, r1 matches first',
  ]);
});
