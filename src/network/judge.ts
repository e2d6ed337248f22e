import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import type { AddressBook } from './address-book.ts';
import { PROBE_SOURCE, PROBE_SOURCE_IPV6 } from './azure-addresses.ts';
import { type Diagnosis, diagnose, diagnosePart, type Intent } from './diagnose.ts';
import type { Member } from './members.ts';
import type { Packet, TraceOptions } from './packet.ts';
import { parsePrefix } from './packets/address.ts';
import { type AddressSet, EMPTY, type IntervalSet, isEmpty, range } from './packets/interval-set.ts';
import { box, type PacketSet } from './packets/packet-set.ts';
import { witness } from './packets/witness.ts';
import type { Level, Placement } from './placement.ts';
import { type Filter, type Membership, type Query, reach, type Verdict } from './reach.ts';
import type { CompiledRule } from './security-rules.ts';
import { type Trace, trace } from './trace.ts';

/** A kind of packet that a rule sends to its members. */
export interface Flow {
  readonly what: 'data' | 'probe';
  /** Identifies equal flows of one rule or probe. */
  readonly key: string;
  readonly protocol: IntervalSet;
  /** Why the protocol or the port is one of several; then a part that passes decides nothing. */
  readonly unsettled: readonly Unknown[];
  readonly ports: IntervalSet;
  readonly client: 'internet' | 'vnet' | 'probe';
  readonly family: 4 | 6;
  /** The address of the frontend, and whether packets keep it as their destination (floating IP). */
  readonly frontend: (placement: Placement) => AddressSet;
  readonly floatingIp: Evaluated<boolean>;
  /** Lower case; undefined when the frontend is not known. */
  readonly frontendId: string | undefined;
  /** Why the address of the frontend may not even have a name. */
  readonly unknownFrontend: Unknown;
  readonly frontendPort: number | undefined;
  /** Whether the ports or the address of the frontend come from secrets. */
  readonly secret: { readonly port: boolean; readonly frontend: boolean };
  /** A Standard public frontend lets nothing in where no security group stands: semantics 3.1. */
  readonly closedWithoutGroup: TraceOptions['closedWithoutGroup'];
}

/** What happens to a flow at one member. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Only for unknown: the inputs the answer waits for. */
  readonly waitsFor: readonly Unknown[];
  /** Only for blocked and partial. */
  readonly diagnosis?: Diagnosis;
  /** Only for blocked and partial: one packet that is dropped, replayed at this member. */
  readonly evidence?: () => Trace;
}

/** What equal places have in common; `packet` is the one to replay. */
interface PlaceVerdict {
  readonly verdict: Verdict;
  readonly waitsFor: readonly Unknown[];
  readonly dropped?: {
    readonly packet: Packet;
    readonly options: TraceOptions;
    readonly diagnosis: Diagnosis;
  };
}

export type Judge = (member: Member, flow: Flow) => Judgement;

const PROBE_SOURCES = parsePrefix(PROBE_SOURCE) ?? EMPTY;
const PROBE_SOURCES_IPV6 = parsePrefix(PROBE_SOURCE_IPV6) ?? EMPTY;
/** Nobody sends from port 0. */
const SOURCE_PORTS = range(1, 65_536);

/** Judges members; equal places and equal flows are judged once. */
export function createJudge(
  book: AddressBook,
  compile: (group: Level['group'], place: Placement) => Filter,
): Judge {
  const judged = new Map<string, PlaceVerdict>();
  return (member, flow) => {
    const verdicts = member.placements.map((placement) => {
      const owner = namesOwners(placement) ? (member.ipConfiguration?.id ?? member.label) : '';
      const key = `${keyOf(placement)}|${member.ipBased}|${owner}|${flow.key}`;
      const known = judged.get(key) ?? judgePlacement(placement, member, flow);
      judged.set(key, known);
      return known;
    });
    const { verdict, waitsFor, dropped } = agree(verdicts, member.placements[0]?.doubts ?? []);
    const [placement] = member.placements;
    if (dropped === undefined || placement === undefined) return { verdict, waitsFor };
    const { packet, options, diagnosis } = dropped;
    return { verdict, waitsFor, diagnosis, evidence: () => trace(packet, placement, options) };
  };

  function namesOwners(placement: Placement): boolean {
    return placement.levels.some(({ group }) => {
      const filter = compile(group, placement);
      return filter !== 'none' && 'namesOwners' in filter && filter.namesOwners;
    });
  }

  function judgePlacement(placement: Placement, member: Member, flow: Flow): PlaceVerdict {
    const floating =
      flow.what === 'probe'
        ? [false]
        : flow.floatingIp.kind === 'known'
          ? [flow.floatingIp.value]
          : [false, true];
    const doubts = flow.floatingIp.kind === 'unknown' ? [flow.floatingIp] : [];
    return agree(
      floating.map((floatingIp) => judgePackets(placement, member, flow, floatingIp)),
      doubts,
    );
  }

  function judgePackets(placement: Placement, member: Member, flow: Flow, floatingIp: boolean): PlaceVerdict {
    const privateAddress = book.privateAddress(placement.privateAddress, placement.surroundings);
    const frontendAddress = flow.frontend(placement);
    const query: Query = {
      protocol: flow.protocol,
      source: clients(flow, placement),
      sourcePort: SOURCE_PORTS,
      destination: floatingIp ? frontendAddress : privateAddress,
      destinationPort: flow.ports,
    };
    if (isEmpty(query.destination)) return undecided([flow.unknownFrontend]);
    const owner = floatingIp ? flow.frontendId : member.ipConfiguration?.id;
    const membership: Membership = (rule) => {
      if (owner !== undefined && rule.destinationOwners.includes(owner)) return { is: 'yes' };
      return floatingIp ? { is: 'no' } : membershipOf(rule, placement);
    };
    const filters = placement.levels.map((level) => compile(level.group, placement));
    const closed = flow.what === 'probe' ? 'no' : closedWithoutGroup(flow, member);
    const options: TraceOptions = {
      closedWithoutGroup: closed,
      toPrivateAddress: !floatingIp,
      ...(owner === undefined ? {} : { destinationOwner: owner }),
    };
    const reached = reach(query, filters, membership);
    const isOpenOnlyForLackOfGroups = filters.every((filter) => filter === 'none');
    if (isOpenOnlyForLackOfGroups && typeof closed === 'object') return undecided([closed.unknown]);
    const verdict = isOpenOnlyForLackOfGroups && closed === 'yes' ? 'blocked' : reached.verdict;
    if (verdict === 'unknown') return undecided([...flow.unsettled, ...reached.waitsFor]);
    if (verdict === 'partial' && flow.unsettled.length > 0) return undecided(flow.unsettled);
    if (verdict === 'open') return { verdict, waitsFor: [] };
    const secrets = secretsOf(placement, flow, floatingIp);
    const evidence = replay(verdict === 'blocked' ? box(query) : reached.denied, placement, options, secrets);
    if (evidence?.decisive === undefined) return undecided(reached.waitsFor);
    const intent: Intent = {
      what: flow.what,
      frontendPort: flow.frontendPort,
      frontendAddress,
      privateAddress,
      floatingIp,
    };
    const diagnosis =
      verdict === 'blocked'
        ? diagnose(query, filters, membership, intent, evidence.decisive)
        : diagnosePart(query, reached, evidence.decisive);
    return { verdict, waitsFor: [], dropped: { packet: evidence.packet, options, diagnosis } };
  }

  function clients(flow: Flow, placement: Placement): AddressSet {
    switch (flow.client) {
      case 'probe':
        return flow.family === 4 ? PROBE_SOURCES : PROBE_SOURCES_IPV6;
      case 'internet':
        return book.internetClients(placement.surroundings, flow.family);
      case 'vnet':
        return book.virtualNetworkClients(placement.surroundings, flow.family);
    }
  }

  /** The packet is picked by the symbolic engine and replayed by the concrete one; they must agree. */
  function replay(
    dropped: PacketSet,
    placement: Placement,
    options: TraceOptions,
    secrets: NonNullable<Packet['secrets']>,
  ): Trace | undefined {
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
}

/** The parts of a packet that would give a secret away. */
function secretsOf(placement: Placement, flow: Flow, floatingIp: boolean): NonNullable<Packet['secrets']> {
  const { privateAddress } = placement;
  const isHidden = privateAddress.kind !== 'unknown' && privateAddress.secret === true;
  return [
    ...(isHidden && flow.client === 'vnet' ? (['source'] as const) : []),
    ...((floatingIp ? flow.secret.frontend : isHidden) ? (['destination'] as const) : []),
    ...(flow.secret.port ? (['destinationPort'] as const) : []),
  ];
}

function closedWithoutGroup(flow: Flow, member: Member): TraceOptions['closedWithoutGroup'] {
  if (flow.closedWithoutGroup === 'no' || !member.ipBased) return flow.closedWithoutGroup;
  const name = 'whether an IP-based pool lets the internet in without a security group';
  return { unknown: unknown({ kind: 'unsupported', name }, member.origin) };
}

function membershipOf(rule: CompiledRule, placement: Placement): ReturnType<Membership> {
  const { items, unknown: more } = rule.destinationGroups;
  const own = placement.memberOf;
  let waitsFor = more ?? own.unknown;
  for (const group of items) {
    if (group.kind !== 'to') {
      if (group.kind !== 'none') waitsFor ??= group.waitsFor;
      continue;
    }
    for (const link of own.items) {
      if (link.kind === 'to' && link.id === group.id) return { is: 'yes' };
      if (link.kind === 'unknown') waitsFor ??= link.waitsFor;
      if (link.kind === 'one-of' && (link.open || link.ids.includes(group.id))) waitsFor ??= link.waitsFor;
    }
  }
  return waitsFor === undefined ? { is: 'no' } : { is: 'unknown', waitsFor };
}

/** A verdict holds when every possibility gives it; otherwise it waits for what tells them apart. */
function agree(verdicts: readonly PlaceVerdict[], doubts: readonly Unknown[]): PlaceVerdict {
  const [first, ...rest] = verdicts;
  if (first === undefined) return undecided([]);
  if (rest.every(({ verdict }) => verdict === first.verdict)) return first;
  return undecided([...doubts, ...verdicts.flatMap(({ waitsFor }) => waitsFor)]);
}

function undecided(waitsFor: readonly Unknown[]): PlaceVerdict {
  return { verdict: 'unknown', waitsFor };
}

function keyOf(placement: Placement): string {
  const { privateAddress, levels, memberOf, surroundings } = placement;
  const address =
    privateAddress.kind === 'settled'
      ? privateAddress.text
      : privateAddress.kind === 'within'
        ? privateAddress.prefixes.join(',')
        : '?';
  const groups = levels.map(({ group }) =>
    group === 'none' ? '-' : 'unreadable' in group ? `?${group.unreadable.reason.name}` : group.id,
  );
  const memberships = memberOf.items.map((link) =>
    link.kind === 'to'
      ? link.id
      : link.kind === 'one-of'
        ? `${link.ids.join('/')}${link.open ? '~' : ''}`
        : link.kind,
  );
  return [
    surroundings.key,
    address,
    ...groups,
    ...memberships,
    memberOf.unknown === undefined ? '' : '?',
  ].join('|');
}
