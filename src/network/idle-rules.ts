import type { NetworkSecurityGroup, RuleSide, SecurityRule } from '../model/azure/network-security-group.ts';
import type { Evaluated } from '../value/value.ts';
import type { AddressBook } from './address-book.ts';
import { reachOf } from './certain-packets.ts';
import { freePriority, isToLoadBalancerTag } from './diagnose.ts';
import type { Question } from './judge.ts';
import { ANY_ADDRESS } from './packets/address.ts';
import {
  type Bound,
  contains,
  type IntervalSet,
  intersect,
  isEmpty,
  isSubset,
  range,
  subtract,
} from './packets/interval-set.ts';
import { PROTOCOLS, protocolSet } from './packets/packet.ts';
import {
  box,
  intersectPackets,
  isNoPackets,
  isPacketSubset,
  type PacketSet,
  subtractPackets,
} from './packets/packet-set.ts';
import { witness } from './packets/witness.ts';
import type { Path } from './path.ts';
import type { Placement } from './placement.ts';
import { replayDropped } from './replay.ts';
import type { CompiledGroup, CompiledRule } from './security-rules.ts';
import type { Trace } from './trace.ts';

/** A custom inbound rule of a group that guards members of a load balancer, and why it does nothing for them. */
export interface GuardingRule {
  readonly rule: SecurityRule;
  readonly group: NetworkSecurityGroup;
  readonly idle?: IdleReason;
}

export type IdleReason =
  /** Its destination is the source of probes, which no packet to a machine has as its destination: semantics 1.6. */
  | { readonly kind: 'probe-as-destination' }
  /** Earlier rules take all its packets, and one of them denies those of a path. */
  | {
      readonly kind: 'shadowed';
      readonly by: SecurityRule;
      readonly path: Path;
      /** A priority before the deny that no rule uses. */
      readonly freePriority?: number;
    }
  /** It lets clients in from some source ports only, and what comes from the other ones is dropped. */
  | { readonly kind: 'source-ports'; readonly path: Path; readonly trace: Trace };

interface Use {
  readonly path: Path;
  readonly question: Question;
  readonly placement: Placement;
  readonly group: CompiledGroup;
}

/**
 * The custom inbound rules before the members of all paths. Only what is certain counts, and a rule that a path is closed
 * for is left out: there it is part of a diagnosis.
 */
export function guardingRules(book: AddressBook, paths: readonly Path[]): readonly GuardingRule[] {
  const uses = new Map<NetworkSecurityGroup, Use[]>();
  const diagnosed = new Set<SecurityRule | undefined>();
  const seen = new Set<Question>();
  for (const path of paths) {
    for (const { member, data, probe } of path.members) {
      for (const judgement of [data, probe]) {
        if (judgement?.verdict === 'blocked') diagnosed.add(judgement.diagnosis?.intended?.rule);
      }
      const { questions = [] } = data;
      // Nothing is certain about the packets of what only may be a member, or may have several places.
      const isCertain = member.uncertain === undefined && questions.length === 1;
      const [placement] = isCertain ? member.placements : [];
      for (const question of questions) {
        // Members at the same place share their questions.
        if (seen.has(question)) continue;
        if (placement !== undefined) seen.add(question);
        for (const group of question.filters) {
          if (group === 'none' || 'unreadable' in group) continue;
          const known = uses.get(group.group) ?? [];
          uses.set(group.group, known);
          if (placement !== undefined) known.push({ path, question, placement, group });
        }
      }
    }
  }
  return [...uses].flatMap(([group, list]) =>
    group.rules.items
      .filter(({ direction }) => direction.kind === 'known' && direction.value.toLowerCase() === 'inbound')
      .map((rule): GuardingRule => {
        const idle = diagnosed.has(rule) ? undefined : reasonOf(book, rule, list);
        return idle === undefined ? { rule, group } : { rule, group, idle };
      }),
  );
}

function reasonOf(book: AddressBook, rule: SecurityRule, uses: readonly Use[]): IdleReason | undefined {
  if (isToLoadBalancerTag(rule)) return { kind: 'probe-as-destination' };
  if (rule.access.kind !== 'known' || rule.access.value.toLowerCase() !== 'allow') return undefined;
  const groups = new Set(uses.map(({ group }) => group));
  for (const use of uses) {
    const shadow = shadowOf(rule, use);
    if (shadow === undefined) continue;
    if ([...groups].every((group) => isShadowed(rule, group))) return shadow;
    break;
  }
  for (const use of uses) {
    const trace = missingPorts(book, rule, use);
    if (trace !== undefined) return { kind: 'source-ports', path: use.path, trace };
  }
  return undefined;
}

const indexes = new WeakMap<CompiledGroup, ReadonlyMap<CompiledRule['rule'], CompiledRule>>();

/** The rule as the group compiles it, if it certainly stands there. */
function compiledOf(rule: SecurityRule, group: CompiledGroup): CompiledRule | undefined {
  const index = indexes.get(group) ?? new Map(group.rules.map((compiled) => [compiled.rule, compiled]));
  indexes.set(group, index);
  const compiled = index.get(rule);
  return compiled === undefined || compiled.doubts.length > 0 ? undefined : compiled;
}

/** The rules that are certainly tried before a rule. */
function before(rule: SecurityRule, { rules }: CompiledGroup): readonly CompiledRule[] {
  const priority = rule.priority.kind === 'known' ? rule.priority.value : 0;
  return rules.filter(
    ({ rule: other, doubts }) =>
      doubts.length === 0 &&
      'properties' in other &&
      other.priority.kind === 'known' &&
      other.priority.value < priority,
  );
}

/**
 * Whether earlier rules certainly take every packet that a rule may match. One packet that is left names the next rule to
 * take away, or the answer: most rules are not shadowed, and few steps show it.
 */
function isShadowed(rule: SecurityRule, group: CompiledGroup): boolean {
  const compiled = compiledOf(rule, group);
  if (compiled === undefined) return false;
  const earlier = before(rule, group).filter((each) => !arePortsApart(each, compiled));
  let rest = box(sidesOf(compiled, 'may'));
  for (;;) {
    const packet = witness(rest);
    if (packet === undefined) return true;
    const point = { ...packet, protocol: PROTOCOLS.indexOf(packet.protocol) };
    const taker = earlier.find((each) => takes(each, compiled, point));
    if (taker === undefined) return false;
    rest = subtractPackets(rest, takenBy(taker, compiled));
  }
}

/** Whether an earlier rule certainly takes a packet that a later one may match. */
function takes(
  earlier: CompiledRule,
  later: CompiledRule,
  point: Readonly<Record<(typeof DIMENSIONS)[number], Bound>>,
): boolean {
  return DIMENSIONS.every(
    (dimension) =>
      contains(earlier[dimension].must, point[dimension]) ||
      ((dimension === 'source' || dimension === 'destination') && isAlike(earlier, later, dimension)),
  );
}

/** Most rules are about another port: that is seen at once. */
function arePortsApart(a: CompiledRule, b: CompiledRule): boolean {
  return isEmpty(intersect(a.destinationPort.must, b.destinationPort.may));
}

/** Where rules differ most often comes first. */
const DIMENSIONS = ['destinationPort', 'protocol', 'source', 'destination', 'sourcePort'] as const;
type Sides = Readonly<Record<(typeof DIMENSIONS)[number], IntervalSet>>;

/** What a rule matches; at its own end application security groups and owners may be any address. */
function sidesOf(compiled: CompiledRule, bound: 'must' | 'may'): Sides {
  const { protocol, source, sourcePort, destination, destinationPort, ownGroups, owners } = compiled;
  const isOpen =
    ownGroups.items.length > 0 || ownGroups.unknown !== undefined || owners.destination.length > 0;
  return {
    protocol: protocol[bound],
    source: source[bound],
    sourcePort: sourcePort[bound],
    destination: isOpen && bound === 'may' ? ANY_ADDRESS : destination[bound],
    destinationPort: destinationPort[bound],
  };
}

/** Of the packets of a later rule those that an earlier one certainly takes: what both write alike, both match alike. */
function takenBy(earlier: CompiledRule, later: CompiledRule): PacketSet {
  const all = sidesOf(later, 'may');
  const must = sidesOf(earlier, 'must');
  return box({
    ...must,
    source: isAlike(earlier, later, 'source') ? all.source : must.source,
    destination: isAlike(earlier, later, 'destination') ? all.destination : must.destination,
  });
}

function isAlike(earlier: CompiledRule, later: CompiledRule, end: 'source' | 'destination'): boolean {
  const [a, b] = [sideOf(earlier, end), sideOf(later, end)];
  if (a === undefined || b === undefined) return false;
  if (b.prefixes.unknown !== undefined || b.applicationSecurityGroups.unknown !== undefined) return false;
  const texts = textsOf(a);
  const isWritten = (item: Evaluated<string>): boolean => !(item.kind === 'known' && item.value === '');
  const isListed = (item: Evaluated<string>): boolean =>
    !isWritten(item) || (item.kind === 'known' && texts.has(item.value.toLowerCase()));
  if (!b.prefixes.items.every(isListed)) return false;
  const { items } = b.applicationSecurityGroups;
  const groups = new Set(
    a.applicationSecurityGroups.items.flatMap((link) => (link.kind === 'to' ? [link.id] : [])),
  );
  return (
    (items.length > 0 || b.prefixes.items.some(isWritten)) &&
    items.every((link) => link.kind === 'to' && groups.has(link.id))
  );
}

function sideOf({ rule }: CompiledRule, end: 'source' | 'destination'): RuleSide | undefined {
  const side = 'source' in rule ? rule[end] : undefined;
  return typeof side === 'string' ? undefined : side;
}

const textsBySide = new WeakMap<RuleSide, ReadonlySet<string>>();

/** The known prefixes of one side, in lower case. Each side is read once, because every pair of rules asks. */
function textsOf(side: RuleSide): ReadonlySet<string> {
  const found =
    textsBySide.get(side) ??
    new Set(side.prefixes.items.flatMap((item) => (item.kind === 'known' ? [item.value.toLowerCase()] : [])));
  textsBySide.set(side, found);
  return found;
}

/** The packets of a path that a rule certainly matches. Undefined for none. */
function packetsOf(compiled: CompiledRule, { query, membership }: Question): Sides | undefined {
  const sides: [string, IntervalSet][] = [];
  for (const dimension of DIMENSIONS) {
    const asked = query[dimension];
    const isOwn = dimension === 'destination' && membership(compiled, dimension).is === 'yes';
    const common = isOwn ? asked : intersect(compiled[dimension].must, asked);
    if (isEmpty(common)) return undefined;
    sides.push([dimension, common]);
  }
  return Object.fromEntries(sides) as Sides;
}

/** The first earlier deny that certainly takes packets of the path which the rule is about. */
function shadowOf(rule: SecurityRule, { path, question, group }: Use): IdleReason | undefined {
  const compiled = compiledOf(rule, group);
  const sides = compiled === undefined ? undefined : packetsOf(compiled, question);
  if (compiled === undefined || sides === undefined || !question.isWhole) return undefined;
  let rest = box(sides);
  for (const earlier of before(rule, group)) {
    if (arePortsApart(earlier, compiled)) continue;
    const taken = takenBy(earlier, compiled);
    const { rule: by } = earlier;
    if (earlier.access === 'deny' && !isNoPackets(intersectPackets(rest, taken)) && 'properties' in by) {
      const deny = by as SecurityRule;
      const free = freePriority(group, deny.priority.kind === 'known' ? deny.priority.value : undefined);
      return { kind: 'shadowed', by: deny, path, ...(free === undefined ? {} : { freePriority: free }) };
    }
    rest = subtractPackets(rest, taken);
  }
  return undefined;
}

/** TCP clients send from these ports: RFC 6056, and Azure's own translation of addresses. */
const CLIENT_PORTS = range(1024, 65_536);

/** A packet of the path that the rule would let in if it came from another port, and that is dropped instead. */
function missingPorts(book: AddressBook, rule: SecurityRule, use: Use): Trace | undefined {
  const { question, placement, group } = use;
  const compiled = compiledOf(rule, group);
  if (compiled === undefined || !question.isWhole) return undefined;
  const missing = subtract(CLIENT_PORTS, compiled.sourcePort.may);
  if (isEmpty(missing)) return undefined;
  const anyPort = { ...compiled, sourcePort: { ...compiled.sourcePort, must: CLIENT_PORTS } };
  const sides = packetsOf(anyPort, question);
  const protocol = intersect(sides?.protocol ?? [], protocolSet('tcp'));
  if (sides === undefined || isEmpty(protocol)) return undefined;
  if (!isSubset(question.query.destination, sides.destination)) return undefined;
  const packets = box({ ...sides, protocol, sourcePort: missing });
  const here = reachOf({ ...question, filters: [group], adminRules: [] }).denied;
  if (!isPacketSubset(packets, intersectPackets(here, reachOf(question).denied))) return undefined;
  const { options, secrets } = question;
  return replayDropped(book, packets, { placement, options, secrets });
}
