import type { Unknown } from '../value/value.ts';

/** An address in a packet: a real one, the public IP of a resource, or an address in a network not spelled out. */
export type PacketAddress =
  | { readonly kind: 'ip'; readonly text: string }
  | { readonly kind: 'public'; readonly id: string; readonly label: string }
  | { readonly kind: 'inside'; readonly id: string; readonly label: string };

/** One packet as it arrives at the backend. */
export interface Packet {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'esp' | 'ah';
  readonly source: PacketAddress;
  readonly sourcePort: number;
  readonly destination: PacketAddress;
  readonly destinationPort: number;
  /** Parts that come from secrets and are never printed. */
  readonly secrets?: readonly ('source' | 'destination' | 'destinationPort')[];
}

/** What the walk needs to know besides the place. */
export interface TraceOptions {
  /** A Standard public frontend drops what no security group lets in: semantics 3.1. */
  readonly closedWithoutGroup: 'yes' | 'no' | { readonly unknown: Unknown };
  /** Whether the packet is addressed to the private address of the backend rather than to the frontend. */
  readonly toPrivateAddress: boolean;
  /** The IP configuration or frontend the destination address belongs to: lower-case id. */
  readonly destinationOwner?: string;
}
