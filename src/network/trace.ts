import type { NetworkSecurityGroup, SecurityRule } from '../model/azure/network-security-group.ts';
import type { Origin } from '../text/origin.ts';
import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import { DEFAULT_INBOUND_RULES, type DefaultRule } from './default-rules.ts';
import type { Packet, TraceOptions } from './packet.ts';
import type { Level, Placement } from './placement.ts';
import {
  type Answer,
  every,
  lower,
  matchesDestination,
  matchesPorts,
  matchesPrefix,
  matchesProtocol,
  matchesSource,
} from './rule-match.ts';

/** What decided at a hop. */
export interface DecidingRule {
  readonly name: string;
  readonly priority?: number;
  readonly effect: 'allow' | 'deny';
  /** The security group it stands in. */
  readonly group?: string;
  readonly origin: Origin;
}

export interface Hop {
  /** The name of the subnet or network interface. */
  readonly at: string;
  readonly stage: 'security-group';
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

/** Concrete: walks one packet rule by rule through the levels of its place. */
export function trace(packet: Packet, place: Placement, options: TraceOptions): Trace {
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
  for (const level of place.levels) {
    const hop = walk(packet, level, place, options, waitsFor);
    hops.push(hop);
    if (hop.decidedBy?.effect === 'deny') {
      return { packet, verdict: 'dropped', hops, decisive: hop.decidedBy, waitsFor: [] };
    }
  }
  return { packet, verdict: waitsFor.length === 0 ? 'delivered' : 'unknown', hops, waitsFor };
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
  for (const candidate of candidatesOf(level.group)) {
    const answer = candidate.matches(packet, place, options);
    if (answer === 'no') continue;
    const effects = candidate.effects.map((effect): DecidingRule => ({ ...candidate.shown, effect }));
    possible.push(...effects);
    if (answer === 'maybe') continue;
    const [decidedBy] = effects;
    if (decidedBy === undefined || possible.some(({ effect }) => effect !== decidedBy.effect)) break;
    return { ...hop, decidedBy, eitherWay: possible.slice(0, -1) };
  }
  const names = possible.map(({ name }) => name).join(', ');
  waitsFor.push(
    unknown({ kind: 'unsupported', name: `which of ${names} matches first` }, level.group.origin),
  );
  return hop;
}

interface Candidate {
  readonly shown: Omit<DecidingRule, 'effect'>;
  readonly effects: readonly ('allow' | 'deny')[];
  matches(packet: Packet, place: Placement, options: TraceOptions): Answer;
}

/** The inbound rules in the order Azure tries them; a rule with an unknown priority may stand anywhere. */
function candidatesOf(group: NetworkSecurityGroup): readonly Candidate[] {
  const label = shownText(group.name, group.address);
  const custom = group.rules.items.filter((rule) => lower(rule.direction) !== 'outbound');
  const floating = custom.filter((rule) => rule.priority.kind !== 'known');
  const placed = custom
    .flatMap((rule) => (rule.priority.kind === 'known' ? [{ rule, priority: rule.priority.value }] : []))
    .sort((a, b) => a.priority - b.priority);
  return [
    ...floating.map((rule) => customCandidate(rule, label, false)),
    ...placed.map(({ rule, priority }) => {
      const isTied = placed.some(
        (other) =>
          other.priority === priority &&
          other.rule !== rule &&
          lower(other.rule.access) !== lower(rule.access),
      );
      return customCandidate(rule, label, !isTied);
    }),
    ...DEFAULT_INBOUND_RULES.map((rule) => defaultCandidate(rule, label)),
  ];
}

function customCandidate(rule: SecurityRule, group: string, isPlaced: boolean): Candidate {
  const access = lower(rule.access);
  const isCertain = isPlaced && rule.certain && lower(rule.direction) === 'inbound';
  const priority =
    rule.priority.kind === 'known' && rule.priority.sensitive !== true ? rule.priority.value : undefined;
  return {
    shown: {
      name: shownText(rule.name, rule.address),
      ...(priority === undefined ? {} : { priority }),
      group,
      origin: rule.origin,
    },
    effects: access === 'allow' ? ['allow'] : access === 'deny' ? ['deny'] : ['allow', 'deny'],
    matches(packet, place, options) {
      const answer = every([
        matchesProtocol(rule.protocol, packet.protocol),
        matchesPorts(rule.destination, packet.destinationPort),
        matchesPorts(rule.source, packet.sourcePort),
        matchesSource(rule.source, packet.source, place.surroundings),
        matchesDestination(rule.destination, packet.destination, place, options),
      ]);
      return answer === 'yes' && !isCertain ? 'maybe' : answer;
    },
  };
}

function defaultCandidate(rule: DefaultRule, group: string): Candidate {
  return {
    shown: { name: rule.name, priority: rule.priority, group, origin: rule.origin },
    effects: [rule.access],
    matches: (packet, place) =>
      every([
        matchesPrefix(packet.source, rule.source, place.surroundings),
        matchesPrefix(packet.destination, rule.destination, place.surroundings),
      ]),
  };
}

function shownText(value: Evaluated<string>, fallback: string): string {
  return value.kind === 'known' && value.sensitive !== true ? value.value : fallback;
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

const PASS_THROUGH: DecidingRule = {
  name: 'no security group',
  effect: 'allow',
  origin: {
    kind: 'platform',
    name: 'no security group',
    docs: 'https://learn.microsoft.com/azure/virtual-network/network-security-group-how-it-works',
  },
};
