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
import type { Bounds } from './rule-bounds.ts';
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

/** Whether a rule names an end of the query as the owner of an address, or by an application security group it is in. */
export type Membership = (
  rule: CompiledRule,
  side: 'source' | 'destination',
) => { readonly is: 'yes' | 'no' } | { readonly is: 'unknown'; readonly waitsFor: Unknown };

/** Symbolic: what happens to all packets of a query on their way through the levels of a machine. */
export function reach(
  query: Query,
  filters: readonly Filter[],
  membership: Membership,
  adminRules: readonly CompiledRule[] = [],
): Reach {
  const all = box(query);
  let allowed = all;
  let denied = NOTHING;
  const waitsFor: Unknown[] = [];
  for (const filter of new Set(filters)) {
    const outcome = evaluate(query, all, filter, membership);
    allowed = intersectPackets(allowed, outcome.allowed);
    denied = unionPackets(denied, outcome.denied);
    waitsFor.push(...outcome.waitsFor);
  }
  const first = fold(query, all, adminRules, membership);
  const goesOn = unionPackets(first.mayAllow, subtractPackets(all, first.taken));
  const stopped = subtractPackets(all, goesOn);
  allowed = subtractPackets(unionPackets(stopped, allowed), first.mayDeny);
  denied = subtractPackets(unionPackets(stopped, denied), first.mayDeliver);
  waitsFor.push(...reasonsOf(first));
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
  const folded = fold(query, all, aboutPorts(filter.rules, query), membership);
  const { mayAllow, mayDeny } = folded;
  return {
    allowed: subtractPackets(mayAllow, mayDeny),
    denied: subtractPackets(mayDeny, mayAllow),
    waitsFor: reasonsOf(folded),
  };
}

const byPorts = new WeakMap<readonly CompiledRule[], Map<string, readonly CompiledRule[]>>();

/**
 * The rules that may match the ports and the protocol of a query. All members of a path are asked about the same ones, and
 * most rules are about others.
 */
function aboutPorts(rules: readonly CompiledRule[], query: Query): readonly CompiledRule[] {
  const { protocol, destinationPort } = query;
  const known = byPorts.get(rules) ?? new Map<string, readonly CompiledRule[]>();
  byPorts.set(rules, known);
  const key = `${protocol.join()}|${destinationPort.join()}`;
  const found =
    known.get(key) ??
    rules.filter(
      (rule) =>
        !isEmpty(intersect(rule.destinationPort.may, destinationPort)) &&
        !isEmpty(intersect(rule.protocol.may, protocol)),
    );
  known.set(key, found);
  return found;
}

/** What a run of rules does to the packets that reach its first rule. */
interface Fold {
  readonly mayAllow: PacketSet;
  readonly mayDeny: PacketSet;
  readonly mayDeliver: PacketSet;
  /** The packets that some rule certainly takes; the others go on to the rules after the run. */
  readonly taken: PacketSet;
  /** Rules that do not settle everything they touch, in order. */
  readonly doubtful: readonly { readonly touched: PacketSet; readonly waitsFor: readonly Unknown[] }[];
}

const NO_RULES: Fold = {
  mayAllow: NOTHING,
  mayDeny: NOTHING,
  mayDeliver: NOTHING,
  taken: NOTHING,
  doubtful: [],
};

/**
 * Folds a run of rules by halves: what is folded into each other stays small until the last few steps, while a fold rule
 * by rule goes through ever larger sets each time.
 */
function fold(query: Query, all: PacketSet, rules: readonly CompiledRule[], membership: Membership): Fold {
  function run(from: number, to: number): Fold {
    const middle = (from + to) >>> 1;
    if (from === middle) {
      const rule = rules[from];
      return rule === undefined ? NO_RULES : alone(query, all, rule, membership);
    }
    const first = run(from, middle);
    return first.taken === all ? first : inOrder(first, run(middle, to));
  }
  return run(0, rules.length);
}

function alone(query: Query, all: PacketSet, rule: CompiledRule, membership: Membership): Fold {
  const matched = match(query, all, rule, membership);
  if (matched === undefined) return NO_RULES;
  const { may, must, waitsFor } = matched;
  const { access } = rule;
  return {
    mayAllow: access === 'allow' || access === 'either' ? may : NOTHING,
    mayDeny: access === 'deny' || access === 'either' ? may : NOTHING,
    mayDeliver: access === 'always' || access === 'either' ? may : NOTHING,
    taken: must,
    doubtful: waitsFor.length === 0 ? [] : [{ touched: may, waitsFor }],
  };
}

function inOrder(first: Fold, second: Fold): Fold {
  const { taken } = first;
  const after = (set: PacketSet): PacketSet => subtractPackets(set, taken);
  return {
    mayAllow: unionPackets(first.mayAllow, after(second.mayAllow)),
    mayDeny: unionPackets(first.mayDeny, after(second.mayDeny)),
    mayDeliver: unionPackets(first.mayDeliver, after(second.mayDeliver)),
    taken: unionPackets(taken, second.taken),
    doubtful: [
      ...first.doubtful,
      ...second.doubtful
        .map(({ touched, waitsFor }) => ({ touched: after(touched), waitsFor }))
        .filter(({ touched }) => !isNoPackets(touched)),
    ],
  };
}

function reasonsOf({ doubtful }: Fold): readonly Unknown[] {
  return doubtful.flatMap(({ waitsFor }) => waitsFor);
}

interface Match {
  readonly must: PacketSet;
  readonly may: PacketSet;
  /** What separates the two, and what leaves the effect of the rule open. */
  readonly waitsFor: readonly Unknown[];
}

const DIMENSIONS = ['protocol', 'destinationPort', 'destination', 'source', 'sourcePort'] as const;
type Sides = Record<(typeof DIMENSIONS)[number], IntervalSet>;

/** The packets of the query that a rule matches. Dimensions are compared first, because most rules miss in one. */
function match(query: Query, all: PacketSet, rule: CompiledRule, membership: Membership): Match | undefined {
  const must: Partial<Sides> = {};
  const may: Partial<Sides> = {};
  const waitsFor: Unknown[] = [...rule.doubts];
  let coversAll = true;
  for (const dimension of DIMENSIONS) {
    const isEnd = dimension === 'destination' || dimension === 'source';
    const bounds = isEnd ? endBounds(query, rule, membership, dimension) : rule[dimension];
    const asked = query[dimension];
    if (isSubset(asked, bounds.must)) {
      may[dimension] = asked;
      must[dimension] = asked;
      continue;
    }
    coversAll = false;
    const possible = intersect(bounds.may, asked);
    if (isEmpty(possible)) return undefined;
    const certain = intersect(bounds.must, possible);
    may[dimension] = possible;
    must[dimension] = certain;
    if (!isSubset(possible, certain)) waitsFor.push(...bounds.waitsFor);
  }
  const isPlaced = rule.doubts.length === 0 || (rule.access === 'either' && rule.doubts.length === 1);
  if (coversAll) return { must: isPlaced ? all : NOTHING, may: all, waitsFor };
  return { must: isPlaced ? box(must) : NOTHING, may: box(may), waitsFor };
}

/** The prefixes, and the end itself when the rule names it by a group or as the owner of an address. */
function endBounds(
  query: Query,
  rule: CompiledRule,
  membership: Membership,
  side: 'source' | 'destination',
): Bounds {
  const { items, unknown } = rule.ownGroups;
  if (items.length === 0 && unknown === undefined && rule.owners[side].length === 0) return rule[side];
  const { must, may, waitsFor } = rule[side];
  const answer = membership(rule, side);
  switch (answer.is) {
    case 'yes':
      return { must: union(must, query[side]), may: union(may, query[side]), waitsFor };
    case 'no':
      return rule[side];
    case 'unknown':
      return { must, may: union(may, query[side]), waitsFor: [...waitsFor, answer.waitsFor] };
  }
}
