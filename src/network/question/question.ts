import { type Unknown, unknown } from '../../value/value.ts';
import type { AddressBook } from '../address-book.ts';
import type { Compiler } from '../judge.ts';
import type { Packet } from '../packet.ts';
import type { Protocol } from '../packets/packet.ts';
import type { Path } from '../path.ts';
import type { Topology } from '../topology.ts';
import type { DecidingRule, Hop, Trace } from '../trace.ts';
import type { End } from './ends.ts';

/** One packet a person asks about. */
export interface Question {
  readonly from: End;
  readonly to: End;
  readonly protocol: Protocol;
  /** 0 for protocols without ports. */
  readonly port: number;
}

/** What happens to it, hop by hop, as far as the code settles it. */
export interface Answer extends Omit<Trace, 'packet'> {
  readonly packet: Packet;
}

/** What an answer is made from. */
export interface Ground {
  readonly topology: Topology;
  readonly paths: readonly Path[];
  readonly book: AddressBook;
  readonly compile: Compiler;
}

const NOWHERE = {
  kind: 'platform',
  name: 'the question',
  docs: 'https://learn.microsoft.com/azure/load-balancer/',
} as const;

/** What an answer waits for that is written nowhere: usually something that Azure settles while it runs. */
export function open(name: string, kind: Unknown['reason']['kind'] = 'runtime'): Unknown {
  return unknown({ kind, name }, NOWHERE);
}

/** The packet of an answer that was decided before any security group saw one. */
function packetOf({ from, to, protocol, port }: Question): Packet {
  const shown = (end: End): Packet['source'] => {
    if (end.kind === 'ip') return { kind: 'ip', text: end.text };
    const label = end.kind === 'frontends' || end.kind === 'machine' ? end.label : end.kind;
    return { kind: 'inside', id: '', label };
  };
  return {
    protocol,
    source: shown(from),
    sourcePort: port === 0 ? 0 : 50_000,
    destination: shown(to),
    destinationPort: port,
  };
}

export function conclude(
  question: Question,
  hops: readonly Hop[],
  verdict: Answer['verdict'],
  waitsFor: readonly Unknown[],
  packet?: Packet,
): Answer {
  const last = hops.at(-1)?.decidedBy;
  const decisive = verdict === 'dropped' ? last : undefined;
  return {
    packet: packet ?? packetOf(question),
    verdict,
    hops,
    waitsFor: verdict === 'unknown' ? waitsFor : [],
    ...(decisive === undefined ? {} : { decisive }),
  };
}

export function hop(at: string, stage: Hop['stage'], decidedBy: DecidingRule): Hop {
  return { at, stage, decidedBy, eitherWay: [] };
}
