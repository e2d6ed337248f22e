import { and, between, type Formula, not, or } from './packet-formula.ts';
import type { PlainAdminRule, PlainRule, PlainSide } from './plain-estate.ts';

/** What a rule looks at from the machine it protects: azure-semantics sections 0.4, 1.6 and 1.7. */
export interface Standpoint {
  readonly direction: 'Inbound' | 'Outbound';
  readonly space: readonly string[];
  /** Spaces of networks peered both ways. */
  readonly peers: readonly string[];
  /** Spaces of networks that may be peers: only one side says so. */
  readonly neighbours: readonly string[];
  readonly hasDefaultRoute: boolean;
  /** Application security groups of the machine. */
  readonly memberOf: readonly string[];
}

/** What a rule certainly matches and what it possibly matches. */
export interface Bounds {
  readonly must: Formula;
  readonly may: Formula;
}

/** The source or the destination of the packet. */
export type End = 's' | 'd';

const ALL: Bounds = { must: 'true', may: 'true' };

/**
 * Section 0.3, literally: the packets to which a level may give each outcome. Rules come in ascending priority, the
 * default rules of section 1.3 last; a packet that a rule only possibly matches goes on to the rules below.
 */
export function outcomes(
  rules: readonly PlainRule[],
  standpoint: Standpoint,
  name: string,
): { definitions: string; mayAllow: string; mayDeny: string } {
  const ordered = rules
    .filter(({ direction }) => direction === standpoint.direction)
    .toSorted((a, b) => a.priority - b.priority);
  const steps = [
    ...ordered.map((rule) => ({ allows: rule.access === 'Allow', ...ruleBounds(rule, standpoint) })),
    ...defaultRules(standpoint),
  ];
  const definitions: string[] = [];
  let rest: Formula = 'true';
  const may: { allow: Formula[]; deny: Formula[] } = { allow: [], deny: [] };
  for (const [index, step] of steps.entries()) {
    const reaches = `${name}reaches${index}`;
    definitions.push(`(define-fun ${reaches} () Bool ${rest})`);
    (step.allows ? may.allow : may.deny).push(and([reaches, step.may]));
    rest = and([reaches, not(step.must)]);
  }
  definitions.push(`(define-fun ${name}mayAllow () Bool ${or(may.allow)})`);
  definitions.push(`(define-fun ${name}mayDeny () Bool ${or(may.deny)})`);
  return {
    definitions: definitions.join('\n'),
    mayAllow: `${name}mayAllow`,
    mayDeny: `${name}mayDeny`,
  };
}

/**
 * Section 6.6: the packets that security admin rules may stop, may deliver past all groups, and may leave to the groups,
 * which they do where they allow and where none of them matches.
 */
export function adminOutcomes(
  rules: readonly PlainAdminRule[],
  standpoint: Standpoint,
): { definitions: string; mayStop: Formula; mayDeliver: Formula; mayGoOn: Formula } {
  const definitions: string[] = [];
  const may: Record<PlainAdminRule['access'], Formula[]> = { Allow: [], Deny: [], AlwaysAllow: [] };
  let rest: Formula = 'true';
  const ordered = rules
    .filter(({ direction }) => direction === standpoint.direction)
    .toSorted((a, b) => a.priority - b.priority);
  for (const [index, rule] of ordered.entries()) {
    const bounds = ruleBounds({ ...rule, access: 'Allow' }, standpoint);
    const reaches = `adminreaches${index}`;
    definitions.push(`(define-fun ${reaches} () Bool ${rest})`);
    may[rule.access].push(and([reaches, bounds.may]));
    rest = and([reaches, not(bounds.must)]);
  }
  return {
    definitions: definitions.join('\n'),
    mayStop: or(may.Deny),
    mayDeliver: or(may.AlwaysAllow),
    mayGoOn: or([...may.Allow, rest]),
  };
}

/** Section 1.3. */
export function defaultRules(standpoint: Standpoint): readonly (Bounds & { allows: boolean })[] {
  const ofTags = (source: string, destination: string): Bounds =>
    both([prefixBounds('s', source, standpoint), prefixBounds('d', destination, standpoint)]);
  return standpoint.direction === 'Inbound'
    ? [
        { allows: true, ...ofTags('VirtualNetwork', 'VirtualNetwork') },
        { allows: true, ...ofTags('AzureLoadBalancer', '*') },
        { allows: false, ...ALL },
      ]
    : [
        { allows: true, ...ofTags('VirtualNetwork', 'VirtualNetwork') },
        { allows: true, ...ofTags('*', 'Internet') },
        { allows: false, ...ALL },
      ];
}

function ruleBounds(rule: PlainRule, standpoint: Standpoint): Bounds {
  return both([
    exactly(protocolFormula(rule.protocol)),
    exactly(or(rule.sourcePorts.map((text) => portFormula('sp', text)))),
    exactly(or(rule.destinationPorts.map((text) => portFormula('dp', text)))),
    sideBounds('s', rule.source, standpoint),
    sideBounds('d', rule.destination, standpoint),
  ]);
}

function exactly(formula: Formula): Bounds {
  return { must: formula, may: formula };
}

function both(parts: readonly Bounds[]): Bounds {
  return { must: and(parts.map(({ must }) => must)), may: and(parts.map(({ may }) => may)) };
}

function either(parts: readonly Bounds[]): Bounds {
  return { must: or(parts.map(({ must }) => must)), may: or(parts.map(({ may }) => may)) };
}

/** What the written values of a rule match, one dimension each. */
export const written = {
  protocol: protocolFormula,
  port: portFormula,
  side: sideBounds,
};

/** The numbers that stand for tcp, udp, icmp, esp and ah in a formula. */
function protocolFormula(protocol: string): Formula {
  const order = ['tcp', 'udp', 'icmp', 'esp', 'ah'];
  return protocol === '*' ? 'true' : `(= p (_ bv${order.indexOf(protocol.toLowerCase())} 3))`;
}

function portFormula(variable: 'sp' | 'dp', text: string): Formula {
  if (text === '*') return 'true';
  const [low = '', high = low] = text.split('-');
  return between(variable, BigInt(low), BigInt(high), 16);
}

/**
 * Groups at the machine's own end match it if it is a member. As the source of what comes in they match addresses of
 * members, and which private addresses those are is Azure's to say; what goes out goes to frontends, which are in none.
 */
function sideBounds(end: End, side: PlainSide, standpoint: Standpoint): Bounds {
  if ('prefixes' in side) return either(side.prefixes.map((text) => prefixBounds(end, text, standpoint)));
  const isOwnEnd = end === (standpoint.direction === 'Inbound' ? 'd' : 's');
  if (isOwnEnd)
    return exactly(side.groups.some((name) => standpoint.memberOf.includes(name)) ? 'true' : 'false');
  if (standpoint.direction === 'Outbound') return exactly('false');
  return { must: 'false', may: prefixesFormula(end, insideOf(standpoint)) };
}

const PROBE = '168.63.129.16/32';
const IPV6_PROBE = 'fe80::1234:5678:9abc/128';
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];
const OUTSIDE_INTERNET = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '25.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  PROBE,
];

function insideOf({ space, peers, neighbours }: Standpoint): readonly string[] {
  return [...space, ...peers, ...neighbours, ...PRIVATE];
}

function prefixBounds(end: End, text: string, standpoint: Standpoint): Bounds {
  const { space, peers, neighbours, hasDefaultRoute } = standpoint;
  const inside = prefixesFormula(end, [...space, ...peers]);
  const isPublic = or([
    and([`(= ${end}k #b00)`, not(prefixesFormula(end, OUTSIDE_INTERNET))]),
    prefixFormula(end, '2000::/3'),
  ]);
  switch (text.toLowerCase()) {
    case '*':
    case '0.0.0.0/0':
    case '::/0':
      return ALL;
    case 'virtualnetwork':
      // Section 1.6: with a default route nobody knows what the tag holds.
      if (hasDefaultRoute) return { must: 'false', may: 'true' };
      return {
        must: or([inside, prefixFormula(end, PROBE)]),
        may: prefixesFormula(end, [...insideOf(standpoint), PROBE, IPV6_PROBE]),
      };
    case 'azureloadbalancer':
      return { must: prefixFormula(end, PROBE), may: prefixesFormula(end, [PROBE, IPV6_PROBE]) };
    case 'internet':
      // The list of what lies outside is one dump of one subnet: certain is only what it leaves in.
      return {
        must: and([isPublic, not(inside), not(prefixesFormula(end, neighbours))]),
        may: not(prefixesFormula(end, [...space, ...peers, ...PRIVATE])),
      };
    default:
      if (!/^[0-9a-f]*[.:]/i.test(text))
        return { must: 'false', may: or([isPublic, prefixFormula(end, PROBE)]) };
      return exactly(prefixFormula(end, text));
  }
}

export function prefixesFormula(end: End, texts: readonly string[]): Formula {
  return or(texts.map((text) => prefixFormula(end, text)));
}

/** The leading bits of an address against those of a prefix, or an address between two. */
function prefixFormula(end: End, text: string): Formula {
  const kind = text.includes(':') ? `(= ${end}k #b10)` : `(= ${end}k #b00)`;
  const [first = '', last] = text.split('-');
  if (last !== undefined) return and([kind, between(`${end}v`, numberOf(first), numberOf(last), 128)]);
  const [head = '', written] = text.split('/');
  const bits = text.includes(':') ? 128 : 32;
  const length = Number(written ?? bits);
  if (length === 0) return kind;
  const value = numberOf(head) >> BigInt(bits - length);
  return and([kind, `(= ((_ extract ${bits - 1} ${bits - length}) ${end}v) (_ bv${value} ${length}))`]);
}

function numberOf(text: string): bigint {
  if (!text.includes(':')) return text.split('.').reduce((value, octet) => value * 256n + BigInt(octet), 0n);
  const [head = '', tail] = text.split('::');
  const groups = (part: string | undefined): string[] =>
    part === undefined || part === '' ? [] : part.split(':');
  const [before, after] = [groups(head), groups(tail)];
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n);
}
