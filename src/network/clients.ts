import type { ForwardingRule, Frontend } from '../model/azure/load-balancer.ts';
import type { PrivateLinkService } from '../model/azure/private-link-service.ts';
import type { Subnet } from '../model/azure/virtual-network.ts';
import { textOr } from '../value/shown.ts';
import type { AddressBook } from './address-book.ts';
import { PROBE_SOURCE, PROBE_SOURCE_IPV6 } from './azure-addresses.ts';
import type { FlowClient } from './judge.ts';
import { parsePrefix } from './packets/address.ts';
import {
  type AddressSet,
  EMPTY,
  intersect,
  isEmpty,
  isSubset,
  subtract,
  unionAll,
} from './packets/interval-set.ts';
import type { Scheme } from './path.ts';
import { type Placement, type PrivateAddress, placementsOf, placementsOfClient } from './placement.ts';
import type { Topology } from './topology.ts';

/** Somebody whose packets are asked about besides those of the internet and the virtual network. */
export interface DeclaredClient {
  readonly name: string;
  /** Addresses and prefixes in CIDR notation. */
  readonly addresses: readonly string[];
}

/** Who sends packets to the frontend of a path. */
export interface PathClient {
  /** `internet`, `vnet`, `private-link`, the name of a declared client, or `unknown` while the scheme is. */
  readonly name: string;
  readonly kind: 'internet' | 'vnet' | 'private-link' | 'declared' | 'unknown';
  readonly flow: FlowClient;
  /** Where it stands in this root, so that the rules of its own security groups are asked as well. */
  readonly places: readonly Placement[];
}

/** Tells who the clients of a rule are. */
export interface ClientFinder {
  clientsOf(
    rule: ForwardingRule,
    frontend: Frontend | undefined,
    scheme: Scheme,
    family: 4 | 6,
  ): readonly PathClient[];
}

/** The source of the probes of one IP version: semantics 2.1. */
export function probeClient(family: 4 | 6): FlowClient {
  const source = parsePrefix(family === 4 ? PROBE_SOURCE : PROBE_SOURCE_IPV6) ?? EMPTY;
  return { addresses: () => source, hasOne: false, isNeighbour: false };
}

export function createClientFinder(
  topology: Topology,
  book: AddressBook,
  declared: readonly DeclaredClient[],
): ClientFinder {
  const known = declared.map((client) => readClient(topology, book, client));
  return {
    clientsOf(_rule, frontend, scheme, family) {
      if (scheme === 'unknown') return [generic('unknown', () => EMPTY)];
      const own =
        scheme === 'public'
          ? generic('internet', (place) => book.internetClients(place.surroundings, family))
          : generic('vnet', (place) => book.virtualNetworkClients(place.surroundings, family));
      const others = known.flatMap((client) => client.at(scheme, family) ?? []);
      if (scheme === 'public') return [own, ...others];
      const services = topology.privateLinkServices.filter(({ frontends }) =>
        frontends.items.some((link) => link.kind === 'to' && link.id === frontend?.id),
      );
      return [own, ...services.map((service) => privateLinkClient(topology, book, service)), ...others];
    },
  };
}

function generic(name: 'internet' | 'vnet' | 'unknown', addresses: FlowClient['addresses']): PathClient {
  const flow = { addresses, hasOne: false, isNeighbour: name === 'vnet' };
  return { name, kind: name, flow, places: [] };
}

/** Backends see the addresses that the service takes from its own subnets: semantics 1.8. */
function privateLinkClient(
  topology: Topology,
  book: AddressBook,
  { sources }: PrivateLinkService,
): PathClient {
  const addresses = sources.items.map(({ subnet, privateIPAddress }): PrivateAddress => {
    if (privateIPAddress.kind === 'known' && privateIPAddress.value !== '')
      return { kind: 'settled', text: privateIPAddress.value };
    const place = subnet.kind === 'to' ? topology.subnets.get(subnet.id) : undefined;
    return { kind: 'within', prefixes: ipv4PrefixesOf(place) };
  });
  if (sources.unknown !== undefined) addresses.push(ANYWHERE);
  const flow: FlowClient = {
    addresses: ({ surroundings }) =>
      unionAll(addresses.map((address) => book.privateAddress(address, surroundings))),
    hasOne: addresses.some(({ kind }) => kind !== 'settled'),
    isNeighbour: false,
  };
  return { name: 'private-link', kind: 'private-link', flow, places: [] };
}

/** Somewhere in the virtual network. */
const ANYWHERE: PrivateAddress = { kind: 'within', prefixes: [] };

/** Where a service takes its addresses (semantics 6.9); none while some prefix of the subnet is not known. */
function ipv4PrefixesOf(subnet: Subnet | undefined): readonly string[] {
  const { items, unknown } = subnet?.addressPrefixes ?? { items: [] };
  const known = items.flatMap((prefix) => (prefix.kind === 'known' ? [prefix.value] : []));
  if (unknown !== undefined || known.length < items.length) return [];
  return known.filter((prefix) => !prefix.includes(':'));
}

interface KnownClient {
  /** Undefined when none of its addresses can be a source at such a frontend. */
  at(scheme: Scheme, family: 4 | 6): PathClient | undefined;
}

function readClient(topology: Topology, book: AddressBook, client: DeclaredClient): KnownClient {
  const sets = client.addresses.map((text) => ({ text, set: parsePrefix(text) ?? EMPTY }));
  const networks = [...topology.virtualNetworks.values()].flatMap(({ addressPrefixes }) =>
    addressPrefixes.items.map(
      (prefix) => (prefix.kind === 'known' ? parsePrefix(prefix.value) : undefined) ?? EMPTY,
    ),
  );
  const inside = unionAll([book.privateAddresses, ...networks]);
  return {
    at(scheme, family) {
      const own = unionAll(
        sets.filter(({ text }) => text.includes(':') === (family === 6)).map(({ set }) => set),
      );
      const sources = scheme === 'public' ? subtract(own, inside) : intersect(own, inside);
      if (isEmpty(sources)) return undefined;
      const flow: FlowClient = { addresses: () => sources, hasOne: false, isNeighbour: false };
      return { name: client.name, kind: 'declared', flow, places: placesOf(topology, client, sources) };
    },
  };
}

/** The subnet of the root that holds all addresses of a client, if exactly one does; with the interface that has it. */
function placesOf(topology: Topology, client: DeclaredClient, sources: AddressSet): readonly Placement[] {
  const holders = [...topology.subnets.values()].filter((subnet) => holdsAll(subnet, sources));
  const [subnet, ...others] = holders;
  if (subnet === undefined || others.length > 0) return [];
  for (const networkInterface of topology.interfaces) {
    for (const ipConfiguration of networkInterface.ipConfigurations.items) {
      const { privateIPAddress, subnet: link } = ipConfiguration;
      if (link.kind !== 'to' || link.id !== subnet.id || privateIPAddress.kind !== 'known') continue;
      const address = parsePrefix(privateIPAddress.value) ?? EMPTY;
      if (isSubset(sources, address)) return placementsOf(topology, networkInterface, ipConfiguration);
    }
  }
  return placementsOfClient(topology, subnet, textOr(subnet.name, client.name));
}

function holdsAll(subnet: Subnet, addresses: AddressSet): boolean {
  const prefixes = subnet.addressPrefixes.items.flatMap((prefix) =>
    prefix.kind === 'known' ? [parsePrefix(prefix.value) ?? EMPTY] : [],
  );
  return isSubset(addresses, unionAll(prefixes));
}
