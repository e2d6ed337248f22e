import type { NetworkInterface } from '../model/azure/network-interface.ts';
import type { Evaluated } from '../value/value.ts';
import type { Topology } from './topology.ts';

/** The interfaces of the machine that carries an interface, which is one of them. */
export function interfacesBeside(
  topology: Topology,
  networkInterface: NetworkInterface,
): readonly NetworkInterface[] {
  const machine = topology.machineOf(networkInterface.scaleSet?.id ?? networkInterface.id);
  return machine === undefined ? [networkInterface] : topology.interfacesOf(machine);
}

/** Who has an address: the lower-case ids of interfaces, and of the pools behind internal frontends. */
export interface AddressOwners {
  readonly interfaces: ReadonlySet<string>;
  readonly pools: ReadonlySet<string>;
}

/** A private address, or a reference to what it is the address of. */
export function ownersOf(topology: Topology, address: Evaluated<string>): AddressOwners {
  const references = address.kind === 'unknown' && address.open !== true ? (address.references ?? []) : [];
  const [only, ...others] = references;
  const fits = (id: string, parent: string, own: Evaluated<string>): boolean => {
    if (address.kind === 'known') return own.kind === 'known' && own.value === address.value;
    return only !== undefined && others.length === 0 && (only.id === id || only.id === parent);
  };
  const interfaces = topology.interfaces.filter(({ id, ipConfigurations }) =>
    ipConfigurations.items.some((each) => fits(each.id, id, each.privateIPAddress)),
  );
  const balancers = topology.loadBalancers.filter(({ id, frontends }) =>
    frontends.items.some((each) => fits(each.id, id, each.privateIPAddress)),
  );
  return {
    interfaces: new Set(interfaces.map(({ id }) => id)),
    pools: new Set(balancers.flatMap(({ pools }) => pools.items.map(({ id }) => id))),
  };
}

/** Whether the machine of an interface is one of the owners, as appliances are of the next hop (semantics 6.3). */
export function isOwner(
  topology: Topology,
  networkInterface: NetworkInterface,
  { interfaces, pools }: AddressOwners,
): boolean {
  return interfacesBeside(topology, networkInterface).some(
    ({ id, ipConfigurations }) =>
      interfaces.has(id) ||
      ipConfigurations.items.some((each) =>
        each.pools.items.some((link) => link.kind === 'to' && pools.has(link.id)),
      ),
  );
}
