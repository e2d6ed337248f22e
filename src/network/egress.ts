import type { Frontend, LoadBalancer } from '../model/azure/load-balancer.ts';
import type { IpConfiguration, NetworkInterface } from '../model/azure/network-interface.ts';
import type { Subnet } from '../model/azure/virtual-network.ts';
import type { Link } from '../model/model.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { type Unknown, unknown } from '../value/value.ts';
import { parsePrefix } from './packets/address.ts';
import { type AddressSet, EMPTY, intersect, isEmpty } from './packets/interval-set.ts';
import { routesOf } from './routes.ts';
import { lookUp, type Topology } from './topology.ts';

/** How a machine reaches the internet, in Azure's order of precedence: semantics 3.3. */
export type Egress =
  | { readonly via: Way; readonly origin: Origin }
  | { readonly via: 'none'; readonly because: NoEgress; readonly origin: Origin }
  | {
      readonly via: 'unknown';
      readonly waitsFor: readonly Unknown[];
      /** What holds unless a route that is not known takes the packets first. */
      readonly otherwise?: Egress;
    };

export type Way =
  | 'appliance'
  | 'gateway'
  | 'nat-gateway'
  | 'public-ip'
  | 'outbound-rule'
  | 'load-balancing-rule'
  | 'default-outbound-access';

/**
 * Why there is no way out: a route drops it; the subnet is private; only an internal Standard balancer stands in front;
 * the rules of the public balancer turn SNAT off; instances of a flexible scale set never have default access.
 */
export type NoEgress =
  | 'black-hole'
  | 'private-subnet'
  | 'internal-load-balancer'
  | 'snat-disabled'
  | 'flexible-scale-set';

/** An address on the internet that stands for all others; RFC 5737. */
const SOMEWHERE = parsePrefix('203.0.113.7') ?? EMPTY;
/** From the API version that came after 2026-03-31 on, subnets are private unless they say otherwise. */
const FIRST_PRIVATE_VERSION = '2025-07-01';

/** The way out of one IP configuration, for IPv4: to the internet as a whole, or to some public addresses. */
export function egressOf(
  topology: Topology,
  networkInterface: NetworkInterface,
  ipConfiguration: IpConfiguration,
  destination: AddressSet = SOMEWHERE,
): Egress {
  const link = ipConfiguration.subnet;
  const { origin } = ipConfiguration;
  if (link.kind === 'none') return waiting(missing('the subnet of the IP configuration', origin));
  const given = networkInterface.condition;
  const subnet = lookUp(topology.subnets, link, { name: 'a subnet', origin, given });
  if ('unreadable' in subnet) return waiting(subnet.unreadable);
  const routed = byRoute(topology, subnet, destination);
  if (routed !== undefined && routed.via !== 'unknown') return routed;
  const otherwise =
    byNatGateway(topology, subnet, given) ??
    byPublicIp(networkInterface, ipConfiguration) ??
    byLoadBalancer(topology, networkInterface, ipConfiguration, subnet);
  return routed === undefined ? otherwise : { ...routed, otherwise };
}

function waiting(...waitsFor: readonly Unknown[]): Egress {
  return { via: 'unknown', waitsFor };
}

function missing(name: string, origin: Origin): Unknown {
  return unknown({ kind: 'outside', name }, origin);
}

/** Only routes that the user wrote or a gateway may learn decide; the system's route to the internet leaves it to SNAT. */
function byRoute(topology: Topology, subnet: Subnet, destination: AddressSet): Egress | undefined {
  const { regions, tagged } = routesOf(topology, subnet);
  const region = regions.find(({ addresses }) => !isEmpty(intersect(addresses, destination)));
  const [first] = tagged;
  if (first !== undefined && destination !== SOMEWHERE)
    return waiting(
      missing(`whether ${textOr(first.name, first.address)} is the route to the address`, first.origin),
    );
  if (region === undefined || region.hop === 'internet' || region.hop === 'virtual-network') return undefined;
  const origin = region.route?.origin ?? subnet.origin;
  switch (region.hop) {
    case 'unknown':
      return waiting(...region.waitsFor);
    case 'none':
      return { via: 'none', because: 'black-hole', origin };
    default:
      return { via: region.hop, origin };
  }
}

function byNatGateway(topology: Topology, subnet: Subnet, given: Unknown | undefined): Egress | undefined {
  const link = subnet.natGateway;
  if (link.kind === 'none') return undefined;
  const found = lookUp(topology.natGateways, link, { name: 'a NAT gateway', origin: subnet.origin, given });
  // A gateway of another root is there to give a way out.
  if ('unreadable' in found) {
    return link.kind === 'to' && !topology.natGateways.has(link.id)
      ? { via: 'nat-gateway', origin: subnet.origin }
      : waiting(found.unreadable);
  }
  const hasAddress = found.publicIps.some(({ items }) => items.some(({ kind }) => kind !== 'none'));
  if (hasAddress) return { via: 'nat-gateway', origin: found.origin };
  const open = found.publicIps.flatMap(({ unknown: more }) => more ?? []);
  return open.length > 0
    ? waiting(...open)
    : waiting(missing(`a public IP of ${found.address}`, found.origin));
}

function byPublicIp(
  networkInterface: NetworkInterface,
  { publicIp, instancePublicIp, origin }: IpConfiguration,
): Egress | undefined {
  if (instancePublicIp.kind === 'unknown') return waiting(instancePublicIp);
  if (instancePublicIp.kind !== 'absent') return { via: 'public-ip', origin: instancePublicIp.origin };
  const links = [publicIp, ...networkInterface.ipConfigurations.items.map((other) => other.publicIp)];
  if (links.some(({ kind }) => kind === 'to')) return { via: 'public-ip', origin };
  const open = links.flatMap((link) =>
    link.kind === 'one-of' || link.kind === 'unknown' ? [link.waitsFor] : [],
  );
  return open.length > 0 ? waiting(...open) : undefined;
}

/** A balancer one of whose pools holds the IP configuration. */
interface Membership {
  readonly balancer: LoadBalancer;
  readonly poolId: string;
}

function byLoadBalancer(
  topology: Topology,
  networkInterface: NetworkInterface,
  ipConfiguration: IpConfiguration,
  subnet: Subnet,
): Egress {
  const open = [
    ...(ipConfiguration.pools.unknown === undefined ? [] : [ipConfiguration.pools.unknown]),
    ...ipConfiguration.pools.items.flatMap((link) =>
      link.kind === 'one-of' || link.kind === 'unknown' ? [link.waitsFor] : [],
    ),
  ];
  const memberships: Membership[] = [];
  for (const link of ipConfiguration.pools.items) {
    if (link.kind !== 'to') continue;
    const balancer = topology.loadBalancers.find(({ pools }) => pools.items.some(({ id }) => id === link.id));
    if (balancer === undefined)
      open.push(missing('the load balancer of a backend pool', ipConfiguration.origin));
    else memberships.push({ balancer, poolId: link.id });
  }
  const ways = memberships.flatMap(({ balancer, poolId }) => waysThrough(topology, balancer, poolId, open));
  const [way] = ways.sort((a, b) => rank(a) - rank(b));
  if (way !== undefined && way.via !== 'snat-disabled') return { via: way.via, origin: way.origin };
  if (open.length > 0) return waiting(...open);
  const standard = memberships.filter(({ balancer }) => isStandard(balancer));
  const unsettled = memberships.flatMap(({ balancer: { sku } }) => (sku.kind === 'unknown' ? [sku] : []));
  if (unsettled.length > 0) return waiting(...unsettled);
  if (way !== undefined) return { via: 'none', because: 'snat-disabled', origin: way.origin };
  const [inFront] = standard;
  if (inFront !== undefined) {
    const isInternal = standard.every(({ balancer }) => balancer.frontends.items.every(isInternalFrontend));
    // Semantics 11.10: no page says what holds behind a public balancer without rules that translate.
    if (!isInternal) {
      const name = `whether machines behind ${inFront.balancer.address} have default outbound access`;
      return waiting(unknown({ kind: 'runtime', name }, inFront.balancer.origin));
    }
    return { via: 'none', because: 'internal-load-balancer', origin: inFront.balancer.origin };
  }
  return defaultAccess(networkInterface, ipConfiguration, subnet);
}

interface WayThrough {
  readonly via: 'outbound-rule' | 'load-balancing-rule' | 'snat-disabled';
  readonly origin: Origin;
}

function rank({ via }: WayThrough): number {
  return ['outbound-rule', 'load-balancing-rule', 'snat-disabled'].indexOf(via);
}

/** What the rules of one balancer give the members of a pool; whatever may give them more goes into `open`. */
function waysThrough(
  topology: Topology,
  balancer: LoadBalancer,
  poolId: string,
  open: Unknown[],
): readonly WayThrough[] {
  const ways: WayThrough[] = [];
  for (const { unknown: more } of [balancer.outboundRules, balancer.rules])
    if (more !== undefined) open.push(more);
  for (const rule of balancer.outboundRules.items) {
    const named = namesPool([rule.pool], poolId);
    if (named === 'yes' && rule.condition === undefined)
      ways.push({ via: 'outbound-rule', origin: rule.origin });
    else if (named !== 'no')
      open.push(typeof named === 'object' ? named : (rule.condition ?? missing(rule.address, rule.origin)));
  }
  for (const rule of balancer.rules.items) {
    const named = namesPool(rule.pools.items, poolId);
    const entry =
      rule.frontend.kind === 'to' ? topology.frontends.get(rule.frontend.id)?.frontend : undefined;
    if (named === 'no') continue;
    const doubt = typeof named === 'object' ? named : (rule.condition ?? rule.pools.unknown);
    if (entry === undefined) open.push(missing(`the frontend of ${rule.address}`, rule.origin));
    else if (entry.publicIp.kind === 'none' && entry.publicIpPrefix.kind === 'none') continue;
    else if (doubt !== undefined) open.push(doubt);
    else if (rule.disableOutboundSnat.kind === 'unknown') open.push(rule.disableOutboundSnat);
    else {
      const isOff = rule.disableOutboundSnat.kind === 'known' && rule.disableOutboundSnat.value;
      ways.push({ via: isOff ? 'snat-disabled' : 'load-balancing-rule', origin: rule.origin });
    }
  }
  return ways;
}

function namesPool(links: readonly Link[], poolId: string): 'yes' | 'no' | Unknown {
  if (links.some((link) => link.kind === 'to' && link.id === poolId)) return 'yes';
  const maybe = links.find(
    (link) => link.kind === 'unknown' || (link.kind === 'one-of' && (link.open || link.ids.includes(poolId))),
  );
  return maybe === undefined || maybe.kind === 'none' || maybe.kind === 'to' ? 'no' : maybe.waitsFor;
}

function isInternalFrontend({ publicIp, publicIpPrefix, subnet }: Frontend): boolean {
  return publicIp.kind === 'none' && publicIpPrefix.kind === 'none' && subnet.kind !== 'none';
}

function isStandard({ sku }: LoadBalancer): boolean {
  return sku.kind === 'known' && sku.value.toLowerCase() === 'standard';
}

/** Default outbound access: semantics 3.3, with its open point 11.13. */
function defaultAccess(
  { scaleSet }: NetworkInterface,
  ipConfiguration: IpConfiguration,
  subnet: Subnet,
): Egress {
  const { defaultOutboundAccess: access, apiVersion } = subnet;
  const mode = scaleSet?.orchestrationMode;
  if (mode?.kind === 'known' && mode.value.toLowerCase() === 'flexible') {
    return { via: 'none', because: 'flexible-scale-set', origin: ipConfiguration.origin };
  }
  if (access.kind === 'unknown') return waiting(access);
  if (access.kind === 'known') {
    if (!access.value) return { via: 'none', because: 'private-subnet', origin: access.origin };
    return { via: 'default-outbound-access', origin: access.origin };
  }
  if (apiVersion !== undefined && apiVersion.slice(0, 10) >= FIRST_PRIVATE_VERSION) {
    const name = `whether subnets of API version ${apiVersion} are private by default`;
    return waiting(unknown({ kind: 'runtime', name }, subnet.origin));
  }
  return { via: 'default-outbound-access', origin: subnet.origin };
}
