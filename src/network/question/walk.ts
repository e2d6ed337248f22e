import type { Unknown } from '../../value/value.ts';
import type { AddressBook } from '../address-book.ts';
import { type Compiler, SOURCE_PORTS } from '../judge.ts';
import { membershipOf } from '../membership.ts';
import type { Packet, TraceOptions } from '../packet.ts';
import { type AddressSet, isEmpty, range } from '../packets/interval-set.ts';
import { type Protocol, protocolSet } from '../packets/packet.ts';
import { box } from '../packets/packet-set.ts';
import { witness } from '../packets/witness.ts';
import type { Placement } from '../placement.ts';
import { type Membership, type Query, reach, type Verdict } from '../reach.ts';
import { type Hop, type Trace, trace } from '../trace.ts';
import { open } from './question.ts';

/** One packet at the security groups of one machine, going in or out. */
export interface Passage {
  readonly places: readonly Placement[];
  readonly protocol: Protocol;
  /** Several addresses mean: one of these, and it is not known which. */
  readonly source: (place: Placement) => AddressSet;
  readonly destination: (place: Placement) => AddressSet;
  readonly destinationPort: number;
  readonly options: TraceOptions;
  /** Parts of the packet that come from secrets, besides the address of the machine. */
  readonly secrets?: NonNullable<Packet['secrets']>;
}

/** What the security groups do, and the hops of one packet that shows it. */
export interface Passed {
  readonly verdict: Trace['verdict'];
  readonly packet: Packet | undefined;
  readonly hops: readonly Hop[];
  readonly waitsFor: readonly Unknown[];
}

/** The verdict of the symbolic engine over everything that is open, shown by the concrete engine on one packet. */
export function passGroups(book: AddressBook, compile: Compiler, passage: Passage): Passed {
  const results = passage.places.map((place) => passAt(book, compile, passage, place));
  const [first, ...others] = results;
  if (first === undefined) return undecided('the subnet of the machine');
  if (others.every(({ verdict }) => verdict === first.verdict)) return first;
  const doubts = passage.places.flatMap(({ doubts: open }) => open);
  return {
    ...first,
    verdict: 'unknown',
    waitsFor: [...doubts, ...results.flatMap(({ waitsFor }) => waitsFor)],
  };
}

function undecided(name: string): Passed {
  return { verdict: 'unknown', packet: undefined, hops: [], waitsFor: [open(name, 'known-after-apply')] };
}

const VERDICTS: Readonly<Record<Verdict, Trace['verdict']>> = {
  open: 'delivered',
  blocked: 'dropped',
  partial: 'unknown',
  unknown: 'unknown',
};

function passAt(book: AddressBook, compile: Compiler, passage: Passage, place: Placement): Passed {
  const { protocol, destinationPort, options } = passage;
  const direction = options.direction ?? 'inbound';
  const query: Query = {
    protocol: protocolSet(protocol),
    source: passage.source(place),
    sourcePort: SOURCE_PORTS,
    destination: passage.destination(place),
    destinationPort: range(destinationPort, destinationPort + 1),
  };
  if (isEmpty(query.source)) return undecided('the address of the sender');
  if (isEmpty(query.destination)) return undecided('the address of the receiver');
  const point = witness(box(query), [box({ source: book.neighbours(place) })]);
  if (point === undefined) return undecided('what packet it is');
  const own = direction === 'inbound' ? 'destination' : 'source';
  const { privateAddress } = place;
  const isHidden =
    options.toPrivateAddress && privateAddress.kind !== 'unknown' && privateAddress.secret === true;
  const secrets: NonNullable<Packet['secrets']> = [
    ...(passage.secrets ?? []),
    ...(isHidden ? ([own] as const) : []),
  ];
  const packet: Packet = {
    protocol,
    source: book.describe(point.source),
    sourcePort: point.sourcePort,
    destination: book.describe(point.destination),
    destinationPort,
    ...(secrets.length === 0 ? {} : { secrets }),
  };
  const shown = trace(packet, place, options);
  const filters = place.levels.map((level) => compile.group(level.group, place, direction));
  const owner = { source: options.sourceOwner, destination: options.destinationOwner };
  const membership: Membership = (rule, side) => {
    const id = owner[side];
    if (id !== undefined && rule.owners[side].includes(id)) return { is: 'yes' };
    return side === own && options.toPrivateAddress ? membershipOf(rule, place) : { is: 'no' };
  };
  // The walk also knows about the peer's groups and about places that are closed without a group.
  if (shown.verdict === 'dropped' && isClosed(shown)) return { ...shown, packet };
  const reached = reach(query, filters, membership, compile.adminRules(place, direction));
  const verdict = VERDICTS[reached.verdict];
  if (verdict === shown.verdict) return { ...shown, packet };
  const isSingle = options.peerGroups !== undefined && shown.verdict !== 'unknown' && verdict === 'unknown';
  if (isSingle && isPoint(query.source) && isPoint(query.destination)) return { ...shown, packet };
  const waitsFor = [...shown.waitsFor, ...reached.waitsFor];
  const choice = open('which of its possible addresses the packet has');
  return {
    verdict: 'unknown',
    packet,
    hops: shown.hops,
    waitsFor: waitsFor.length > 0 ? waitsFor : [choice],
  };
}

function isClosed({ hops }: Trace): boolean {
  const last = hops.at(-1)?.decidedBy;
  return last?.group === undefined;
}

function isPoint(set: AddressSet): boolean {
  const [low, high] = set;
  return set.length === 2 && low !== undefined && high !== undefined && BigInt(high) - BigInt(low) === 1n;
}
