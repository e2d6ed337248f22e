import type { Collection } from '../model/azure/element.ts';
import type { IpConfiguration, NetworkInterface } from '../model/azure/network-interface.ts';
import type { NetworkSecurityGroup } from '../model/azure/network-security-group.ts';
import type { Subnet } from '../model/azure/virtual-network.ts';
import { type Link, outside } from '../model/model.ts';
import type { Origin } from '../text/origin.ts';
import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import type { Topology } from './topology.ts';

/**
 * One way in which an IP configuration may be placed in the network, as far as the code settles it. An ambiguous
 * link gives one placement per candidate; a verdict holds when it is the same in all of them.
 */
export interface Placement {
  readonly subnet: Subnet | undefined;
  readonly surroundings: Surroundings;
  /** The private address: settled, or somewhere in the prefixes of the subnet. */
  readonly privateAddress: PrivateAddress;
  /** Inbound order: the group of the subnet, then the group of the interface. */
  readonly levels: readonly [Level, Level];
  /** Application security groups of the IP configuration: lower-case ids. */
  readonly memberOf: Collection<Link>;
  /** The ambiguous links because of which there are other possible placements. */
  readonly doubts: readonly Unknown[];
}

export type PrivateAddress =
  | { readonly kind: 'settled'; readonly text: string; readonly secret?: true }
  | { readonly kind: 'within'; readonly prefixes: readonly string[]; readonly secret?: true }
  | { readonly kind: 'unknown'; readonly waitsFor: Unknown };

/** A level at which a security group may stand. */
export interface Level {
  readonly at: 'subnet' | 'network-interface';
  /** The name a person knows the subnet or interface by. */
  readonly label: string;
  readonly group: NetworkSecurityGroup | 'none' | { readonly unreadable: Unknown };
}

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
  /** Prefixes of peered virtual networks and of the subnet's routes: they may belong to the tag `VirtualNetwork`. */
  readonly neighbourPrefixes: readonly string[];
  /** Why the tag `VirtualNetwork` may hold anything: a default route, or routes that cannot be read. */
  readonly tagUndefined?: Unknown;
}

const MOST_PLACEMENTS = 64;

/** Every way the IP configuration may be placed; never empty. */
export function placementsOf(
  topology: Topology,
  networkInterface: NetworkInterface,
  ipConfiguration: IpConfiguration,
): readonly Placement[] {
  const nicLabel = textOr(networkInterface.name, networkInterface.address);
  const nicGroups = groupChoices(topology, networkInterface.networkSecurityGroup, networkInterface.origin);
  return placementsIn(topology, ipConfiguration.subnet, ipConfiguration.origin, (subnet) => ({
    privateAddress: privateAddressOf(
      ipConfiguration.privateIPAddress,
      ipConfiguration.version,
      subnet,
      ipConfiguration.origin,
    ),
    nicLevels: nicGroups.map((group): Level => ({ at: 'network-interface', label: nicLabel, group })),
    nicLink: networkInterface.networkSecurityGroup,
    memberOf: ipConfiguration.applicationSecurityGroups,
  }));
}

/** Placements for an address in a subnet whose network interface is not part of the root. */
export function placementsOfAddress(
  topology: Topology,
  subnet: Link,
  address: { readonly text: string; readonly label: string; readonly secret?: true },
  origin: Origin,
): readonly Placement[] {
  const unseen = unknown({ kind: 'outside', name: `the network interface of ${address.label}` }, origin);
  return placementsIn(topology, subnet, origin, () => ({
    privateAddress: { kind: 'settled', text: address.text, ...(address.secret ? { secret: true } : {}) },
    nicLevels: [{ at: 'network-interface', label: address.label, group: { unreadable: unseen } }],
    nicLink: { kind: 'none' },
    memberOf: { items: [], unknown: unseen },
  }));
}

interface Inside {
  readonly privateAddress: PrivateAddress;
  readonly nicLevels: readonly Level[];
  readonly nicLink: Link;
  readonly memberOf: Collection<Link>;
}

function placementsIn(
  topology: Topology,
  subnetLink: Link,
  origin: Origin,
  inside: (subnet: Subnet | undefined) => Inside,
): readonly Placement[] {
  const placements: Placement[] = [];
  for (const choice of subnetChoices(topology, subnetLink, origin)) {
    const subnet = 'unreadable' in choice ? undefined : choice;
    const { privateAddress, nicLevels, nicLink, memberOf } = inside(subnet);
    const subnetLevels: readonly Level[] =
      'unreadable' in choice
        ? [{ at: 'subnet', label: 'the subnet', group: choice }]
        : groupChoices(topology, choice.networkSecurityGroup, choice.origin).map((group) => ({
            at: 'subnet',
            label: textOr(choice.name, choice.address),
            group,
          }));
    const surroundings =
      'unreadable' in choice
        ? unreadableSurroundings(choice.unreadable, subnetLink)
        : surroundingsOf(topology, choice);
    const doubts = [
      subnetLink,
      ...('unreadable' in choice ? [] : [choice.networkSecurityGroup]),
      nicLink,
    ].flatMap((link) => (link.kind === 'one-of' ? [link.waitsFor] : []));
    for (const subnetLevel of subnetLevels) {
      for (const nicLevel of nicLevels) {
        placements.push({
          subnet,
          surroundings,
          privateAddress,
          levels: [subnetLevel, nicLevel],
          memberOf,
          doubts,
        });
      }
    }
  }
  const [first] = placements;
  if (placements.length <= MOST_PLACEMENTS || first === undefined) return placements;
  const waitsFor = unknown(
    { kind: 'unsupported', name: 'a network interface with very many possible places' },
    origin,
  );
  const [subnetLevel, nicLevel] = first.levels;
  const unreadable = { unreadable: waitsFor };
  return [
    {
      ...first,
      levels: [
        { ...subnetLevel, group: unreadable },
        { ...nicLevel, group: unreadable },
      ],
    },
  ];
}

function subnetChoices(
  topology: Topology,
  link: Link,
  origin: Origin,
): readonly (Subnet | { readonly unreadable: Unknown })[] {
  switch (link.kind) {
    case 'none':
      return [
        {
          unreadable: unknown({ kind: 'unsupported', name: 'an IP configuration without a subnet' }, origin),
        },
      ];
    case 'unknown':
      return [{ unreadable: link.waitsFor }];
    case 'to':
      return [topology.subnets.get(link.id) ?? { unreadable: outside(link, 'a subnet', origin) }];
    case 'one-of': {
      const known = link.ids.map((id) => topology.subnets.get(id) ?? { unreadable: link.waitsFor });
      return link.open ? [...known, { unreadable: link.waitsFor }] : known;
    }
  }
}

function groupChoices(topology: Topology, link: Link, origin: Origin): readonly Level['group'][] {
  switch (link.kind) {
    case 'none':
      return ['none'];
    case 'unknown':
      return [{ unreadable: link.waitsFor }];
    case 'to':
      return [
        topology.securityGroups.get(link.id) ?? {
          unreadable: outside(link, 'a network security group', origin),
        },
      ];
    case 'one-of': {
      const known = link.ids.map((id) => topology.securityGroups.get(id) ?? { unreadable: link.waitsFor });
      return link.open ? [...known, 'none'] : known;
    }
  }
}

function privateAddressOf(
  address: Evaluated<string>,
  version: Evaluated<string>,
  subnet: Subnet | undefined,
  origin: Origin,
): PrivateAddress {
  if (address.kind === 'known' && address.value !== '') {
    return { kind: 'settled', text: address.value, ...(address.sensitive ? { secret: true } : {}) };
  }
  const isIpv6 = version.kind === 'known' && version.value.toLowerCase() === 'ipv6';
  if (subnet === undefined || version.kind === 'unknown') {
    const waitsFor =
      address.kind === 'unknown'
        ? address
        : unknown({ kind: 'known-after-apply', name: 'the private address' }, origin);
    return { kind: 'unknown', waitsFor };
  }
  const prefixes: string[] = [];
  for (const prefix of subnet.addressPrefixes.items) {
    if (prefix.kind === 'unknown') return { kind: 'unknown', waitsFor: prefix };
    if (prefix.kind === 'known' && prefix.value.includes(':') === isIpv6) prefixes.push(prefix.value);
  }
  if (subnet.addressPrefixes.unknown !== undefined)
    return { kind: 'unknown', waitsFor: subnet.addressPrefixes.unknown };
  if (prefixes.length === 0) {
    return {
      kind: 'unknown',
      waitsFor: unknown({ kind: 'unsupported', name: 'a subnet without an address prefix' }, subnet.origin),
    };
  }
  const isSecret = subnet.addressPrefixes.items.some((prefix) => prefix.kind === 'known' && prefix.sensitive);
  return { kind: 'within', prefixes, ...(isSecret ? { secret: true } : {}) };
}

/** What the tags mean in a subnet of the root. */
export function surroundingsOf(topology: Topology, subnet: Subnet): Surroundings {
  const routes = routesOf(topology, subnet);
  const network = networkFacts(topology, subnet.virtualNetwork, subnet.origin);
  return {
    ...network,
    key: `${network.virtualNetworkId}|${subnet.routeTable.kind === 'none' ? '' : subnet.id}`,
    neighbourPrefixes: [...network.neighbourPrefixes, ...routes.prefixes],
    ...(routes.tagUndefined === undefined ? {} : { tagUndefined: routes.tagUndefined }),
  };
}

function unreadableSurroundings(waitsFor: Unknown, link: Link): Surroundings {
  const virtualNetworkId = `the virtual network of ${link.kind === 'to' ? link.id : waitsFor.reason.name}`;
  return {
    key: `${virtualNetworkId}|?`,
    virtualNetworkId,
    label: 'the virtual network',
    prefixes: [],
    morePrefixes: waitsFor,
    neighbourPrefixes: [],
    tagUndefined: waitsFor,
  };
}

type NetworkFacts = Omit<Surroundings, 'key' | 'tagUndefined'>;

/** The address space of the virtual network a link names, and of its peers. */
function networkFacts(topology: Topology, link: Link, origin: Origin): NetworkFacts {
  const network = link.kind === 'to' ? topology.virtualNetworks.get(link.id) : undefined;
  if (network === undefined) {
    const waitsFor = outside(link, 'the virtual network', origin);
    const { name } = waitsFor.reason;
    const siblings = link.kind === 'to' ? topology.subnetsIn(link.id) : [];
    return {
      virtualNetworkId: link.kind === 'to' ? link.id : name,
      label: name.slice(name.lastIndexOf('/') + 1),
      prefixes: siblings.flatMap((subnet) => readPrefixes(subnet.addressPrefixes).prefixes),
      morePrefixes: waitsFor,
      neighbourPrefixes: [],
    };
  }
  const own = readPrefixes(network.addressPrefixes);
  const peers = network.peers.items.flatMap((peer) =>
    (peer.kind === 'to' ? [peer.id] : peer.kind === 'one-of' ? peer.ids : []).flatMap((id) => {
      const remote = topology.virtualNetworks.get(id);
      return remote === undefined ? [] : readPrefixes(remote.addressPrefixes).prefixes;
    }),
  );
  return {
    virtualNetworkId: network.id,
    label: textOr(network.name, network.address),
    neighbourPrefixes: peers,
    ...own,
  };
}

function readPrefixes(
  collection: Collection<Evaluated<string>>,
): Pick<Surroundings, 'prefixes' | 'morePrefixes'> {
  const prefixes = collection.items.flatMap((item) => (item.kind === 'known' ? [item.value] : []));
  const more = collection.unknown ?? collection.items.find((item) => item.kind === 'unknown');
  return more === undefined ? { prefixes } : { prefixes, morePrefixes: more };
}

/** With a default route the tag `VirtualNetwork` can hold every address: semantics 1.6 and 11.2. */
function routesOf(
  topology: Topology,
  subnet: Subnet,
): { prefixes: readonly string[]; tagUndefined?: Unknown } {
  const link = subnet.routeTable;
  if (link.kind === 'none') return { prefixes: [] };
  const table = link.kind === 'to' ? topology.routeTables.get(link.id) : undefined;
  if (table === undefined) {
    const waitsFor = outside(link, 'a route table', subnet.origin);
    return { prefixes: [], tagUndefined: waitsFor };
  }
  const { prefixes, morePrefixes } = readPrefixes({
    ...table.routes,
    items: table.routes.items.map((route) => route.addressPrefix),
  });
  const narrow = prefixes.filter((prefix) => !isDefaultRoute(prefix));
  if (morePrefixes !== undefined) return { prefixes: narrow, tagUndefined: morePrefixes };
  const defaultRoute = table.routes.items.find(
    ({ addressPrefix }) => addressPrefix.kind === 'known' && isDefaultRoute(addressPrefix.value),
  );
  if (defaultRoute === undefined) return { prefixes };
  const reason = {
    kind: 'runtime',
    name: `the service tag VirtualNetwork beside the default route of ${table.address}`,
  } as const;
  return { prefixes: narrow, tagUndefined: unknown(reason, defaultRoute.addressPrefix.origin) };
}

/** `0.0.0.0/0`, also when it is split into halves or a few larger blocks. */
function isDefaultRoute(prefix: string): boolean {
  return /\/[0-7]$/.test(prefix);
}

/** A known text, or the fallback. Secrets are never shown. */
export function textOr(value: Evaluated<string>, fallback: string): string {
  return value.kind === 'known' && value.sensitive !== true ? value.value : fallback;
}
