import type { Collection } from '../model/azure/element.ts';
import type { RuleSide, SecurityRule } from '../model/azure/network-security-group.ts';
import type { Problem } from '../text/problem.ts';
import { textOr } from '../value/shown.ts';
import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import type { AddressBook } from './address-book.ts';
import type { Direction } from './default-rules.ts';
import { ANY_ADDRESS } from './packets/address.ts';
import { EMPTY, type IntervalSet, unionAll } from './packets/interval-set.ts';
import { ALL_PORTS, ALL_PROTOCOLS, PROTOCOLS, parsePorts, protocolSet } from './packets/packet.ts';
import { isServiceTag, isTagWord } from './service-tags.ts';
import type { Surroundings } from './surroundings.ts';

/** One dimension of a rule: the values it certainly matches, those it may match, and what separates the two. */
export interface Bounds {
  readonly must: IntervalSet;
  readonly may: IntervalSet;
  readonly waitsFor: readonly Unknown[];
}

/** Reads the dimensions of one security rule; what Azure would not accept stays open. */
export interface BoundsReader {
  readonly protocol: Bounds;
  ports(side: RuleSide, what: string): Bounds;
  addresses(side: RuleSide): Bounds;
}

/**
 * The IP configuration or frontend whose private address an unknown value certainly is: lower-case id. Undefined when
 * it may be something else.
 */
export function ownerOfAddress(value: Evaluated<string>): string | undefined {
  if (value.kind !== 'unknown' || value.open === true) return undefined;
  const [only, ...others] = value.references ?? [];
  return only?.property === 'privateIPAddress' && others.length === 0 ? only.id : undefined;
}

export const EVERY_PORT: Bounds = { must: ALL_PORTS, may: ALL_PORTS, waitsFor: [] };
export const EVERY_PROTOCOL: Bounds = { must: ALL_PROTOCOLS, may: ALL_PROTOCOLS, waitsFor: [] };

/** What the reader needs of a rule, whatever kind of rule it is. */
export type ReadableRule = Pick<
  SecurityRule,
  'name' | 'address' | 'origin' | 'protocol' | 'source' | 'destination'
>;

/** Who hears what is wrong with a rule besides the verdicts that it leaves open. */
export interface BoundsReport {
  /** A word that may be a service tag younger than the list of them. */
  unknownTag(problem: Problem): void;
  /** Left out where a policy looks for it: `rule-faults.ts`. */
  malformed?(problem: Problem): void;
}

export function createBoundsReader(
  rule: ReadableRule,
  direction: Direction,
  seenFrom: Surroundings,
  book: AddressBook,
  report: BoundsReport,
): BoundsReader {
  const ruleName = textOr(rule.name, rule.address);

  function malformed(what: string, value: Evaluated<string> | undefined): Unknown {
    const shown = value?.kind === 'known' && value.sensitive !== true ? ` \`${value.value}\`` : '';
    const origin = value?.origin ?? rule.origin;
    report.malformed?.({
      code: 'security-rule-malformed',
      severity: 'warning',
      message: `the ${what}${shown} of \`${ruleName}\` is not one Azure accepts`,
      origin,
    });
    return unknown({ kind: 'unsupported', name: `the ${what}${shown} of ${ruleName}` }, origin);
  }

  function tellUnknownTag(value: Evaluated<string>, what: string): void {
    if (value.kind !== 'known' || !isTagWord(value.value) || isServiceTag(value.value)) return;
    if (value.value.toLowerCase() === 'any') return;
    const shown = value.sensitive === true ? '' : ` \`${value.value}\``;
    report.unknownTag({
      code: 'unknown-service-tag',
      severity: 'warning',
      message: `the ${what}${shown} of \`${ruleName}\` is not a service tag that Portcullis knows`,
      remedy: 'check the spelling: Azure refuses a rule with an unknown tag',
      origin: value.origin,
    });
  }

  /** Of both ends only the source of an inbound rule is a stranger, whose address can be any of its kind. */
  const unknownPrefix = (value: Unknown, end: 'source' | 'destination'): Bounds =>
    book.unknownPrefix(value, direction === 'inbound' ? end : 'destination', seenFrom);

  function prefix(value: Evaluated<string>, end: 'source' | 'destination'): Bounds {
    if (value.kind === 'unknown') return unknownPrefix(value, end);
    const what = `${end} address`;
    tellUnknownTag(value, what);
    const bounds = value.kind === 'known' ? book.prefix(value.value, seenFrom) : undefined;
    if (bounds === undefined) return anyAddress(malformed(what, value));
    if (value.kind !== 'known' || value.sensitive !== true) return bounds;
    return { ...bounds, waitsFor: [unknown({ kind: 'runtime', name: `a sensitive ${what}` }, value.origin)] };
  }

  return {
    protocol: protocolBounds(rule.protocol, (value) => malformed('protocol', value)),

    /** Without any port Azure refuses the rule; it is read as every port: semantics 1.4. */
    ports(side, what) {
      const sets: IntervalSet[] = [];
      const waitsFor: Unknown[] = side.ports.unknown === undefined ? [] : [side.ports.unknown];
      for (const port of written(side.ports)) {
        const set = port.kind === 'known' ? parsePorts(port.value) : undefined;
        if (set !== undefined) sets.push(set);
        else waitsFor.push(port.kind === 'unknown' ? port : malformed(what, port));
      }
      if (waitsFor.length === 0 && sets.length === 0) return EVERY_PORT;
      const must = unionAll(sets);
      return { must, may: waitsFor.length === 0 ? must : ALL_PORTS, waitsFor };
    },

    /**
     * The prefixes, and for the source of an inbound rule also what its application security groups may hold. The
     * destinations that are asked about outbound are frontends, which are in no group (semantics 1.7).
     */
    addresses(side) {
      const end = side === rule.source ? 'source' : 'destination';
      const { prefixes, applicationSecurityGroups: groups } = side;
      const parts = written(prefixes).map((value) => prefix(value, end));
      if (prefixes.unknown !== undefined) parts.push(unknownPrefix(prefixes.unknown, end));
      const isUnset = parts.length === 0 && groups.items.length === 0 && groups.unknown === undefined;
      if (isUnset) return anyAddress(malformed(`missing ${end} address`, undefined));
      if (end === 'source' && direction === 'inbound') {
        parts.push(...groups.items.map((link) => book.sourceGroup(link, seenFrom)));
        if (groups.unknown !== undefined) parts.push(anyAddress(groups.unknown));
      }
      return {
        must: unionAll(parts.map(({ must }) => must)),
        may: unionAll(parts.map(({ may }) => may)),
        waitsFor: parts.flatMap((part) => part.waitsFor),
      };
    },
  };
}

function protocolBounds(
  protocol: Evaluated<string>,
  malformed: (value: Evaluated<string>) => Unknown,
): Bounds {
  if (protocol.kind === 'known') {
    if (protocol.value === '*' || protocol.value.toLowerCase() === 'any') return EVERY_PROTOCOL;
    const found = PROTOCOLS.find((name) => name === protocol.value.toLowerCase());
    if (found !== undefined) return { must: protocolSet(found), may: protocolSet(found), waitsFor: [] };
  }
  const waitsFor = protocol.kind === 'unknown' ? protocol : malformed(protocol);
  return { must: EMPTY, may: ALL_PROTOCOLS, waitsFor: [waitsFor] };
}

function anyAddress(waitsFor: Unknown): Bounds {
  return { must: EMPTY, may: ANY_ADDRESS, waitsFor: [waitsFor] };
}

/** The texts that are set; providers write unset ones as "". */
function written(collection: Collection<Evaluated<string>>): readonly Evaluated<string>[] {
  return collection.items.filter(
    (item) => item.kind !== 'absent' && !(item.kind === 'known' && item.value === ''),
  );
}
