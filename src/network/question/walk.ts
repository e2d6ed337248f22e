import type { Unknown } from '../../value/value.ts';
import type { AddressBook } from '../address-book.ts';
import { type Compiler, SOURCE_PORTS } from '../judge.ts';
import { membershipOf } from '../membership.ts';
import type { Packet, TraceOptions } from '../packet.ts';
import { type AddressSet, isEmpty, range } from '../packets/interval-set.ts';
import { type Protocol, protocolSet } from '../packets/packet.ts';
import { box } from '../packets/packet-set.ts';
import { witness } from '../packets/witness.ts';
import { isHidden, type Placement } from '../placement.ts';
import { type Membership, type Query, reach, type Verdict } from '../reach.ts';
import { type Hop, type Trace, trace } from '../trace.ts';
import { seenBy } from './peer-rules.ts';
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
  /** The sender is shown with an address beside that of the machine. */
  readonly isFromNeighbour?: boolean;
  /** Parts of the packet that come from secrets, besides the address of the machine. */
  readonly secrets: readonly SecretPart[];
}

/** A part of a packet that is never printed. */
export type SecretPart = NonNullable<Packet['secrets']>[number];

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
  const waitsFor = results.flatMap((result) => result.waitsFor);
  const [first = undecided('the subnet of the machine'), ...others] = results;
  if (others.every(({ verdict }) => verdict === first.verdict)) return { ...first, waitsFor };
  const doubts = passage.places.flatMap((place) => place.doubts);
  return { ...first, verdict: 'unknown', waitsFor: [...doubts, ...waitsFor] };
}

function undecided(name: string): Passed {
  return { verdict: 'unknown', packet: undefined, hops: [], waitsFor: [open(name, 'known-after-apply')] };
}

function passAt(book: AddressBook, compile: Compiler, passage: Passage, stand: Placement): Passed {
  const { protocol, destinationPort, options } = passage;
  const direction = options.direction ?? 'inbound';
  const place = seenBy(stand, options);
  const query: Query = {
    protocol: protocolSet(protocol),
    source: passage.source(stand),
    sourcePort: SOURCE_PORTS,
    destination: passage.destination(stand),
    destinationPort: range(destinationPort, destinationPort + 1),
  };
  const point = witness(box(query), [box({ source: book.neighbours(place) })]);
  if (point === undefined)
    return undecided(isEmpty(query.source) ? 'the address of the sender' : 'the address of the receiver');
  const own = direction === 'inbound' ? 'destination' : 'source';
  const secrets: readonly SecretPart[] = [
    ...passage.secrets,
    ...(options.toPrivateAddress && isHidden(place) ? ([own] as const) : []),
    ...(passage.isFromNeighbour && isHidden(place) ? (['source'] as const) : []),
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
  // Only the walk knows about places that are closed without a group.
  if (shown.verdict === 'dropped' && shown.decisive?.group === undefined) return { ...shown, packet };
  const filters = place.levels.map((level) => compile.group(level.group, place, direction));
  const owner = { source: options.sourceOwner, destination: options.destinationOwner };
  const membership: Membership = (rule, side) => {
    if (rule.owners[side].some((id) => id === owner[side])) return { is: 'yes' };
    return side === own && options.toPrivateAddress ? membershipOf(rule, place) : { is: 'no' };
  };
  const reached = reach(query, filters, membership, compile.adminRules(place, direction));
  if (WORDS[reached.verdict] === shown.verdict) return { ...shown, packet };
  const waitsFor = [...shown.waitsFor, ...reached.waitsFor];
  const choice = open('which of its possible addresses and source ports the packet has');
  return {
    verdict: 'unknown',
    packet,
    hops: shown.hops,
    waitsFor: waitsFor.length > 0 ? waitsFor : [choice],
  };
}

/** What both engines call the same. */
const WORDS: Readonly<Partial<Record<Verdict, Trace['verdict']>>> = { open: 'delivered', blocked: 'dropped' };
