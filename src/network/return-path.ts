import type { Route } from '../model/azure/route-table.ts';
import type { Subnet } from '../model/azure/virtual-network.ts';
import { textOr } from '../value/shown.ts';
import { type Unknown, unknown } from '../value/value.ts';
import type { AddressBook } from './address-book.ts';
import type { Member } from './members.ts';
import { type AddressOwners, isOwner, ownersOf } from './own-address.ts';
import type { PacketAddress } from './packet.ts';
import {
  type AddressSet,
  EMPTY,
  first,
  intersect,
  isEmpty,
  isSubset,
  unionAll,
} from './packets/interval-set.ts';
import type { Path, PathMember } from './path.ts';
import { type NextHop, type RouteRegion, routesOf, type SubnetRoutes } from './routes.ts';
import type { Topology } from './topology.ts';

/**
 * Where the replies of a member go to the clients that its security groups let in, or may let in. A route to the member's
 * own machine takes nothing away from it: its replies stay in the virtual network.
 */
export interface ReturnPath {
  readonly member: Member;
  readonly subnet: Subnet;
  /** Replies to clients in each kind of next hop; kinds without a client are left out. */
  readonly regions: readonly ReturnRegion[];
  /** Why the answer may be another one; empty when it is certain. */
  readonly waitsFor: readonly Unknown[];
}

export interface ReturnRegion {
  readonly hop: NextHop;
  readonly route: Route | undefined;
  /** One client whose replies go there. */
  readonly client: PacketAddress;
  /** Whether the replies to every client that gets in go there. */
  readonly takesAll: boolean;
  /** Whether the route is a default route, or one of the few that together are one. */
  readonly isWide: boolean;
}

/** Tells where the replies of the members of a path go. */
export type ReturnReader = (path: Path) => readonly ReturnPath[];

/**
 * Reads return paths, one for each member whose subnet is known. Replies are not filtered by security groups (they are
 * stateful), so routes alone decide: semantics 1.9 and 6.1. Routes are read once per subnet.
 */
export function createReturnReader(topology: Topology, book: AddressBook): ReturnReader {
  const routesBySubnet = new Map<string, SubnetRoutes>();
  const ownersByRoute = new Map<string, AddressOwners>();
  const known = new WeakMap<readonly RouteRegion[], WeakMap<AddressSet, Replies>>();

  function isMemberItself(route: Route, { networkInterface, placements }: Member): boolean {
    const next = route.nextHopIpAddress;
    if (networkInterface === undefined) {
      return placements.some(
        ({ privateAddress: own }) =>
          own.kind === 'settled' && next.kind === 'known' && own.text === next.value,
      );
    }
    const owners = ownersByRoute.get(route.id) ?? ownersOf(topology, next);
    ownersByRoute.set(route.id, owners);
    return isOwner(topology, networkInterface, owners);
  }

  function routesFor(member: Member, subnet: Subnet): SubnetRoutes {
    const routes = routesBySubnet.get(subnet.id) ?? routesOf(topology, subnet);
    routesBySubnet.set(subnet.id, routes);
    const isOwnWay = ({ hop, route }: RouteRegion): boolean =>
      hop === 'appliance' && route !== undefined && isMemberItself(route, member);
    if (!routes.regions.some(isOwnWay)) return routes;
    const regions = routes.regions.map((region) =>
      isOwnWay(region) ? { ...region, hop: 'virtual-network' as const } : region,
    );
    return { ...routes, regions };
  }

  /** Members of one subnet that let in the same clients share their replies. */
  function repliesTo(clients: AddressSet, regions: readonly RouteRegion[]): Replies {
    const answers = known.get(regions) ?? new WeakMap<AddressSet, Replies>();
    known.set(regions, answers);
    const replies = answers.get(clients) ?? replyRegions(book, clients, regions);
    answers.set(clients, replies);
    return replies;
  }

  return (path) =>
    path.members.flatMap((each) => {
      const [subnet, ...others] = new Set(each.member.placements.map((placement) => placement.subnet));
      if (subnet === undefined || others.length > 0) return [];
      const { regions, tagged } = routesFor(each.member, subnet);
      const replies = repliesTo(each.data.passing ?? EMPTY, regions);
      const waitsFor = doubtsAbout(path, each, replies, tagged);
      return [{ member: each.member, subnet, regions: replies.regions, waitsFor }];
    });
}

/** Replies to some clients by some routes, whoever sends them. */
interface Replies {
  readonly regions: readonly ReturnRegion[];
  /** What the routes to these clients wait for. */
  readonly waitsFor: readonly Unknown[];
  readonly exceptions: readonly Unknown[];
}

function replyRegions(book: AddressBook, clients: AddressSet, regions: readonly RouteRegion[]): Replies {
  const found = regions
    .map((region) => ({ region, addresses: intersect(region.addresses, clients) }))
    .filter(({ addresses }) => !isEmpty(addresses));
  return {
    regions: found.map(({ region, addresses }) => ({
      hop: region.hop,
      route: region.route,
      client: book.describe(preferred(addresses)),
      takesAll: isSubset(clients, unionAll(sameHop(found, region.hop))),
      isWide: isWide(region),
    })),
    waitsFor: found.flatMap(({ region }) => region.waitsFor),
    exceptions: found.flatMap(({ region }) => exception(region)),
  };
}

function doubtsAbout(
  path: Path,
  { member, data }: PathMember,
  { waitsFor, exceptions }: Replies,
  tagged: readonly Route[],
): readonly Unknown[] {
  const isInternet = path.clientKind === 'internet';
  return [
    ...waitsFor,
    ...(member.uncertain === undefined ? [] : [member.uncertain]),
    // Only clients from everywhere cannot all be in a tag.
    ...(isInternet && data.verdict === 'open' ? [] : tagged.map(tagContent)),
    ...gatewayInFront(path),
    ...(isInternet ? exceptions : []),
  ];
}

function sameHop(
  found: readonly { readonly region: RouteRegion; readonly addresses: AddressSet }[],
  hop: NextHop,
): readonly AddressSet[] {
  return found.filter(({ region }) => region.hop === hop).map(({ addresses }) => addresses);
}

/** A documentation address where there is one, as in every packet that is shown: RFC 5737. */
function preferred(addresses: AddressSet): number | bigint {
  const documentation = intersect(addresses, [0xcb_00_71_07, 0xcb_00_71_08]);
  return first(documentation) ?? first(addresses) ?? 0;
}

/** Behind a gateway load balancer replies take the way of the chain: semantics 6.5. */
function gatewayInFront({ frontend }: Path): readonly Unknown[] {
  if (frontend === undefined || frontend.gatewayLoadBalancer.kind === 'none') return [];
  const name = `the way of replies through the gateway load balancer of ${frontend.address}`;
  return [unknown({ kind: 'unsupported', name }, frontend.origin)];
}

/**
 * A route that sends a few public addresses straight to the internet beside a default route to an appliance is how
 * replies to a firewall that translates addresses are kept symmetric. Then clients may all come through it.
 */
function exception(region: RouteRegion): readonly Unknown[] {
  const { hop, route } = region;
  if (hop !== 'internet' || route === undefined || isWide(region)) return [];
  const name = `whether all clients come from the addresses of the route ${textOr(route.name, route.address)}`;
  return [unknown({ kind: 'runtime', name }, route.origin)];
}

function isWide({ route }: RouteRegion): boolean {
  const prefix = route?.addressPrefix;
  return prefix?.kind === 'known' && /\/[0-7]$/.test(prefix.value);
}

function tagContent(route: Route): Unknown {
  return unknown(
    {
      kind: 'runtime',
      name: `the addresses of the service tag of the route ${textOr(route.name, route.address)}`,
    },
    route.origin,
  );
}
