import { isClusterListener } from '../network/loopback.ts';
import type { Member } from '../network/members.ts';
import type { Network } from '../network/network.ts';
import { textOr } from '../value/shown.ts';
import { balancerSubjects } from './balancers.ts';
import type { Subject } from './finding.ts';
import { LOAD_BALANCER } from './subjects.ts';

interface PoolMembers {
  readonly subject: Subject;
  readonly id: string;
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
        id: pool.id,
        members,
        isComplete: more.length === 0 && !isOpen,
      };
    }),
  );
}

/** A pool with two members that cannot be in one: semantics 4.5. */
export interface MixedPoolSubject {
  readonly subject: Subject;
  /** An IP address and a network interface. */
  readonly kinds: { readonly address: Member; readonly member: Member } | undefined;
  /** Interfaces in two virtual networks. */
  readonly networks: readonly [Member, Member] | undefined;
}

export function mixedPoolSubjects(network: Network): readonly MixedPoolSubject[] {
  return poolsOf(network).map(({ subject, members }) => {
    const certain = members.filter(({ uncertain, isFrontend }) => uncertain === undefined && !isFrontend);
    const address = certain.find(({ ipBased }) => ipBased);
    const member = certain.find(({ ipBased }) => !ipBased);
    const placed = certain.flatMap((each) => {
      const id = networkOf(each);
      return id === undefined || each.ipBased ? [] : [{ each, id }];
    });
    const [first] = placed;
    const other = placed.find(({ id }) => id !== first?.id);
    return {
      subject,
      kinds: address === undefined || member === undefined ? undefined : { address, member },
      networks: first === undefined || other === undefined ? undefined : [first.each, other.each],
    };
  });
}

/** The id of the virtual network a member is certainly in. */
function networkOf({ placements }: Member): string | undefined {
  const ids = new Set(
    placements.map(({ subnet }) =>
      subnet?.virtualNetwork.kind === 'to' ? subnet.virtualNetwork.id : undefined,
    ),
  );
  const [only] = ids;
  return ids.size === 1 ? only : undefined;
}

/** A pool that rules use, with its member when it certainly has no other. */
export interface SinglePoolSubject {
  readonly subject: Subject;
  readonly only: Member | undefined;
}

/** Clusters answer on one node at a time, and the number of instances of a scale set changes by itself. */
export function singlePoolSubjects(network: Network): readonly SinglePoolSubject[] {
  return poolsOf(network).flatMap(({ subject, id, members, isComplete }) => {
    const paths = network.pathsOfPool(id).filter(({ kind }) => kind === 'rule');
    if (paths.length === 0 || paths.some(isClusterListener)) return [];
    const [first, ...others] = members;
    const isOnly = first !== undefined && others.length === 0 && isComplete && first.uncertain === undefined;
    const isScaleSet = first?.networkInterface?.scaleSet !== undefined;
    return [{ subject, only: isOnly && !isScaleSet && !first.isFrontend ? first : undefined }];
  });
}
