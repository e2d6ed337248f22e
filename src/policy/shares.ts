import type { LoadBalancer } from '../model/azure/load-balancer.ts';
import type { Network } from '../network/network.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { schemeOf } from './balancers.ts';
import type { Subject } from './finding.ts';

/** A network interface, with the load balancers of one scheme whose NIC-based pools it is in: semantics 4.5. */
export interface ShareSubject {
  readonly subject: Subject;
  readonly scheme: 'public' | 'internal';
  readonly balancers: readonly { readonly name: string; readonly origin: Origin }[];
}

export function shareSubjects({ topology }: Network): readonly ShareSubject[] {
  const owners = new Map<string, LoadBalancer>();
  for (const balancer of topology.loadBalancers)
    for (const { id } of balancer.pools.items) owners.set(id, balancer);
  return topology.interfaces.flatMap((networkInterface) => {
    const { name, address, origin, scaleSet } = networkInterface;
    const pools = networkInterface.ipConfigurations.items.flatMap(({ pools: links }) =>
      links.items.flatMap((link) => (link.kind === 'to' ? [link.id] : [])),
    );
    const behind = new Set(pools.flatMap((id) => owners.get(id) ?? []));
    const type =
      scaleSet === undefined
        ? 'microsoft.network/networkinterfaces'
        : 'microsoft.compute/virtualmachinescalesets';
    const subject = { address, type, name: textOr(name, address), origin };
    return (['public', 'internal'] as const).flatMap((scheme): readonly ShareSubject[] => {
      const balancers = [...behind].filter((balancer) => schemeOfBalancer(balancer) === scheme);
      if (balancers.length === 0) return [];
      const shown = balancers.map((balancer) => ({
        name: textOr(balancer.name, balancer.address),
        origin: balancer.origin,
      }));
      return [{ subject, scheme, balancers: shown }];
    });
  });
}

/** Undefined for a gateway load balancer, and while a frontend may be of either scheme. */
function schemeOfBalancer({ frontends, sku }: LoadBalancer): 'public' | 'internal' | undefined {
  if (sku.kind === 'known' && sku.value.toLowerCase() === 'gateway') return undefined;
  const schemes = new Set(frontends.items.map(schemeOf));
  const [only] = schemes;
  return schemes.size === 1 ? only : undefined;
}
