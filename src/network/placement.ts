import type { Collection } from '../model/azure/element.ts';
import type { IpConfiguration, NetworkInterface } from '../model/azure/network-interface.ts';
import type { NetworkSecurityGroup } from '../model/azure/network-security-group.ts';
import type { Subnet } from '../model/azure/virtual-network.ts';
import type { Link } from '../model/model.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import { type AppliedAdminRule, adminRulesAt } from './security-admin.ts';
import { type Surroundings, surroundingsOf, unreadableSurroundings } from './surroundings.ts';
import { lookUp, type Topology } from './topology.ts';

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
  /** Security admin rules of the virtual network; they come before both levels. */
  readonly adminRules: readonly AppliedAdminRule[];
  /** The ambiguous links because of which there are other possible placements. */
  readonly doubts: readonly Unknown[];
}

export type PrivateAddress =
  | { readonly kind: 'settled'; readonly text: string; readonly secret?: true }
  | {
      readonly kind: 'within';
      readonly prefixes: readonly string[];
      /** Addresses in the prefixes that others have. */
      readonly taken?: readonly string[];
      readonly secret?: true;
    }
  | { readonly kind: 'unknown'; readonly waitsFor: Unknown };

/** A level at which a security group may stand. */
export interface Level {
  readonly at: 'subnet' | 'network-interface';
  /** The name a person knows the subnet or interface by. */
  readonly label: string;
  readonly group: NetworkSecurityGroup | 'none' | { readonly unreadable: Unknown };
}

const MOST_PLACEMENTS = 64;
/** With more of them sets of addresses become slow, and leaving them out only costs certainty. */
const MOST_TAKEN = 256;

/** Every way the IP configuration may be placed; never empty. */
export function placementsOf(
  topology: Topology,
  networkInterface: NetworkInterface,
  ipConfiguration: IpConfiguration,
): readonly Placement[] {
  const nicLabel = textOr(networkInterface.name, networkInterface.address);
  const { condition: given } = networkInterface;
  const nicGroups = groupChoices(topology, networkInterface.networkSecurityGroup, {
    origin: networkInterface.origin,
    given,
  });
  const at = { origin: ipConfiguration.origin, given };
  return placementsIn(topology, ipConfiguration.subnet, at, (subnet) => ({
    privateAddress: privateAddressOf(
      topology,
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
  return placementsIn(topology, subnet, { origin, given: undefined }, () => ({
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

/** Placements for clients somewhere in a subnet, whose interfaces are not told apart. */
export function placementsOfClient(topology: Topology, subnet: Subnet, label: string): readonly Placement[] {
  const prefixes = subnet.addressPrefixes.items.flatMap((item) =>
    item.kind === 'known' ? [item.value] : [],
  );
  return placementsIn(
    topology,
    { kind: 'to', id: subnet.id },
    { origin: subnet.origin, given: subnet.condition },
    () => ({
      privateAddress: { kind: 'within', prefixes },
      nicLevels: [{ at: 'network-interface', label, group: 'none' }],
      nicLink: { kind: 'none' },
      memberOf: { items: [] },
    }),
  );
}

/** Where a link is written, and the condition under which it counts. */
interface At {
  readonly origin: Origin;
  readonly given: Unknown | undefined;
}

function placementsIn(
  topology: Topology,
  subnetLink: Link,
  at: At,
  inside: (subnet: Subnet | undefined) => Inside,
): readonly Placement[] {
  const placements: Placement[] = [];
  for (const choice of subnetChoices(topology, subnetLink, at)) {
    const subnet = 'unreadable' in choice ? undefined : choice;
    const { privateAddress, nicLevels, nicLink, memberOf } = inside(subnet);
    const subnetLevels: readonly Level[] =
      'unreadable' in choice
        ? [{ at: 'subnet', label: 'the subnet', group: choice }]
        : groupChoices(topology, choice.networkSecurityGroup, {
            origin: choice.origin,
            given: choice.condition ?? at.given,
          }).map((group) => ({
            at: 'subnet',
            label: textOr(choice.name, choice.address),
            group,
          }));
    const surroundings =
      'unreadable' in choice
        ? unreadableSurroundings(choice.unreadable, subnetLink)
        : surroundingsOf(topology, choice);
    const adminRules = adminRulesAt(topology, surroundings.virtualNetworkId);
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
          adminRules,
          doubts,
        });
      }
    }
  }
  const [first] = placements;
  if (placements.length <= MOST_PLACEMENTS || first === undefined) return placements;
  const waitsFor = unknown(
    { kind: 'unsupported', name: 'a network interface with very many possible places' },
    at.origin,
  );
  const [subnetLevel, nicLevel] = first.levels;
  const unreadable = { unreadable: waitsFor };
  return [
    {
      ...first,
      subnet: undefined,
      surroundings: unreadableSurroundings(waitsFor, subnetLink),
      levels: [
        { ...subnetLevel, group: unreadable },
        { ...nicLevel, group: unreadable },
      ],
      adminRules: [],
    },
  ];
}

/** Every subnet a link may name; of one that may also be another nothing is known. */
function subnetChoices(
  topology: Topology,
  link: Link,
  at: At,
): readonly (Subnet | { readonly unreadable: Unknown })[] {
  if (link.kind === 'none') {
    const name = 'an IP configuration without a subnet';
    return [{ unreadable: unknown({ kind: 'unsupported', name }, at.origin) }];
  }
  return named(topology.subnets, link, { name: 'a subnet', ...at });
}

/** Every group a link may name; one that may also be another may lead to none at all. */
function groupChoices(topology: Topology, link: Link, at: At): readonly Level['group'][] {
  if (link.kind === 'none') return ['none'];
  const groups = named(topology.securityGroups, link, { name: 'a network security group', ...at });
  return link.kind === 'one-of' && link.open ? ['none', ...groups] : groups;
}

function named<T extends { readonly condition?: Unknown }>(
  things: ReadonlyMap<string, T>,
  link: Exclude<Link, { kind: 'none' }>,
  what: { readonly name: string } & At,
): readonly (T | { readonly unreadable: Unknown })[] {
  if (link.kind !== 'one-of') return [lookUp(things, link, what)];
  const known = link.ids.map((id) => lookUp(things, { kind: 'to', id }, what));
  return link.open ? [...known, { unreadable: link.waitsFor }] : known;
}

/** Whether the address at a place is a secret. */
export function isHidden({ privateAddress }: Placement): boolean {
  return 'secret' in privateAddress;
}

/** The private address of an IP configuration or a frontend: where it is not written, a free one in the subnet. */
export function privateAddressOf(
  topology: Topology,
  address: Evaluated<string>,
  version: Evaluated<string>,
  subnet: Subnet | undefined,
  origin: Origin,
): PrivateAddress {
  if (address.kind === 'known' && address.value !== '') {
    return { kind: 'settled', text: address.value, ...(address.sensitive ? { secret: true } : {}) };
  }
  if (subnet === undefined || version.kind === 'unknown') {
    const open = [address, version].find((value) => value.kind === 'unknown');
    const later = unknown({ kind: 'known-after-apply', name: 'the private address' }, origin);
    return { kind: 'unknown', waitsFor: open ?? later };
  }
  const isIpv6 = version.kind === 'known' && version.value.toLowerCase() === 'ipv6';
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
  const taken = topology.takenIn(subnet.id);
  return {
    kind: 'within',
    prefixes,
    ...(taken.length === 0 || taken.length > MOST_TAKEN ? {} : { taken }),
    ...(isSecret ? { secret: true } : {}),
  };
}
