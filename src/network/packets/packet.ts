import type { Bound, IntervalSet } from './interval-set.ts';
import { range, unionAll } from './interval-set.ts';

/** The transport protocols that a network security group tells apart (azure-semantics section 1.4). */
export type Protocol = 'tcp' | 'udp' | 'icmp' | 'esp' | 'ah';

/** Every protocol; its place in this list is its bound in the protocol dimension. */
export const PROTOCOLS: readonly Protocol[] = ['tcp', 'udp', 'icmp', 'esp', 'ah'];

/** Every protocol as a set. */
export const ALL_PROTOCOLS: IntervalSet = range(0, PROTOCOLS.length);

/** Every port, 0 to 65535. */
export const ALL_PORTS: IntervalSet = range(0, 65_536);

/**
 * One packet: the start of a flow. Addresses are bounds of the address dimension, ports 0 to 65535. A packet
 * of a protocol without ports carries port values all the same, 0 by convention.
 */
export interface PacketPoint {
  readonly protocol: Protocol;
  readonly source: Bound;
  readonly sourcePort: number;
  readonly destination: Bound;
  readonly destinationPort: number;
}

/** The set of the given protocols; `EMPTY` for none. */
export function protocolSet(...protocols: readonly Protocol[]): IntervalSet {
  return unionAll(
    protocols.map((protocol) => range(PROTOCOLS.indexOf(protocol), PROTOCOLS.indexOf(protocol) + 1)),
  );
}

/** The protocol at a bound of the protocol dimension; throws RangeError when there is none. */
export function protocolOf(bound: Bound): Protocol {
  const protocol = PROTOCOLS[Number(bound)];
  if (protocol === undefined) throw new RangeError(`no protocol has the bound ${bound}`);
  return protocol;
}

/**
 * Reads the ports of a rule: `*`, one port, or an inclusive range `first-last` with first <= last, 0 to
 * 65535, without leading zeros or spaces (azure-semantics section 1.4). Undefined for anything else.
 */
export function parsePorts(text: string): IntervalSet | undefined {
  if (text === '*') return ALL_PORTS;
  const match = /^(0|[1-9][0-9]{0,4})(?:-(0|[1-9][0-9]{0,4}))?$/.exec(text);
  if (match === null) return undefined;
  const low = Number(match[1]);
  const high = Number(match[2] ?? match[1]);
  return low <= high && high <= 65_535 ? range(low, high + 1) : undefined;
}
