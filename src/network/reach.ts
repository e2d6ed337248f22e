import type { Unknown } from '../value/value.ts';
import {
  type AddressSet,
  type IntervalSet,
  intersect,
  isEmpty,
  isSubset,
  union,
} from './packets/interval-set.ts';
import {
  box,
  intersectPackets,
  isNoPackets,
  isPacketSubset,
  NOTHING,
  type PacketSet,
  projectPackets,
  subtractPackets,
  unionPackets,
} from './packets/packet-set.ts';
import type { CompiledGroup, CompiledRule } from './security-rules.ts';

/** A set of packets that arrive at a backend, one set of values per dimension. */
export interface Query {
  readonly protocol: IntervalSet;
  readonly source: AddressSet;
  readonly sourcePort: IntervalSet;
  /** Several addresses mean: one of these, and it is not known which. */
  readonly destination: AddressSet;
  readonly destinationPort: IntervalSet;
}

/** What a security group does at a level: a compiled group, no group at all, or one that cannot be read. */
export type Filter = CompiledGroup | 'none' | { readonly unreadable: Unknown };

/** The packets of a query that are certainly let through and those that are certainly dropped. */
export interface Outcome {
  readonly allowed: PacketSet;
  readonly denied: PacketSet;
  /** What decides the packets in neither set. */
  readonly waitsFor: readonly Unknown[];
}

export interface Reach extends Outcome {
  /**
   * For every address the destination may turn out to be: `open` when all packets pass, `blocked` when none does,
   * `partial` when some certainly pass and some certainly do not.
   */
  readonly verdict: Verdict;
}

export type Verdict = 'open' | 'blocked' | 'partial' | 'unknown';

/** Whether the backend is in an application security group that a rule names as destination. */
export type Membership = (
  rule: CompiledRule,
) => { readonly is: 'yes' | 'no' } | { readonly is: 'unknown'; readonly waitsFor: Unknown };

/** Symbolic: what happens to all packets of a query on their way through the levels of a backend. */
export function reach(query: Query, filters: readonly Filter[], membership: Membership): Reach {
  const all = box(query);
  let allowed = all;
  let denied = NOTHING;
  const waitsFor: Unknown[] = [];
  for (const filter of filters) {
    const outcome = evaluate(query, all, filter, membership);
    allowed = intersectPackets(allowed, outcome.allowed);
    denied = unionPackets(denied, outcome.denied);
    waitsFor.push(...outcome.waitsFor);
  }
  const verdict = judge(query, all, allowed, denied);
  return { allowed, denied, waitsFor: verdict === 'unknown' ? waitsFor : [], verdict };
}

function judge(query: Query, all: PacketSet, allowed: PacketSet, denied: PacketSet): Verdict {
  if (isNoPackets(all)) return 'unknown';
  if (isPacketSubset(all, denied)) return 'blocked';
  if (isPacketSubset(all, allowed)) return 'open';
  const everywhere = (set: PacketSet): boolean =>
    isSubset(query.destination, projectPackets(set, 'destination'));
  return everywhere(allowed) && everywhere(denied) ? 'partial' : 'unknown';
}

/**
 * First match by priority over sets (semantics 0.3). A packet that a rule only may match stays in play for the rules
 * below, so an uncertain allow above a certain allow is a certain allow.
 */
function evaluate(query: Query, all: PacketSet, filter: Filter, membership: Membership): Outcome {
  if (filter === 'none') return { allowed: all, denied: NOTHING, waitsFor: [] };
  if ('unreadable' in filter) return { allowed: NOTHING, denied: NOTHING, waitsFor: [filter.unreadable] };
  if (filter.moreRules !== undefined)
    return { allowed: NOTHING, denied: NOTHING, waitsFor: [filter.moreRules] };
  let rest = all;
  let mayAllow = NOTHING;
  let mayDeny = NOTHING;
  const waitsFor: Unknown[] = [];
  for (const rule of filter.inbound) {
    if (isNoPackets(rest)) break;
    const { must, may, unsettled } = match(query, rule, membership);
    if (may === undefined) continue;
    const touched = intersectPackets(rest, may);
    if (isNoPackets(touched)) continue;
    if (rule.access !== 'deny') mayAllow = unionPackets(mayAllow, touched);
    if (rule.access !== 'allow') mayDeny = unionPackets(mayDeny, touched);
    if (must !== undefined) rest = subtractPackets(rest, must);
    if (must === undefined || !isPacketSubset(touched, must)) waitsFor.push(...rule.waitsFor, ...unsettled);
    else if (rule.access === 'either') waitsFor.push(...rule.waitsFor);
  }
  return {
    allowed: subtractPackets(mayAllow, mayDeny),
    denied: subtractPackets(mayDeny, mayAllow),
    waitsFor,
  };
}

interface Match {
  /** Undefined when there are none. */
  readonly must: PacketSet | undefined;
  readonly may: PacketSet | undefined;
  readonly unsettled: readonly Unknown[];
}

const NO_MATCH: Match = { must: undefined, may: undefined, unsettled: [] };

/** The packets of the query that a rule matches. Dimensions are compared first, because most rules miss in one. */
function match(query: Query, rule: CompiledRule, membership: Membership): Match {
  const protocol = intersect(rule.protocol.may, query.protocol);
  if (isEmpty(protocol)) return NO_MATCH;
  const destinationPort = intersect(rule.destinationPort.may, query.destinationPort);
  if (isEmpty(destinationPort)) return NO_MATCH;
  const groups = destinationGroups(query, rule, membership);
  const destination = intersect(union(rule.destination.may, groups.may), query.destination);
  if (isEmpty(destination)) return NO_MATCH;
  const source = intersect(rule.source.may, query.source);
  if (isEmpty(source)) return NO_MATCH;
  const sourcePort = intersect(rule.sourcePort.may, query.sourcePort);
  if (isEmpty(sourcePort)) return NO_MATCH;
  const may = box({ protocol, destinationPort, destination, source, sourcePort });
  if (!rule.certain) return { must: undefined, may, unsettled: groups.unsettled };
  const must = box({
    protocol: intersect(rule.protocol.must, protocol),
    destinationPort: intersect(rule.destinationPort.must, destinationPort),
    destination: intersect(union(rule.destination.must, groups.must), destination),
    source: intersect(rule.source.must, source),
    sourcePort: intersect(rule.sourcePort.must, sourcePort),
  });
  return { must: isNoPackets(must) ? undefined : must, may, unsettled: groups.unsettled };
}

function destinationGroups(
  query: Query,
  rule: CompiledRule,
  membership: Membership,
): { must: AddressSet; may: AddressSet; unsettled: readonly Unknown[] } {
  const { items, unknown } = rule.destinationGroups;
  if (items.length === 0 && unknown === undefined) return { must: [], may: [], unsettled: [] };
  const answer = membership(rule);
  switch (answer.is) {
    case 'yes':
      return { must: query.destination, may: query.destination, unsettled: [] };
    case 'no':
      return { must: [], may: [], unsettled: [] };
    case 'unknown':
      return { must: [], may: query.destination, unsettled: [answer.waitsFor] };
  }
}
