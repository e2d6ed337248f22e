import type { Frontend, LoadBalancer } from '../../model/azure/load-balancer.ts';
import type { IpConfiguration, NetworkInterface } from '../../model/azure/network-interface.ts';
import type { PublicIpAddress } from '../../model/azure/public-ip-address.ts';
import type { View } from '../../model/azure/view.ts';
import type { Link } from '../../model/model.ts';
import { textOr } from '../../value/shown.ts';
import type { Evaluated } from '../../value/value.ts';
import { type ParsedAddress, parseAddress } from '../packets/address.ts';
import type { Topology } from '../topology.ts';

/** Who sends a packet, or where it goes, as far as a word of the command line tells. */
export type End =
  | { readonly kind: 'internet' }
  | { readonly kind: 'vnet' }
  | { readonly kind: 'probe' }
  | { readonly kind: 'ip'; readonly text: string }
  | MachineEnd
  | FrontendEnd;

/** One IP configuration: the primary one of a machine that is named as a whole. */
export interface MachineEnd {
  readonly kind: 'machine';
  readonly label: string;
  readonly networkInterface: NetworkInterface;
  readonly ipConfiguration: IpConfiguration;
}

/** Frontends of one load balancer: all of them when the balancer is named. */
export interface FrontendEnd {
  readonly kind: 'frontends';
  readonly label: string;
  readonly balancer: LoadBalancer;
  readonly frontends: readonly Frontend[];
}

/** A word that names nothing, or several things; `names` are those that could be meant. */
export interface NotFound {
  readonly kind: 'not-found' | 'ambiguous';
  readonly names: readonly string[];
}

/**
 * Reads a word: `internet`, `vnet`, `probe`, an IP address, or a resource by its address in the code, its name, or
 * `load-balancer/frontend`. An address that belongs to a machine or a frontend of the root is that machine or frontend.
 */
export function findEnd(topology: Topology, word: string): End | NotFound {
  const wanted = word.toLowerCase();
  if (wanted === 'internet' || wanted === 'vnet' || wanted === 'probe') return { kind: wanted };
  const address = parseAddress(word);
  const ends = address === undefined ? endsNamed(topology, wanted) : endsWith(topology, address);
  const [end, ...others] = ends;
  if (end !== undefined && others.length === 0) return end;
  if (end !== undefined) return { kind: 'ambiguous', names: ends.map(({ label }) => label) };
  return address === undefined ? { kind: 'not-found', names: namesIn(topology) } : { kind: 'ip', text: word };
}

type NamedEnd = MachineEnd | FrontendEnd;

function endsWith(topology: Topology, { bound }: ParsedAddress): readonly NamedEnd[] {
  const has = (value: Evaluated<string>): boolean =>
    value.kind === 'known' && parseAddress(value.value)?.bound === bound;
  const isPublic = publicIpsOf(topology, ({ ipAddress }) => has(ipAddress));
  const isIt = ({ privateIPAddress, publicIp }: Frontend | IpConfiguration): boolean =>
    has(privateIPAddress) || isPublic(publicIp);
  return [
    ...machineEnds(topology).filter(({ ipConfiguration }) => isIt(ipConfiguration)),
    ...frontendEnds(topology).filter(({ frontends }) => frontends.some(isIt)),
  ];
}

/** Tells the links to some public IPs. */
function publicIpsOf(
  topology: Topology,
  isWanted: (publicIp: PublicIpAddress) => boolean,
): (link: Link) => boolean {
  const ids = [...topology.publicIps.values()].filter(isWanted).map(({ id }) => id);
  return (link) => link.kind === 'to' && ids.includes(link.id);
}

function endsNamed(topology: Topology, wanted: string): readonly NamedEnd[] {
  const isWanted = (name: string): boolean => name.toLowerCase() === wanted;
  const isNamed = ({ address, name }: Pick<View, 'address' | 'name'>): boolean =>
    isWanted(address) || isWanted(textOr(name, address));
  const balancers = topology.loadBalancers.filter(isNamed);
  if (balancers.length > 0)
    return balancers.map((balancer) => {
      const label = textOr(balancer.name, balancer.address);
      return { kind: 'frontends', label, balancer, frontends: balancer.frontends.items };
    });
  const isPublic = publicIpsOf(topology, isNamed);
  const frontends = frontendEnds(topology).filter(
    ({ label, frontends: own }) => isWanted(label) || own.some(({ publicIp }) => isPublic(publicIp)),
  );
  const machines = machineEnds(topology).filter(({ label, networkInterface, ipConfiguration }) => {
    const machine = topology.machineOf(networkInterface.scaleSet?.id ?? networkInterface.id);
    const isWhole = isNamed(networkInterface) || (machine !== undefined && isNamed(machine));
    return (
      isWanted(label) ||
      isPublic(ipConfiguration.publicIp) ||
      (isWhole && mayBePrimary(networkInterface, ipConfiguration))
    );
  });
  return [...frontends, ...machines];
}

function machineEnds(topology: Topology): readonly MachineEnd[] {
  return topology.interfaces.flatMap((networkInterface) =>
    networkInterface.ipConfigurations.items.map((ipConfiguration): MachineEnd => {
      const name = textOr(networkInterface.name, networkInterface.address);
      const label = `${name}/${textOr(ipConfiguration.name, 'ip configuration')}`;
      return { kind: 'machine', label, networkInterface, ipConfiguration };
    }),
  );
}

/** The primary configuration; without one those of which it is not known, or else the first. */
function mayBePrimary(
  { ipConfigurations: { items } }: NetworkInterface,
  ipConfiguration: IpConfiguration,
): boolean {
  const primary = items.find((item) => item.primary.kind === 'known' && item.primary.value);
  const open = items.filter((item) => item.primary.kind === 'unknown');
  if (primary === undefined && open.length > 0) return open.includes(ipConfiguration);
  return ipConfiguration === (primary ?? items[0]);
}

function frontendEnds(topology: Topology): readonly FrontendEnd[] {
  return topology.loadBalancers.flatMap((balancer) =>
    balancer.frontends.items.map((frontend): FrontendEnd => {
      const label = `${textOr(balancer.name, balancer.address)}/${textOr(frontend.name, 'frontend')}`;
      return { kind: 'frontends', label, balancer, frontends: [frontend] };
    }),
  );
}

/** Everything that can be named, for a message. */
function namesIn(topology: Topology): readonly string[] {
  const balancers = topology.loadBalancers.map(({ name, address }) => textOr(name, address));
  const interfaces = topology.interfaces.map(({ name, address }) => textOr(name, address));
  return [...new Set([...balancers, ...interfaces])].sort();
}
