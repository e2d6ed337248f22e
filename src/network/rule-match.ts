import type { Collection } from '../model/azure/element.ts';
import type { RuleSide } from '../model/azure/network-security-group.ts';
import type { Link } from '../model/model.ts';
import type { Absent, Evaluated, Unknown } from '../value/value.ts';
import { type AddressRange, isWithin, readRange } from './address-range.ts';
import {
  NOT_INTERNET_PREFIXES,
  PRIVATE_PREFIXES,
  PROBE_SOURCE,
  PROBE_SOURCE_IPV6,
  PUBLIC_IPV6_PREFIX,
} from './azure-addresses.ts';
import type { Packet, PacketAddress, TraceOptions } from './packet.ts';
import type { Placement } from './placement.ts';
import { isTagWord } from './service-tags.ts';
import { holdsEverything, type Surroundings } from './surroundings.ts';

/** Whether a rule matches one packet; `maybe` when the code does not settle it. */
export type Answer = 'yes' | 'no' | 'maybe';

/** The protocol of the rule against the packet's; security admin rules write `Any` for all of them. */
export function matchesProtocol(protocol: Evaluated<string>, actual: Packet['protocol']): Answer {
  const wanted = lower(protocol);
  if (wanted === '*' || wanted === 'any' || wanted === actual) return 'yes';
  return wanted !== undefined && ['tcp', 'udp', 'icmp', 'esp', 'ah'].includes(wanted) ? 'no' : 'maybe';
}

/** The ports of one side against a port; a rule without ports matches every port (semantics 1.4). */
export function matchesPorts(side: RuleSide, port: number): Answer {
  const { items, unknown: more } = side.ports;
  const written = items.filter(isWritten);
  if (written.length === 0 && more === undefined) return 'yes';
  const answers = written.map((item): Answer => {
    if (item.kind === 'unknown') return 'maybe';
    if (item.value === '*') return 'yes';
    const [, from, to] = /^(0|[1-9]\d{0,4})(?:-(0|[1-9]\d{0,4}))?$/.exec(item.value) ?? [];
    const low = Number(from);
    const high = Number(to ?? from);
    if (from === undefined || high > 65_535 || low > high) return 'maybe';
    return port >= low && port <= high ? 'yes' : 'no';
  });
  return some(more === undefined ? answers : [...answers, 'maybe']);
}

/** The end of a rule at the machine that is protected; groups match its private address and nothing else. */
export function matchesOwnEnd(
  side: RuleSide,
  address: PacketAddress,
  place: Placement,
  options: TraceOptions,
): Answer {
  const owner = options.direction === 'outbound' ? options.sourceOwner : options.destinationOwner;
  const answers = matchesPrefixes(side, address, place.surroundings, { owner });
  if (!options.toPrivateAddress) return some(answers);
  return some([...answers, ...matchesGroups(side, place.memberOf)]);
}

/**
 * The other end of a rule. Whether a machine elsewhere is in a group is not known unless the groups of the peer are; what
 * packets go out to besides machines, frontends and the internet, is in none (semantics 1.7).
 */
export function matchesPeerEnd(
  side: RuleSide,
  address: PacketAddress,
  { surroundings }: Placement,
  { direction, sourceOwner, destinationOwner, peerGroups }: TraceOptions,
): Answer {
  const isOutbound = direction === 'outbound';
  const owner = isOutbound ? destinationOwner : sourceOwner;
  const isStranger = !isOutbound && owner === undefined;
  const answers = matchesPrefixes(side, address, surroundings, { owner, isStranger });
  if (peerGroups !== undefined) return some([...answers, ...matchesGroups(side, peerGroups)]);
  if (isOutbound) return some(answers);
  const { items, unknown: more } = side.applicationSecurityGroups;
  const mayBeInGroup = more !== undefined || (items.length > 0 && isPossiblyInside(address, surroundings));
  return some(mayBeInGroup ? [...answers, 'maybe'] : answers);
}

/** The groups of a side against those of the machine there. */
function matchesGroups(
  { applicationSecurityGroups: { items, unknown: more } }: RuleSide,
  memberOf: Collection<Link>,
): readonly Answer[] {
  const answers = items.map((group) => isMember(memberOf, group));
  return more === undefined ? answers : [...answers, 'maybe'];
}

/** Whether something with these application security groups is in a group that a rule names. */
export function isMember(memberOf: Collection<Link>, group: Link): Answer {
  const { items, unknown: more } = memberOf;
  if (group.kind !== 'to') return 'maybe';
  if (items.some((item) => item.kind === 'to' && item.id === group.id)) return 'yes';
  const mayBe = items.some(
    (item) =>
      item.kind === 'unknown' || (item.kind === 'one-of' && (item.open || item.ids.includes(group.id))),
  );
  return mayBe || more !== undefined ? 'maybe' : 'no';
}

function matchesPrefixes(
  side: RuleSide,
  address: PacketAddress,
  surroundings: Surroundings,
  end: End,
): Answer[] {
  const { items, unknown: more } = side.prefixes;
  const written = items.filter(isWritten);
  const groups = side.applicationSecurityGroups;
  const isEmpty = written.length === 0 && groups.items.length === 0;
  if (isEmpty && more === undefined && groups.unknown === undefined) return ['maybe'];
  return [...written, ...(more === undefined ? [] : [more])].map((item) =>
    item.kind === 'known'
      ? matchesPrefix(address, item.value, surroundings)
      : matchesUnknownPrefix(address, item, end, surroundings),
  );
}

/** What an unknown prefix is compared with: whose address it is, or a stranger whose address can be any. */
interface End {
  readonly owner?: string | undefined;
  readonly isStranger?: boolean;
}

/**
 * An unknown that is exactly the address of a resource matches that address. It may be any address of its kind that a
 * stranger has, and is no other address that belongs to something.
 */
function matchesUnknownPrefix(
  address: PacketAddress,
  value: Unknown,
  end: End,
  surroundings: Surroundings,
): Answer {
  const [first, ...others] = value.references ?? [];
  if (first === undefined || value.open === true) return 'maybe';
  if (first.property === 'privateIPAddress' && others.length === 0) {
    if (end.isStranger !== true) return first.id === end.owner ? 'yes' : 'no';
    return isPossiblyInside(address, surroundings) ? 'maybe' : 'no';
  }
  const named = [first, ...others];
  if (named.some(({ property }) => property !== 'ipAddress')) return 'maybe';
  if (address.kind === 'public' && named.some(({ id }) => id === address.id)) {
    return others.length === 0 ? 'yes' : 'maybe';
  }
  return end.isStranger === true && address.kind === 'ip' && isPublic(address) ? 'maybe' : 'no';
}

/** One prefix or service tag, as seen from a subnet (semantics 0.4, 1.6). */
export function matchesPrefix(address: PacketAddress, written: string, surroundings: Surroundings): Answer {
  if (ANYWHERE.includes(written.toLowerCase())) return 'yes';
  const range = readRange(written);
  if (range !== undefined) return matchesRange(address, range, written);
  if (!isTagWord(written)) return 'maybe';
  const answer = matchesTag(address, written, surroundings);
  if (answer !== 'maybe' || !PROBE_SOURCES.some((source) => isAddress(address, source))) return answer;
  if (surroundings.reading === 'probe-inside') return 'yes';
  return surroundings.reading === 'probe-outside' ? 'no' : 'maybe';
}

const ANYWHERE = ['*', 'any', '0.0.0.0/0', '::/0'];
const PROBE_SOURCES = [PROBE_SOURCE, PROBE_SOURCE_IPV6];

function matchesTag(address: PacketAddress, written: string, surroundings: Surroundings): Answer {
  switch (written.toLowerCase()) {
    case 'azureloadbalancer':
      return isAddress(address, PROBE_SOURCE)
        ? 'yes'
        : isAddress(address, PROBE_SOURCE_IPV6)
          ? 'maybe'
          : 'no';
    case 'virtualnetwork':
      return inVirtualNetworkTag(address, surroundings);
    case 'internet':
      return inInternetTag(address, surroundings);
    default:
      return isAddress(address, PROBE_SOURCE) || isPublic(address) ? 'maybe' : 'no';
  }
}

function matchesRange(address: PacketAddress, range: AddressRange, written: string): Answer {
  if (address.kind === 'inside') return 'maybe';
  if (address.kind === 'public') return isOutsideInternet(written) ? 'no' : 'maybe';
  const own = readRange(address.text);
  return own !== undefined && isWithin(own, range) ? 'yes' : 'no';
}

function inVirtualNetworkTag(address: PacketAddress, surroundings: Surroundings): Answer {
  if (holdsEverything(surroundings)) return 'yes';
  if (surroundings.tagUndefined !== undefined) return 'maybe';
  const { routePrefixes } = surroundings;
  if (address.kind === 'public') return routePrefixes.every(isOutsideInternet) ? 'no' : 'maybe';
  // Another network may be peered.
  if (address.kind === 'inside') return address.id === surroundings.virtualNetworkId ? 'yes' : 'maybe';
  if (address.text === PROBE_SOURCE || isIn(surroundings.prefixes, address.text)) return 'yes';
  if (isIn(surroundings.peerPrefixes, address.text)) return 'yes';
  if (address.text === PROBE_SOURCE_IPV6) return 'maybe';
  const possible = [...surroundings.neighbourPrefixes, ...routePrefixes, ...PRIVATE_PREFIXES];
  if (isIn(possible, address.text)) return 'maybe';
  const areSpelledOut = routePrefixes.every((prefix) => readRange(prefix) !== undefined);
  return !areSpelledOut && isPublic(address) ? 'maybe' : 'no';
}

function inInternetTag(address: PacketAddress, surroundings: Surroundings): Answer {
  if (address.kind === 'public') return 'yes';
  if (address.kind === 'inside' || isIn(surroundings.prefixes, address.text)) return 'no';
  if (isIn(surroundings.peerPrefixes, address.text)) return 'no';
  if (isIn(PRIVATE_PREFIXES, address.text)) return 'no';
  return isPublic(address) && !isIn(surroundings.neighbourPrefixes, address.text) ? 'yes' : 'maybe';
}

function isPublic(address: PacketAddress): boolean {
  if (address.kind !== 'ip') return address.kind === 'public';
  return address.text.includes(':')
    ? isIn([PUBLIC_IPV6_PREFIX], address.text)
    : !isIn(NOT_INTERNET_PREFIXES, address.text);
}

function isPossiblyInside(address: PacketAddress, surroundings: Surroundings): boolean {
  if (address.kind !== 'ip') return address.kind === 'inside';
  return isIn(
    [
      ...surroundings.prefixes,
      ...surroundings.peerPrefixes,
      ...surroundings.neighbourPrefixes,
      ...surroundings.routePrefixes,
      ...PRIVATE_PREFIXES,
    ],
    address.text,
  );
}

/**
 * Whether a prefix or range has no public address. No two of the excluded prefixes touch, so that it lies in one of
 * them; in IPv6 they are what lies below the public addresses and what lies above. False when it is malformed.
 */
function isOutsideInternet(written: string): boolean {
  const range = readRange(written);
  return range !== undefined && isInside(range, [...NOT_INTERNET_PREFIXES, ...AROUND_PUBLIC_IPV6]);
}

const AROUND_PUBLIC_IPV6 = [
  '::-1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  '4000::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
];

function isAddress(address: PacketAddress, text: string): boolean {
  return address.kind === 'ip' && address.text === text;
}

/** Malformed prefixes hold nothing. */
function isIn(prefixes: readonly string[], text: string): boolean {
  const address = readRange(text);
  return address !== undefined && isInside(address, prefixes);
}

/** Whether one of the prefixes holds the whole range. */
function isInside(range: AddressRange, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => {
    const outer = readRange(prefix);
    return outer !== undefined && isWithin(range, outer);
  });
}

/** The answer when all must hold. */
export function every(answers: readonly Answer[]): Answer {
  if (answers.includes('no')) return 'no';
  return answers.includes('maybe') ? 'maybe' : 'yes';
}

function some(answers: readonly Answer[]): Answer {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('maybe') ? 'maybe' : 'no';
}

/** Providers write unset texts as "". */
function isWritten(value: Evaluated<string>): value is Exclude<Evaluated<string>, Absent> {
  return value.kind === 'unknown' || (value.kind === 'known' && value.value !== '');
}

/** A known text in lower case, because Azure compares these words without regard to case. */
export function lower(value: Evaluated<string>): string | undefined {
  return value.kind === 'known' ? value.value.toLowerCase() : undefined;
}
