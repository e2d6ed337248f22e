import type { NetworkInterface } from '../model/azure/network-interface.ts';
import type { Subnet } from '../model/azure/virtual-network.ts';
import type { Egress } from '../network/egress.ts';
import type { Network } from '../network/network.ts';
import { interfacesBeside } from '../network/own-address.ts';
import { inNameOrder } from '../text/name-order.ts';
import { textOr } from '../value/shown.ts';
import type { Subject } from './finding.ts';

/** A subnet of the root, with the certain members of backend pools in it and the way out of each. */
export interface EgressSubject {
  readonly subject: Subject;
  readonly members: readonly EgressMember[];
}

/** A member of a backend pool with its way out. */
export interface EgressMember {
  readonly label: string;
  readonly egress: Egress;
  /** Whether a rule of a public load balancer reaches it. */
  readonly isPublic: boolean;
  /** Names of what the verdicts of its paths wait for. */
  readonly askedElsewhere: ReadonlySet<string>;
}

/**
 * Only IPv4 and NIC-based pools: how machines of IP-based pools get out is open (semantics 11.10). Subnets of other roots
 * are not asked about, because what stands at them is decided there. An interface that forwards belongs to an appliance,
 * whose ways are its own; and a machine with several interfaces gets out through any of them.
 */
export function egressSubjects(network: Network): readonly EgressSubject[] {
  const { topology } = network;
  const publicPools = new Set(
    network.paths.flatMap(({ scheme, data, pools }) =>
      scheme === 'public' && data !== 'blocked'
        ? pools.flatMap((link) => (link.kind === 'to' ? [link.id] : []))
        : [],
    ),
  );
  const asked = new Set<string>();
  const bySubnet = new Map<Subnet, EgressMember[]>();
  for (const { id } of topology.loadBalancers.flatMap(({ pools }) => pools.items)) {
    const askedElsewhere = new Set(
      network.pathsOfPool(id).flatMap(({ waitsFor }) => waitsFor.map(({ reason }) => reason.name)),
    );
    for (const member of network.membersOfPool(id).members) {
      const { networkInterface, ipConfiguration, uncertain, version, ipBased, label } = member;
      if (networkInterface === undefined || ipConfiguration === undefined) continue;
      if (uncertain !== undefined || ipBased || version === 'ipv6' || asked.has(ipConfiguration.id)) continue;
      asked.add(ipConfiguration.id);
      const { subnet: link, pools } = ipConfiguration;
      const subnet = link.kind === 'to' ? topology.subnets.get(link.id) : undefined;
      const { ipForwarding } = networkInterface;
      const mayForward =
        ipForwarding.kind === 'unknown' || (ipForwarding.kind === 'known' && ipForwarding.value);
      if (subnet === undefined || mayForward) continue;
      const isPublic = pools.items.some((pool) => pool.kind === 'to' && publicPools.has(pool.id));
      const own = network.egressOf(networkInterface, ipConfiguration);
      const egress = own.via === 'none' ? (besides(network, networkInterface) ?? own) : own;
      const members = bySubnet.get(subnet);
      const entry = { label, egress, isPublic, askedElsewhere };
      if (members === undefined) bySubnet.set(subnet, [entry]);
      else members.push(entry);
    }
  }
  return [...bySubnet].map(([subnet, members]) => {
    const { address, name, origin } = subnet;
    const subject = {
      address,
      type: 'microsoft.network/virtualnetworks/subnets',
      name: textOr(name, address),
      origin,
    };
    return { subject, members: inNameOrder(members, ({ label }) => label) };
  });
}

/** A way out, or what may be one, through another interface of the machine. */
function besides(network: Network, networkInterface: NetworkInterface): Egress | undefined {
  const others = interfacesBeside(network.topology, networkInterface).filter(
    ({ id }) => id !== networkInterface.id,
  );
  const ways = others.flatMap((other) =>
    other.ipConfigurations.items.map((configuration) => network.egressOf(other, configuration)),
  );
  return (
    ways.find(({ via }) => via !== 'none' && via !== 'unknown') ?? ways.find(({ via }) => via === 'unknown')
  );
}
