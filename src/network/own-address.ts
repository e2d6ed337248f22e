import type { NetworkInterface } from '../model/azure/network-interface.ts';
import type { Evaluated } from '../value/value.ts';
import type { Topology } from './topology.ts';

/** The interfaces of the machine that carries an interface, which is one of them. */
export function interfacesBeside(
  topology: Topology,
  networkInterface: NetworkInterface,
): readonly NetworkInterface[] {
  const owner = networkInterface.scaleSet?.id ?? networkInterface.id;
  const machine = topology.machineOf(owner);
  if (machine === undefined) return [networkInterface];
  const all = topology.interfaces.filter(
    ({ id, scaleSet }) => topology.machineOf(scaleSet?.id ?? id)?.id === machine.id,
  );
  return all.includes(networkInterface) ? all : [networkInterface, ...all];
}

/**
 * Whether a next hop is the machine of an interface itself: an address of one of its interfaces, or the internal frontend
 * of a load balancer it stands behind, as network virtual appliances do (semantics 6.3).
 */
export function isOwnAddress(
  topology: Topology,
  networkInterface: NetworkInterface,
  address: Evaluated<string>,
): boolean {
  if (address.kind === 'absent') return false;
  const configurations = interfacesBeside(topology, networkInterface).flatMap(({ id, ipConfigurations }) =>
    ipConfigurations.items.map((each) => ({ ...each, owner: id })),
  );
  const pools = new Set(
    configurations.flatMap(({ pools: links }) =>
      links.items.flatMap((link) => (link.kind === 'to' ? [link.id] : [])),
    ),
  );
  const frontends = topology.loadBalancers
    .filter((balancer) => balancer.pools.items.some(({ id }) => pools.has(id)))
    .flatMap((balancer) => balancer.frontends.items.map((each) => ({ ...each, owner: balancer.id })));
  const own = [...configurations, ...frontends];
  if (address.kind === 'known') {
    return own.some(
      ({ privateIPAddress }) => privateIPAddress.kind === 'known' && privateIPAddress.value === address.value,
    );
  }
  const { references = [], open } = address;
  return (
    references.length > 0 &&
    open !== true &&
    references.every(({ id }) => own.some((each) => each.id === id || each.owner === id))
  );
}
