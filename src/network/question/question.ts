import { type Unknown, unknown } from '../../value/value.ts';
import type { AddressBook } from '../address-book.ts';
import type { Compiler } from '../judge.ts';
import type { Packet } from '../packet.ts';
import type { Protocol } from '../packets/packet.ts';
import type { Path } from '../path.ts';
import type { Topology } from '../topology.ts';
import type { DecidingRule, Hop, Trace } from '../trace.ts';
import type { End, FrontendEnd } from './ends.ts';
import type { Passed } from './walk.ts';

/** One packet a person asks about. */
export interface Question {
  readonly from: End;
  readonly to: End;
  readonly protocol: Protocol;
  /** 0 for protocols without ports. */
  readonly port: number;
}

/** Whoever can send a packet: a frontend cannot. */
export type Sender = Exclude<End, FrontendEnd>;

export interface SentPacket extends Question {
  readonly from: Sender;
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
    return { kind: 'inside', id: '', label: 'label' in end ? end.label : end.kind };
  };
  return {
    protocol,
    source: shown(from),
    sourcePort: port === 0 ? 0 : 50_000,
    destination: shown(to),
    destinationPort: port,
  };
}

/** An answer that the code settles; the last hop of a dropped packet tells what drops it. */
export function settled(
  question: Question,
  hops: readonly Hop[],
  verdict: 'delivered' | 'dropped',
  packet: Packet = packetOf(question),
): Answer {
  const decisive = verdict === 'dropped' ? hops.at(-1)?.decidedBy : undefined;
  return { packet, verdict, hops, waitsFor: [], ...(decisive === undefined ? {} : { decisive }) };
}

/** An answer that waits for something, named once. */
export function undecided(
  question: Question,
  hops: readonly Hop[],
  waitsFor: readonly Unknown[],
  packet: Packet = packetOf(question),
): Answer {
  const reasons = new Map(waitsFor.map((each) => [`${each.reason.kind} ${each.reason.name}`, each]));
  return { packet, verdict: 'unknown', hops, waitsFor: [...reasons.values()] };
}

/** The answer that security groups give, after the hops that came before. */
export function answerOf(
  question: Question,
  before: readonly Hop[],
  { verdict, hops, waitsFor, packet }: Passed,
): Answer {
  const all = [...before, ...hops];
  return verdict === 'unknown'
    ? undecided(question, all, waitsFor, packet)
    : settled(question, all, verdict, packet);
}

export function hop(at: string, stage: Hop['stage'], decidedBy: DecidingRule): Hop {
  return { at, stage, decidedBy, eitherWay: [] };
}
