import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import type { AddressBook } from './address-book.ts';
import { reachOf } from './certain-packets.ts';
import type { Direction } from './default-rules.ts';
import { destinationCell } from './destination-cell.ts';
import { type Diagnosis, diagnose, diagnosePart, type Intent } from './diagnose.ts';
import type { Member } from './members.ts';
import { membershipOf } from './membership.ts';
import type { Packet, TraceOptions } from './packet.ts';
import { formatAddress, parseAddress } from './packets/address.ts';
import {
  type AddressSet,
  type IntervalSet,
  intersect,
  isEmpty,
  range,
  union,
} from './packets/interval-set.ts';
import { box, projectPackets, subtractPackets } from './packets/packet-set.ts';
import { isHidden, type Level, type Placement } from './placement.ts';
import type { Filter, Membership, Query, Verdict } from './reach.ts';
import { replayDropped } from './replay.ts';
import type { CompiledRule } from './security-rules.ts';
import { OPENED_WITHOUT_GROUP, type Trace, trace } from './trace.ts';

/** A kind of packet that a rule sends to its members. */
export interface Flow {
  readonly what: 'data' | 'probe';
  /** The rule or probe that packets are sent for, and what tells its flows apart. */
  readonly of: object;
  readonly key: string;
  readonly protocol: IntervalSet;
  /** Why the protocol or the port is one of several; then a part that passes decides nothing. */
  readonly unsettled: readonly Unknown[];
  readonly ports: IntervalSet;
  readonly client: FlowClient;
  /** The address of the frontend, and whether packets keep it as their destination (floating IP). */
  readonly frontend: (placement: Placement) => AddressSet;
  readonly floatingIp: Evaluated<boolean>;
  /** Lower case; undefined when the frontend is not known. */
  readonly frontendId: string | undefined;
  /** Why the address of the frontend may not even have a name. */
  readonly unknownFrontend: Unknown;
  readonly frontendPort: number | undefined;
  /** What clients address, before the balancer translates. */
  readonly frontendPorts: IntervalSet;
  /** Why those ports are several; then a part that leaves the client decides nothing. */
  readonly unsettledFrontend: readonly Unknown[];
  /** Whether the ports or the address of the frontend come from secrets. */
  readonly secret: { readonly port: boolean; readonly frontend: boolean };
  /** A Standard public frontend lets nothing in where no security group stands: semantics 3.1. */
  readonly closedWithoutGroup: TraceOptions['closedWithoutGroup'];
}

/** Who sends the packets of a flow. */
export interface FlowClient {
  /** Where its packets come from, as a member sees them. */
  addresses(placement: Placement): AddressSet;
  /** It has one of these addresses, and it is not known which; otherwise it has them all. */
  readonly hasOne: boolean;
  /** Whether the addresses follow from those of the member, which may be a secret. */
  readonly isNeighbour: boolean;
}

/** What is asked at one place. It stays with the answer, so that more can be asked about the same packets. */
export interface Question {
  readonly query: Query;
  /** Inbound order. */
  readonly filters: readonly Filter[];
  readonly membership: Membership;
  readonly adminRules: readonly CompiledRule[];
  /** All packets of the query are sent: what happens to a part of them does happen. */
  readonly isWhole: boolean;
  /** How one of the packets is replayed at the place. */
  readonly options: TraceOptions;
  readonly secrets: NonNullable<Packet['secrets']>;
}

/** What happens to a flow at one member. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Only for unknown: the inputs the answer waits for. */
  readonly waitsFor: readonly Unknown[];
  /** Sources of packets that get in, or that may where the verdict is unknown; absent when none does. */
  readonly passing?: AddressSet;
  /** Only for blocked and partial. */
  readonly diagnosis?: Diagnosis;
  /** Only for blocked and partial: one packet that is dropped, replayed at this member. */
  readonly evidence?: () => Trace;
  /** One for each way to place the member, that of its first placement first; left out when packets cannot be told. */
  readonly questions?: readonly Question[];
}

/** What equal places have in common. */
interface PlaceVerdict {
  readonly verdict: Verdict;
  readonly waitsFor: readonly Unknown[];
  readonly passing?: AddressSet;
  readonly questions?: readonly Question[];
  readonly dropped?: Dropped;
}

/** A packet to replay, and where it was judged. */
interface Dropped {
  readonly placement: Placement;
  readonly packet: Packet;
  readonly options: TraceOptions;
  readonly diagnosis: Diagnosis;
}

/** Compiles what stands at a place, each group once per place and direction. */
export interface Compiler {
  group(group: Level['group'], place: Placement, direction: Direction): Filter;
  adminRules(place: Placement, direction: Direction): readonly CompiledRule[];
}

export type Judge = (member: Member, flow: Flow) => Judgement;

/** Nobody sends from port 0. */
export const SOURCE_PORTS: IntervalSet = range(1, 65_536);

/** Judges members; equal places and equal flows are judged once. */
export function createJudge(book: AddressBook, compile: Compiler): Judge {
  const judged = new WeakMap<object, Map<string, PlaceVerdict>>();
  return (member, flow) => {
    const seen = judged.get(flow.of) ?? new Map<string, PlaceVerdict>();
    judged.set(flow.of, seen);
    const verdicts = member.placements.map((placement) => {
      const owner = namesOwners(placement) ? (member.ipConfiguration?.id ?? member.label) : '';
      const key = `${keyOf(placement, addressKey(placement))}|${member.ipBased}|${owner}|${flow.key}`;
      const known = seen.get(key) ?? judgePlacement(placement, member, flow);
      seen.set(key, known);
      return known;
    });
    const [placement] = member.placements;
    const { dropped, ...answer } = agree(verdicts, placement?.doubts ?? []);
    if (dropped === undefined || placement === undefined) return answer;
    const evidence = (): Trace => {
      const own = moved(dropped, placement) ?? judgePlacement(placement, member, flow).dropped;
      const { packet, options } = own ?? dropped;
      return trace(packet, placement, options);
    };
    return { ...answer, diagnosis: dropped.diagnosis, evidence };
  };

  /** Addresses that no rule tells apart are judged as one. */
  function addressKey(placement: Placement): string {
    const { privateAddress } = placement;
    const address = privateAddress.kind === 'settled' ? parseAddress(privateAddress.text) : undefined;
    if (address === undefined) return addressOf(placement);
    const filters = placement.levels.map((level) => compile.group(level.group, placement, 'inbound'));
    const cell = destinationCell(address.bound, filters, compile.adminRules(placement, 'inbound'));
    return `${isHidden(placement) ? 'secret' : 'known'} @${cell}`;
  }

  function namesOwners(placement: Placement): boolean {
    return placement.levels.some(({ group }) => {
      const filter = compile.group(group, placement, 'inbound');
      return filter !== 'none' && 'namesOwners' in filter && filter.namesOwners;
    });
  }

  function judgePlacement(placement: Placement, member: Member, flow: Flow): PlaceVerdict {
    const { floatingIp } = flow;
    const judgeAs = (isFloating: boolean): PlaceVerdict => judgePackets(placement, member, flow, isFloating);
    if (floatingIp.kind === 'known') return judgeAs(floatingIp.value);
    return agree([false, true].map(judgeAs), floatingIp.kind === 'unknown' ? [floatingIp] : []);
  }

  function judgePackets(placement: Placement, member: Member, flow: Flow, floatingIp: boolean): PlaceVerdict {
    const privateAddress = book.privateAddress(placement.privateAddress, placement.surroundings);
    const frontendAddress = flow.frontend(placement);
    const query: Query = {
      protocol: flow.protocol,
      source: flow.client.addresses(placement),
      sourcePort: SOURCE_PORTS,
      destination: floatingIp ? frontendAddress : privateAddress,
      destinationPort: flow.ports,
    };
    if (isEmpty(query.destination)) return undecided([flow.unknownFrontend]);
    const owner = floatingIp ? flow.frontendId : member.ipConfiguration?.id;
    const membership: Membership = (rule, side) => {
      if (side === 'source') return { is: 'no' };
      if (owner !== undefined && rule.owners.destination.includes(owner)) return { is: 'yes' };
      return floatingIp ? { is: 'no' } : membershipOf(rule, placement);
    };
    const filters = placement.levels.map((level) => compile.group(level.group, placement, 'inbound'));
    const adminRules = compile.adminRules(placement, 'inbound');
    const options: TraceOptions = {
      closedWithoutGroup: closedWithoutGroup(flow, member),
      toPrivateAddress: !floatingIp,
      ...(owner === undefined ? {} : { destinationOwner: owner }),
    };
    const intent: Intent = {
      what: flow.what,
      frontendPort: flow.frontendPort,
      frontendAddress,
      privateAddress,
      floatingIp,
    };
    const isWhole = flow.unsettled.length === 0 && !flow.client.hasOne;
    const secrets = secretsOf(placement, flow, floatingIp);
    const question = { query, filters, membership, adminRules, isWhole, options, secrets };
    return { ...answer(question, placement, member, flow, intent), questions: [question] };
  }

  function answer(
    question: Question,
    placement: Placement,
    member: Member,
    flow: Flow,
    intent: Intent,
  ): PlaceVerdict {
    const { query, filters, membership, adminRules, options, secrets } = question;
    const closed = options.closedWithoutGroup;
    const reached = reachOf(question);
    const mayBeClosed = closed !== 'no' && filters.every((each) => each === 'none' || 'unreadable' in each);
    const isClosed = mayBeClosed && filters.every((each) => each === 'none');
    if (mayBeClosed && !isClosed && reached.verdict === 'open')
      return undecided([deliveredWithoutGroup(member)]);
    if (isClosed && reached.verdict !== 'blocked') {
      if (typeof closed === 'object') return undecided([closed.unknown]);
      const mayDeliver = adminRules.some(({ access }) => access === 'always' || access === 'either');
      if (mayDeliver) return undecided([deliveredWithoutGroup(member)]);
    }
    const verdict = isClosed ? 'blocked' : reached.verdict;
    if (verdict === 'unknown') {
      const passing = projectPackets(subtractPackets(box(query), reached.denied), 'source');
      const reasons = [...flow.unsettled, ...reached.waitsFor];
      const address = intent.floatingIp ? flow.unknownFrontend : addressInSubnet(placement, member);
      return { ...undecided(reasons.length > 0 ? reasons : [address]), passing };
    }
    if (verdict === 'partial' && flow.unsettled.length > 0) return undecided(flow.unsettled);
    if (verdict === 'partial' && flow.client.hasOne) return undecided([addressOfClient(member)]);
    if (verdict === 'open') return { verdict, waitsFor: [], passing: query.source };
    const evidence = replayDropped(book, verdict === 'blocked' ? box(query) : reached.denied, {
      placement,
      options,
      secrets,
    });
    if (evidence?.decisive === undefined) return undecided(reached.waitsFor);
    const diagnosis =
      verdict === 'blocked'
        ? diagnose(query, filters, membership, intent, evidence.decisive)
        : diagnosePart(query, reached, evidence.decisive);
    const dropped = { placement, packet: evidence.packet, options, diagnosis };
    if (verdict === 'blocked') return { verdict, waitsFor: [], dropped };
    return { verdict, waitsFor: [], passing: projectPackets(reached.allowed, 'source'), dropped };
  }
}

/** The parts of a packet that would give a secret away. */
function secretsOf(placement: Placement, flow: Flow, floatingIp: boolean): NonNullable<Packet['secrets']> {
  return [
    ...(isHidden(placement) && flow.client.isNeighbour ? (['source'] as const) : []),
    ...((floatingIp ? flow.secret.frontend : isHidden(placement)) ? (['destination'] as const) : []),
    ...(flow.secret.port ? (['destinationPort'] as const) : []),
  ];
}

/** Semantics 11.17. */
function deliveredWithoutGroup(member: Member): Unknown {
  return unknown(OPENED_WITHOUT_GROUP.reason, member.origin);
}

/** What an answer waits for that differs from one possible destination to the next and has no other doubt. */
function addressInSubnet({ privateAddress, levels: [subnet] }: Placement, member: Member): Unknown {
  if (privateAddress.kind === 'unknown') return privateAddress.waitsFor;
  const name = `the private address in ${subnet.label}`;
  return unknown({ kind: 'known-after-apply', name }, member.origin);
}

function addressOfClient(member: Member): Unknown {
  return unknown({ kind: 'known-after-apply', name: 'the address the client has' }, member.origin);
}

function closedWithoutGroup(flow: Flow, member: Member): TraceOptions['closedWithoutGroup'] {
  if (flow.closedWithoutGroup === 'no' || !member.ipBased) return flow.closedWithoutGroup;
  const name = 'whether an IP-based pool lets the internet in without a security group';
  return { unknown: unknown({ kind: 'unsupported', name }, member.origin) };
}

/**
 * The packet of one place as it goes to another, whose address no rule tells from that of the first. Undefined when it
 * would come from there.
 */
function moved(dropped: Dropped, to: Placement): Dropped | undefined {
  const { packet } = dropped;
  const [old, own] = [settledText(dropped.placement), settledText(to)];
  const isToOld = packet.destination.kind === 'ip' && packet.destination.text === old;
  if (own === undefined || !isToOld) return dropped;
  if (packet.source.kind === 'ip' && packet.source.text === own) return undefined;
  return { ...dropped, packet: { ...packet, destination: { kind: 'ip', text: own } } };
}

/** A private address as packets show it. */
function settledText({ privateAddress }: Placement): string | undefined {
  const address = privateAddress.kind === 'settled' ? parseAddress(privateAddress.text) : undefined;
  return address === undefined ? undefined : formatAddress(address.bound);
}

/** A verdict holds when every possibility gives it; otherwise it waits for what tells them apart. */
function agree(verdicts: readonly PlaceVerdict[], doubts: readonly Unknown[]): PlaceVerdict {
  const [first, ...rest] = verdicts;
  if (first === undefined) return undecided([]);
  if (rest.length === 0) return first;
  const isOne = first.verdict !== 'unknown' && rest.every(({ verdict }) => verdict === first.verdict);
  const { questions: _, ...common } = first;
  const answer = isOne ? common : undecided([...doubts, ...verdicts.flatMap(({ waitsFor }) => waitsFor)]);
  const questions = questionsOf(verdicts);
  const letIn = verdicts.filter(({ verdict }) => verdict !== 'blocked').map(({ passing }) => passing);
  const [some, ...more] = letIn.flatMap((clients) => (clients === undefined ? [] : [clients]));
  // Who gets in can only be told when it can of every possibility that lets anybody in.
  const passing = letIn.includes(undefined)
    ? undefined
    : some && more.reduce(isOne ? intersect : union, some);
  return {
    ...answer,
    ...(questions === undefined ? {} : { questions }),
    ...(passing === undefined ? {} : { passing }),
  };
}

/** Undefined as soon as the packets of one possibility cannot be told. */
function questionsOf(verdicts: readonly PlaceVerdict[]): readonly Question[] | undefined {
  const asked = verdicts.map(({ questions }) => questions);
  return asked.includes(undefined) ? undefined : asked.flatMap((questions) => questions ?? []);
}

function undecided(waitsFor: readonly Unknown[]): PlaceVerdict {
  return { verdict: 'unknown', waitsFor };
}

function addressOf({ privateAddress }: Placement): string {
  if (privateAddress.kind === 'settled') return privateAddress.text;
  return privateAddress.kind === 'within'
    ? privateAddress.prefixes.join(',')
    : nameOf(privateAddress.waitsFor);
}

function keyOf({ levels, memberOf, surroundings }: Placement, address: string): string {
  const groups = levels.map(({ group }) =>
    group === 'none' ? '-' : 'unreadable' in group ? nameOf(group.unreadable) : group.id,
  );
  const memberships = memberOf.items.map((link) => {
    if (link.kind === 'none') return '-';
    if (link.kind === 'to') return link.id;
    const ids = link.kind === 'one-of' ? [...link.ids, link.open] : [];
    return [...ids, nameOf(link.waitsFor)].join('/');
  });
  return [
    surroundings.key,
    address,
    ...groups,
    ...memberships,
    memberOf.unknown === undefined ? '' : nameOf(memberOf.unknown),
  ].join('|');
}

/** Places that wait for different things are told apart, so that each answer names its own. */
function nameOf({ reason }: Unknown): string {
  return `?${reason.name}`;
}
