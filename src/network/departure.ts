import { type Unknown, unknown } from '../value/value.ts';
import type { AddressBook } from './address-book.ts';
import { diagnose } from './diagnose.ts';
import { type Compiler, type Flow, type Judgement, SOURCE_PORTS } from './judge.ts';
import { membershipOf } from './membership.ts';
import type { TraceOptions } from './packet.ts';
import { isEmpty } from './packets/interval-set.ts';
import { box } from './packets/packet-set.ts';
import type { Placement } from './placement.ts';
import { type Membership, type Query, reach } from './reach.ts';
import { replayDropped } from './replay.ts';
import { trace } from './trace.ts';

/**
 * What the outbound rules at the place of a client do to packets on their way to a frontend: they see the address and
 * the port of the frontend, because the balancer translates later (semantics 1.8).
 */
export function judgeDeparture(
  book: AddressBook,
  compile: Compiler,
  place: Placement,
  flow: Flow,
): Judgement {
  const frontendAddress = flow.frontend(place);
  const query: Query = {
    protocol: flow.protocol,
    source: flow.client.addresses(place),
    sourcePort: SOURCE_PORTS,
    destination: frontendAddress,
    destinationPort: flow.frontendPorts,
  };
  if (isEmpty(query.destination)) return { verdict: 'unknown', waitsFor: [flow.unknownFrontend] };
  const membership: Membership = (rule, side) => {
    if (side === 'source') return membershipOf(rule, place);
    const isNamed = flow.frontendId !== undefined && rule.owners.destination.includes(flow.frontendId);
    return { is: isNamed ? 'yes' : 'no' };
  };
  const filters = place.levels.map((level) => compile.group(level.group, place, 'outbound')).toReversed();
  const reached = reach(query, filters, membership, compile.adminRules(place, 'outbound'));
  const { verdict } = reached;
  const unsettled = [...flow.unsettled, ...flow.unsettledFrontend];
  if (verdict === 'open') return { verdict, waitsFor: [] };
  if (verdict === 'unknown') {
    const reasons = [...unsettled, ...reached.waitsFor];
    return { verdict, waitsFor: reasons.length > 0 ? reasons : [flow.unknownFrontend] };
  }
  if (verdict === 'partial' && unsettled.length > 0) return { verdict: 'unknown', waitsFor: unsettled };
  const options: TraceOptions = {
    direction: 'outbound',
    closedWithoutGroup: 'no',
    toPrivateAddress: true,
    ...(flow.frontendId === undefined ? {} : { destinationOwner: flow.frontendId }),
  };
  const dropped = verdict === 'blocked' ? box(query) : reached.denied;
  const secrets = flow.secret.frontend ? (['destination'] as const) : [];
  const evidence = replayDropped(book, dropped, { placement: place, options, secrets });
  if (evidence?.decisive === undefined) return { verdict: 'unknown', waitsFor: reached.waitsFor };
  const { packet } = evidence;
  const intent = {
    what: 'client',
    frontendPort: flow.frontendPort,
    frontendAddress,
    privateAddress: frontendAddress,
    floatingIp: false,
  } as const;
  return {
    verdict,
    waitsFor: [],
    diagnosis: diagnose(query, filters, membership, intent, evidence.decisive),
    evidence: () => trace(packet, place, options),
  };
}

/** Both ways in a row: out of the client, then into the member. */
export function joinJudgements(departure: Judgement, arrival: Judgement): Judgement {
  if (departure.verdict === 'open' && arrival.verdict === 'open') return arrival;
  if (departure.verdict === 'blocked' || arrival.verdict === 'open') return departure;
  if (arrival.verdict === 'blocked' || departure.verdict === 'open') return arrival;
  const waitsFor = [...departure.waitsFor, ...arrival.waitsFor];
  return { verdict: 'unknown', waitsFor: waitsFor.length === 0 ? [bothPartly(arrival)] : waitsFor };
}

function bothPartly({ diagnosis }: Judgement): Unknown {
  const origin = diagnosis?.decisive.origin ?? { kind: 'platform', name: 'security rules', docs: DOCS };
  return unknown({ kind: 'unsupported', name: 'which packets pass both the client and the member' }, origin);
}

const DOCS = 'https://learn.microsoft.com/azure/virtual-network/network-security-group-how-it-works';
