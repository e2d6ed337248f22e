import type { Collection } from '../model/azure/element.ts';
import type { NetworkSecurityGroup, RuleSide, SecurityRule } from '../model/azure/network-security-group.ts';
import type { Link } from '../model/model.ts';
import type { Problem } from '../text/problem.ts';
import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import type { AddressBook, AddressBounds } from './address-book.ts';
import { DEFAULT_INBOUND_RULES, type DefaultRule } from './default-rules.ts';
import { ANY_ADDRESS } from './packets/address.ts';
import { EMPTY, type IntervalSet, unionAll } from './packets/interval-set.ts';
import { ALL_PORTS, ALL_PROTOCOLS, PROTOCOLS, parsePorts, protocolSet } from './packets/packet.ts';
import type { Surroundings } from './placement.ts';

/** One dimension of a rule: the values it certainly matches and those it may match. */
export interface Bounds {
  readonly must: IntervalSet;
  readonly may: IntervalSet;
}

/** A security rule as sets, seen from one subnet. */
export interface CompiledRule {
  readonly rule: SecurityRule | DefaultRule;
  readonly access: 'allow' | 'deny' | 'either';
  /** False when it is not certain that the rule stands here at all, or where in the order. */
  readonly certain: boolean;
  readonly protocol: Bounds;
  readonly source: Bounds;
  readonly sourcePort: Bounds;
  readonly destination: Bounds;
  readonly destinationPort: Bounds;
  /** Destination application security groups: they match the backend if it is a member. */
  readonly destinationGroups: Collection<Link>;
  readonly waitsFor: readonly Unknown[];
}

export interface CompiledGroup {
  readonly group: NetworkSecurityGroup;
  /** Ascending priority; rules whose place is not known come first and are not certain. */
  readonly inbound: readonly CompiledRule[];
  /** Why there may be rules that were not seen. */
  readonly moreRules?: Unknown;
}

const ANYTHING: Bounds = { must: EMPTY, may: ANY_ADDRESS };
const ANY_PORT: Bounds = { must: ALL_PORTS, may: ALL_PORTS };
const PRIORITY_UNKNOWN = -1;

/** The inbound rules of a group as seen from a subnet: service tags mean something else in every subnet. */
export function compileGroup(
  group: NetworkSecurityGroup,
  seenFrom: Surroundings,
  book: AddressBook,
): { compiled: CompiledGroup; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const ordered: { priority: number; rule: CompiledRule }[] = [];
  for (const rule of group.rules.items) {
    if (isKnown(rule.direction, 'outbound')) continue;
    const priority = rule.priority.kind === 'known' ? rule.priority.value : PRIORITY_UNKNOWN;
    ordered.push({ priority, rule: compileRule(rule, seenFrom, book, problems) });
  }
  ordered.sort((a, b) => a.priority - b.priority);
  const accesses = new Map<number, Set<string>>();
  for (const { priority, rule } of ordered) {
    const known = accesses.get(priority);
    if (known === undefined) accesses.set(priority, new Set([rule.access]));
    else known.add(rule.access);
  }
  // Azure refuses two rules of one priority, so which of them would win is not known when they differ.
  const inbound = ordered.map(({ priority, rule }) =>
    (accesses.get(priority)?.size ?? 0) > 1 ? { ...rule, certain: false } : rule,
  );
  const defaults = DEFAULT_INBOUND_RULES.map((rule) => compileDefault(rule, seenFrom, book));
  const compiled: CompiledGroup = { group, inbound: [...inbound, ...defaults] };
  const more = group.rules.unknown;
  return { compiled: more === undefined ? compiled : { ...compiled, moreRules: more }, problems };
}

function compileDefault(rule: DefaultRule, seenFrom: Surroundings, book: AddressBook): CompiledRule {
  const source = book.prefix(rule.source, seenFrom);
  const destination = book.prefix(rule.destination, seenFrom);
  return {
    rule,
    access: rule.access,
    certain: true,
    protocol: { must: ALL_PROTOCOLS, may: ALL_PROTOCOLS },
    source: source ?? ANYTHING,
    sourcePort: ANY_PORT,
    destination: destination ?? ANYTHING,
    destinationPort: ANY_PORT,
    destinationGroups: { items: [] },
    waitsFor: [...(source?.waitsFor ?? []), ...(destination?.waitsFor ?? [])],
  };
}

function compileRule(
  rule: SecurityRule,
  seenFrom: Surroundings,
  book: AddressBook,
  problems: Problem[],
): CompiledRule {
  const waitsFor: Unknown[] = [];
  const malformed = (what: string, value: Evaluated<string> | undefined): void => {
    const shown = value?.kind === 'known' && value.sensitive !== true ? ` \`${value.value}\`` : '';
    problems.push({
      code: 'security-rule-malformed',
      severity: 'warning',
      message: `the ${what}${shown} of \`${nameOf(rule)}\` is not one Azure accepts`,
      origin: value?.origin ?? rule.origin,
    });
    waitsFor.push(
      unknown({ kind: 'unsupported', name: `the ${what}${shown} of ${nameOf(rule)}` }, rule.origin),
    );
  };
  const access = isKnown(rule.access, 'allow') ? 'allow' : isKnown(rule.access, 'deny') ? 'deny' : 'either';
  if (access === 'either') waitsFor.push(whyNot(rule.access, `the access of ${nameOf(rule)}`));
  if (rule.priority.kind !== 'known') waitsFor.push(whyNot(rule.priority, `the priority of ${nameOf(rule)}`));
  if (!isKnown(rule.direction, 'inbound'))
    waitsFor.push(whyNot(rule.direction, `the direction of ${nameOf(rule)}`));
  const address = (side: RuleSide, what: string): AddressBounds =>
    addressBounds(side.prefixes, seenFrom, book, (value) => malformed(what, value));
  const source = address(rule.source, 'source address');
  const groups = rule.source.applicationSecurityGroups.items.map((link) => book.sourceGroup(link, seenFrom));
  const moreGroups = rule.source.applicationSecurityGroups.unknown;
  if (moreGroups !== undefined) groups.push({ ...ANYTHING, waitsFor: [moreGroups] });
  const destination = address(rule.destination, 'destination address');
  const isEmptySource = isUnset(rule.source);
  const isEmptyDestination = isUnset(rule.destination);
  if (isEmptySource) malformed('missing source address', undefined);
  if (isEmptyDestination) malformed('missing destination address', undefined);
  return {
    rule,
    access,
    certain: rule.certain && rule.priority.kind === 'known' && isKnown(rule.direction, 'inbound'),
    protocol: protocolBounds(rule.protocol, waitsFor, (value) => malformed('protocol', value)),
    source: isEmptySource
      ? ANYTHING
      : { must: source.must, may: unionAll([source.may, ...groups.map(({ may }) => may)]) },
    sourcePort: portBounds(rule.source.ports, waitsFor, (value) => malformed('source port', value)),
    destination: isEmptyDestination ? ANYTHING : destination,
    destinationPort: portBounds(rule.destination.ports, waitsFor, (value) =>
      malformed('destination port', value),
    ),
    destinationGroups: rule.destination.applicationSecurityGroups,
    waitsFor: [
      ...waitsFor,
      ...source.waitsFor,
      ...groups.flatMap((group) => group.waitsFor),
      ...destination.waitsFor,
    ],
  };
}

function addressBounds(
  prefixes: Collection<Evaluated<string>>,
  seenFrom: Surroundings,
  book: AddressBook,
  malformed: (value: Evaluated<string>) => void,
): AddressBounds {
  const parts: AddressBounds[] = [];
  for (const prefix of prefixes.items) {
    if (prefix.kind === 'absent' || (prefix.kind === 'known' && prefix.value === '')) continue;
    const bounds = prefix.kind === 'known' ? book.prefix(prefix.value, seenFrom) : book.unknownPrefix(prefix);
    if (bounds === undefined) malformed(prefix);
    parts.push(bounds ?? { ...ANYTHING, waitsFor: [] });
  }
  if (prefixes.unknown !== undefined) parts.push(book.unknownPrefix(prefixes.unknown));
  return {
    must: unionAll(parts.map(({ must }) => must)),
    may: unionAll(parts.map(({ may }) => may)),
    waitsFor: parts.flatMap((part) => part.waitsFor),
  };
}

/** Neither prefixes nor groups: Azure refuses such a rule, so what it matches is not known. */
function isUnset(side: RuleSide): boolean {
  const { prefixes, applicationSecurityGroups } = side;
  const isEmpty = prefixes.items.every(
    (item) => item.kind === 'absent' || (item.kind === 'known' && item.value === ''),
  );
  return (
    isEmpty &&
    prefixes.unknown === undefined &&
    applicationSecurityGroups.items.length === 0 &&
    applicationSecurityGroups.unknown === undefined
  );
}

function protocolBounds(
  protocol: Evaluated<string>,
  waitsFor: Unknown[],
  malformed: (value: Evaluated<string>) => void,
): Bounds {
  const unsettled: Bounds = { must: EMPTY, may: ALL_PROTOCOLS };
  if (protocol.kind !== 'known') {
    waitsFor.push(whyNot(protocol, 'the protocol'));
    return unsettled;
  }
  if (protocol.value === '*') return { must: ALL_PROTOCOLS, may: ALL_PROTOCOLS };
  const found = PROTOCOLS.find((name) => name === protocol.value.toLowerCase());
  if (found === undefined) {
    malformed(protocol);
    return unsettled;
  }
  const set = protocolSet(found);
  return { must: set, may: set };
}

/** Without any port Azure refuses the rule; it is read as every port: semantics 1.4. */
function portBounds(
  ports: Collection<Evaluated<string>>,
  waitsFor: Unknown[],
  malformed: (value: Evaluated<string>) => void,
): Bounds {
  const sets: IntervalSet[] = [];
  let isSettled = true;
  for (const port of ports.items) {
    if (port.kind === 'absent' || (port.kind === 'known' && port.value === '')) continue;
    const set = port.kind === 'known' ? parsePorts(port.value) : undefined;
    if (set !== undefined) {
      sets.push(set);
      continue;
    }
    isSettled = false;
    if (port.kind === 'known') malformed(port);
    else waitsFor.push(port);
  }
  if (ports.unknown !== undefined) {
    isSettled = false;
    waitsFor.push(ports.unknown);
  }
  if (isSettled && sets.length === 0) return ANY_PORT;
  const must = unionAll(sets);
  return { must, may: isSettled ? must : ALL_PORTS };
}

function isKnown(value: Evaluated<string>, expected: string): boolean {
  return value.kind === 'known' && value.value.toLowerCase() === expected;
}

function whyNot(value: Evaluated<string> | Evaluated<number>, what: string): Unknown {
  return value.kind === 'unknown' ? value : unknown({ kind: 'unsupported', name: what }, value.origin);
}

function nameOf(rule: SecurityRule): string {
  return rule.name.kind === 'known' && rule.name.sensitive !== true ? rule.name.value : rule.address;
}
