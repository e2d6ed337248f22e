import type { Frontend } from '../../model/azure/load-balancer.ts';
import { textOr } from '../../value/shown.ts';
import type { Unknown } from '../../value/value.ts';
import type { AddressBook } from '../address-book.ts';
import type { Member } from '../members.ts';
import { parsePrefix } from '../packets/address.ts';
import { type AddressSet, EMPTY } from '../packets/interval-set.ts';
import type { Protocol } from '../packets/packet.ts';
import type { Path } from '../path.ts';
import type { Placement } from '../placement.ts';
import type { Topology } from '../topology.ts';
import type { DecidingRule, Hop } from '../trace.ts';
import type { FrontendEnd } from './ends.ts';
import { type Answer, conclude, type Ground, hop, open, type Question } from './question.ts';
import { depart, familyOf, isOnInternet, labelOf, peerOf, sourcesOf } from './sender.ts';
import { type Passed, passGroups } from './walk.ts';

/** A packet to a frontend: the rule that takes it, the health of the pool, and every member it may go to. */
export function toFrontend(ground: Ground, question: Question, to: FrontendEnd): Answer {
  const found = pathsTo(ground, question, to);
  const label = to.label;
  if ('waitsFor' in found) return conclude(question, [], 'unknown', found.waitsFor);
  const { path } = found;
  if (path === undefined) {
    const decided: DecidingRule = {
      name: 'no load-balancing rule',
      effect: 'deny',
      origin: to.balancer.origin,
    };
    return conclude(question, [hop(label, 'load-balancer', decided)], 'dropped', []);
  }
  const { frontend } = path;
  if (path.scheme === 'unknown' || frontend === undefined) {
    const { waitsFor } = path;
    return conclude(
      question,
      [],
      'unknown',
      waitsFor.length > 0 ? waitsFor : [open(`whether ${label} is public`)],
    );
  }
  const scheme = path.scheme === 'public' ? 'public' : 'inside';
  const places = path.members.flatMap(({ member }) => member.placements);
  const where = scheme === 'inside' ? isOnInternet(ground, question.from, places) : 'no';
  if (where === 'yes') {
    const decided: DecidingRule = { name: 'no public frontend', effect: 'deny', origin: frontend.origin };
    return conclude(question, [hop(label, 'route', decided)], 'dropped', []);
  }
  if (where !== 'no') return conclude(question, [], 'unknown', [where]);
  const addressAt = (place: Placement): AddressSet => found.frontendAddress(frontend, place);
  const departure = depart(ground, question, addressAt, { destinationOwner: frontend.id });
  const before = departure?.hops ?? [];
  if (departure !== undefined && departure.verdict !== 'delivered') {
    return conclude(question, before, departure.verdict, departure.waitsFor, departure.packet);
  }
  const chosen = hop(label, 'load-balancer', {
    name: path.name,
    effect: 'allow',
    origin: path.origin,
  });
  const health = deadPool(path, label);
  if (health !== undefined) return conclude(question, [...before, health], 'dropped', []);
  const arrivals = path.members.map(({ member }) => arriveAt(ground, question, path, member, scheme));
  return mergeArrivals(question, path, [...before, chosen], arrivals);
}

/** The rule that takes the packet at the frontend. */
function pathsTo(
  { paths, book, topology }: Ground,
  { protocol, port }: Question,
  { balancer, frontends }: FrontendEnd,
):
  | {
      readonly path: Path | undefined;
      readonly frontendAddress: (frontend: Frontend, place: Placement) => AddressSet;
    }
  | { readonly waitsFor: readonly Unknown[] } {
  const candidates = paths.filter(
    (path) =>
      path.loadBalancer === balancer &&
      path.clientKind !== 'declared' &&
      path.clientKind !== 'private-link' &&
      (path.frontend === undefined || frontends.includes(path.frontend)),
  );
  const doubts: Unknown[] = balancer.rules.unknown === undefined ? [] : [balancer.rules.unknown];
  // A Standard public frontend may answer pings itself.
  if (protocol === 'icmp' && frontends.some(({ publicIp }) => publicIp.kind !== 'none'))
    doubts.push(open(`whether ${textOr(balancer.name, balancer.address)} answers pings`));
  const takers = candidates.filter((path) => {
    const takes = takesPacket(path, protocol, port);
    if (takes === 'maybe' || (takes === 'yes' && path.frontend === undefined))
      doubts.push(...reasonsOf(path, protocol));
    return takes === 'yes' && path.frontend !== undefined;
  });
  // A rule for one port wins over a rule for every port of the same frontend.
  const [path] = takers.sort((a, b) => Number(isEveryPort(a)) - Number(isEveryPort(b)));
  if (path === undefined && doubts.length > 0) return { waitsFor: doubts };
  return { path, frontendAddress: (frontend, place) => addressOfFrontend(topology, book, frontend, place) };
}

/** Why it is open whether a rule takes a packet. */
function reasonsOf({ name, rule, waitsFor }: Path, protocol: Protocol): readonly Unknown[] {
  const unsettled = [rule.protocol, rule.frontendPort, rule.frontendPortEnd].flatMap((value) =>
    value.kind === 'unknown' ? [value] : [],
  );
  if (unsettled.length > 0) return unsettled;
  return waitsFor.length > 0 ? waitsFor : [open(`whether ${name} takes ${protocol}`)];
}

function isEveryPort({ rule }: Path): boolean {
  return rule.frontendPort.kind === 'known' && rule.frontendPort.value === 0;
}

function takesPacket({ rule, scheme }: Path, protocol: Protocol, port: number): 'yes' | 'no' | 'maybe' {
  if (rule.protocol.kind !== 'known' || rule.frontendPort.kind !== 'known') return 'maybe';
  const named = rule.protocol.value.toLowerCase();
  const isProtocol = named === 'all' || named === protocol || (named === 'quic' && protocol === 'udp');
  if (!isProtocol) return 'no';
  // All is TCP and UDP, and ICMP behind an internal frontend: semantics 0.2.
  const hasPorts = protocol === 'tcp' || protocol === 'udp';
  if (named === 'all' && !hasPorts && !(protocol === 'icmp' && scheme === 'internal')) return 'maybe';
  const first = rule.frontendPort.value;
  if (first === 0) return 'yes';
  if (rule.frontendPortEnd.kind === 'unknown') return 'maybe';
  const last = rule.frontendPortEnd.kind === 'known' ? rule.frontendPortEnd.value : first;
  return port >= first && port <= last ? 'yes' : 'no';
}

function addressOfFrontend(
  topology: Topology,
  book: AddressBook,
  frontend: Frontend,
  place: Placement,
): AddressSet {
  const { publicIp, privateIPAddress, subnet } = frontend;
  if (publicIp.kind === 'to') {
    const resource = topology.publicIps.get(publicIp.id);
    const label = `the address of ${resource?.address ?? frontend.address}`;
    return book.publicAddress(publicIp.id, label, resource?.ipAddress ?? open(label));
  }
  if (privateIPAddress.kind === 'known' && privateIPAddress.value !== '') {
    return parsePrefix(privateIPAddress.value) ?? EMPTY;
  }
  const found = subnet.kind === 'to' ? topology.subnets.get(subnet.id) : undefined;
  const prefixes = (found?.addressPrefixes.items ?? []).flatMap((item) =>
    item.kind === 'known' ? [item.value] : [],
  );
  return book.privateAddress({ kind: 'within', prefixes }, place.surroundings);
}

function hasSecretAddress(frontend: Frontend | undefined): boolean {
  const address = frontend?.privateIPAddress;
  return address?.kind === 'known' && address.sensitive === true;
}

/** When no probe is answered, nobody gets new connections: semantics 2.3. */
function deadPool(path: Path, label: string): Hop | undefined {
  const behaviour = path.probeResource?.noHealthyBackends;
  const staysUp = !(behaviour?.kind === 'known' && behaviour.value.toLowerCase() === 'allprobeddown');
  if (path.probe !== 'blocked' || staysUp) return undefined;
  const decisive = path.members.find(({ probe }) => probe?.diagnosis !== undefined)?.probe?.diagnosis
    ?.decisive;
  return hop(label, 'load-balancer', {
    name: 'no member answers the probe',
    effect: 'deny',
    origin: decisive?.origin ?? path.origin,
  });
}

function arriveAt(
  ground: Ground,
  { from, protocol, port }: Question,
  path: Path,
  member: Member,
  scheme: 'public' | 'inside',
): Passed {
  const own = member.ipConfiguration?.id;
  if (from.kind === 'machine' && from.ipConfiguration.id === own && scheme === 'inside') {
    const decided: DecidingRule = { name: 'loops back to its sender', effect: 'deny', origin: member.origin };
    const loop = hop(member.label, 'load-balancer', decided);
    return { verdict: 'dropped', packet: undefined, hops: [loop], waitsFor: [] };
  }
  const undecided = (waitsFor: readonly Unknown[]): Passed => ({
    verdict: 'unknown',
    packet: undefined,
    hops: [],
    waitsFor,
  });
  const { backendPort, floatingIp } = path.rule;
  const isInside = from.kind !== 'internet' && isOnInternet(ground, from, member.placements) !== 'yes';
  if (isInside && scheme === 'public') {
    return undecided([open(`the public address that ${labelOf(from)} calls from`)]);
  }
  if (floatingIp.kind !== 'known') {
    const name = `whether ${path.name} uses floating IP`;
    return undecided([floatingIp.kind === 'unknown' ? floatingIp : open(name)]);
  }
  if (backendPort.kind !== 'known') {
    const waitsFor = backendPort.kind === 'unknown' ? [backendPort] : path.waitsFor;
    return undecided(waitsFor.length > 0 ? waitsFor : [open(`the backend port of ${path.name}`)]);
  }
  const family = familyOf(member.version);
  if (family === undefined) return undecided([open(`the IP version of ${member.label}`)]);
  const { frontend } = path;
  const sku = path.loadBalancer.sku;
  const isStandard = sku.kind === 'known' && sku.value.toLowerCase() === 'standard';
  const isBasic = sku.kind === 'known' && sku.value.toLowerCase() === 'basic';
  const closed = scheme === 'inside' || isBasic ? 'no' : isStandard && !member.ipBased ? 'yes' : undefined;
  const owner = floatingIp.value ? frontend?.id : own;
  return passGroups(ground.book, ground.compile, {
    places: member.placements,
    protocol,
    source: sourcesOf(ground, from, scheme, family),
    destination: (place) =>
      floatingIp.value && frontend !== undefined
        ? addressOfFrontend(ground.topology, ground.book, frontend, place)
        : ground.book.privateAddress(place.privateAddress, place.surroundings),
    // A rule for every port keeps the port.
    destinationPort: backendPort.value === 0 ? port : backendPort.value,
    secrets: [
      ...(backendPort.sensitive ? (['destinationPort'] as const) : []),
      ...(floatingIp.value && hasSecretAddress(frontend) ? (['destination'] as const) : []),
    ],
    options: {
      closedWithoutGroup: closed ?? {
        unknown: open(`whether ${member.label} is closed without a security group`),
      },
      toPrivateAddress: !floatingIp.value,
      ...(owner === undefined ? {} : { destinationOwner: owner }),
      ...peerOf(ground, from),
    },
  });
}

/** The balancer picks one member; the answer holds when all members give it. */
function mergeArrivals(
  question: Question,
  path: Path,
  before: readonly Hop[],
  arrivals: readonly Passed[],
): Answer {
  const verdicts = new Set(arrivals.map(({ verdict }) => verdict));
  const [only] = verdicts;
  const shown =
    arrivals.find(({ verdict }) => verdict === 'dropped') ??
    arrivals.find(({ verdict }) => verdict === 'unknown') ??
    arrivals[0];
  const hops = [...before, ...(shown?.hops ?? [])];
  if (only !== undefined && verdicts.size === 1 && path.membersComplete) {
    return conclude(question, hops, only, shown?.waitsFor ?? [], shown?.packet);
  }
  const waitsFor = arrivals.flatMap((arrival) => arrival.waitsFor);
  const choice = open(`which member of ${path.name} the load balancer picks`);
  const reasons = verdicts.size > 1 ? [choice, ...waitsFor] : [...path.waitsFor, ...waitsFor];
  return conclude(question, hops, 'unknown', reasons.length === 0 ? [choice] : reasons, shown?.packet);
}
