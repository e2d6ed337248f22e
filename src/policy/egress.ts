import type { Egress } from '../network/egress.ts';
import type { Network } from '../network/network.ts';
import { textOr } from '../value/shown.ts';
import type { Subject } from './finding.ts';
import { LOAD_BALANCER } from './subjects.ts';

/** The members of a backend pool, each with its way out. */
export interface EgressSubject {
  readonly subject: Subject;
  readonly members: readonly { readonly label: string; readonly egress: Egress }[];
}

/**
 * The pools of the root with their certain IPv4 members that are interfaces of the root. An interface in several pools is
 * asked about in the first of them.
 */
export function egressSubjects(network: Network): readonly EgressSubject[] {
  const asked = new Set<string>();
  return network.topology.loadBalancers.flatMap((balancer) =>
    balancer.pools.items.flatMap((pool): readonly EgressSubject[] => {
      const { members } = network.membersOfPool(pool.id);
      const own = members.flatMap(({ label, networkInterface, ipConfiguration, uncertain, version }) => {
        if (networkInterface === undefined || ipConfiguration === undefined || uncertain !== undefined)
          return [];
        if (version === 'ipv6' || asked.has(ipConfiguration.id)) return [];
        asked.add(ipConfiguration.id);
        return [{ label, egress: network.egressOf(networkInterface, ipConfiguration) }];
      });
      if (own.length === 0) return [];
      const name = `${textOr(balancer.name, balancer.address)}/${textOr(pool.name, pool.address)}`;
      return [
        { subject: { address: pool.address, type: LOAD_BALANCER, name, origin: pool.origin }, members: own },
      ];
    }),
  );
}
