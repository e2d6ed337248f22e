import { textOr } from '../../value/shown.ts';
import type { Unknown } from '../../value/value.ts';
import type { TraceOptions } from '../packet.ts';
import { intersect, isEmpty } from '../packets/interval-set.ts';
import { routesOf } from '../routes.ts';
import { lower } from '../rule-match.ts';
import type { DecidingRule, Hop } from '../trace.ts';
import type { End, MachineEnd } from './ends.ts';
import { type Answer, conclude, type Ground, hop, open, type Question } from './question.ts';
import { depart, familyOf, isOnInternet, peerOf, placesOf, sourcesOf } from './sender.ts';
import { passGroups } from './walk.ts';

/** A packet to a machine itself, from inside the network or to its own public IP. */
export function toMachine(ground: Ground, question: Question, to: MachineEnd): Answer {
  const { from, protocol, port } = question;
  const destination = placesOf(ground, to);
  const peer = peerOf(ground, to).peerGroups;
  const departure = depart(ground, question, destination.addresses, {
    destinationOwner: to.ipConfiguration.id,
    ...(peer === undefined ? {} : { peerGroups: peer }),
  });
  const before = departure?.hops ?? [];
  if (departure !== undefined && departure.verdict !== 'delivered') {
    return conclude(question, before, departure.verdict, departure.waitsFor, departure.packet);
  }
  const route = routeBetween(ground, from, destination);
  if (route !== undefined && 'stage' in route) return conclude(question, [...before, route], 'dropped', []);
  const where = isOnInternet(ground, from, destination.places);
  if (where !== 'yes' && where !== 'no') return conclude(question, before, 'unknown', [where]);
  const front = where === 'yes' ? publicSide(ground, to) : 'no';
  if (front === 'unreachable') {
    const decided: DecidingRule = { name: 'no public IP', effect: 'deny', origin: to.ipConfiguration.origin };
    return conclude(question, [...before, hop(to.label, 'route', decided)], 'dropped', []);
  }
  const family = familyOf(lower(to.ipConfiguration.version));
  if (family === undefined)
    return conclude(question, before, 'unknown', [open(`the IP version of ${to.label}`)]);
  const arrival = passGroups(ground.book, ground.compile, {
    places: destination.places,
    protocol,
    source: sourcesOf(ground, from, 'inside', family),
    destination: destination.addresses,
    destinationPort: port,
    options: {
      closedWithoutGroup: front,
      toPrivateAddress: true,
      destinationOwner: to.ipConfiguration.id,
      ...peerOf(ground, from),
    },
  });
  const hops = [...before, ...arrival.hops];
  const isUndecided = arrival.verdict === 'delivered' && route !== undefined;
  const waitsFor = route === undefined ? arrival.waitsFor : [...route.waitsFor, ...arrival.waitsFor];
  return conclude(question, hops, isUndecided ? 'unknown' : arrival.verdict, waitsFor, arrival.packet);
}

/** How a machine with its own public IP is guarded without a security group: semantics 3.1. */
function publicSide(
  { topology }: Ground,
  to: MachineEnd,
): TraceOptions['closedWithoutGroup'] | 'unreachable' {
  const { publicIp, instancePublicIp } = to.ipConfiguration;
  if (publicIp.kind === 'none' && instancePublicIp.kind === 'absent') return 'unreachable';
  const sku = publicIp.kind === 'to' ? topology.publicIps.get(publicIp.id)?.sku : undefined;
  const name = sku?.kind === 'known' ? sku.value.toLowerCase() : undefined;
  if (name === 'standard') return 'yes';
  return name === 'basic' ? 'no' : { unknown: open(`the SKU of the public IP of ${to.label}`) };
}

/** What routes do to packets between machines: undefined when they just go. */
function routeBetween(
  ground: Ground,
  from: End,
  to: ReturnType<typeof placesOf>,
): Hop | { readonly waitsFor: readonly Unknown[] } | undefined {
  if (from.kind !== 'machine') return undefined;
  const [place] = placesOf(ground, from).places;
  const [target] = to.places;
  if (place?.subnet === undefined || target === undefined) return undefined;
  const addresses = to.addresses(target);
  const { regions, table } = routesOf(ground.topology, place.subnet);
  const hit = regions.filter((region) => !isEmpty(intersect(region.addresses, addresses)));
  const label = table === undefined ? 'system routes' : textOr(table.name, table.address);
  for (const region of hit) {
    if (region.hop === 'virtual-network') continue;
    if (region.hop === 'none' && hit.length === 1) {
      const name = region.route === undefined ? 'no route' : textOr(region.route.name, region.route.address);
      return hop(label, 'route', {
        name,
        effect: 'deny',
        origin: region.route?.origin ?? place.subnet.origin,
      });
    }
    const reason = open(`what the next hop (${region.hop}) of ${label} does with the packet`);
    return { waitsFor: region.waitsFor.length > 0 ? region.waitsFor : [reason] };
  }
  return undefined;
}
