import type { Collection } from '../model/azure/element.ts';
import type { Route } from '../model/azure/route-table.ts';
import type { Subnet, VirtualNetwork } from '../model/azure/virtual-network.ts';
import { type Link, outside } from '../model/model.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import { lookUp, type Topology } from './topology.ts';

/** What service tags mean at a subnet (semantics 0.4, 1.6). */
export interface Surroundings {
  /** Identifies equal surroundings. */
  readonly key: string;
  /** Id of the virtual network, or what stands for it. */
  readonly virtualNetworkId: string;
  readonly label: string;
  /** Address prefixes of the virtual network, as written. */
  readonly prefixes: readonly string[];
  /** Why there may be more prefixes than these. */
  readonly morePrefixes?: Unknown;
  /** Prefixes of virtual networks that are peered in both directions: they belong to the tag `VirtualNetwork`. */
  readonly peerPrefixes: readonly string[];
  /** Prefixes of other peered virtual networks: they may belong to the tag `VirtualNetwork`, or else to `Internet`. */
  readonly neighbourPrefixes: readonly string[];
  /** Prefixes of the subnet's routes: they may belong to the tag `VirtualNetwork`. */
  readonly routePrefixes: readonly string[];
  /** Why the tag `VirtualNetwork` may also hold everything else: a default route, or routes that cannot be read. */
  readonly tagUndefined?: Unknown;
  /** The default route, when it is certain that this alone is the reason. */
  readonly defaultRoute?: Route;
  /** A way to settle what is open about tags; left out, it stays open. */
  readonly reading?: TagReading;
}

/**
 * A way to settle what Azure's pages leave open about the content of service tags (semantics 11.1 to 11.3): whether
 * those that may hold the source of health probes do, or whether `VirtualNetwork` holds everything beside a default
 * route. An answer that differs between the two ways hangs on that point alone.
 */
export type TagReading = 'probe-inside' | 'probe-outside' | 'default-inside' | 'default-outside';

/** The same place with an open point about tags settled. */
export function settleTags(place: Surroundings, reading: TagReading): Surroundings {
  const { tagUndefined: _, ...settled } = place;
  const isSettled = place.defaultRoute !== undefined && reading.startsWith('default');
  return { ...(isSettled ? settled : place), key: `${place.key}|${reading}`, reading };
}

/** Whether the tag `VirtualNetwork` holds every address, as settled. */
export function holdsEverything({ defaultRoute, reading }: Surroundings): boolean {
  return defaultRoute !== undefined && reading === 'default-inside';
}

/** What the tags mean in a subnet of the root. */
export function surroundingsOf(topology: Topology, subnet: Subnet): Surroundings {
  const routes = routesOf(topology, subnet);
  const network = networkFacts(topology, subnet.virtualNetwork, subnet.origin, subnet.condition);
  return {
    ...network,
    key: [
      network.virtualNetworkId,
      network.morePrefixes?.reason.name,
      subnet.routeTable.kind === 'none' ? '' : subnet.id,
    ].join('|'),
    routePrefixes: routes.prefixes,
    ...(routes.tagUndefined === undefined ? {} : { tagUndefined: routes.tagUndefined }),
    ...(routes.defaultRoute === undefined ? {} : { defaultRoute: routes.defaultRoute }),
  };
}

/** Where nothing about the virtual network is known. */
export function unreadableSurroundings(waitsFor: Unknown, link: Link): Surroundings {
  const virtualNetworkId = `the virtual network of ${link.kind === 'to' ? link.id : waitsFor.reason.name}`;
  return {
    key: `${virtualNetworkId}|?`,
    virtualNetworkId,
    label: 'the virtual network',
    prefixes: [],
    morePrefixes: waitsFor,
    peerPrefixes: [],
    neighbourPrefixes: [],
    routePrefixes: [],
    tagUndefined: waitsFor,
  };
}

type NetworkFacts = Omit<Surroundings, 'key' | 'tagUndefined' | 'routePrefixes' | 'defaultRoute' | 'reading'>;

/** The address space of the virtual network a link names, and of its peers. */
function networkFacts(
  topology: Topology,
  link: Link,
  origin: Origin,
  given: Unknown | undefined,
): NetworkFacts {
  const found =
    link.kind === 'none'
      ? { unreadable: outside(link, 'the virtual network', origin) }
      : lookUp(topology.virtualNetworks, link, { name: 'the virtual network', origin, given });
  if ('unreadable' in found) return unreadableNetwork(topology, link, found.unreadable);
  return {
    virtualNetworkId: found.id,
    label: labelOf(found),
    ...peersOf(topology, found),
    ...spaceOf(topology, found),
  };
}

/** The address space of a network. What is not known of it holds its subnets all the same. */
function spaceOf(topology: Topology, { id, addressPrefixes }: VirtualNetwork): Space {
  const space = readPrefixes(addressPrefixes);
  if (space.morePrefixes === undefined) return space;
  return { ...space, prefixes: [...space.prefixes, ...prefixesOfSubnets(topology, id)] };
}

function prefixesOfSubnets(topology: Topology, networkId: string): readonly string[] {
  return topology
    .subnetsIn(networkId)
    .filter(({ condition }) => condition === undefined)
    .flatMap((subnet) => readPrefixes(subnet.addressPrefixes).prefixes);
}

/** Of a network that is not part of the root, or may be another, only the subnets tell. */
function unreadableNetwork(topology: Topology, link: Link, waitsFor: Unknown): NetworkFacts {
  const { name } = waitsFor.reason;
  const id = link.kind === 'to' ? link.id : name;
  const perhaps = topology.virtualNetworks.get(id);
  return {
    virtualNetworkId: id,
    label: perhaps === undefined ? name.slice(name.lastIndexOf('/') + 1) : labelOf(perhaps),
    prefixes: prefixesOfSubnets(topology, id),
    morePrefixes: waitsFor,
    peerPrefixes: [],
    neighbourPrefixes: [],
  };
}

function labelOf({ name, address }: VirtualNetwork): string {
  return textOr(name, address);
}

function peersOf(
  topology: Topology,
  network: VirtualNetwork,
): Pick<Surroundings, 'peerPrefixes' | 'neighbourPrefixes'> {
  const peerPrefixes: string[] = [];
  const neighbourPrefixes: string[] = [];
  for (const { remote } of network.peers.items) {
    for (const id of remote.kind === 'to' ? [remote.id] : remote.kind === 'one-of' ? remote.ids : []) {
      const other = topology.virtualNetworks.get(id);
      if (other === undefined) continue;
      const isPeer =
        leadsTo(network, other.id) && leadsTo(other, network.id) && other.condition === undefined;
      (isPeer ? peerPrefixes : neighbourPrefixes).push(...spaceOf(topology, other).prefixes);
    }
  }
  return { peerPrefixes, neighbourPrefixes };
}

/** A peering works when both networks have it (semantics 6.8). */
function leadsTo(network: VirtualNetwork, id: string): boolean {
  return network.peers.items.some(
    ({ remote, allowsAccess, certain, condition }) =>
      remote.kind === 'to' &&
      remote.id === id &&
      allowsAccess.kind === 'known' &&
      allowsAccess.value &&
      certain &&
      condition === undefined,
  );
}

type Space = Pick<Surroundings, 'prefixes' | 'morePrefixes'>;

function readPrefixes(collection: Collection<Evaluated<string>>): Space {
  const prefixes = collection.items.flatMap((item) => (item.kind === 'known' ? [item.value] : []));
  const more = collection.unknown ?? collection.items.find((item) => item.kind === 'unknown');
  return more === undefined ? { prefixes } : { prefixes, morePrefixes: more };
}

/**
 * With a default route the tag `VirtualNetwork` can hold every address: semantics 1.6 and 11.2. What it holds without one
 * it still holds, because routes only add to it:
 * https://learn.microsoft.com/azure/virtual-network/service-tags-overview#available-service-tags
 */
function routesOf(
  topology: Topology,
  subnet: Subnet,
): { prefixes: readonly string[]; tagUndefined?: Unknown; defaultRoute?: Route } {
  const link = subnet.routeTable;
  if (link.kind === 'none') return { prefixes: [] };
  const { origin, condition } = subnet;
  const table = lookUp(topology.routeTables, link, { name: 'a route table', origin, given: condition });
  if ('unreadable' in table) return { prefixes: [], tagUndefined: table.unreadable };
  const { prefixes, morePrefixes } = readPrefixes({
    ...table.routes,
    items: table.routes.items.map((route) => route.addressPrefix),
  });
  const narrow = prefixes.filter((prefix) => !isDefaultRoute(prefix));
  if (morePrefixes !== undefined) return { prefixes: narrow, tagUndefined: morePrefixes };
  const defaultRoutes = table.routes.items.filter(
    ({ addressPrefix }) => addressPrefix.kind === 'known' && isDefaultRoute(addressPrefix.value),
  );
  const certain = defaultRoutes.find((route) => route.certain && route.condition === undefined);
  const defaultRoute = certain ?? defaultRoutes[0];
  if (defaultRoute === undefined) return { prefixes };
  const reason = {
    kind: 'runtime',
    name: `the service tag VirtualNetwork beside the default route of ${table.address}`,
  } as const;
  const tagUndefined = unknown(reason, defaultRoute.addressPrefix.origin);
  return { prefixes: narrow, tagUndefined, ...(certain === undefined ? {} : { defaultRoute: certain }) };
}

/** `0.0.0.0/0`, also when it is split into halves or a few larger blocks. */
function isDefaultRoute(prefix: string): boolean {
  return /\/[0-7]$/.test(prefix);
}
