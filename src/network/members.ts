import type { BackendAddress, BackendPool } from '../model/azure/load-balancer.ts';
import type { IpConfiguration, NetworkInterface } from '../model/azure/network-interface.ts';
import type { Subnet } from '../model/azure/virtual-network.ts';
import { type Link, outside } from '../model/model.ts';
import { inNameOrder } from '../text/name-order.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import { parsePrefix } from './packets/address.ts';
import { isSubset } from './packets/interval-set.ts';
import { type Placement, placementsOf, placementsOfAddress } from './placement.ts';
import type { Attachment, Topology } from './topology.ts';

/** A backend of a rule: an IP configuration of a network interface or scale set, or an address of an IP-based pool. */
export interface Member {
  /** `nic-web-0/ipconfig1`, `vmss-web/nic/ipconfig1`, `10.0.1.4`. */
  readonly label: string;
  readonly address: string;
  readonly origin: Origin;
  /** How many backends stand behind the label. */
  readonly instances: Evaluated<number> | 1;
  /** IPv4 or IPv6, when it is known. */
  readonly version: string | undefined;
  /** What it waits for when it is not certain that this is a member. */
  readonly uncertain?: Unknown;
  readonly networkInterface?: NetworkInterface;
  readonly ipConfiguration?: IpConfiguration;
  /** The Microsoft pages leave open how an IP-based pool behaves without a security group: semantics 3.1. */
  readonly ipBased: boolean;
  /** None, Up or Down, where the pool says it of an address; it overrides the probe (semantics 2.4). */
  readonly adminState?: Evaluated<string>;
  /** It is the frontend of a regional load balancer behind a global one. */
  readonly isFrontend: boolean;
  readonly placements: readonly Placement[];
}

export interface Members {
  /** Certain and possible members. */
  readonly members: readonly Member[];
  /** Why there may be other members than these; empty when there are not. */
  readonly more: readonly Unknown[];
}

/** Reads members once per IP configuration, however many rules reach it. They come in the order of their names. */
export interface MemberReader {
  ofPools(pools: readonly Link[]): Members;
  /** Who names an inbound NAT rule or NAT pool. */
  ofAttachments(id: string): Members;
}

export function createMemberReader(topology: Topology): MemberReader {
  const placed = new Map<string, readonly Placement[]>();
  const attached = new Map<string, readonly KeyedMember[]>();
  const addressed = new Map<BackendPool, readonly KeyedMember[]>();
  let finder: AddressFinder | undefined;

  function memberOf({ networkInterface, ipConfiguration, uncertain }: Attachment): Member {
    const placements =
      placed.get(ipConfiguration.id) ?? placementsOf(topology, networkInterface, ipConfiguration);
    placed.set(ipConfiguration.id, placements);
    const name = textOr(networkInterface.name, networkInterface.address);
    return {
      label: `${name}/${textOr(ipConfiguration.name, 'ip configuration')}`,
      address: networkInterface.address,
      origin: ipConfiguration.origin,
      instances: networkInterface.scaleSet?.capacity ?? 1,
      version:
        ipConfiguration.version.kind === 'known' ? ipConfiguration.version.value.toLowerCase() : undefined,
      networkInterface,
      ipConfiguration,
      ipBased: false,
      isFrontend: false,
      placements,
      ...(uncertain === undefined ? {} : { uncertain }),
    };
  }

  /** Those that name a pool or an inbound NAT rule. */
  function attachedTo(id: string): readonly KeyedMember[] {
    const members = attached.get(id) ?? inOrder(topology.attachedTo(id).map(keyedMember));
    attached.set(id, members);
    return members;
  }

  function keyedMember(attachment: Attachment): KeyedMember {
    return [attachment.ipConfiguration.id, memberOf(attachment)];
  }

  function addressesOf(pool: BackendPool): readonly KeyedMember[] {
    finder ??= createAddressFinder(topology);
    const known = finder;
    const members =
      addressed.get(pool) ??
      inOrder(
        pool.addresses.items.map((address) => [address.id, addressMember(topology, known, address, pool)]),
      );
    addressed.set(pool, members);
    return members;
  }

  return {
    ofPools(pools) {
      const members = new Map<string, Member>();
      const more: Unknown[] = [...topology.unresolvedAttachments];
      for (const link of pools) {
        if (link.kind === 'none') continue;
        if (link.kind !== 'to') {
          more.push(link.waitsFor);
          continue;
        }
        const pool = topology.pools.get(link.id);
        if (pool === undefined) more.push(outside(link, 'a backend pool', OUTSIDE));
        for (const [key, member] of attachedTo(link.id)) members.set(key, member);
        for (const [key, member] of pool === undefined ? [] : addressesOf(pool)) members.set(key, member);
        if (pool?.addresses.unknown !== undefined) more.push(pool.addresses.unknown);
      }
      return { members: [...members.values()], more };
    },
    ofAttachments(id) {
      return { members: attachedTo(id).map(([, member]) => member), more: topology.unresolvedAttachments };
    },
  };
}

type KeyedMember = readonly [key: string, member: Member];

/** So that the order of the code tells nothing. */
function inOrder(members: readonly KeyedMember[]): readonly KeyedMember[] {
  return inNameOrder(members, ([, { label }]) => label);
}

/** Finds out who has an address of an IP-based pool and where it lies. */
interface AddressFinder {
  /** The IP configuration of this root with this static private address in this virtual network. */
  ownerOf(text: string, network: Link): Attachment | undefined;
  /** The subnet whose prefixes hold the address; subnets of one network never overlap. */
  subnetOf(text: string, network: Link): Link | undefined;
}

function createAddressFinder(topology: Topology): AddressFinder {
  const owners = new Map<string, Attachment>();
  for (const networkInterface of topology.interfaces) {
    for (const ipConfiguration of networkInterface.ipConfigurations.items) {
      const { privateIPAddress, subnet } = ipConfiguration;
      const network = subnet.kind === 'to' ? topology.subnets.get(subnet.id)?.virtualNetwork : undefined;
      if (privateIPAddress.kind !== 'known' || network?.kind !== 'to') continue;
      owners.set(`${network.id}|${privateIPAddress.value}`, { networkInterface, ipConfiguration });
    }
  }
  return {
    ownerOf: (text, network) => (network.kind === 'to' ? owners.get(`${network.id}|${text}`) : undefined),
    subnetOf(text, network) {
      const siblings = network.kind === 'to' ? topology.subnetsIn(network.id) : [];
      const [only, ...others] = siblings.filter((subnet) => holds(subnet, text));
      return only !== undefined && others.length === 0 ? { kind: 'to', id: only.id } : undefined;
    },
  };
}

function addressMember(
  topology: Topology,
  finder: AddressFinder,
  address: BackendAddress,
  pool: BackendPool,
): Member {
  const ip = address.ipAddress;
  const text = ip.kind === 'known' ? ip.value : undefined;
  const isSecret = ip.kind === 'known' && ip.sensitive === true;
  const label = text === undefined || isSecret ? textOr(address.name, address.address) : text;
  const base = {
    label,
    address: address.address,
    origin: address.origin,
    instances: 1,
    version: text === undefined ? undefined : text.includes(':') ? 'ipv6' : 'ipv4',
    ipBased: true,
    isFrontend: address.regionalFrontend.kind !== 'none',
    adminState: address.adminState,
    ...(address.certain && address.condition === undefined
      ? {}
      : {
          uncertain:
            address.condition ??
            unknown({ kind: 'known-after-apply', name: address.address }, address.origin),
        }),
  } as const;
  const network = address.virtualNetwork.kind === 'none' ? pool.virtualNetwork : address.virtualNetwork;
  const waitsFor = unknown({ kind: 'outside', name: `the subnet of ${label}` }, address.origin);
  const found = text === undefined ? undefined : finder.subnetOf(text, network);
  const subnet = address.subnet.kind === 'none' ? (found ?? { kind: 'unknown', waitsFor }) : address.subnet;
  const place = { text: text ?? '', label, ...(isSecret ? { secret: true as const } : {}) };
  const ofAnother = (): readonly Placement[] => placementsOfAddress(topology, subnet, place, address.origin);
  const owner = text === undefined ? undefined : finder.ownerOf(text, network);
  if (owner === undefined) return { ...base, placements: ofAnother() };
  const { networkInterface, ipConfiguration } = owner;
  const placements = placementsOf(topology, networkInterface, ipConfiguration);
  const isCertain = networkInterface.condition === undefined;
  return {
    ...base,
    networkInterface,
    ipConfiguration,
    placements: isCertain ? placements : [...placements, ...ofAnother()],
  };
}

function holds(subnet: Subnet, text: string): boolean {
  const address = parsePrefix(text);
  return subnet.addressPrefixes.items.some((prefix) => {
    const set = prefix.kind === 'known' ? parsePrefix(prefix.value) : undefined;
    return address !== undefined && set !== undefined && isSubset(address, set);
  });
}

const OUTSIDE: Origin = {
  kind: 'platform',
  name: 'backend pool',
  docs: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management',
};
