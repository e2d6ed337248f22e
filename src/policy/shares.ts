import type { LoadBalancer } from '../model/azure/load-balancer.ts';
import type { NetworkInterface } from '../model/azure/network-interface.ts';
import type { Network } from '../network/network.ts';
import { isSameCondition } from '../network/topology.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import type { Unknown } from '../value/value.ts';
import { schemeOf } from './balancers.ts';
import type { Subject } from './finding.ts';

/**
 * Network interfaces that are in NIC-based pools of the same load balancers of one scheme, with these: semantics 4.5. The
 * first of the interfaces is the subject.
 */
export interface ShareSubject {
  readonly subject: Subject;
  readonly scheme: 'public' | 'internal';
  readonly balancers: readonly { readonly name: string; readonly origin: Origin }[];
  /** Number of interfaces. */
  readonly interfaces: number;
  /** Why the interface may have fewer load balancers. */
  readonly waitsFor: readonly Unknown[];
}

/** Each set of interfaces behind the same load balancers, once for each scheme. */
export function shareSubjects({ topology }: Network): readonly ShareSubject[] {
  const owners = new Map<string, LoadBalancer>();
  for (const balancer of topology.loadBalancers)
    for (const { id } of balancer.pools.items) owners.set(id, balancer);
  const shares = new Map<string, ShareSubject>();
  for (const networkInterface of topology.interfaces) {
    const behind = balancersOf(networkInterface, owners);
    for (const scheme of ['public', 'internal'] as const) {
      const balancers = behind.filter((balancer) => schemeOfBalancer(balancer) === scheme);
      if (balancers.length === 0) continue;
      const { condition } = networkInterface;
      const waitsFor = [condition, ...balancers.map((balancer) => balancer.condition)].flatMap((open) =>
        open === undefined ? [] : [open],
      );
      const [first] = waitsFor;
      const isOneCondition =
        first !== undefined &&
        waitsFor.length > balancers.length &&
        waitsFor.every((open) => isSameCondition(open, first));
      const key = [
        scheme,
        ...balancers.map(({ id }) => id),
        ...waitsFor.map(({ reason }) => reason.name),
      ].join('|');
      const known = shares.get(key);
      shares.set(key, {
        subject: known?.subject ?? subjectOf(networkInterface),
        scheme,
        balancers: balancers.map(({ name, address, origin }) => ({ name: textOr(name, address), origin })),
        interfaces: (known?.interfaces ?? 0) + 1,
        waitsFor: isOneCondition ? [] : waitsFor,
      });
    }
  }
  return [...shares.values()];
}

function balancersOf(
  { ipConfigurations }: NetworkInterface,
  owners: ReadonlyMap<string, LoadBalancer>,
): readonly LoadBalancer[] {
  const pools = ipConfigurations.items.flatMap(({ pools: links }) =>
    links.items.flatMap((link) => (link.kind === 'to' ? [link.id] : [])),
  );
  return [...new Set(pools.flatMap((id) => owners.get(id) ?? []))].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function subjectOf({ name, address, origin, scaleSet }: NetworkInterface): Subject {
  const type =
    scaleSet === undefined
      ? 'microsoft.network/networkinterfaces'
      : 'microsoft.compute/virtualmachinescalesets';
  return { address, type, name: textOr(name, address), origin };
}

/** Undefined for a gateway load balancer, and while a frontend may be of either scheme. */
function schemeOfBalancer({ frontends, sku }: LoadBalancer): 'public' | 'internal' | undefined {
  if (sku.kind === 'known' && sku.value.toLowerCase() === 'gateway') return undefined;
  const schemes = new Set(frontends.items.map(schemeOf));
  const [only] = schemes;
  return schemes.size === 1 ? only : undefined;
}
