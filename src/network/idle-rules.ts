import type { NetworkSecurityGroup, RuleSide, SecurityRule } from '../model/azure/network-security-group.ts';
import type { Link } from '../model/model.ts';
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
  readonly idle: IdleReason | undefined;
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
      readonly freePriority: number | undefined;
    }
  /** It lets clients in from some source ports only, and what comes from the other ones is dropped. */
  | { readonly kind: 'source-ports'; readonly path: Path; readonly trace: Trace };

interface Use {
  readonly path: Path;
  readonly question: Question;
  readonly placement: Placement;
  readonly group: CompiledGroup;
}

/** A rule that certainly stands in its group and does what it says. */
type CertainRule = CompiledRule & { readonly rule: SecurityRule };

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
      diagnosed.add(data.diagnosis?.intended?.rule).add(probe?.diagnosis?.intended?.rule);
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
      .map((rule) => ({ rule, group, idle: diagnosed.has(rule) ? undefined : reasonOf(book, rule, list) })),
  );
}

function reasonOf(book: AddressBook, rule: SecurityRule, uses: readonly Use[]): IdleReason | undefined {
  if (isToLoadBalancerTag(rule)) return { kind: 'probe-as-destination' };
  if (rule.access.kind !== 'known' || rule.access.value.toLowerCase() !== 'allow') return undefined;
  const groups = new Set(uses.map(({ group }) => group));
  // Few rules are shadowed, and asking each path which rule it is that takes its packets costs much more.
  if ([...groups].every((group) => isShadowed(rule, group))) {
    for (const use of uses) {
      const shadow = shadowOf(rule, use);
      if (shadow !== undefined) return shadow;
    }
  }
  for (const use of uses) {
    const trace = missingPorts(book, rule, use);
    if (trace !== undefined) return { kind: 'source-ports', path: use.path, trace };
  }
  return undefined;
}

const indexes = new WeakMap<CompiledGroup, ReadonlyMap<CompiledRule['rule'], CertainRule>>();

/** The rule as the group compiles it, if it certainly stands there. */
function compiledOf(rule: SecurityRule, group: CompiledGroup): CertainRule | undefined {
  const index =
    indexes.get(group) ?? new Map(group.rules.filter(isCertain).map((compiled) => [compiled.rule, compiled]));
  indexes.set(group, index);
  return index.get(rule);
}

function isCertain(compiled: CompiledRule): compiled is CertainRule {
  return compiled.doubts.length === 0 && 'properties' in compiled.rule;
}

/** The rules that are certainly tried before a rule; those about other ports, which most are, are left out at once. */
function before(later: CertainRule, { rules }: CompiledGroup): readonly CertainRule[] {
  return rules
    .slice(0, rules.indexOf(later))
    .filter(isCertain)
    .filter(({ destinationPort }) => !isEmpty(intersect(destinationPort.must, later.destinationPort.may)));
}

/**
 * Whether earlier rules certainly take every packet that a rule may match. One packet that is left names the next rule to
 * take away, or the answer: most rules are not shadowed, and few steps show it.
 */
function isShadowed(rule: SecurityRule, group: CompiledGroup): boolean {
  const later = compiledOf(rule, group);
  if (later === undefined) return false;
  const earlier = before(later, group);
  let rest = box(packetsThatMayMatch(later));
  for (;;) {
    const packet = witness(rest);
    if (packet === undefined) return true;
    const point = { ...packet, protocol: PROTOCOLS.indexOf(packet.protocol) };
    const taker = earlier.find((each) => takes(each, later, point));
    if (taker === undefined) return false;
    rest = subtractPackets(rest, takenBy(taker, later));
  }
}

/** Where rules differ most often comes first. */
const DIMENSIONS = ['destinationPort', 'protocol', 'source', 'destination', 'sourcePort'] as const;
type Sides = Readonly<Record<(typeof DIMENSIONS)[number], IntervalSet>>;

/** Whether an earlier rule certainly takes a packet that a later one may match. */
function takes(
  earlier: CertainRule,
  later: CertainRule,
  point: Readonly<Record<keyof Sides, Bound>>,
): boolean {
  return DIMENSIONS.every(
    (dimension) =>
      contains(earlier[dimension].must, point[dimension]) ||
      ((dimension === 'source' || dimension === 'destination') && isAlike(earlier, later, dimension)),
  );
}

/** At the own end of a rule application security groups and owners may have any address. */
function packetsThatMayMatch({ ownGroups, owners, ...rule }: CertainRule): Sides {
  const isOpen =
    ownGroups.items.length > 0 || ownGroups.unknown !== undefined || owners.destination.length > 0;
  return {
    protocol: rule.protocol.may,
    source: rule.source.may,
    sourcePort: rule.sourcePort.may,
    destination: isOpen ? ANY_ADDRESS : rule.destination.may,
    destinationPort: rule.destinationPort.may,
  };
}

/** Of the packets of a later rule those that an earlier one certainly takes: what both write alike, both match alike. */
function takenBy(earlier: CertainRule, later: CertainRule): PacketSet {
  const { protocol, source, sourcePort, destination, destinationPort } = earlier;
  return box({
    protocol: protocol.must,
    source: isAlike(earlier, later, 'source') ? ANY_ADDRESS : source.must,
    sourcePort: sourcePort.must,
    destination: isAlike(earlier, later, 'destination') ? ANY_ADDRESS : destination.must,
    destinationPort: destinationPort.must,
  });
}

/** Whether an end of the earlier rule certainly names all that the same end of a later one may name. */
function isAlike(earlier: CertainRule, later: CertainRule, end: 'source' | 'destination'): boolean {
  const { prefixes, applicationSecurityGroups: groups } = later.rule[end];
  if (prefixes.unknown !== undefined || groups.unknown !== undefined) return false;
  const texts = textsOf(earlier.rule[end]);
  const isNamed = (item: Evaluated<string>): boolean =>
    item.kind === 'known' && texts.has(item.value.toLowerCase());
  const named = idsOf(earlier.rule[end].applicationSecurityGroups.items);
  const asked = idsOf(groups.items);
  return (
    prefixes.items.every(isNamed) &&
    asked.length === groups.items.length &&
    asked.every((id) => named.includes(id))
  );
}

function idsOf(links: readonly Link[]): readonly string[] {
  return links.flatMap((link) => (link.kind === 'to' ? [link.id] : []));
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
  for (const earlier of before(compiled, group)) {
    const taken = takenBy(earlier, compiled);
    const { rule: by } = earlier;
    if (earlier.access === 'deny' && !isNoPackets(intersectPackets(rest, taken))) {
      const priority = by.priority.kind === 'known' ? by.priority.value : undefined;
      return { kind: 'shadowed', by, path, freePriority: freePriority(group, priority) };
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
  if (sides === undefined || !isSubset(question.query.destination, sides.destination)) return undefined;
  const protocol = intersect(sides.protocol, protocolSet('tcp'));
  const packets = box({ ...sides, protocol, sourcePort: missing });
  const here = reachOf({ ...question, filters: [group], adminRules: [] }).denied;
  if (!isPacketSubset(packets, intersectPackets(here, reachOf(question).denied))) return undefined;
  const { options, secrets } = question;
  return replayDropped(book, packets, { placement, options, secrets });
}
