import { type Unknown, unknown } from '../value/value.ts';
import type { AddressBook } from './address-book.ts';
import { type Diagnosis, diagnose } from './diagnose.ts';
import { type Compiler, type Flow, type Judgement, SOURCE_PORTS } from './judge.ts';
import { membershipOf } from './membership.ts';
import type { TraceOptions } from './packet.ts';
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
  const membership: Membership = (rule, side) => {
    if (side === 'source') return membershipOf(rule, place);
    return { is: rule.owners.destination.some((id) => id === flow.frontendId) ? 'yes' : 'no' };
  };
  const filters = place.levels.map((level) => compile.group(level.group, place, 'outbound')).toReversed();
  const { verdict, denied, waitsFor } = reach(
    query,
    filters,
    membership,
    compile.adminRules(place, 'outbound'),
  );
  if (verdict === 'open') return { verdict, waitsFor };
  const unsettled = [...flow.unsettled, ...flow.unsettledFrontend];
  const options: TraceOptions = {
    direction: 'outbound',
    closedWithoutGroup: 'no',
    toPrivateAddress: true,
    destinationOwner: flow.frontendId,
  };
  const isDecided = verdict === 'blocked' || (verdict === 'partial' && unsettled.length === 0);
  const secrets = flow.secret.frontend ? (['destination'] as const) : [];
  const evidence = isDecided
    ? replayDropped(book, denied, { placement: place, options, secrets })
    : undefined;
  if (evidence?.decisive === undefined) {
    const reasons = [...unsettled, ...waitsFor];
    return { verdict: 'unknown', waitsFor: reasons.length > 0 ? reasons : [flow.unknownFrontend] };
  }
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
    waitsFor,
    diagnosis: diagnose(query, filters, membership, intent, evidence.decisive),
    evidence: () => trace(packet, place, options),
  };
}

/** Both ways in a row: out of the client, then into the member. */
export function joinJudgements(departure: Judgement, arrival: Judgement): Judgement {
  if (departure.verdict === 'open') return arrival;
  if (departure.verdict === 'blocked' || arrival.verdict === 'open') return departure;
  if (arrival.verdict === 'blocked') return arrival;
  const { diagnosis } = arrival;
  const waitsFor = [...departure.waitsFor, ...arrival.waitsFor];
  if (waitsFor.length === 0 && diagnosis !== undefined) waitsFor.push(whichPassBoth(diagnosis));
  return { verdict: 'unknown', waitsFor };
}

function whichPassBoth({ decisive }: Diagnosis): Unknown {
  const name = 'which packets pass both the client and the member';
  return unknown({ kind: 'unsupported', name }, decisive.origin);
}
