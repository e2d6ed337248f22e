import { ANY_ADDRESS } from './address.ts';
import type { Diagram } from './diagram.ts';
import { combine, commonBelow, INSIDE, isSame, NOTHING, prefixed, valuesAt } from './diagram.ts';
import type { AddressSet, IntervalSet } from './interval-set.ts';
import { contains, intersect } from './interval-set.ts';
import type { PacketPoint } from './packet.ts';
import { ALL_PORTS, ALL_PROTOCOLS, PROTOCOLS } from './packet.ts';

export { NOTHING } from './diagram.ts';

/** An immutable set of packets; its inside is no one's business but this file's functions. */
export type PacketSet = Diagram;

/** A dimension of a packet. */
export type Dimension = 'destination' | 'protocol' | 'destinationPort' | 'source' | 'sourcePort';

/** What a box allows in each dimension; a dimension left out allows every value. */
export interface PacketBox {
  readonly destination?: AddressSet;
  readonly protocol?: IntervalSet;
  readonly destinationPort?: IntervalSet;
  readonly source?: AddressSet;
  readonly sourcePort?: IntervalSet;
}

const DIMENSIONS: readonly { readonly name: Dimension; readonly domain: IntervalSet }[] = [
  { name: 'destination', domain: ANY_ADDRESS },
  { name: 'protocol', domain: ALL_PROTOCOLS },
  { name: 'destinationPort', domain: ALL_PORTS },
  { name: 'source', domain: ANY_ADDRESS },
  { name: 'sourcePort', domain: ALL_PORTS },
];

/** For each dimension, and after the last, the diagram of all that it and the following dimensions allow. */
const FULLS: readonly Diagram[] = fullDiagrams();

function fullDiagrams(): Diagram[] {
  const fulls = [INSIDE];
  for (const { domain } of DIMENSIONS.toReversed()) fulls.unshift(prefixed(domain, fulls[0] ?? INSIDE));
  return fulls;
}

/** Every packet. */
export const EVERYTHING: PacketSet = FULLS[0] ?? NOTHING;

/**
 * The packets whose every dimension is in its set; `NOTHING` when one of the sets is empty. Ports 0 to 65535.
 */
export function box(sides: PacketBox): PacketSet {
  return DIMENSIONS.reduceRight((child, { name, domain }, depth) => {
    const label = intersect(domain, sides[name] ?? domain);
    const isFull = label === domain && child === FULLS[depth + 1];
    return isFull ? (FULLS[depth] ?? NOTHING) : prefixed(label, child);
  }, INSIDE);
}

/** Packets in either set. */
export function unionPackets(a: PacketSet, b: PacketSet): PacketSet {
  return combine('union', a, b, FULLS);
}

/** Packets in any of the sets; pairs first, so that no long set is built up packet by packet. */
export function unionAllPackets(sets: readonly PacketSet[]): PacketSet {
  let round = sets;
  while (round.length > 1) {
    const next: PacketSet[] = [];
    for (let k = 0; k < round.length; k += 2)
      next.push(unionPackets(round[k] ?? NOTHING, round[k + 1] ?? NOTHING));
    round = next;
  }
  return round[0] ?? NOTHING;
}

/** Packets in both sets. */
export function intersectPackets(a: PacketSet, b: PacketSet): PacketSet {
  return combine('intersect', a, b, FULLS);
}

/** Packets of `a` that are not in `b`. */
export function subtractPackets(a: PacketSet, b: PacketSet): PacketSet {
  return combine('subtract', a, b, FULLS);
}

/** Whether the set has no packet. */
export function isNoPackets(set: PacketSet): boolean {
  return set === NOTHING;
}

/** Whether the packet is in the set. */
export function containsPacket(set: PacketSet, point: PacketPoint): boolean {
  const values = { ...point, protocol: PROTOCOLS.indexOf(point.protocol) };
  let node = set;
  for (const { name } of DIMENSIONS) {
    node = node.edges.find((edge) => contains(edge.label, values[name]))?.child ?? NOTHING;
  }
  return node === INSIDE;
}

/** Whether every packet of `a` is in `b`. */
export function isPacketSubset(a: PacketSet, b: PacketSet): boolean {
  return subtractPackets(a, b) === NOTHING;
}

/** Whether both sets hold the same packets. */
export function equalPackets(a: PacketSet, b: PacketSet): boolean {
  return isSame(a, b);
}

/** The values that the packets of the set have in one dimension. */
export function projectPackets(set: PacketSet, dimension: Dimension): IntervalSet {
  return valuesAt(
    set,
    DIMENSIONS.findIndex(({ name }) => name === dimension),
  );
}

/**
 * The packets that are in the set with every one of these destinations, now with any destination: what is certain while
 * it is not known which of them a packet has. Everything when there are none.
 */
export function wherever(set: PacketSet, destinations: AddressSet): PacketSet {
  const common = commonBelow(set, destinations, FULLS);
  return common === FULLS[1] ? EVERYTHING : prefixed(ANY_ADDRESS, common);
}
