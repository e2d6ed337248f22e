import type { AddressBook } from './address-book.ts';
import type { Packet, TraceOptions } from './packet.ts';
import { box, type PacketSet } from './packets/packet-set.ts';
import { witness } from './packets/witness.ts';
import type { Placement } from './placement.ts';
import { type Trace, trace } from './trace.ts';

/** Where and how a packet of a set is replayed. */
export interface Replay {
  readonly placement: Placement;
  readonly options: TraceOptions;
  readonly secrets: NonNullable<Packet['secrets']>;
}

/**
 * The most telling packet of a set that is certainly dropped, replayed by the concrete engine. The engines must agree; a
 * disagreement throws, because then one of them is wrong. Undefined for the empty set.
 */
export function replayDropped(book: AddressBook, dropped: PacketSet, replay: Replay): Trace | undefined {
  const { placement, options, secrets } = replay;
  const point = witness(dropped, [box({ source: book.neighbours(placement) })]);
  if (point === undefined) return undefined;
  const packet: Packet = {
    protocol: point.protocol,
    source: book.describe(point.source),
    sourcePort: point.sourcePort,
    destination: book.describe(point.destination),
    destinationPort: point.destinationPort,
    ...(secrets.length === 0 ? {} : { secrets }),
  };
  const traced = trace(packet, placement, options);
  if (traced.verdict !== 'dropped') {
    throw new Error(
      `the engines disagree: a packet that is certainly dropped is ${traced.verdict} when replayed`,
    );
  }
  return traced;
}
