import type { Packet, PacketAddress, TraceOptions } from '../../src/network/packet.ts';
import { type Placement, placementsOf } from '../../src/network/placement.ts';
import { buildTopology } from '../../src/network/topology.ts';
import { type Trace, trace } from '../../src/network/trace.ts';
import { type EstateOptions, estate } from './estate.ts';

/** Where the first machine of an estate stands. */
export function placeOf(options: EstateOptions): Placement {
  const topology = buildTopology(estate(options));
  const [nic] = topology.interfaces;
  const [configuration] = nic?.ipConfigurations.items ?? [];
  const [place] = nic && configuration ? placementsOf(topology, nic, configuration) : [];
  if (place === undefined) throw new Error('the estate has no interface');
  return place;
}

export function ip(text: string): PacketAddress {
  return { kind: 'ip', text };
}

/** Somebody on the internet calls port 80 of the machine. */
const CALL: Packet = {
  protocol: 'tcp',
  source: ip('203.0.113.7'),
  sourcePort: 50_000,
  destination: ip('10.0.1.4'),
  destinationPort: 80,
};

/** One packet at a place; what is not said is as in most packets. */
export function walk(
  place: Placement,
  packet: Partial<Packet> = {},
  options: Partial<TraceOptions> = {},
): Trace {
  return trace({ ...CALL, ...packet }, place, {
    closedWithoutGroup: 'no',
    toPrivateAddress: true,
    ...options,
  });
}

/** The verdict, the hops with what decides at each, and what an unknown waits for. */
export function told({ verdict, hops, waitsFor }: Trace): readonly string[] {
  return [
    verdict,
    ...hops.map(({ at, decidedBy }) => `${at}: ${decidedBy?.name ?? '?'}`),
    ...waitsFor.map(({ reason }) => `waits for ${reason.name}`),
  ];
}
