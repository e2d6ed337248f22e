import { ALL_PORTS, ALL_PROTOCOLS, protocolSet } from '../../src/network/packets/packet.ts';
import { projectPackets } from '../../src/network/packets/packet-set.ts';
import { type Filter, type Membership, type Query, reach } from '../../src/network/reach.ts';
import type { CompiledRule } from '../../src/network/security-rules.ts';
import { certainly, compiled, groupOf, possibly, values } from '../support/compiled-rule.ts';
import { namesOf, waiting } from '../support/waiting.ts';

const NO_MEMBER: Membership = () => ({ is: 'no' });

function asked(match: Partial<Query> = {}): Query {
  return {
    protocol: protocolSet('tcp'),
    source: values(1),
    sourcePort: ALL_PORTS,
    destination: values(4),
    destinationPort: values(80, 81),
    ...match,
  };
}

/** The verdict, the ports that certainly pass, those that certainly do not, and what the answer waits for. */
function said(
  filters: readonly Filter[],
  admin: readonly CompiledRule[] = [],
  query: Query = asked(),
  membership: Membership = NO_MEMBER,
): string {
  const { verdict, allowed, denied, waitsFor } = reach(query, filters, membership, admin);
  const ports = [allowed, denied].map((set) => {
    const inSet = projectPackets(set, 'destinationPort');
    return [80, 81].filter((port) =>
      inSet.some((low, index) => index % 2 === 0 && low <= port && port < (inSet[index + 1] ?? 0)),
    );
  });
  return [verdict, `+${ports[0]}`, `-${ports[1]}`, ...namesOf(waitsFor)].join(' ');
}

const to = (...ports: readonly number[]) => ({ destinationPort: certainly(values(...ports)) });
const perhapsTo = (name: string, ...ports: readonly number[]) => ({
  destinationPort: possibly(values(...ports), waiting(name)),
});
const [ALLOW, DENY, EITHER] = [
  compiled('allow'),
  compiled('deny'),
  compiled('either', { doubts: [waiting('access')] }),
];
const doubted = (access: CompiledRule['access'], ...names: readonly string[]) =>
  compiled(access, { doubts: names.map(waiting) });

// Semantics 0.3: first match by priority; what a rule only may match stays in play for the rules below.
test.each<[what: string, rules: readonly CompiledRule[], expected: string]>([
  ['allow all', [ALLOW], 'open +80,81 -'],
  ['deny all', [DENY], 'blocked + -80,81'],
  ['the first of two', [ALLOW, DENY], 'open +80,81 -'],
  ['a port, and deny the rest', [compiled('allow', to(80)), DENY], 'partial +80 -81'],
  ['both ports one by one', [compiled('allow', to(80)), compiled('allow', to(81)), DENY], 'open +80,81 -'],
  ['no rule', [], 'unknown + -'],
  ['no rule for a port', [compiled('allow', to(80))], 'unknown +80 -'],
  [
    'an uncertain allow above a certain one',
    [compiled('allow', perhapsTo('a', 80, 81)), ALLOW],
    'open +80,81 -',
  ],
  ['an uncertain deny above a certain one', [compiled('deny', perhapsTo('a', 80)), DENY], 'blocked + -80,81'],
  ['an uncertain allow above a deny', [compiled('allow', perhapsTo('a', 80)), DENY], 'unknown + -81 a'],
  ['an uncertain deny above an allow', [compiled('deny', perhapsTo('a', 81)), ALLOW], 'unknown +80 - a'],
  [
    'two uncertain ones above an allow',
    [compiled('allow', perhapsTo('a', 80)), compiled('deny', perhapsTo('b', 80)), ALLOW],
    'unknown +81 - a b',
  ],
  [
    'an uncertain rule below a certain one that takes its packets',
    [
      compiled('allow', to(80)),
      compiled('deny', perhapsTo('a', 80)),
      compiled('deny', perhapsTo('b', 81)),
      ALLOW,
    ],
    'unknown +80 - b',
  ],
  [
    'a rule that misses in one dimension and is not known in another',
    [
      compiled('allow', {
        protocol: possibly(ALL_PROTOCOLS, waiting('p')),
        source: possibly(values(2), waiting('s')),
      }),
      compiled('deny', perhapsTo('a', 80)),
      ALLOW,
    ],
    'unknown +81 - a',
  ],
  ['a rule that may stand here', [doubted('allow', 'place'), DENY], 'unknown + - place'],
  ['a rule that may stand here, above one like it', [doubted('allow', 'place'), ALLOW], 'open +80,81 -'],
  ['what is not known to allow or deny', [EITHER, ALLOW], 'unknown + - access'],
  [
    'what is not known to allow or deny takes its packets all the same',
    [EITHER, compiled('deny', perhapsTo('a', 80)), ALLOW],
    'unknown + - access',
  ],
  [
    'unless it may not stand here either',
    [doubted('either', 'access', 'place'), compiled('deny', perhapsTo('a', 80)), ALLOW],
    'unknown + - access place a',
  ],
  [
    'a rule that may not stand here takes nothing',
    [doubted('allow', 'place'), compiled('deny', to(80)), ALLOW],
    'unknown +81 - place',
  ],
])('a group with %s', (_, rules, expected) => {
  expect(said([groupOf(...rules)])).toBe(expected);
});

// Semantics 1.1: all levels must allow.
test.each<[what: string, filters: readonly Filter[], expected: string]>([
  ['no level', [], 'open +80,81 -'],
  ['no group', ['none', 'none'], 'open +80,81 -'],
  ['one group', ['none', groupOf(DENY)], 'blocked + -80,81'],
  ['two groups that allow', [groupOf(ALLOW), groupOf(ALLOW)], 'open +80,81 -'],
  ['two groups of which one denies', [groupOf(ALLOW), groupOf(DENY)], 'blocked + -80,81'],
  [
    'two groups that allow a port each',
    [groupOf(compiled('allow', to(80)), DENY), groupOf(compiled('allow', to(81)), DENY)],
    'blocked + -80,81',
  ],
  ['a group that cannot be read', [{ unreadable: waiting('group') }], 'unknown + - group'],
  [
    'a group that cannot be read, and a deny',
    [{ unreadable: waiting('group') }, groupOf(DENY)],
    'blocked + -80,81',
  ],
  [
    'two groups in doubt',
    [groupOf(doubted('deny', 'first'), ALLOW), groupOf(doubted('deny', 'second'), ALLOW)],
    'unknown + - first second',
  ],
  ['a group with further rules', [{ ...groupOf(ALLOW), moreRules: waiting('rules') }], 'unknown + - rules'],
])('%s', (_, filters, expected) => {
  expect(said(filters)).toBe(expected);
});

test('a group on both levels is asked once', () => {
  const both = groupOf(doubted('deny', 'place'), ALLOW);
  expect(said([both, both])).toBe('unknown + - place');
});

const [DELIVER, PASS_ON, STOP] = [compiled('always'), ALLOW, DENY];

// Semantics 6.6: Deny stops, AlwaysAllow delivers, Allow goes on to the groups, and so does what no rule matches.
test.each<[what: string, admin: readonly CompiledRule[], group: CompiledRule, expected: string]>([
  ['Deny', [STOP], ALLOW, 'blocked + -80,81'],
  ['AlwaysAllow', [DELIVER], DENY, 'open +80,81 -'],
  ['Allow', [PASS_ON], DENY, 'blocked + -80,81'],
  ['Allow', [PASS_ON], ALLOW, 'open +80,81 -'],
  ['Allow above Deny', [PASS_ON, STOP], ALLOW, 'open +80,81 -'],
  ['Deny above AlwaysAllow', [STOP, DELIVER], ALLOW, 'blocked + -80,81'],
  ['AlwaysAllow above Deny', [DELIVER, STOP], DENY, 'open +80,81 -'],
  ['AlwaysAllow of a port', [compiled('always', to(80))], DENY, 'partial +80 -81'],
  ['Deny of a port', [compiled('deny', to(80))], ALLOW, 'partial +81 -80'],
  ['an uncertain Deny', [doubted('deny', 'd')], ALLOW, 'unknown + - d'],
  ['an uncertain Deny', [doubted('deny', 'd')], DENY, 'blocked + -80,81'],
  ['an uncertain Deny above AlwaysAllow', [doubted('deny', 'd'), DELIVER], DENY, 'unknown + - d'],
  ['an uncertain AlwaysAllow', [doubted('always', 'd')], DENY, 'unknown + - d'],
  ['an uncertain AlwaysAllow', [doubted('always', 'd')], ALLOW, 'open +80,81 -'],
  ['an uncertain AlwaysAllow above Deny', [doubted('always', 'd'), STOP], ALLOW, 'unknown + - d'],
  ['an uncertain Allow above Deny', [doubted('allow', 'd'), STOP], ALLOW, 'unknown + - d'],
  ['an uncertain Allow above Deny', [doubted('allow', 'd'), STOP], DENY, 'blocked + -80,81'],
  ['an unknown action', [EITHER], ALLOW, 'unknown + - access'],
  ['an unknown action', [EITHER], DENY, 'unknown + - access'],
  ['an unknown action below Deny', [STOP, EITHER], ALLOW, 'blocked + -80,81'],
])('a security admin rule with %s: %#', (_, admin, group, expected) => {
  expect(said([groupOf(group)], admin)).toBe(expected);
});

test.each<[what: string, match: Partial<CompiledRule>, expected: string]>([
  ['another protocol', { protocol: certainly(protocolSet('udp')) }, 'blocked + -80,81'],
  ['another port', to(82), 'blocked + -80,81'],
  ['another source', { source: certainly(values(2)) }, 'blocked + -80,81'],
  ['another source port', { sourcePort: certainly(values(80)) }, 'partial +80,81 -80,81'],
  ['another destination', { destination: certainly(values(5)) }, 'blocked + -80,81'],
  ['a protocol that is not known', { protocol: possibly(ALL_PROTOCOLS, waiting('p')) }, 'unknown + - p'],
  [
    'two dimensions that are not known',
    { protocol: possibly(ALL_PROTOCOLS, waiting('p')), source: possibly(values(1), waiting('s')) },
    'unknown + - p s',
  ],
  [
    'a dimension that is not known, and one that misses',
    { protocol: possibly(ALL_PROTOCOLS, waiting('p')), source: possibly(values(2), waiting('s')) },
    'blocked + -80,81',
  ],
  [
    'ports of which one is certain',
    { destinationPort: { must: values(80), may: values(80, 81), waitsFor: [waiting('port')] } },
    'unknown +80 - port',
  ],
  [
    'ports of which those that are asked about are certain',
    { destinationPort: { must: values(80, 81), may: ALL_PORTS, waitsFor: [waiting('port')] } },
    'open +80,81 -',
  ],
  [
    'ports of which those that it may match are certain',
    {
      destinationPort: { must: values(80), may: values(80), waitsFor: [waiting('port')] },
      source: possibly(values(1), waiting('s')),
    },
    'unknown + -81 s',
  ],
])('an allow for %s above a deny', (_, match, expected) => {
  expect(said([groupOf(compiled('allow', match), DENY)])).toBe(expected);
});

test('an address that is not known is one of several: what passes to some of them only is open', () => {
  const query = asked({ destination: values(4, 5) });
  const toOne = compiled('allow', { destination: certainly(values(4)) });
  expect(said([groupOf(toOne, DENY)], [], query)).toBe('unknown +80,81 -80,81');
  expect(said([groupOf(compiled('allow', to(80)), DENY)], [], query)).toBe('partial +80 -81');
  const denyOne = compiled('deny', { destination: certainly(values(4)), ...to(80) });
  expect(said([groupOf(denyOne, ALLOW)], [], query)).toBe('unknown +80,81 -80');
});

test('no packets are neither open nor blocked', () => {
  expect(said([groupOf(ALLOW)], [], asked({ source: [] }))).toBe('unknown + -');
});

test('the rules of a group are asked anew for other ports and other protocols', () => {
  const group = groupOf(compiled('allow', { ...to(80), protocol: certainly(protocolSet('udp')) }), DENY);
  const port = { destinationPort: values(80) };
  expect(said([group], [], asked(port))).toBe('blocked + -80');
  expect(said([group], [], asked({ ...port, protocol: protocolSet('udp') }))).toBe('open +80 -');
  expect(said([group], [], asked({ destinationPort: values(81), protocol: protocolSet('udp') }))).toBe(
    'blocked + -81',
  );
});

const GROUP = { kind: 'to', id: '/asg' } as const;
const NAMES_GROUP = { destination: certainly([]), ownGroups: { items: [GROUP] } };
const NAMES_OWNER = { destination: certainly([]), owners: { source: [], destination: ['/nic'] } };
const MORE_GROUPS = { destination: certainly([]), ownGroups: { items: [], unknown: waiting('groups') } };

test.each<[what: string, match: Partial<CompiledRule>, is: ReturnType<Membership>, expected: string]>([
  ['a group it is in', NAMES_GROUP, { is: 'yes' }, 'open +80,81 -'],
  ['a group it is not in', NAMES_GROUP, { is: 'no' }, 'blocked + -80,81'],
  ['a group it may be in', NAMES_GROUP, { is: 'unknown', waitsFor: waiting('member') }, 'unknown + - member'],
  ['its own address', NAMES_OWNER, { is: 'yes' }, 'open +80,81 -'],
  ['the address of another', NAMES_OWNER, { is: 'no' }, 'blocked + -80,81'],
  [
    'groups that are not known',
    MORE_GROUPS,
    { is: 'unknown', waitsFor: waiting('groups') },
    'unknown + - groups',
  ],
  ['no group and no owner', { destination: certainly([]) }, { is: 'yes' }, 'blocked + -80,81'],
  [
    'a group it may be in, or a prefix that is not known',
    { ...NAMES_GROUP, destination: possibly(values(4), waiting('prefix')) },
    { is: 'unknown', waitsFor: waiting('member') },
    'unknown + - prefix member',
  ],
  [
    'a group it is not in, or a prefix that holds it',
    { ...NAMES_GROUP, destination: certainly(values(4)) },
    { is: 'no' },
    'open +80,81 -',
  ],
])('an allow for %s', (_, match, is, expected) => {
  const membership: Membership = (_rule, side) => (side === 'destination' ? is : { is: 'no' });
  expect(said([groupOf(compiled('allow', match), DENY)], [], asked(), membership)).toBe(expected);
});

test('the source of an outbound rule is the machine, which it may name as the owner of an address', () => {
  const named = compiled('allow', { source: certainly([]), owners: { source: ['/nic'], destination: [] } });
  const owner: Membership = (_rule, side) => ({ is: side === 'source' ? 'yes' : 'no' });
  expect(said([groupOf(named, DENY)], [], asked(), owner)).toBe('open +80,81 -');
  expect(said([groupOf(named, DENY)], [], asked(), NO_MEMBER)).toBe('blocked + -80,81');
});
