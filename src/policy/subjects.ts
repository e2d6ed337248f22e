import type { BackendPool, LoadBalancer } from '../model/azure/load-balancer.ts';
import type { Link } from '../model/model.ts';
import type { Network } from '../network/network.ts';
import type { Path } from '../network/path.ts';
import { textOr } from '../network/placement.ts';
import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import type { Subject } from './finding.ts';

const LOAD_BALANCER = 'microsoft.network/loadbalancers';

/** A path as the subject of a question; `name` is the one in the table of paths. */
export interface PathSubject {
  readonly subject: Subject;
  readonly path: Path;
}

/** The load-balancing rules of the root, or its rules of both kinds. */
export function pathSubjects(
  network: Network,
  kinds: readonly Path['kind'][] = ['rule'],
): readonly PathSubject[] {
  return network.paths
    .filter((path) => kinds.includes(path.kind))
    .map((path) => ({
      path,
      subject: { address: path.address, type: LOAD_BALANCER, name: path.name, origin: path.origin },
    }));
}

/** The pools a path's rule names; none for inbound NAT. */
function poolLinks(path: Path): readonly Link[] {
  return 'pools' in path.rule ? (path.rule as { pools: { items: readonly Link[] } }).pools.items : [];
}

/** The probe a path's rule names. */
export function probeLink(path: Path): Link {
  return 'probe' in path.rule ? (path.rule as { probe: Link }).probe : { kind: 'none' };
}

/** The backend ports of all rules to the pools of a path; `any` when one of them is not known. */
export function portsOfPools(path: Path, network: Network): ReadonlySet<number> | 'any' {
  const pools = new Set(poolLinks(path).flatMap((link) => (link.kind === 'to' ? [link.id] : [])));
  const ports = new Set<number>();
  for (const other of network.paths) {
    if (!poolLinks(other).some((link) => link.kind !== 'to' || pools.has(link.id))) continue;
    const { backendPort } = other.rule;
    if (backendPort.kind !== 'known') return 'any';
    ports.add(backendPort.value);
  }
  return ports;
}

/** A pool that a rule uses and in which no member was seen. */
export interface EmptyPool {
  readonly subject: Subject;
  /** Names of the rules that use it. */
  readonly rules: readonly string[];
  /** Why it may have members all the same. */
  readonly mayHaveMembers: readonly Unknown[];
}

export function emptyPools(network: Network): readonly EmptyPool[] {
  const { topology, paths } = network;
  return topology.loadBalancers.flatMap((balancer) =>
    balancer.pools.items.flatMap((pool): EmptyPool[] => {
      const using = paths.filter((path) =>
        poolLinks(path).some((link) => link.kind === 'to' && link.id === pool.id),
      );
      const hasMembers = topology.attachedTo(pool.id).length > 0 || pool.addresses.items.length > 0;
      if (using.length === 0 || hasMembers) return [];
      const name = `${textOr(balancer.name, balancer.address)}/${textOr(pool.name, pool.address)}`;
      return [
        {
          subject: { address: pool.address, type: LOAD_BALANCER, name, origin: pool.origin },
          rules: using.map((path) => path.name),
          mayHaveMembers: mayHaveMembers(network, balancer, pool),
        },
      ];
    }),
  );
}

function mayHaveMembers(network: Network, balancer: LoadBalancer, pool: BackendPool): readonly Unknown[] {
  const { model, unresolvedAttachments } = network.topology;
  const gaps = model.gaps
    .filter(({ id }) => id === undefined || id === pool.id || id === balancer.id)
    .map(({ reason, origin }) => unknown(reason, origin));
  return [
    ...(pool.addresses.unknown === undefined ? [] : [pool.addresses.unknown]),
    ...unresolvedAttachments,
    ...gaps,
  ];
}

/** A resource that has a SKU of Basic or Standard. */
export interface SkuSubject {
  readonly subject: Subject;
  readonly kind: 'balancer' | 'address';
  readonly sku: Evaluated<string>;
}

export function skuSubjects({ topology }: Network): readonly SkuSubject[] {
  const balancers = topology.loadBalancers
    .filter((balancer) => topology.model.byId(balancer.id) !== undefined)
    .map((balancer) => ({ resource: balancer, kind: 'balancer', type: LOAD_BALANCER }) as const);
  const addresses = [...topology.publicIps.values()].map(
    (address) =>
      ({ resource: address, kind: 'address', type: 'microsoft.network/publicipaddresses' }) as const,
  );
  return [...balancers, ...addresses].map(({ resource, kind, type }) => ({
    kind,
    sku: resource.sku,
    subject: {
      address: resource.address,
      type,
      name: textOr(resource.name, resource.address),
      origin: resource.origin,
    },
  }));
}
