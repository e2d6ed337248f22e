import { isIP } from 'node:net';
import type { Frontend, LoadBalancer } from '../../model/azure/load-balancer.ts';
import type { IpConfiguration, NetworkInterface } from '../../model/azure/network-interface.ts';
import { textOr } from '../../value/shown.ts';
import type { Evaluated } from '../../value/value.ts';
import { parsePrefix } from '../packets/address.ts';
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
  const isAddress = isIP(word) !== 0 && parsePrefix(word) !== undefined;
  const ends = isAddress ? endsWith(topology, word) : endsNamed(topology, wanted);
  const [end, ...others] = ends;
  if (end !== undefined && others.length === 0) return end;
  if (end !== undefined) return { kind: 'ambiguous', names: ends.map(({ label }) => label) };
  if (isAddress) return { kind: 'ip', text: word };
  return { kind: 'not-found', names: namesIn(topology) };
}

type NamedEnd = MachineEnd | FrontendEnd;

function endsWith(topology: Topology, text: string): readonly NamedEnd[] {
  const has = (value: Evaluated<string>): boolean => value.kind === 'known' && value.value === text;
  const machines = machineEnds(topology).filter(({ ipConfiguration }) =>
    has(ipConfiguration.privateIPAddress),
  );
  const publicIps = [...topology.publicIps.values()]
    .filter(({ ipAddress }) => has(ipAddress))
    .map(({ id }) => id);
  const frontends = frontendEnds(topology).filter(({ frontends: [frontend] }) => {
    if (frontend === undefined) return false;
    const { publicIp } = frontend;
    return has(frontend.privateIPAddress) || (publicIp.kind === 'to' && publicIps.includes(publicIp.id));
  });
  return [...machines, ...frontends];
}

function endsNamed(topology: Topology, wanted: string): readonly NamedEnd[] {
  const isWanted = (...names: readonly string[]): boolean =>
    names.some((name) => name.toLowerCase() === wanted);
  const balancers = topology.loadBalancers
    .filter(({ address, name }) => isWanted(address, textOr(name, address)))
    .map((balancer): FrontendEnd => {
      const label = textOr(balancer.name, balancer.address);
      return { kind: 'frontends', label, balancer, frontends: balancer.frontends.items };
    });
  if (balancers.length > 0) return balancers;
  const publicIps = [...topology.publicIps.values()]
    .filter(({ address, name }) => isWanted(address, textOr(name, address)))
    .map(({ id }) => id);
  const frontends = frontendEnds(topology).filter(({ label, frontends: [frontend] }) => {
    const isPublic = frontend?.publicIp.kind === 'to' && publicIps.includes(frontend.publicIp.id);
    return isWanted(label) || isPublic;
  });
  const machines = machineEnds(topology).filter(({ label, networkInterface, ipConfiguration }) => {
    const machine = topology.machineOf(networkInterface.scaleSet?.id ?? networkInterface.id);
    const { publicIp } = ipConfiguration;
    const isPublic = publicIp.kind === 'to' && publicIps.includes(publicIp.id);
    const names = [
      networkInterface.address,
      textOr(networkInterface.name, networkInterface.address),
      ...(machine === undefined ? [] : [machine.address, textOr(machine.name, machine.address)]),
    ];
    return (
      isPublic || isWanted(label) || (isPrimary(networkInterface, ipConfiguration) && isWanted(...names))
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

function isPrimary(networkInterface: NetworkInterface, ipConfiguration: IpConfiguration): boolean {
  const { items } = networkInterface.ipConfigurations;
  const primary = items.find((item) => item.primary.kind === 'known' && item.primary.value) ?? items[0];
  return primary === ipConfiguration;
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
