import type { Collection } from '../model/azure/element.ts';
import type { NetworkSecurityGroup, SecurityRule } from '../model/azure/network-security-group.ts';
import type { Link } from '../model/model.ts';
import type { Problem } from '../text/problem.ts';
import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import type { AddressBook } from './address-book.ts';
import { DEFAULT_INBOUND_RULES, type DefaultRule } from './default-rules.ts';
import { ANY_ADDRESS } from './packets/address.ts';
import { EMPTY } from './packets/interval-set.ts';
import { type Surroundings, textOr } from './placement.ts';
import {
  type Bounds,
  createBoundsReader,
  EVERY_PORT,
  EVERY_PROTOCOL,
  ownerOfAddress,
} from './rule-bounds.ts';

/** A security rule as sets, seen from one subnet. */
export interface CompiledRule {
  readonly rule: SecurityRule | DefaultRule;
  readonly access: 'allow' | 'deny' | 'either';
  /** Why it is not certain that the rule stands here, or what it does; empty when it is. */
  readonly doubts: readonly Unknown[];
  readonly protocol: Bounds;
  readonly source: Bounds;
  readonly sourcePort: Bounds;
  readonly destination: Bounds;
  readonly destinationPort: Bounds;
  /** Destination application security groups: they match the backend if it is a member. */
  readonly destinationGroups: Collection<Link>;
  /** IP configurations and frontends whose later address is a destination: they match the one that owns it. */
  readonly destinationOwners: readonly string[];
}

export interface CompiledGroup {
  readonly group: NetworkSecurityGroup;
  /** Ascending priority; rules whose place is not known come first and are in doubt. */
  readonly inbound: readonly CompiledRule[];
  /** Why there may be rules that were not seen. */
  readonly moreRules?: Unknown;
  /** Some rule names an owner of an address, so that two backends with the same place may fare differently. */
  readonly namesOwners: boolean;
}

const PRIORITY_UNKNOWN = -1;
const NOTHING_KNOWN: Bounds = { must: EMPTY, may: ANY_ADDRESS, waitsFor: [] };

/** The inbound rules of a group as seen from a subnet: service tags mean something else in every subnet. */
export function compileGroup(
  group: NetworkSecurityGroup,
  seenFrom: Surroundings,
  book: AddressBook,
): { compiled: CompiledGroup; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const custom = group.rules.items
    .filter((rule) => !isKnown(rule.direction, 'outbound'))
    .map((rule) => ({
      rule,
      priority: rule.priority.kind === 'known' ? rule.priority.value : PRIORITY_UNKNOWN,
    }))
    .sort((a, b) => a.priority - b.priority);
  const contested = contestedPriorities(custom);
  const inbound = custom.map(({ rule, priority }) =>
    compileRule(rule, contested.has(priority), seenFrom, book, problems),
  );
  const defaults = DEFAULT_INBOUND_RULES.map((rule) => compileDefault(rule, seenFrom, book));
  const namesOwners = inbound.some(({ destinationOwners }) => destinationOwners.length > 0);
  const compiled: CompiledGroup = { group, inbound: [...inbound, ...defaults], namesOwners };
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
    destinationGroups: { items: [] },
    destinationOwners: [],
  };
}

function compileRule(
  rule: SecurityRule,
  isContested: boolean,
  seenFrom: Surroundings,
  book: AddressBook,
  problems: Problem[],
): CompiledRule {
  const reader = createBoundsReader(rule, seenFrom, book, problems);
  return {
    rule,
    access: isKnown(rule.access, 'allow') ? 'allow' : isKnown(rule.access, 'deny') ? 'deny' : 'either',
    doubts: doubtsAbout(rule, isContested),
    protocol: reader.protocol,
    source: reader.addresses(rule.source),
    sourcePort: reader.ports(rule.source, 'source port'),
    destination: reader.addresses(rule.destination),
    destinationPort: reader.ports(rule.destination, 'destination port'),
    destinationGroups: rule.destination.applicationSecurityGroups,
    destinationOwners: rule.destination.prefixes.items.flatMap((value) => ownerOfAddress(value) ?? []),
  };
}

function doubtsAbout(rule: SecurityRule, isContested: boolean): readonly Unknown[] {
  const name = textOr(rule.name, rule.address);
  const doubt = (value: Evaluated<string> | Evaluated<number>, what: string): Unknown =>
    value.kind === 'unknown'
      ? value
      : unknown({ kind: 'unsupported', name: `the ${what} of ${name}` }, value.origin);
  const doubts: Unknown[] = [];
  if (!isKnown(rule.direction, 'inbound')) doubts.push(doubt(rule.direction, 'direction'));
  if (rule.priority.kind !== 'known' || isContested) doubts.push(doubt(rule.priority, 'priority'));
  if (!isKnown(rule.access, 'allow') && !isKnown(rule.access, 'deny'))
    doubts.push(doubt(rule.access, 'access'));
  if (!rule.certain)
    doubts.push(unknown({ kind: 'known-after-apply', name: `the group of ${name}` }, rule.origin));
  return doubts;
}

function isKnown(value: Evaluated<string>, expected: string): boolean {
  return value.kind === 'known' && value.value.toLowerCase() === expected;
}
