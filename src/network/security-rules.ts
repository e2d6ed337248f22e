import type { Collection } from '../model/azure/element.ts';
import type { NetworkSecurityGroup, RuleSide, SecurityRule } from '../model/azure/network-security-group.ts';
import type { SecurityAdminRule } from '../model/azure/security-admin-rule.ts';
import type { Link } from '../model/model.ts';
import type { Problem } from '../text/problem.ts';
import { textOr } from '../value/shown.ts';
import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import type { AddressBook } from './address-book.ts';
import { DEFAULT_RULES, type DefaultRule, type Direction } from './default-rules.ts';
import { ANY_ADDRESS } from './packets/address.ts';
import { EMPTY } from './packets/interval-set.ts';
import {
  type Bounds,
  createBoundsReader,
  EVERY_PORT,
  EVERY_PROTOCOL,
  ownerOfAddress,
} from './rule-bounds.ts';
import type { AppliedAdminRule } from './security-admin.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * A security rule as sets, seen from one subnet. One end of it is the machine the group protects, which the rule can
 * also name by an application security group or as the owner of an address: the destination of an inbound rule, the source
 * of an outbound one.
 */
export interface CompiledRule {
  readonly rule: SecurityRule | SecurityAdminRule | DefaultRule;
  /** `always` is the security admin rule that delivers past every security group (semantics 6.6). */
  readonly access: 'allow' | 'deny' | 'always' | 'either';
  /** Why it is not certain that the rule stands here, or what it does; empty when it is. */
  readonly doubts: readonly Unknown[];
  readonly protocol: Bounds;
  readonly source: Bounds;
  readonly sourcePort: Bounds;
  readonly destination: Bounds;
  readonly destinationPort: Bounds;
  /** Application security groups at the end of the machine: they match if it is a member. */
  readonly ownGroups: Collection<Link>;
  /** IP configurations and frontends whose later address stands at an end: they match the one that owns it. */
  readonly owners: Readonly<Record<'source' | 'destination', readonly string[]>>;
}

export interface CompiledGroup {
  readonly group: NetworkSecurityGroup;
  readonly direction: Direction;
  /** Ascending priority; rules whose place is not known come first and are in doubt. */
  readonly rules: readonly CompiledRule[];
  /** Why there may be rules that were not seen. */
  readonly moreRules?: Unknown;
  /** Some rule names an owner of an address, so that two backends with the same place may fare differently. */
  readonly namesOwners: boolean;
}

const PRIORITY_UNKNOWN = -1;
const NOTHING_KNOWN: Bounds = { must: EMPTY, may: ANY_ADDRESS, waitsFor: [] };

/** The rules of a group for one direction as seen from a subnet: service tags mean something else in every subnet. */
export function compileGroup(
  group: NetworkSecurityGroup,
  direction: Direction,
  seenFrom: Surroundings,
  book: AddressBook,
): { compiled: CompiledGroup; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const custom = group.rules.items
    .filter((rule) => !isKnown(rule.direction, direction === 'inbound' ? 'outbound' : 'inbound'))
    .map((rule) => ({ rule, priority: priorityOf(rule) }))
    .sort((a, b) => a.priority - b.priority);
  const contested = contestedPriorities(custom);
  const rules = custom.map(({ rule, priority }) =>
    compileRule(rule, direction, contested.has(priority), seenFrom, book, problems),
  );
  const defaults = DEFAULT_RULES[direction].map((rule) => compileDefault(rule, seenFrom, book));
  const namesOwners = rules.some(({ owners }) => owners.source.length + owners.destination.length > 0);
  const compiled: CompiledGroup = { group, direction, rules: [...rules, ...defaults], namesOwners };
  const more = group.rules.unknown;
  return { compiled: more === undefined ? compiled : { ...compiled, moreRules: more }, problems };
}

/** Priorities that several rules of different access share; Azure refuses them, so which would win is not known. */
function contestedPriorities(
  rules: readonly { readonly rule: SecurityRule; readonly priority: number }[],
): ReadonlySet<number> {
  const accesses = new Map<number, string>();
  const contested = new Set<number>();
  for (const { rule, priority } of rules) {
    const access = rule.access.kind === 'known' ? rule.access.value.toLowerCase() : 'unknown';
    if ((accesses.get(priority) ?? access) !== access) contested.add(priority);
    accesses.set(priority, access);
  }
  return contested;
}

function compileDefault(rule: DefaultRule, seenFrom: Surroundings, book: AddressBook): CompiledRule {
  return {
    rule,
    access: rule.access,
    doubts: [],
    protocol: EVERY_PROTOCOL,
    source: book.prefix(rule.source, seenFrom) ?? NOTHING_KNOWN,
    sourcePort: EVERY_PORT,
    destination: book.prefix(rule.destination, seenFrom) ?? NOTHING_KNOWN,
    destinationPort: EVERY_PORT,
    ownGroups: { items: [] },
    owners: NO_OWNERS,
  };
}

const NO_OWNERS: CompiledRule['owners'] = { source: [], destination: [] };

/** The security admin rules of a virtual network for one direction, in the order in which they are tried. */
export function compileAdminRules(
  applied: readonly AppliedAdminRule[],
  direction: Direction,
  seenFrom: Surroundings,
  book: AddressBook,
): { compiled: readonly CompiledRule[]; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const compiled = applied
    .filter(({ rule }) => !isKnown(rule.direction, direction === 'inbound' ? 'outbound' : 'inbound'))
    .map((entry) => ({ entry, priority: priorityOf(entry.rule) }))
    .sort((a, b) => a.priority - b.priority)
    .map(({ entry }) => compileAdminRule(entry, direction, seenFrom, book, problems));
  return { compiled, problems };
}

const ADMIN_ACCESS: Readonly<Record<string, CompiledRule['access']>> = {
  allow: 'allow',
  deny: 'deny',
  alwaysallow: 'always',
};

function compileAdminRule(
  { rule, source, destination, doubt }: AppliedAdminRule,
  direction: Direction,
  seenFrom: Surroundings,
  book: AddressBook,
  problems: Problem[],
): CompiledRule {
  const keep = (problem: Problem): void => void problems.push(problem);
  const report = { unknownTag: keep, malformed: keep };
  const reader = createBoundsReader({ ...rule, source, destination }, direction, seenFrom, book, report);
  const access = rule.access.kind === 'known' ? ADMIN_ACCESS[rule.access.value.toLowerCase()] : undefined;
  const doubts = doubtsAbout(rule, direction, false, access !== undefined);
  return {
    rule,
    access: access ?? 'either',
    doubts: doubt === undefined ? doubts : [...doubts, doubt],
    protocol: reader.protocol,
    source: reader.addresses(source),
    sourcePort: reader.ports(source, 'source port'),
    destination: reader.addresses(destination),
    destinationPort: reader.ports(destination, 'destination port'),
    ownGroups: { items: [] },
    owners: NO_OWNERS,
  };
}

function priorityOf(rule: SecurityRule | SecurityAdminRule): number {
  return rule.priority.kind === 'known' ? rule.priority.value : PRIORITY_UNKNOWN;
}

function compileRule(
  rule: SecurityRule,
  direction: Direction,
  isContested: boolean,
  seenFrom: Surroundings,
  book: AddressBook,
  problems: Problem[],
): CompiledRule {
  const report = { unknownTag: (problem: Problem): void => void problems.push(problem) };
  const reader = createBoundsReader(rule, direction, seenFrom, book, report);
  const own = direction === 'inbound' ? rule.destination : rule.source;
  const ownersIn = (side: RuleSide): readonly string[] =>
    side.prefixes.items.flatMap((value) => ownerOfAddress(value) ?? []);
  const access = isKnown(rule.access, 'allow') ? 'allow' : isKnown(rule.access, 'deny') ? 'deny' : 'either';
  return {
    rule,
    access,
    doubts: doubtsAbout(rule, direction, isContested, access !== 'either'),
    protocol: reader.protocol,
    source: reader.addresses(rule.source),
    sourcePort: reader.ports(rule.source, 'source port'),
    destination: reader.addresses(rule.destination),
    destinationPort: reader.ports(rule.destination, 'destination port'),
    ownGroups: own.applicationSecurityGroups,
    owners: {
      source: direction === 'inbound' ? [] : ownersIn(rule.source),
      destination: ownersIn(rule.destination),
    },
  };
}

function doubtsAbout(
  rule: SecurityRule | SecurityAdminRule,
  direction: Direction,
  isContested: boolean,
  hasAccess: boolean,
): readonly Unknown[] {
  const name = textOr(rule.name, rule.address);
  const doubt = (value: Evaluated<string> | Evaluated<number>, what: string): Unknown =>
    value.kind === 'unknown'
      ? value
      : unknown({ kind: 'unsupported', name: `the ${what} of ${name}` }, value.origin);
  const doubts: Unknown[] = [];
  if (!isKnown(rule.direction, direction)) doubts.push(doubt(rule.direction, 'direction'));
  if (rule.priority.kind !== 'known' || isContested) doubts.push(doubt(rule.priority, 'priority'));
  if (!hasAccess) doubts.push(doubt(rule.access, 'access'));
  if (!rule.certain)
    doubts.push(unknown({ kind: 'known-after-apply', name: `the group of ${name}` }, rule.origin));
  if (rule.condition !== undefined) doubts.push(rule.condition);
  return doubts;
}

function isKnown(value: Evaluated<string>, expected: string): boolean {
  return value.kind === 'known' && value.value.toLowerCase() === expected;
}
