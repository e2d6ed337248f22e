import type { Route, RouteTable } from '../model/azure/route-table.ts';
import type { Subnet } from '../model/azure/virtual-network.ts';
import { type Unknown, unknown } from '../value/value.ts';
import { PRIVATE_PREFIXES } from './azure-addresses.ts';
import { ANY_ADDRESS, parsePrefix } from './packets/address.ts';
import { type AddressSet, EMPTY, isEmpty, subtract, union } from './packets/interval-set.ts';
import { surroundingsOf } from './surroundings.ts';
import { lookUp, type Topology } from './topology.ts';

/** Where packets that leave a subnet go next. `unknown` carries the reason in its region. */
export type NextHop = 'virtual-network' | 'internet' | 'appliance' | 'gateway' | 'none' | 'unknown';

/** The destinations of a subnet that share a next hop. */
export interface RouteRegion {
  readonly hop: NextHop;
  readonly addresses: AddressSet;
  /** The route of the route table that decides; undefined for a system route. */
  readonly route?: Route;
  readonly waitsFor: readonly Unknown[];
}

export interface SubnetRoutes {
  /** Disjoint; together every address. */
  readonly regions: readonly RouteRegion[];
  /** Routes to service tags, whose addresses are not known: inside a region they may win. */
  readonly tagged: readonly Route[];
  readonly table?: RouteTable;
}

interface Entry {
  readonly prefix: string;
  readonly hop: NextHop;
  readonly route?: Route;
  readonly waitsFor: readonly Unknown[];
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
  const learned = learnedRoutes(topology, subnet, table);
  const system = systemRoutes(topology, subnet, learned, defaultOf(own));
  const entries = [...own, ...system].sort((a, b) => lengthOf(b.prefix) - lengthOf(a.prefix));
  return { regions: partition(entries), tagged, ...(table === undefined ? {} : { table }) };
}

function everywhere(waitsFor: Unknown): SubnetRoutes {
  return { regions: [{ hop: 'unknown', addresses: ANY_ADDRESS, waitsFor: [waitsFor] }], tagged: [] };
}

function partition(entries: readonly Entry[]): readonly RouteRegion[] {
  const regions: RouteRegion[] = [];
  let taken: AddressSet = EMPTY;
  for (const { prefix, hop, route, waitsFor } of entries) {
    const addresses = subtract(parsePrefix(prefix) ?? EMPTY, taken);
    taken = union(taken, addresses);
    if (isEmpty(addresses)) continue;
    regions.push({ hop, addresses, waitsFor, ...(route === undefined ? {} : { route }) });
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
  const hop = type.kind === 'known' ? HOPS[type.value.toLowerCase()] : undefined;
  const doubts = [
    ...(type.kind === 'unknown' ? [type] : []),
    ...(route.condition === undefined ? [] : [route.condition]),
    ...(route.certain ? [] : [doubt(route, `whether ${route.address} is in this route table`)]),
  ];
  if (hop !== undefined && doubts.length === 0) return { prefix, hop, route, waitsFor: [] };
  const waitsFor = doubts.length > 0 ? doubts : [doubt(route, `the next hop type of ${route.address}`)];
  return { prefix, hop: 'unknown', route, waitsFor };
}

function doubt(route: Route, name: string): Unknown {
  return unknown({ kind: 'unsupported', name }, route.origin);
}

/** The user's route for every IPv4 address. */
function defaultOf(own: readonly Entry[]): Entry | undefined {
  return own.find(({ prefix }) =>
    isEmpty(subtract(parsePrefix('0.0.0.0/0') ?? EMPTY, parsePrefix(prefix) ?? EMPTY)),
  );
}

/**
 * Without a default route of the user's, private addresses outside of the virtual network lead nowhere; with one they follow
 * it. https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#default
 */
function systemRoutes(
  topology: Topology,
  subnet: Subnet,
  learned: Unknown | undefined,
  userDefault: Entry | undefined,
): readonly Entry[] {
  const { prefixes, peerPrefixes } = surroundingsOf(topology, subnet);
  const waitsFor = learned === undefined ? [] : [learned];
  const open = (hop: NextHop): NextHop => (learned === undefined ? hop : 'unknown');
  const nowhere = PRIVATE_PREFIXES.flatMap((prefix): readonly Entry[] => {
    if (userDefault === undefined) return [{ prefix, hop: open('none'), waitsFor }];
    return userDefault.hop === 'unknown' ? [{ ...userDefault, prefix }] : [];
  });
  return [
    ...[...prefixes, ...peerPrefixes].map(
      (prefix): Entry => ({ prefix, hop: 'virtual-network', waitsFor: [] }),
    ),
    ...nowhere,
    ...['0.0.0.0/0', '::/0'].map((prefix): Entry => ({ prefix, hop: open('internet'), waitsFor })),
  ];
}

/** Why routes that no code shows may reach the subnet: a gateway that speaks BGP, here or behind a peering. */
function learnedRoutes(
  topology: Topology,
  subnet: Subnet,
  table: RouteTable | undefined,
): Unknown | undefined {
  const propagation = table?.disableBgpRoutePropagation;
  if (propagation?.kind === 'known' && propagation.value) return undefined;
  const network =
    subnet.virtualNetwork.kind === 'to' ? topology.virtualNetworks.get(subnet.virtualNetwork.id) : undefined;
  if (network === undefined) return undefined;
  const remote = network.peers.items.flatMap(({ remote: link, usesRemoteGateways }) =>
    link.kind === 'to' && !(usesRemoteGateways.kind === 'known' && !usesRemoteGateways.value)
      ? [link.id]
      : [],
  );
  const gatewayElsewhere = network.peers.items.find(
    ({ remote: link, usesRemoteGateways }) =>
      link.kind === 'to' &&
      !topology.virtualNetworks.has(link.id) &&
      usesRemoteGateways.kind === 'known' &&
      usesRemoteGateways.value,
  );
  if (gatewayElsewhere?.remote.kind === 'to') {
    const { id } = gatewayElsewhere.remote;
    return unknown(
      { kind: 'runtime', name: `the routes that the gateway of ${id} learns by BGP` },
      subnet.origin,
    );
  }
  const reachable = new Set([network.id, ...remote]);
  const gateway = topology.gateways.find(
    ({ subnets, type, enableBgp }) =>
      speaksBgp(type, enableBgp) &&
      subnets.items.some((link) => {
        const at = link.kind === 'to' ? topology.subnets.get(link.id)?.virtualNetwork : undefined;
        return at?.kind === 'to' && reachable.has(at.id);
      }),
  );
  if (gateway === undefined) return undefined;
  return unknown(
    { kind: 'runtime', name: `the routes that ${gateway.address} learns by BGP` },
    subnet.origin,
  );
}

function speaksBgp(
  type: Topology['gateways'][number]['type'],
  enableBgp: Topology['gateways'][number]['enableBgp'],
): boolean {
  if (type.kind !== 'known' || type.value.toLowerCase() === 'expressroute') return true;
  return enableBgp.kind === 'unknown' || (enableBgp.kind === 'known' && enableBgp.value);
}

function lengthOf(prefix: string): number {
  const [address = '', length] = prefix.split('/');
  return length === undefined ? (address.includes(':') ? 128 : 32) : Number(length);
}
