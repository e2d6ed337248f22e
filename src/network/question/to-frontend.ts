import type { Frontend } from '../../model/azure/load-balancer.ts';
import type { Unknown } from '../../value/value.ts';
import { frontendAddress, unsupportedKind } from '../flows.ts';
import type { Member } from '../members.ts';
import type { TraceOptions } from '../packet.ts';
import type { AddressSet } from '../packets/interval-set.ts';
import type { Path } from '../path.ts';
import type { Placement } from '../placement.ts';
import { lower } from '../rule-match.ts';
import type { DecidingRule, Hop } from '../trace.ts';
import type { FrontendEnd } from './ends.ts';
import { poolHealth } from './pool-health.ts';
import {
  type Answer,
  answerOf,
  type Ground,
  hop,
  open,
  type SentPacket,
  settled,
  undecided,
} from './question.ts';
import { routeTo } from './route.ts';
import { depart, familyOf, isOnInternet, peerOf, senderSecret, sourcesOf } from './sender.ts';
import { takingRules } from './taking-rule.ts';
import { type Passed, passGroups } from './walk.ts';

/** A packet to a frontend: the rule that takes it, the health of the pool, and every member it may go to. */
export function toFrontend(ground: Ground, question: SentPacket, to: FrontendEnd): Answer {
  const { label, balancer } = to;
  const { paths, doubts } = takingRules(ground, question, to);
  if (doubts.length > 0) return undecided(question, [], doubts);
  const answers = [...paths].map(([frontend, path]) => throughRule(ground, question, label, path, frontend));
  const [first, ...others] = answers;
  if (first === undefined) {
    const { origin } = balancer;
    const decided: DecidingRule = { name: 'no load-balancing rule', effect: 'deny', origin };
    return settled(question, [hop(label, 'load-balancer', decided)], 'dropped');
  }
  if (others.every(({ verdict }) => verdict !== 'unknown' && verdict === first.verdict)) return first;
  const choice = open(`which frontend of ${label} the packet goes to`);
  return undecided(question, [], [choice, ...answers.flatMap(({ waitsFor }) => waitsFor)]);
}

function throughRule(
  ground: Ground,
  question: SentPacket,
  label: string,
  path: Path,
  frontend: Frontend,
): Answer {
  const { from } = question;
  const unsupported = unsupportedKind(path.loadBalancer);
  if (unsupported !== undefined) return undecided(question, [], unsupported.unknown);
  if (path.scheme === 'unknown') return undecided(question, [], path.waitsFor);
  const isInternal = path.scheme === 'internal';
  const places = path.members.flatMap(({ member }) => member.placements);
  const where = isInternal ? isOnInternet(ground, from, places) : 'no';
  if (where === 'yes') {
    const decided: DecidingRule = { name: 'no public frontend', effect: 'deny', origin: frontend.origin };
    return settled(question, [hop(label, 'route', decided)], 'dropped');
  }
  if (where !== 'no') return undecided(question, [], [where]);
  const addresses = (place: Placement): AddressSet => frontendAddress(ground, frontend, places[0] ?? place);
  const secrets = isSecret(ground, frontend) ? (['destination'] as const) : [];
  const departure = depart(ground, question, addresses, { destinationOwner: frontend.id }, secrets);
  const { hops: before } = departure;
  if (departure.verdict !== 'delivered') return answerOf(question, [], departure);
  if (path.members.length === 0) return undecided(question, before, path.waitsFor, departure.packet);
  if (isInternal) {
    const networks = places.map(({ surroundings }) => surroundings);
    const { stop, waitsFor } = routeTo(ground, from, { addresses, networks });
    if (stop !== undefined) return settled(question, [...before, stop], 'dropped', departure.packet);
    if (waitsFor.length > 0) return undecided(question, before, waitsFor, departure.packet);
  }
  const { members, doubts, dead } = poolHealth(path);
  if (dead !== undefined)
    return settled(question, [...before, hop(label, 'load-balancer', dead)], 'dropped', departure.packet);
  const { name, origin } = path;
  const chosen = hop(label, 'load-balancer', { name, effect: 'allow', origin });
  const arrivals = members.map(({ member }) => arriveAt(ground, question, path, frontend, member));
  const reservations = [...doubts, ...chainOf(frontend, label), ...spreadOf(path, question.port)];
  return merged(question, path, [...before, chosen], arrivals, reservations);
}

/** Appliances behind a gateway load balancer see the packet first: semantics 6.5. */
function chainOf({ gatewayLoadBalancer }: Frontend, label: string): readonly Unknown[] {
  if (gatewayLoadBalancer.kind === 'none') return [];
  return [open(`what the appliances behind the gateway load balancer of ${label} do`, 'outside')];
}

/** Of a range of ports each one leads to one instance; those that are left over lead nowhere: semantics 4.4. */
function spreadOf({ name, rule, members }: Path, port: number): readonly Unknown[] {
  const { frontendPort, frontendPortEnd } = rule;
  if (frontendPort.kind !== 'known' || frontendPortEnd.kind !== 'known') return [];
  let instances = 0;
  for (const { member } of members) instances += instancesOf(member) ?? 0;
  const isFull = frontendPortEnd.value - frontendPort.value < instances;
  return isFull ? [] : [open(`whether port ${port} of ${name} leads to an instance`)];
}

function instancesOf({ instances }: Member): number | undefined {
  if (typeof instances === 'number') return instances;
  return instances.kind === 'known' ? instances.value : undefined;
}

function isSecret({ topology }: Ground, { privateIPAddress, subnet }: Frontend): boolean {
  const place = subnet.kind === 'to' ? topology.subnets.get(subnet.id) : undefined;
  const written = privateIPAddress.kind === 'known' ? [privateIPAddress] : place?.addressPrefixes.items;
  return (written ?? []).some((value) => value.kind === 'known' && value.sensitive);
}

function arriveAt(
  ground: Ground,
  { from, protocol, port }: SentPacket,
  path: Path,
  frontend: Frontend,
  member: Member,
): Passed {
  const { backendPort, floatingIp } = path.rule;
  const isInternal = path.scheme === 'internal';
  if (!isInternal && isOnInternet(ground, from, member.placements) !== 'yes') {
    const sender =
      from.kind === 'machine' ? from.label : from.kind === 'ip' ? from.text : 'the virtual network';
    return waiting(open(`the public address that ${sender} calls from`));
  }
  if (floatingIp.kind !== 'known' || backendPort.kind !== 'known') {
    const unsettled = [floatingIp, backendPort].filter((value) => value.kind === 'unknown');
    return waiting(...(unsettled.length > 0 ? unsettled : [open(`the backend port of ${path.name}`)]));
  }
  const isFloating = floatingIp.value;
  if (isInternal && from.kind === 'machine' && from.networkInterface.id === member.networkInterface?.id)
    return loopBack(member, isFloating);
  // A rule for every port keeps the port.
  const destinationPort = backendPort.value === 0 ? port : backendPort.value;
  if (isFloating && destinationPort !== port) return waiting(open('whether floating IP translates the port'));
  const family = familyOf(member.version);
  if (family === undefined) return waiting(open(`the IP version of ${member.label}`));
  const owner = isFloating ? frontend.id : member.ipConfiguration?.id;
  return passGroups(ground.book, ground.compile, {
    places: member.placements,
    protocol,
    source: sourcesOf(ground, from, family),
    destination: (place) =>
      isFloating
        ? frontendAddress(ground, frontend, place)
        : ground.book.privateAddress(place.privateAddress, place.surroundings),
    destinationPort,
    isFromNeighbour: from.kind === 'vnet',
    secrets: [
      ...senderSecret(ground, from),
      ...(backendPort.sensitive ? (['destinationPort'] as const) : []),
      ...(isFloating && isSecret(ground, frontend) ? (['destination'] as const) : []),
    ],
    options: {
      closedWithoutGroup: isInternal ? 'no' : guardOf(path, member),
      toPrivateAddress: !isFloating,
      ...(owner === undefined ? {} : { destinationOwner: owner }),
      ...peerOf(from),
    },
  });
}

function waiting(...waitsFor: readonly Unknown[]): Passed {
  return { verdict: 'unknown', packet: undefined, hops: [], waitsFor };
}

/** A packet that comes back to the interface that sent it is lost, unless the address is its own: semantics 5.1. */
function loopBack(member: Member, isFloating: boolean): Passed {
  const { label, origin } = member;
  if (isFloating) return waiting(open(`whether ${label} has the address of the frontend itself`));
  if (instancesOf(member) !== 1) return waiting(open(`which instance of ${label} the load balancer picks`));
  const decided: DecidingRule = { name: 'loops back to its sender', effect: 'deny', origin };
  const loop = hop(label, 'load-balancer', decided);
  return { verdict: 'dropped', packet: undefined, hops: [loop], waitsFor: [] };
}

/** How members of a public frontend are guarded without a security group: semantics 3.1. */
function guardOf({ loadBalancer }: Path, { ipBased, label }: Member): TraceOptions['closedWithoutGroup'] {
  const sku = lower(loadBalancer.sku);
  if (sku === 'basic') return 'no';
  if (sku === 'standard' && !ipBased) return 'yes';
  return { unknown: open(`whether ${label} is closed without a security group`) };
}

/** The balancer picks one member; the answer holds when all members give it. `doubts` are about a delivery alone. */
function merged(
  question: SentPacket,
  path: Path,
  before: readonly Hop[],
  arrivals: readonly Passed[],
  doubts: readonly Unknown[],
): Answer {
  const verdicts = new Set(arrivals.map(({ verdict }) => verdict));
  const shown =
    arrivals.find(({ verdict }) => verdict === 'dropped') ??
    arrivals.find(({ verdict }) => verdict === 'unknown') ??
    arrivals[0];
  const waitsFor = arrivals.flatMap((arrival) => arrival.waitsFor);
  const hops = [...before, ...(shown?.hops ?? [])];
  if (shown === undefined || verdicts.size > 1 || !path.membersComplete) {
    const choice = open(`which member of ${path.name} the load balancer picks`);
    const uncertain = path.members.flatMap(({ member }) => member.uncertain ?? []);
    const others = path.membersComplete ? [] : [...path.waitsFor, ...uncertain];
    return undecided(question, hops, [choice, ...others, ...waitsFor], shown?.packet);
  }
  if (shown.verdict === 'delivered' && doubts.length > 0)
    return undecided(question, hops, doubts, shown.packet);
  return answerOf(question, before, { ...shown, waitsFor });
}
