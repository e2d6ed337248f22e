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
      const joined = behind.filter(({ balancer }) => schemeOfBalancer(balancer) === scheme);
      if (joined.length === 0) continue;
      const balancers = joined.map(({ balancer }) => balancer);
      const { condition } = networkInterface;
      const waitsFor = [
        condition,
        ...joined.map(({ balancer, doubt }) => balancer.condition ?? doubt),
      ].flatMap((open) => (open === undefined ? [] : [open]));
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

interface Joined {
  readonly balancer: LoadBalancer;
  /** Why the interface may not be in a pool of it. */
  readonly doubt: Unknown | undefined;
}

function balancersOf(
  { ipConfigurations }: NetworkInterface,
  owners: ReadonlyMap<string, LoadBalancer>,
): readonly Joined[] {
  const joined = new Map<LoadBalancer, Joined>();
  for (const link of ipConfigurations.items.flatMap(({ pools }) => pools.items)) {
    // One of several pools is a choice that says nothing of two balancers.
    const [only] = link.kind === 'one-of' && link.ids.length === 1 ? link.ids : [];
    const id = link.kind === 'to' ? link.id : only;
    const balancer = id === undefined ? undefined : owners.get(id);
    if (balancer === undefined) continue;
    const doubt = link.kind === 'one-of' ? link.waitsFor : undefined;
    const isCertain = joined.has(balancer) && joined.get(balancer)?.doubt === undefined;
    if (!isCertain) joined.set(balancer, { balancer, doubt });
  }
  return [...joined.values()].sort((a, b) => (a.balancer.id < b.balancer.id ? -1 : 1));
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
