import type { BackendAddress, BackendPool } from '../model/azure/load-balancer.ts';
import { holdsAddress } from '../network/address-space.ts';
import { isClusterListener } from '../network/loopback.ts';
import type { Member } from '../network/members.ts';
import type { Network } from '../network/network.ts';
import type { Topology } from '../network/topology.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { balancerSubjects } from './balancers.ts';
import type { Subject } from './finding.ts';
import { LOAD_BALANCER } from './subjects.ts';

interface PoolMembers {
  readonly subject: Subject;
  readonly pool: BackendPool;
  readonly members: readonly Member[];
  /** Whether nobody else can be a member. */
  readonly isComplete: boolean;
}

function poolsOf(network: Network): readonly PoolMembers[] {
  const { gaps } = network.topology.model;
  return balancerSubjects(network).flatMap(({ balancer }) =>
    balancer.pools.items.map((pool) => {
      const name = `${textOr(balancer.name, balancer.address)}/${textOr(pool.name, pool.address)}`;
      const { members, more } = network.membersOfPool(pool.id);
      const isOpen = gaps.some(({ id }) => id === undefined || id === pool.id || id === balancer.id);
      return {
        subject: { address: pool.address, type: LOAD_BALANCER, name, origin: pool.origin },
        pool,
        members,
        isComplete: more.length === 0 && !isOpen,
      };
    }),
  );
}

/** A pool with two things that cannot be in one: semantics 4.5. */
export interface MixedPoolSubject {
  readonly subject: Subject;
  readonly clash: PoolClash | undefined;
}

export type PoolClash =
  /** An IP address and a network interface. */
  | { readonly kind: 'kinds'; readonly address: Part; readonly member: Part }
  /** Two members, or the frontend of a rule and a member, in two virtual networks. */
  | { readonly kind: 'networks'; readonly first: Part; readonly second: Part }
  /** An address that its virtual network does not hold. */
  | { readonly kind: 'outside'; readonly address: Part; readonly network: string };

interface Part {
  readonly label: string;
  readonly origin: Origin;
}

/** A part with the id of the virtual network it is certainly in. */
interface Placed {
  readonly part: Part;
  readonly network: string;
}

export function mixedPoolSubjects(network: Network): readonly MixedPoolSubject[] {
  return poolsOf(network).map(({ subject, pool, members }) => ({
    subject,
    clash: clashOf(network, pool, members),
  }));
}

function clashOf(network: Network, pool: BackendPool, members: readonly Member[]): PoolClash | undefined {
  const addresses = certainAddresses(pool);
  const interfaces = members.filter(
    ({ uncertain, ipBased, isFrontend }) => uncertain === undefined && !ipBased && !isFrontend,
  );
  const [address] = addresses;
  const [member] = interfaces;
  if (address !== undefined && member !== undefined)
    return { kind: 'kinds', address: partOf(address), member };
  const placed = [
    ...frontendsOf(network, pool),
    ...interfaces.flatMap((each) => placedMember(each)),
    ...addresses.flatMap((each) => placedAddress(pool, each)),
  ];
  const [first] = placed;
  const second = placed.find((each) => each.network !== first?.network);
  if (first !== undefined && second !== undefined)
    return { kind: 'networks', first: first.part, second: second.part };
  return addresses.map((each) => outside(network.topology, pool, each)).find((clash) => clash !== undefined);
}

/** Templates that Azure exports list the interfaces of a pool as addresses without an IP address. */
function certainAddresses({ addresses }: BackendPool): readonly BackendAddress[] {
  return addresses.items.filter(
    ({ certain, condition, ipAddress, regionalFrontend }) =>
      certain && condition === undefined && ipAddress.kind !== 'absent' && regionalFrontend.kind === 'none',
  );
}

function partOf({ ipAddress, name, address, origin }: BackendAddress): Part {
  const isShown = ipAddress.kind === 'known' && ipAddress.sensitive !== true;
  return { label: isShown ? ipAddress.value : textOr(name, address), origin };
}

/** The internal frontends of the rules that use the pool. */
function frontendsOf(network: Network, pool: BackendPool): readonly Placed[] {
  const frontends = new Set(network.pathsOfPool(pool.id).flatMap(({ frontend }) => frontend ?? []));
  return [...frontends].flatMap(({ subnet: link, name, address, origin }) => {
    const subnet = link.kind === 'to' ? network.topology.subnets.get(link.id) : undefined;
    if (subnet?.virtualNetwork.kind !== 'to') return [];
    return [{ part: { label: textOr(name, address), origin }, network: subnet.virtualNetwork.id }];
  });
}

function placedMember(member: Member): readonly Placed[] {
  const ids = new Set(
    member.placements.map(({ subnet }) =>
      subnet?.virtualNetwork.kind === 'to' ? subnet.virtualNetwork.id : undefined,
    ),
  );
  const [only] = ids;
  return ids.size === 1 && only !== undefined ? [{ part: member, network: only }] : [];
}

function networkOf(pool: BackendPool, { virtualNetwork }: BackendAddress): string | undefined {
  const link = virtualNetwork.kind === 'none' ? pool.virtualNetwork : virtualNetwork;
  return link.kind === 'to' ? link.id : undefined;
}

function placedAddress(pool: BackendPool, address: BackendAddress): readonly Placed[] {
  const network = networkOf(pool, address);
  return network === undefined ? [] : [{ part: partOf(address), network }];
}

function outside(
  { virtualNetworks }: Topology,
  pool: BackendPool,
  address: BackendAddress,
): PoolClash | undefined {
  const network = virtualNetworks.get(networkOf(pool, address) ?? '');
  const { ipAddress } = address;
  if (network === undefined || ipAddress.kind !== 'known') return undefined;
  if (holdsAddress(network, ipAddress.value) !== false) return undefined;
  return { kind: 'outside', address: partOf(address), network: textOr(network.name, network.address) };
}

/** A pool that rules use, with its member when it certainly has no other. */
export interface SinglePoolSubject {
  readonly subject: Subject;
  readonly only: Member | undefined;
}

/**
 * Clusters answer on one node at a time, and the number of instances of a scale set changes by itself. A machine that is
 * alone in several pools, for example in one of each IP version, is asked about in the first of them.
 */
export function singlePoolSubjects(network: Network): readonly SinglePoolSubject[] {
  const asked = new Set<string>();
  return poolsOf(network).flatMap(({ subject, pool, members, isComplete }): readonly SinglePoolSubject[] => {
    const paths = network.pathsOfPool(pool.id).filter(({ kind }) => kind === 'rule');
    if (paths.length === 0 || paths.some(isClusterListener)) return [];
    const [first] = members;
    const machines = new Set(members.map((member) => member.networkInterface?.id ?? member.label));
    const isOnly = first !== undefined && machines.size === 1 && isComplete && first.uncertain === undefined;
    const isScaleSet = first?.networkInterface?.scaleSet !== undefined;
    if (!isOnly || isScaleSet || first.isFrontend) return [{ subject, only: undefined }];
    const [machine = ''] = machines;
    if (asked.has(machine)) return [];
    asked.add(machine);
    return [{ subject, only: first }];
  });
}
