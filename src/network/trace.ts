import type { NetworkSecurityGroup, SecurityRule } from '../model/azure/network-security-group.ts';
import type { SecurityAdminRule } from '../model/azure/security-admin-rule.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { type Unknown, unknown } from '../value/value.ts';
import { DEFAULT_RULES, type DefaultRule, type Direction } from './default-rules.ts';
import type { Packet, TraceOptions } from './packet.ts';
import type { Level, Placement } from './placement.ts';
import {
  type Answer,
  every,
  lower,
  matchesOwnEnd,
  matchesPeerEnd,
  matchesPorts,
  matchesPrefix,
  matchesProtocol,
} from './rule-match.ts';
import type { AppliedAdminRule } from './security-admin.ts';

/** What decided at a hop. */
export interface DecidingRule {
  readonly name: string;
  readonly priority?: number;
  readonly effect: 'allow' | 'deny';
  /** The security group it stands in. */
  readonly group?: string;
  readonly origin: Origin;
  /** The rule itself, where it belongs to a group: several may be written in one place. */
  readonly rule?: SecurityRule | DefaultRule;
}

export interface Hop {
  /** The name of the subnet, network interface, virtual network, load balancing rule or route table. */
  readonly at: string;
  readonly stage: 'security-admin' | 'security-group' | 'load-balancer' | 'route' | 'outbound';
  /** Absent when the code does not settle what happens here. */
  readonly decidedBy?: DecidingRule;
  /** Earlier rules that may match and would decide the same way. */
  readonly eitherWay: readonly DecidingRule[];
}

/** What happens to one packet, hop by hop. Only this engine makes them, so evidence is always a replay. */
export interface Trace {
  readonly packet: Packet;
  readonly verdict: 'delivered' | 'dropped' | 'unknown';
  readonly hops: readonly Hop[];
  /** The rule that drops the packet. */
  readonly decisive?: DecidingRule;
  readonly waitsFor: readonly Unknown[];
}

/** Concrete: walks one packet rule by rule through the levels of its place, in the order of its direction. */
export function trace(packet: Packet, place: Placement, options: TraceOptions): Trace {
  const admin = walkAdminRules(packet, place, options);
  if (admin === undefined) return walkLevels(packet, place, options);
  const { hop, may } = admin;
  if (hop.decidedBy?.effect === 'deny') {
    return { packet, verdict: 'dropped', hops: [hop], decisive: hop.decidedBy, waitsFor: [] };
  }
  const isClosed = options.closedWithoutGroup !== 'no' && !place.levels.some(hasGroup);
  if (may.size === 1 && may.has('always') && !isClosed) {
    return { packet, verdict: 'delivered', hops: [hop], waitsFor: [] };
  }
  const behind = walkLevels(packet, place, options);
  const hops = [hop, ...behind.hops];
  const mayStop = may.has('deny') && behind.verdict !== 'dropped';
  const mayDeliver = may.has('always') && behind.verdict !== 'delivered';
  if (!mayStop && !mayDeliver) return { ...behind, hops };
  const opens = mayDeliver && isClosed ? [OPENED_WITHOUT_GROUP] : [];
  return { packet, verdict: 'unknown', hops, waitsFor: [...admin.waitsFor, ...opens, ...behind.waitsFor] };
}

function hasGroup({ group }: Level): boolean {
  return group !== 'none' && !('unreadable' in group);
}

function walkLevels(packet: Packet, place: Placement, options: TraceOptions): Trace {
  const hops: Hop[] = [];
  const waitsFor: Unknown[] = [];
  if (place.levels.every((level) => level.group === 'none') && options.closedWithoutGroup !== 'no') {
    if (options.closedWithoutGroup === 'yes') {
      const at = place.levels.map((level) => level.label).join(' and ');
      const hop: Hop = { at, stage: 'security-group', decidedBy: SECURE_BY_DEFAULT, eitherWay: [] };
      return { packet, verdict: 'dropped', hops: [hop], decisive: SECURE_BY_DEFAULT, waitsFor: [] };
    }
    waitsFor.push(options.closedWithoutGroup.unknown);
  }
  for (const level of options.direction === 'outbound' ? place.levels.toReversed() : place.levels) {
    const hop = walk(packet, level, place, options, waitsFor);
    hops.push(hop);
    if (hop.decidedBy?.effect === 'deny') {
      return { packet, verdict: 'dropped', hops, decisive: hop.decidedBy, waitsFor: [] };
    }
  }
  return { packet, verdict: waitsFor.length === 0 ? 'delivered' : 'unknown', hops, waitsFor };
}

type AdminEffect = 'allow' | 'deny' | 'always';

interface AdminWalk {
  /** Decided when only one thing may happen. */
  readonly hop: Hop;
  /** What may happen; `allow` goes on to the security groups. */
  readonly may: ReadonlySet<AdminEffect>;
  readonly waitsFor: readonly Unknown[];
}

/** Semantics 6.6: the first rule that matches decides; without one the security groups do. Undefined when no rule may match. */
function walkAdminRules(packet: Packet, place: Placement, options: TraceOptions): AdminWalk | undefined {
  const direction: Direction = options.direction ?? 'inbound';
  const may = new Set<AdminEffect>();
  const waitsFor: Unknown[] = [];
  const before: DecidingRule[] = [];
  let decidedBy: DecidingRule | undefined;
  for (const candidate of inOrder(place.adminRules, direction)) {
    const answer = matchesAdminRule(candidate, packet, place, options);
    if (answer === 'no') continue;
    const { rule, doubt } = candidate;
    const effect = ADMIN_EFFECTS[lower(rule.access) ?? ''];
    for (const each of effect === undefined ? (['allow', 'deny', 'always'] as const) : [effect])
      may.add(each);
    if (effect === undefined) waitsFor.push(accessOf(rule));
    const decision = adminDecision(rule, effect);
    if (answer === 'yes') {
      decidedBy = decision;
      break;
    }
    before.push(decision);
    const open = { kind: 'unsupported', name: `whether ${rule.address} matches` } as const;
    waitsFor.push(doubt ?? unknown(open, rule.origin));
  }
  if (may.size === 0) return undefined;
  if (decidedBy === undefined) may.add('allow');
  const decided =
    decidedBy !== undefined && may.size === 1 ? { decidedBy, eitherWay: before } : { eitherWay: [] };
  return { hop: { at: place.surroundings.label, stage: 'security-admin', ...decided }, may, waitsFor };
}

/** What an effect that the code leaves open waits for. */
function accessOf({ access, name, address }: Pick<SecurityRule, 'access' | 'name' | 'address'>): Unknown {
  if (access.kind === 'unknown') return access;
  return unknown({ kind: 'unsupported', name: `the access of ${textOr(name, address)}` }, access.origin);
}

function inOrder(rules: readonly AppliedAdminRule[], direction: Direction): readonly AppliedAdminRule[] {
  const other = direction === 'inbound' ? 'outbound' : 'inbound';
  const rank = ({ rule }: AppliedAdminRule): number =>
    rule.priority.kind === 'known' ? rule.priority.value : -1;
  return rules.filter(({ rule }) => lower(rule.direction) !== other).sort((a, b) => rank(a) - rank(b));
}

const ADMIN_EFFECTS: Readonly<Record<string, AdminEffect>> = {
  allow: 'allow',
  deny: 'deny',
  alwaysallow: 'always',
};

function matchesAdminRule(
  { rule, source, destination, doubt }: AppliedAdminRule,
  packet: Packet,
  place: Placement,
  options: TraceOptions,
): Answer {
  const direction: Direction = options.direction ?? 'inbound';
  const answer = every([
    matchesProtocol(rule.protocol, packet.protocol),
    ...matchesEnds(packet, direction, { source, destination }, place, options),
  ]);
  const isCertain =
    doubt === undefined &&
    rule.certain &&
    rule.condition === undefined &&
    rule.priority.kind === 'known' &&
    lower(rule.direction) === direction;
  return answer === 'yes' && !isCertain ? 'maybe' : answer;
}

function adminDecision(rule: SecurityAdminRule, effect: AdminEffect | undefined): DecidingRule {
  return {
    name: textOr(rule.name, rule.address),
    ...shownPriority(rule),
    effect: effect === 'deny' ? 'deny' : 'allow',
    group: 'the security admin rules',
    origin: rule.origin,
  };
}

/** Secrets are never shown. */
function shownPriority({ priority }: Pick<SecurityRule, 'priority'>): { readonly priority?: number } {
  return priority.kind === 'known' && priority.sensitive !== true ? { priority: priority.value } : {};
}

function walk(
  packet: Packet,
  level: Level,
  place: Placement,
  options: TraceOptions,
  waitsFor: Unknown[],
): Hop {
  const hop = { at: level.label, stage: 'security-group', eitherWay: [] } as const;
  if (level.group === 'none') return { ...hop, decidedBy: PASS_THROUGH };
  if ('unreadable' in level.group) {
    waitsFor.push(level.group.unreadable);
    return hop;
  }
  if (level.group.rules.unknown !== undefined) {
    waitsFor.push(level.group.rules.unknown);
    return hop;
  }
  const possible: DecidingRule[] = [];
  const open: Unknown[] = [];
  for (const { shown, effects, access, matches } of candidatesOf(
    level.group,
    options.direction ?? 'inbound',
  )) {
    const answer = matches(packet, place, options);
    if (answer === 'no') continue;
    possible.push(...effects.map((effect): DecidingRule => ({ ...shown, effect })));
    if (access !== undefined) open.push(access);
    if (answer === 'maybe') continue;
    const decidedBy = possible.at(-1);
    if (decidedBy === undefined || possible.some(({ effect }) => effect !== decidedBy.effect)) break;
    return { ...hop, decidedBy, eitherWay: possible.slice(0, -1) };
  }
  const names = [...new Set(possible.map(({ name }) => name))];
  const order = { kind: 'unsupported', name: `which of ${names.join(', ')} matches first` } as const;
  waitsFor.push(...open, ...(names.length > 1 ? [unknown(order, level.group.origin)] : []));
  return hop;
}

interface Candidate {
  readonly shown: Omit<DecidingRule, 'effect'>;
  readonly effects: readonly ('allow' | 'deny')[];
  /** Why it is open which of the effects it has. */
  readonly access?: Unknown;
  matches(packet: Packet, place: Placement, options: TraceOptions): Answer;
}

const candidates = new WeakMap<NetworkSecurityGroup, Map<Direction, readonly Candidate[]>>();

/** The rules of one direction in the order Azure tries them; a rule with an unknown priority may stand anywhere. */
function candidatesOf(group: NetworkSecurityGroup, direction: Direction): readonly Candidate[] {
  const ofGroup = candidates.get(group) ?? new Map<Direction, readonly Candidate[]>();
  candidates.set(group, ofGroup);
  const found = ofGroup.get(direction) ?? orderCandidates(group, direction);
  ofGroup.set(direction, found);
  return found;
}

function orderCandidates(group: NetworkSecurityGroup, direction: Direction): readonly Candidate[] {
  const label = textOr(group.name, group.address);
  const other = direction === 'inbound' ? 'outbound' : 'inbound';
  const custom = group.rules.items.filter((rule) => lower(rule.direction) !== other);
  const floating = custom.filter((rule) => rule.priority.kind !== 'known');
  const placed = custom
    .flatMap((rule) => (rule.priority.kind === 'known' ? [{ rule, priority: rule.priority.value }] : []))
    .sort((a, b) => a.priority - b.priority);
  const effects = new Map<number, Set<string | undefined>>();
  for (const { rule, priority } of placed) {
    const known = effects.get(priority);
    if (known === undefined) effects.set(priority, new Set([lower(rule.access)]));
    else known.add(lower(rule.access));
  }
  return [
    ...floating.map((rule) => customCandidate(rule, label, direction, false)),
    ...placed.map(({ rule, priority }) =>
      customCandidate(rule, label, direction, effects.get(priority)?.size === 1),
    ),
    ...DEFAULT_RULES[direction].map((rule) => defaultCandidate(rule, label)),
  ];
}

function customCandidate(
  rule: SecurityRule,
  group: string,
  direction: Direction,
  isPlaced: boolean,
): Candidate {
  const access = lower(rule.access);
  const isSettled = access === 'allow' || access === 'deny';
  const belongs = rule.certain && rule.condition === undefined;
  const isCertain = isPlaced && belongs && lower(rule.direction) === direction;
  return {
    shown: {
      name: textOr(rule.name, rule.address),
      ...shownPriority(rule),
      group,
      origin: rule.origin,
      rule,
    },
    effects: isSettled ? [access] : ['allow', 'deny'],
    ...(isSettled ? {} : { access: accessOf(rule) }),
    matches(packet, place, options) {
      const answer = every([
        matchesProtocol(rule.protocol, packet.protocol),
        ...matchesEnds(packet, direction, rule, place, options),
      ]);
      return answer === 'yes' && !isCertain ? 'maybe' : answer;
    },
  };
}

function matchesEnds(
  packet: Packet,
  direction: Direction,
  { source, destination }: Pick<SecurityRule, 'source' | 'destination'>,
  place: Placement,
  options: TraceOptions,
): readonly Answer[] {
  const [matchesSource, matchesDestination] =
    direction === 'inbound' ? [matchesPeerEnd, matchesOwnEnd] : [matchesOwnEnd, matchesPeerEnd];
  return [
    matchesPorts(destination, packet.destinationPort),
    matchesPorts(source, packet.sourcePort),
    matchesSource(source, packet.source, place, options),
    matchesDestination(destination, packet.destination, place, options),
  ];
}

function defaultCandidate(rule: DefaultRule, group: string): Candidate {
  return {
    shown: { name: rule.name, priority: rule.priority, group, origin: rule.origin, rule },
    effects: [rule.access],
    matches: (packet, place) =>
      every([
        matchesPrefix(packet.source, rule.source, place.surroundings),
        matchesPrefix(packet.destination, rule.destination, place.surroundings),
      ]),
  };
}

const SECURE_BY_DEFAULT: DecidingRule = {
  name: 'secure by default',
  effect: 'deny',
  origin: {
    kind: 'platform',
    name: 'secure by default',
    docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-overview#securebydefault',
  },
};

/** Semantics 11.17. */
export const OPENED_WITHOUT_GROUP: Unknown = unknown(
  {
    kind: 'unsupported',
    name: 'whether a security admin rule opens a public frontend without a security group',
  },
  SECURE_BY_DEFAULT.origin,
);

const PASS_THROUGH: DecidingRule = {
  name: 'no security group',
  effect: 'allow',
  origin: {
    kind: 'platform',
    name: 'no security group',
    docs: 'https://learn.microsoft.com/azure/virtual-network/network-security-group-how-it-works',
  },
};
