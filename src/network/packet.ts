import type { Collection } from '../model/azure/element.ts';
import type { Link } from '../model/model.ts';
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
  /** Inbound when left out. */
  readonly direction?: 'outbound';
  /** A Standard public frontend drops what no security group lets in: semantics 3.1. */
  readonly closedWithoutGroup: 'yes' | 'no' | { readonly unknown: Unknown };
  /** Whether the machine's end of the packet is its private address, rather than the address of a frontend. */
  readonly toPrivateAddress: boolean;
  /** The IP configuration or frontend an address belongs to, where it is one of the root: lower-case id. */
  readonly sourceOwner?: string;
  readonly destinationOwner?: string | undefined;
  /** The application security groups of the machine at the other end, where it is one of the root. */
  readonly peerGroups?: Collection<Link>;
}
