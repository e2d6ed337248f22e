import type { AddressBook } from './address-book.ts';
import { reachOf } from './certain-packets.ts';
import type { Judgement, Question } from './judge.ts';
import type { Member } from './members.ts';
import { ANY_ADDRESS } from './packets/address.ts';
import { type IntervalSet, intersect, isEmpty, isSubset } from './packets/interval-set.ts';
import {
  box,
  intersectPackets,
  type PacketSet,
  subtractPackets,
  unionAllPackets,
  wherever,
} from './packets/packet-set.ts';
import type { Path } from './path.ts';
import type { Placement } from './placement.ts';
import type { Filter, Query } from './reach.ts';
import { replayDropped } from './replay.ts';
import type { CompiledGroup, CompiledRule } from './security-rules.ts';
import type { DecidingRule, Trace } from './trace.ts';

/** Two groups before one member that each let in clients the other keeps out. */
export interface LevelConflict {
  readonly member: Member;
  /** What the group of the subnet lets in and that of the interface drops, then the other way round. */
  readonly parts: readonly [ConflictPart, ConflictPart];
}

export interface ConflictPart {
  /** The rule of the one group that lets the packet in. */
  readonly allow: DecidingRule;
  /** The rule of the other group that drops it, as it drops all that no other rule there lets in. */
  readonly deny: DecidingRule;
  readonly trace: Trace;
}

/**
 * Where the groups of subnet and interface name different clients for one port, so that only those come through whom
 * both name. No conflict is a group that merely narrows what the other lets in, a deny for some of the clients, and a
 * rule for every port: those are how two levels are used on purpose.
 */
export function levelConflict(book: AddressBook, path: Path): LevelConflict | undefined {
  const { backendPort } = path.rule;
  if (backendPort.kind === 'known' && backendPort.value === 0) return undefined;
  const asked = new Set<Judgement['questions']>();
  for (const { member, data } of path.members) {
    if (data.verdict !== 'partial' || member.uncertain !== undefined || asked.has(data.questions)) continue;
    asked.add(data.questions);
    const [question, ...others] = data.questions ?? [];
    const [placement] = member.placements;
    if (question === undefined || placement === undefined || others.length > 0) continue;
    const parts = conflictAt(book, question, placement);
    if (parts !== undefined) return { member, parts };
  }
  return undefined;
}

function conflictAt(
  book: AddressBook,
  question: Question,
  placement: Placement,
): LevelConflict['parts'] | undefined {
  const [subnet, nic] = question.filters;
  const [subnetLevel, nicLevel] = placement.levels;
  // A group on both levels does not contradict itself, and need not be asked.
  if (!isGroup(subnet) || !isGroup(nic) || subnet === nic || question.adminRules.length > 0) return undefined;
  const outward = partBetween(book, question, subnet, nic, placement);
  if (outward === undefined) return undefined;
  const inward = partBetween(book, question, nic, subnet, { ...placement, levels: [nicLevel, subnetLevel] });
  return inward === undefined ? undefined : [outward, inward];
}

/** A packet that a rule of the first group is there to let in, and that the second drops with everything else. */
function partBetween(
  book: AddressBook,
  question: Question,
  first: CompiledGroup,
  second: CompiledGroup,
  placement: Placement,
): ConflictPart | undefined {
  const { query, options, secrets } = question;
  const letIn = intersectPackets(certain(question, first, 'allowed'), namedBy(first, query));
  const dropped = subtractPackets(certain(question, second, 'denied'), singledOutBy(second, query));
  const packets = intersectPackets(intersectPackets(letIn, dropped), box({ destination: query.destination }));
  const trace = replayDropped(book, packets, { placement, options, secrets });
  const allow = trace?.hops[0]?.decidedBy;
  if (trace?.decisive === undefined || allow === undefined || allow.origin.kind === 'platform')
    return undefined;
  return { allow, deny: trace.decisive, trace };
}

function certain(question: Question, group: CompiledGroup, what: 'allowed' | 'denied'): PacketSet {
  return wherever(reachOf({ ...question, filters: [group] })[what], question.query.destination);
}

/** What custom rules may match of the packets. */
function namedBy({ rules }: CompiledGroup, query: Query): PacketSet {
  return unionAllPackets(
    rules.filter(({ rule }) => 'properties' in rule).flatMap((rule) => partOf(rule, query)),
  );
}

/** What denies for a part of the packets may match of them. */
function singledOutBy({ rules }: CompiledGroup, query: Query): PacketSet {
  return unionAllPackets(
    rules
      .filter((rule) => rule.access !== 'allow' && !coversAll(rule, query))
      .flatMap((rule) => partOf(rule, query)),
  );
}

function coversAll(rule: CompiledRule, query: Query): boolean {
  return (['protocol', 'source', 'sourcePort', 'destination', 'destinationPort'] as const).every(
    (dimension) => isSubset(query[dimension], rule[dimension].must),
  );
}

/** The packets that a rule may match, with any destination; none for most rules, because they are about another port. */
function partOf(rule: CompiledRule, query: Query): readonly PacketSet[] {
  const sides: [string, IntervalSet][] = [];
  for (const dimension of ['destinationPort', 'protocol', 'source', 'sourcePort'] as const) {
    const common = intersect(rule[dimension].may, query[dimension]);
    if (isEmpty(common)) return [];
    sides.push([dimension, common]);
  }
  return [box({ ...Object.fromEntries(sides), destination: ANY_ADDRESS })];
}

function isGroup(filter: Filter | undefined): filter is CompiledGroup {
  return typeof filter === 'object' && 'rules' in filter;
}
