import { textOr } from '../../value/shown.ts';
import type { Unknown } from '../../value/value.ts';
import {
  type AddressSet,
  EMPTY,
  intersect,
  isEmpty,
  isSubset,
  subtract,
  unionAll,
} from '../packets/interval-set.ts';
import type { Placement } from '../placement.ts';
import { type RouteRegion, routesOf } from '../routes.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Hop } from '../trace.ts';
import { type Ground, hop, open, type Sender } from './question.ts';
import { placesOf } from './sender.ts';

/** Where packets inside the network go to. */
export interface Goal {
  readonly addresses: (place: Placement) => AddressSet;
  /** Each network it may be in. */
  readonly networks: readonly Surroundings[];
}

/** What routes do to a packet: it goes where it is sent to when there is neither a stop nor a doubt. */
export interface Route {
  readonly stop?: Hop;
  readonly waitsFor: readonly Unknown[];
}

/** What routes do to packets that a machine of the root sends to others inside. */
export function routeTo(ground: Ground, from: Sender, goal: Goal): Route {
  if (from.kind !== 'machine') return { waitsFor: [] };
  const { places } = placesOf(ground, from);
  const routes = places.map((place) => routeAt(ground, place, goal));
  const [stop, ...stops] = routes.flatMap((route) => route.stop ?? []);
  if (stop === undefined) return { waitsFor: routes.flatMap(({ waitsFor }) => waitsFor) };
  if (stops.length + 1 === routes.length) return { stop, waitsFor: [] };
  const doubts = places.flatMap((place) => place.doubts);
  return { waitsFor: [...doubts, ...routes.flatMap(({ waitsFor }) => waitsFor)] };
}

function routeAt({ topology, book }: Ground, place: Placement, { addresses: goal, networks }: Goal): Route {
  const { subnet, surroundings } = place;
  if (subnet === undefined) return { waitsFor: [] };
  const { regions, table } = routesOf(topology, subnet);
  const addresses = goal(place);
  const direct = regions.filter(({ hop: next }) => next === 'virtual-network');
  // What no route names of the own network is not spelled out, and a route to a part of all addresses may be about it.
  const own = regions.some(isNarrow) ? EMPTY : book.virtualNetworkClients(surroundings, 4);
  const unnamed = subtract(own, unionAll(regions.map((region) => region.addresses)));
  const strays = subtract(addresses, unionAll([unnamed, ...direct.map((region) => region.addresses)]));
  if (isEmpty(strays)) return { waitsFor: [] };
  const region = regions.find((each) => !isEmpty(intersect(each.addresses, strays)));
  if (region === undefined)
    return { waitsFor: [surroundings, ...networks].flatMap(({ morePrefixes }) => morePrefixes ?? []) };
  const { hop: next, route, waitsFor } = region;
  const at = table === undefined ? 'system routes' : textOr(table.name, table.address);
  if (next === 'none' && isSubset(addresses, region.addresses)) {
    const name = route === undefined ? 'no route' : textOr(route.name, route.address);
    const origin = route?.origin ?? subnet.origin;
    return { stop: hop(at, 'route', { name, effect: 'deny', origin }), waitsFor: [] };
  }
  const reason = open(`what the next hop (${next}) of ${at} does with the packet`);
  return { waitsFor: waitsFor.length > 0 ? waitsFor : [reason] };
}

/** A route that somebody wrote for a part of all addresses. */
function isNarrow({ hop: next, route }: RouteRegion): boolean {
  const prefix = route?.addressPrefix;
  return next !== 'virtual-network' && prefix?.kind === 'known' && !prefix.value.endsWith('/0');
}
