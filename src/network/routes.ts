import type { Route, RouteTable } from '../model/azure/route-table.ts';
import type { Subnet, VirtualNetwork } from '../model/azure/virtual-network.ts';
import type { VirtualNetworkGateway } from '../model/azure/virtual-network-gateway.ts';
import { type Link, outside } from '../model/model.ts';
import { type Unknown, unknown } from '../value/value.ts';
import { PRIVATE_PREFIXES } from './azure-addresses.ts';
import { ALL_IPV4, ANY_ADDRESS, parsePrefix } from './packets/address.ts';
import { type AddressSet, EMPTY, isEmpty, isSubset, subtract, union } from './packets/interval-set.ts';
import { lower } from './rule-match.ts';
import { surroundingsOf } from './surroundings.ts';
import { lookUp, type Topology } from './topology.ts';

/** Where packets that leave a subnet go next. `unknown` carries the reason in its region. */
export type NextHop = 'virtual-network' | 'internet' | 'appliance' | 'gateway' | 'none' | 'unknown';

/** The destinations of a subnet that share a next hop. */
export interface RouteRegion {
  readonly hop: NextHop;
  readonly addresses: AddressSet;
  /** The route of the route table that decides; undefined for a system route. */
  readonly route: Route | undefined;
  readonly waitsFor: readonly Unknown[];
}

export interface SubnetRoutes {
  /** Disjoint; together every address. */
  readonly regions: readonly RouteRegion[];
  /** Routes to service tags, whose addresses are not known: inside a region they may win. */
  readonly tagged: readonly Route[];
  readonly table: RouteTable | undefined;
}

interface Entry extends Omit<RouteRegion, 'addresses'> {
  readonly prefix: string;
}

/**
 * The effective routes of a subnet: the longest prefix wins, and of equal ones the user's route before the system's.
 * What a gateway may learn by BGP leaves open only what system routes would decide. Semantics 6.1 and 6.2.
 */
export function routesOf(topology: Topology, subnet: Subnet): SubnetRoutes {
  const { origin, condition } = subnet;
  const link = subnet.routeTable;
  const table =
    link.kind === 'none'
      ? undefined
      : lookUp(topology.routeTables, link, { name: 'a route table', origin, given: condition });
  if (table !== undefined && 'unreadable' in table) return everywhere(table.unreadable);
  if (table?.routes.unknown !== undefined) return everywhere(table.routes.unknown);
  const tagged: Route[] = [];
  const own: Entry[] = [];
  for (const route of table?.routes.items ?? []) {
    const { addressPrefix: prefix } = route;
    if (prefix.kind === 'unknown') return everywhere(prefix);
    if (prefix.kind === 'known' && parsePrefix(prefix.value) !== undefined)
      own.push(entryOf(route, prefix.value));
    else tagged.push(route);
  }
  const system = systemRoutes(topology, subnet, table, own.some(isDefault));
  const entries = [...own, ...system].sort((a, b) => lengthOf(b.prefix) - lengthOf(a.prefix));
  return { regions: partition(entries), tagged, table };
}

function everywhere(waitsFor: Unknown): SubnetRoutes {
  const all = { hop: 'unknown', addresses: ANY_ADDRESS, route: undefined, waitsFor: [waitsFor] } as const;
  return { regions: [all], tagged: [], table: undefined };
}

function partition(entries: readonly Entry[]): readonly RouteRegion[] {
  const regions: RouteRegion[] = [];
  let taken: AddressSet = EMPTY;
  for (const { prefix, hop, route, waitsFor } of entries) {
    const addresses = subtract(parsePrefix(prefix) ?? EMPTY, taken);
    taken = union(taken, addresses);
    if (!isEmpty(addresses)) regions.push({ hop, addresses, route, waitsFor });
  }
  return regions;
}

const HOPS: Readonly<Record<string, NextHop>> = {
  virtualnetworkgateway: 'gateway',
  vnetlocal: 'virtual-network',
  internet: 'internet',
  virtualappliance: 'appliance',
  none: 'none',
};

function entryOf(route: Route, prefix: string): Entry {
  const type = route.nextHopType;
  const hop = HOPS[lower(type) ?? ''];
  const waitsFor = [
    ...(hop === undefined
      ? [type.kind === 'unknown' ? type : doubt(route, `the next hop type of ${route.address}`)]
      : []),
    ...(route.condition === undefined ? [] : [route.condition]),
    ...(route.certain ? [] : [doubt(route, `whether ${route.address} is in this route table`)]),
  ];
  const settled = waitsFor.length === 0 ? hop : undefined;
  return { prefix, hop: settled ?? 'unknown', route, waitsFor };
}

function doubt(route: Route, name: string): Unknown {
  return unknown({ kind: 'unsupported', name }, route.origin);
}

/** The user's route for every IPv4 address. */
function isDefault({ prefix }: Entry): boolean {
  return isSubset(ALL_IPV4, parsePrefix(prefix) ?? EMPTY);
}

/**
 * Without a default route of the user's, private addresses outside of the virtual network lead nowhere, unless a peer or a
 * gateway that the code does not show has them; with one they follow it.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#default
 */
function systemRoutes(
  topology: Topology,
  subnet: Subnet,
  table: RouteTable | undefined,
  hasDefault: boolean,
): readonly Entry[] {
  const { prefixes, peerPrefixes, neighbourPrefixes, morePrefixes } = surroundingsOf(topology, subnet);
  const link = subnet.virtualNetwork;
  const network = link.kind === 'to' ? topology.virtualNetworks.get(link.id) : undefined;
  const around = network === undefined ? [] : peeringDoubts(topology, network);
  const learned = (brings: typeof speaksBgp): readonly Unknown[] =>
    network === undefined ? [] : learnedRoutes({ topology, subnet, network, table }, brings);
  const more = morePrefixes === undefined ? around : [morePrefixes, ...around];
  const doubts = hasDefault ? more : [...more, ...learned(() => true)];
  const beyond = hasDefault && doubts.length === 0 ? [] : PRIVATE_PREFIXES;
  const back = unknown({ kind: 'outside', name: `a peering back to ${network?.address}` }, subnet.origin);
  return [
    ...[...prefixes, ...peerPrefixes].map((prefix) => systemRoute(prefix, 'virtual-network', [])),
    ...neighbourPrefixes.map((prefix) => systemRoute(prefix, 'unknown', around.length > 0 ? around : [back])),
    ...beyond.map((prefix) => systemRoute(prefix, 'none', doubts)),
    ...['0.0.0.0/0', '::/0'].map((prefix) => systemRoute(prefix, 'internet', learned(speaksBgp))),
  ];
}

function systemRoute(prefix: string, hop: NextHop, waitsFor: readonly Unknown[]): Entry {
  return { prefix, hop: waitsFor.length === 0 ? hop : 'unknown', route: undefined, waitsFor };
}

/** Why a network may have other peers than those that certainly are. */
function peeringDoubts(topology: Topology, network: VirtualNetwork): readonly Unknown[] {
  const { peers, origin } = network;
  const doubts = peers.items.flatMap(({ remote, allowsAccess, condition }): readonly Unknown[] => {
    if (remote.kind === 'none') return [];
    const other = remote.kind === 'to' ? topology.virtualNetworks.get(remote.id) : undefined;
    if (other === undefined) return [outside(remote, 'a peered virtual network', origin)];
    const values = [allowsAccess, ...other.addressPrefixes.items, condition, other.condition];
    return [...values, other.addressPrefixes.unknown].flatMap((value) =>
      value?.kind === 'unknown' ? [value] : [],
    );
  });
  return peers.unknown === undefined ? doubts : [...doubts, peers.unknown];
}

interface Place {
  readonly topology: Topology;
  readonly subnet: Subnet;
  readonly network: VirtualNetwork;
  readonly table: RouteTable | undefined;
}

/** Why routes that no code shows may reach a subnet: what a gateway brings, here or behind a peering. */
function learnedRoutes(
  { topology, subnet, network, table }: Place,
  brings: typeof speaksBgp,
): readonly Unknown[] {
  const propagation = table?.disableBgpRoutePropagation;
  if (propagation?.kind === 'known' && propagation.value) return [];
  const named = (name: string): Unknown => unknown({ kind: 'runtime', name }, subnet.origin);
  const within = (id: string): readonly Unknown[] =>
    gatewaysIn(topology, id)
      .filter(brings)
      .map((gateway) =>
        named(
          speaksBgp(gateway)
            ? `the routes that ${gateway.address} learns by BGP`
            : `the routes to the connections of ${gateway.address}`,
        ),
      );
  const behind = network.peers.items.flatMap(({ remote, usesRemoteGateways: uses }): readonly Unknown[] => {
    if (remote.kind === 'none' || (uses.kind === 'known' && !uses.value)) return [];
    if (remote.kind !== 'to') return [remote.waitsFor];
    const found = topology.virtualNetworks.has(remote.id)
      ? within(remote.id)
      : [named(`the routes that the gateway of ${remote.id} learns by BGP`)];
    return uses.kind === 'unknown' ? found.map(() => uses) : found;
  });
  const sources = [...within(network.id), ...behind];
  return propagation?.kind === 'unknown' && sources.length > 0 ? [propagation] : sources;
}

/** The gateways that stand in a virtual network, or may: where their subnet is not known. */
export function gatewaysIn(topology: Topology, networkId: string): readonly VirtualNetworkGateway[] {
  const holds = (subnetId: string): boolean => {
    const subnet = topology.subnets.get(subnetId);
    if (subnet === undefined) return subnetId.startsWith(`${networkId}/`);
    return mayName(subnet.virtualNetwork, (id) => id === networkId);
  };
  return topology.gateways.filter(
    ({ subnets }) => subnets.unknown !== undefined || subnets.items.some((link) => mayName(link, holds)),
  );
}

function mayName(link: Link, isMeant: (id: string) => boolean): boolean {
  if (link.kind === 'to') return isMeant(link.id);
  return link.kind === 'unknown' || (link.kind === 'one-of' && (link.open || link.ids.some(isMeant)));
}

function speaksBgp({ type, enableBgp }: VirtualNetworkGateway): boolean {
  if (type.kind !== 'known' || type.value.toLowerCase() === 'expressroute') return true;
  return enableBgp.kind === 'unknown' || (enableBgp.kind === 'known' && enableBgp.value);
}

/** What names one address may have no length. */
function lengthOf(prefix: string): number {
  return Number(prefix.split('/')[1] ?? 128);
}
