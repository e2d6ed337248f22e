import type { DiagnosisId } from '../../src/network/diagnose.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { Path } from '../../src/network/path.ts';
import { known } from '../../src/value/value.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule, SUBNET, VIP } from '../support/estate.ts';
import { waiting } from '../support/waiting.ts';

const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' } as const;
const INTERNET_80 = { protocol: 'Tcp', sourceAddressPrefix: 'Internet', destinationPortRange: '80' };
const WEB = sub('applicationSecurityGroups/web');
const DB = sub('applicationSecurityGroups/db');
const IN_WEB = { ipConfiguration: { applicationSecurityGroups: [WEB] } };
const TO_8080 = { rule: { backendPort: 8080 } };
const FLOATING = { rule: { enableFloatingIP: true }, internal: true };
const DENY = rule(200, 'Deny');

function allow(priority: number, match: Record<string, unknown> = {}): Record<string, unknown> {
  return rule(priority, 'Allow', { ...INTERNET_80, ...match });
}

/** Names a destination by application security groups alone. */
function toGroups(...groups: readonly unknown[]): Record<string, unknown> {
  return { destinationAddressPrefix: undefined, destinationApplicationSecurityGroups: groups };
}

function onlyPath(options: EstateOptions): Path | undefined {
  return buildNetwork(estate(options)).paths[0];
}

/** `client-not-in-source: Allow100 before Deny200, free 199`. */
function told(diagnosis: Path['diagnosis']): string | undefined {
  if (diagnosis === undefined) return undefined;
  const { id, at, decisive, intended, freePriority } = diagnosis;
  const meant = intended === undefined ? '' : `${intended.name} (${intended.priority}) and `;
  return `${id} at ${at}: ${meant}${decisive.name}, free ${freePriority}`;
}

function dataOf(options: EstateOptions): string | undefined {
  return told(onlyPath(options)?.members[0]?.data.diagnosis);
}

const FROM_PARTNER = { sourceAddressPrefix: '10.9.0.0/16' };
const FROM_PROBE = { sourceAddressPrefix: 'AzureLoadBalancer' };

test.each<[what: string, id: DiagnosisId, match: Record<string, unknown>, options?: EstateOptions]>([
  ['allows the port of the frontend', 'allows-frontend-port', {}, TO_8080],
  [
    'allows the address of the frontend',
    'allows-frontend-address',
    { destinationAddressPrefix: VIP },
    { internal: true, rule: {} },
  ],
  ['names the group of another machine', 'member-outside-asg', toGroups(DB), IN_WEB],
  ['lets in probes', 'load-balancer-tag-as-client', FROM_PROBE],
  ['lets in others', 'client-not-in-source', FROM_PARTNER],
  [
    'lets in a group of clients',
    'client-not-in-source',
    { sourceAddressPrefix: undefined, sourceApplicationSecurityGroups: [WEB] },
  ],
  ['is about another protocol', 'protocol-mismatch', { protocol: 'Udp' }],
  ['is about a port that nobody sends from', 'source-port-restricted', { sourcePortRange: '0' }],
])('an allow that %s is told as %s', (_what, id, match, options = {}) => {
  const vnet = options.internal ? { sourceAddressPrefix: '*' } : {};
  const rules = [allow(100, { ...vnet, ...match })];
  const decisive = options.internal ? rule(4096, 'Deny') : undefined;
  const subnetRules = decisive === undefined ? rules : [...rules, decisive];
  const end = decisive === undefined ? 'DenyAllInBound, free 110' : 'Deny4096, free 4095';
  expect(dataOf({ ...options, subnetRules })).toBe(`${id} at member: Allow100 (100) and ${end}`);
});

test.each<[what: string, match: Record<string, unknown>, options?: EstateOptions]>([
  ['misses two things', { protocol: 'Udp', destinationPortRange: '81' }],
  ['is about another port', { destinationPortRange: '81' }],
  ['is about other machines', { destinationAddressPrefix: '10.0.9.0/24' }],
  ['denies', { access: 'Deny', protocol: 'Udp' }],
  ['is about every port of other clients', { ...FROM_PARTNER, destinationPortRange: '*' }],
])('an allow that %s was not meant for the packets', (_what, match, options = {}) => {
  expect(dataOf({ ...options, subnetRules: [allow(100, match)] })).toBe(
    'default-deny at member: DenyAllInBound, free 110',
  );
});

test.each<[what: string, match: Record<string, unknown>, options?: EstateOptions]>([
  ['would let the packets in', {}],
  ['may let them in, by a tag', { sourceAddressPrefix: 'Storage' }],
  ['names the group of the member', toGroups(WEB), IN_WEB],
  ['may name the group of the member', toGroups({ id: waiting('group') }), IN_WEB],
  [
    'names the later address of the member',
    {
      destinationAddressPrefix: {
        ...(waiting('later') as object),
        references: [
          {
            id: '/microsoft.network/networkinterfaces/nic0/ipconfigurations/ip',
            property: 'privateIPAddress',
          },
        ],
      },
    },
  ],
])('an allow behind a deny that %s is shadowed', (_what, match, options = {}) => {
  expect(dataOf({ ...options, subnetRules: [DENY, allow(300, match)] })).toBe(
    'shadowed-by-deny at member: Allow300 (300) and Deny200, free 199',
  );
});

test.each<[what: string, match: Record<string, unknown>, options?: EstateOptions]>([
  ['allows the port of the frontend', {}, TO_8080],
  ['lets in others', FROM_PARTNER],
  ['names the group of another machine', toGroups(DB), IN_WEB],
])('an allow behind a deny that %s needs two changes', (_what, match, options = {}) => {
  expect(dataOf({ ...options, subnetRules: [DENY, allow(300, match)] })).toBe(
    'explicit-deny at member: Deny200, free 199',
  );
});

test('above a deny the probe needs its allow, which is no mistake about clients', () => {
  expect(dataOf({ subnetRules: [allow(100, FROM_PROBE), DENY] })).toBe(
    'explicit-deny at member: Deny200, free 199',
  );
});

const IS_FRONTEND = { destinationAddressPrefix: VIP };

test.each<[first: DiagnosisId, second: DiagnosisId, rules: readonly unknown[], options?: EstateOptions]>([
  [
    'shadowed-by-deny',
    'allows-frontend-port',
    [allow(100), allow(300, { destinationPortRange: '8080' })],
    TO_8080,
  ],
  [
    'allows-frontend-port',
    'allows-frontend-address',
    [allow(100, { ...IS_FRONTEND, destinationPortRange: '8080' }), allow(110)],
    TO_8080,
  ],
  ['allows-frontend-address', 'client-not-in-source', [allow(100, FROM_PARTNER), allow(110, IS_FRONTEND)]],
  [
    'floating-ip-destination',
    'client-not-in-source',
    [allow(100, FROM_PARTNER), allow(110, { destinationAddressPrefix: '10.0.1.0/26' })],
    FLOATING,
  ],
  ['member-outside-asg', 'client-not-in-source', [allow(100, FROM_PARTNER), allow(110, toGroups(DB))]],
  ['client-not-in-source', 'protocol-mismatch', [allow(100, { protocol: 'Udp' }), allow(110, FROM_PARTNER)]],
  [
    'protocol-mismatch',
    'source-port-restricted',
    [allow(100, { sourcePortRange: '0' }), allow(110, { protocol: 'Udp' })],
  ],
])('%s is told before %s', (first, _second, rules, options = {}) => {
  const all = rules.map((each) => each as { properties: Record<string, unknown> });
  const open = all.map((each) => {
    const { sourceAddressPrefix } = each.properties;
    return sourceAddressPrefix === 'Internet'
      ? { ...each, properties: { ...each.properties, sourceAddressPrefix: '*' } }
      : each;
  });
  expect(onlyPath({ internal: true, ...options, subnetRules: [...open, DENY] })?.diagnosis?.id).toBe(first);
});

test.each<[first: DiagnosisId, second: DiagnosisId, rules: readonly unknown[], options?: EstateOptions]>([
  [
    'shadowed-by-deny',
    'floating-ip-destination',
    [allow(100, { destinationAddressPrefix: SUBNET }), DENY, allow(300)],
    { rule: { enableFloatingIP: true } },
  ],
  ['shadowed-by-deny', 'member-outside-asg', [allow(100, toGroups(DB)), DENY, allow(300)]],
  [
    'allows-frontend-port',
    'load-balancer-tag-as-client',
    [allow(100, { ...FROM_PROBE, destinationPortRange: '8080' }), allow(110)],
    TO_8080,
  ],
])('of a public frontend %s is told before %s', (first, _second, subnetRules, options = {}) => {
  expect(onlyPath({ ...options, subnetRules })?.diagnosis?.id).toBe(first);
});

test('of the rules that forget the clients the one for probes is told first, where the default closes the path', () => {
  const rules = [allow(100, FROM_PARTNER), allow(110, FROM_PROBE), allow(120, { protocol: 'Udp' })];
  expect(dataOf({ subnetRules: rules })).toBe(
    'load-balancer-tag-as-client at member: Allow110 (110) and DenyAllInBound, free 130',
  );
});

test.each<[what: string, match: Record<string, unknown>, expected: string]>([
  [
    'the subnet of the backend',
    { destinationAddressPrefix: SUBNET },
    'floating-ip-destination at member: Allow100 (100) and ',
  ],
  ['the group of the backend', toGroups(WEB), 'floating-ip-destination at member: Allow100 (100) and '],
  ['other machines', { destinationAddressPrefix: '10.9.0.0/16' }, 'default-deny at member: '],
])('with floating IP an allow for %s', (_what, match, expected) => {
  const options = { ...IN_WEB, rule: { enableFloatingIP: true }, subnetRules: [allow(100, match)] };
  expect(dataOf(options)).toBe(`${expected}DenyAllInBound, free 110`);
});

test('a balancer that is named by the tag of its probe is told by that name', () => {
  const namesTag = (destinationAddressPrefix: string): unknown =>
    onlyPath({ subnetRules: [allow(100, { destinationAddressPrefix })] })?.diagnosis?.intended?.namesTag;
  expect(namesTag('AzureLoadBalancer')).toBe('AzureLoadBalancer');
  expect(namesTag('168.63.129.16')).toBe('AzureLoadBalancer');
  const front = { frontend: { privateIPAddress: VIP }, internal: true };
  const named = onlyPath({
    ...front,
    subnetRules: [allow(100, { ...IS_FRONTEND, sourceAddressPrefix: '*' }), DENY],
  });
  expect(named?.diagnosis?.id).toBe('allows-frontend-address');
  expect(named?.diagnosis?.intended?.namesTag).toBe(undefined);
});

// Semantics 11.1: whether Internet holds the source of probes is open.
test.each<[source: string, expected: string]>([
  ['Internet', 'explicit-deny at member: Deny200, free 199'],
  ['AzureLoadBalancer', 'shadowed-by-deny at member: Allow300 (300) and Deny200, free 199'],
])('an allow for %s behind a deny and the probe', (sourceAddressPrefix, expected) => {
  const probe = { protocol: 'Tcp', port: 8080 };
  const path = onlyPath({
    probe,
    subnetRules: [allow(100), DENY, allow(300, { sourceAddressPrefix, destinationPortRange: '*' })],
  });
  expect(told(path?.members[0]?.probe?.diagnosis)).toBe(expected);
});

test('a probe that misses one thing of an allow is denied, and nobody forgot a client', () => {
  const probe = { protocol: 'Tcp', port: 8080 };
  const path = onlyPath({ probe, subnetRules: [allow(100), allow(110, FROM_PROBE), DENY] });
  expect(told(path?.members[0]?.probe?.diagnosis)).toBe('explicit-deny at member: Deny200, free 199');
});

test('the level whose default rule drops the packet is the one that is read', () => {
  const options = {
    subnetRules: [rule(100, 'Allow'), rule(110, 'Deny')],
    nicRules: [allow(300)],
    ...TO_8080,
  };
  expect(dataOf(options)).toBe('allows-frontend-port at member: Allow300 (300) and DenyAllInBound, free 100');
});

/** Priority `n` of a secret. */
function secret(value: number): unknown {
  return { ...known(value, ORIGIN), sensitive: true };
}

test('a priority that is a secret is not told, nor one that would say where it lies', () => {
  expect(dataOf({ subnetRules: [allow(100, { ...FROM_PARTNER, priority: secret(100) })] })).toBe(
    'client-not-in-source at member: Allow100 (undefined) and DenyAllInBound, free 110',
  );
  expect(dataOf({ subnetRules: [rule(100, 'Deny', { priority: secret(100) })] })).toBe(
    'explicit-deny at member: Deny100, free undefined',
  );
});

test.each<[what: string, rules: readonly unknown[], free: string]>([
  ['the lowest round one before a default rule', [], 'DenyAllInBound, free 100'],
  [
    'the next round one',
    [allow(100, { protocol: 'Esp', destinationPortRange: '81' })],
    'DenyAllInBound, free 110',
  ],
  ['one before a deny', [rule(4096, 'Deny')], 'Deny4096, free 4095'],
  ['the lowest one', [rule(101, 'Deny')], 'Deny101, free 100'],
  ['none before the lowest', [rule(100, 'Deny')], 'Deny100, free undefined'],
  [
    'one that only an outbound rule has',
    [DENY, rule(199, 'Deny', { direction: 'OUTBOUND' })],
    'Deny200, free 199',
  ],
  [
    'none that a rule has whose direction is open',
    [DENY, rule(199, 'Deny', { direction: waiting('way'), destinationPortRange: '81' })],
    'Deny200, free 198',
  ],
  [
    'none for one that is open',
    [DENY, rule(199, 'Deny', { priority: waiting('place'), destinationPortRange: '81' })],
    'Deny200, free 199',
  ],
])('a free priority: %s', (_what, subnetRules, expected) => {
  expect(dataOf({ subnetRules })).toMatch(new RegExp(`(de(ny|fault-deny)) at member: ${expected}$`));
});

const FROM_SOME = { sourceAddressPrefix: '203.0.113.0/28' };

test.each<[what: string, id: DiagnosisId, rules: readonly unknown[], options?: EstateOptions]>([
  ['clients that a deny names', 'explicit-deny', [rule(100, 'Deny', FROM_SOME), allow(110)]],
  ['clients that no rule names', 'client-not-in-source', [allow(100, FROM_SOME)]],
  ['source ports that no rule names', 'source-port-restricted', [allow(100, { sourcePortRange: '80' })]],
  [
    'source ports that a deny names',
    'explicit-deny',
    [rule(100, 'Deny', { sourcePortRange: '80' }), allow(110)],
  ],
  [
    'ports that no rule names',
    'default-deny',
    [allow(100, { protocol: '*' })],
    { rule: { protocol: 'All', frontendPort: 0, backendPort: 0 } },
  ],
  [
    'protocols that no rule names',
    'default-deny',
    [allow(100, { destinationPortRange: '*' })],
    { rule: { protocol: 'All', frontendPort: 0, backendPort: 0 } },
  ],
])('of a path that is open in part, %s are dropped: %s', (_what, id, subnetRules, options = {}) => {
  const path = onlyPath({ ...options, subnetRules });
  expect(path?.data).toBe('partial');
  expect(path?.diagnosis).toMatchObject({ id, at: 'member' });
  expect(path?.diagnosis?.intended).toBe(undefined);
});
