import type { Collection, Element } from '../model/azure/element.ts';
import {
  detachedOutboundRules,
  type Frontend,
  type LoadBalancer,
  type LoadBalancingRule,
} from '../model/azure/load-balancer.ts';
import type { IpConfiguration, NetworkInterface } from '../model/azure/network-interface.ts';
import type { Subnet } from '../model/azure/virtual-network.ts';
import { doubtsOf, type Link, outside } from '../model/model.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { type Unknown, unknown } from '../value/value.ts';
import { parsePrefix } from './packets/address.ts';
import { type AddressSet, EMPTY, intersect, isEmpty } from './packets/interval-set.ts';
import { routesOf } from './routes.ts';
import { lower } from './rule-match.ts';
import { isSameCondition, lookUp, type Topology } from './topology.ts';

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
  const origin = region?.route?.origin ?? subnet.origin;
  switch (region?.hop) {
    case 'unknown':
      return waiting(...region.waitsFor);
    case 'none':
      return { via: 'none', because: 'black-hole', origin };
    case 'appliance':
    case 'gateway':
      return { via: region.hop, origin };
    default:
      return undefined;
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
  const [more] = found.publicIps.flatMap((list) => list.unknown ?? []);
  return waiting(more ?? missing(`a public IP of ${found.address}`, found.origin));
}

/** A public IP of any IPv4 configuration of the interface. */
function byPublicIp(
  { ipConfigurations }: NetworkInterface,
  ipConfiguration: IpConfiguration,
): Egress | undefined {
  const open: Unknown[] = ipConfigurations.unknown === undefined ? [] : [ipConfigurations.unknown];
  for (const { version, instancePublicIp, publicIp, origin } of [
    ipConfiguration,
    ...ipConfigurations.items,
  ]) {
    if (lower(version) === 'ipv6') continue;
    const isSettled = instancePublicIp.kind !== 'unknown' && instancePublicIp.kind !== 'absent';
    if (!isSettled && publicIp.kind !== 'to')
      open.push(...(instancePublicIp.kind === 'unknown' ? [instancePublicIp] : []), ...doubtsOf([publicIp]));
    else if (version.kind === 'unknown') open.push(version);
    else return { via: 'public-ip', origin: isSettled ? instancePublicIp.origin : origin };
  }
  return open.length > 0 ? waiting(...new Set(open)) : undefined;
}

function byLoadBalancer(
  topology: Topology,
  networkInterface: NetworkInterface,
  ipConfiguration: IpConfiguration,
  subnet: Subnet,
): Egress {
  const { pools, origin } = ipConfiguration;
  const given = networkInterface.condition;
  const open = [...(pools.unknown === undefined ? [] : [pools.unknown]), ...doubtsOf(pools.items)];
  const balancers: LoadBalancer[] = [];
  const ways: WayThrough[] = [];
  const strays = straysOf(topology);
  for (const link of pools.items) {
    if (link.kind !== 'to') continue;
    ways.push(...waysThrough(topology, strays, { poolId: link.id, given, open }));
    const balancer = topology.loadBalancers.find((each) => each.pools.items.some(({ id }) => id === link.id));
    const absence =
      balancer === undefined
        ? outside(link, 'the load balancer of a backend pool', origin)
        : unmet(balancer.condition, given);
    if (absence !== undefined) open.push(absence);
    else if (balancer !== undefined) {
      balancers.push(balancer);
      ways.push(...waysThrough(topology, balancer, { poolId: link.id, given, open }));
    }
  }
  const [way] = BY_RULE.flatMap((via) => ways.filter((each) => each.via === via));
  if (way !== undefined && way.via !== 'snat-disabled') return { via: way.via, origin: way.origin };
  if (open.length > 0) return waiting(...open);
  const unsettled = balancers.flatMap(({ sku }) => (sku.kind === 'unknown' ? [sku] : []));
  if (unsettled.length > 0) return waiting(...unsettled);
  if (way !== undefined) return { via: 'none', because: 'snat-disabled', origin: way.origin };
  const standard = balancers.filter(isStandard);
  const [inFront] = standard;
  if (inFront === undefined) return defaultAccess(networkInterface, ipConfiguration, subnet);
  const facing = standard.find(({ frontends }) => !frontends.items.every(isInternalFrontend));
  if (facing !== undefined) {
    // Semantics 11.10: no page says what holds behind a public balancer without rules that translate.
    const name = `whether machines behind ${facing.address} have default outbound access`;
    return waiting(unknown({ kind: 'runtime', name }, facing.origin));
  }
  const more = standard.flatMap(({ frontends }) => frontends.unknown ?? []);
  if (more.length > 0) return waiting(...more);
  return { via: 'none', because: 'internal-load-balancer', origin: inFront.origin };
}

/** The condition of something that may not be there beside what exists under another one. */
function unmet(condition: Unknown | undefined, given: Unknown | undefined): Unknown | undefined {
  return isSameCondition(condition, given) ? undefined : condition;
}

/** What rules do with the way out, in Azure's order of precedence. */
const BY_RULE = ['outbound-rule', 'load-balancing-rule', 'snat-disabled'] as const;

interface WayThrough {
  readonly via: (typeof BY_RULE)[number];
  readonly origin: Origin;
}

interface Asked {
  readonly poolId: string;
  readonly given: Unknown | undefined;
  /** Takes why there may be more ways. */
  readonly open: Unknown[];
}

type Rules = Pick<LoadBalancer, 'outboundRules' | 'rules'>;

/** The rules of which no balancer is known for certain: they may belong to any. */
function straysOf({ model, loadBalancers }: Topology): Rules {
  const rules = loadBalancers.flatMap((balancer) =>
    balancer.pools.items.length === 0 ? balancer.rules.items : [],
  );
  return { outboundRules: { items: detachedOutboundRules(model) }, rules: { items: rules } };
}

/** What the rules of one balancer give the members of a pool. */
function waysThrough(
  topology: Topology,
  { outboundRules, rules }: Rules,
  { poolId, given, open }: Asked,
): readonly WayThrough[] {
  const ways: WayThrough[] = [];
  for (const { unknown: more } of [outboundRules, rules]) if (more !== undefined) open.push(more);
  for (const rule of outboundRules.items) {
    const serves = servesPool(rule, { items: [rule.pool] }, poolId, given);
    if (serves === true) ways.push({ via: 'outbound-rule', origin: rule.origin });
    else if (serves !== false) open.push(serves);
  }
  for (const rule of rules.items) {
    const { disableOutboundSnat: off } = rule;
    const serves = [
      servesPool(rule, rule.pools, poolId, given),
      isPublic(topology, rule),
      off.kind !== 'unknown' || off,
    ];
    if (serves.includes(false)) continue;
    const doubt = serves.find((each) => typeof each === 'object');
    const isOff = off.kind === 'known' && off.value;
    if (doubt !== undefined) open.push(doubt);
    else ways.push({ via: isOff ? 'snat-disabled' : 'load-balancing-rule', origin: rule.origin });
  }
  return ways;
}

/** Whether a rule is there for a pool, or what that waits for. */
function servesPool(
  { condition }: Element,
  { items, unknown: more }: Collection<Link>,
  poolId: string,
  given: Unknown | undefined,
): boolean | Unknown {
  if (items.some((link) => link.kind === 'to' && link.id === poolId)) return unmet(condition, given) ?? true;
  const candidates = items.filter((link) => link.kind !== 'one-of' || link.open || link.ids.includes(poolId));
  const [doubt] = doubtsOf(candidates);
  return doubt ?? more ?? false;
}

/** Whether the frontend of a rule is public, or what that waits for: semantics 9.3. */
function isPublic(topology: Topology, rule: LoadBalancingRule): boolean | Unknown {
  const link = rule.frontend;
  const frontend = link.kind === 'to' ? topology.frontends.get(link.id)?.frontend : undefined;
  if (frontend === undefined) return outside(link, `the frontend of ${rule.address}`, rule.origin);
  const { publicIp, publicIpPrefix, subnet } = frontend;
  const isCertain = subnet.kind === 'none' || publicIp.kind === 'to' || publicIpPrefix.kind === 'to';
  const [doubt] = isCertain ? [] : doubtsOf([publicIp, publicIpPrefix]);
  return doubt ?? (publicIp.kind !== 'none' || publicIpPrefix.kind !== 'none');
}

function isInternalFrontend({ publicIp, publicIpPrefix, subnet }: Frontend): boolean {
  return publicIp.kind === 'none' && publicIpPrefix.kind === 'none' && subnet.kind !== 'none';
}

function isStandard({ sku }: LoadBalancer): boolean {
  return lower(sku) === 'standard';
}

/** Default outbound access: semantics 3.3, with its open point 11.13. */
function defaultAccess(
  { scaleSet }: NetworkInterface,
  ipConfiguration: IpConfiguration,
  subnet: Subnet,
): Egress {
  const { defaultOutboundAccess: access, apiVersion } = subnet;
  const mode = scaleSet?.orchestrationMode;
  if (mode !== undefined && lower(mode) === 'flexible')
    return { via: 'none', because: 'flexible-scale-set', origin: ipConfiguration.origin };
  if (access.kind === 'known' && !access.value)
    return { via: 'none', because: 'private-subnet', origin: access.origin };
  if (mode?.kind === 'unknown') return waiting(mode);
  if (access.kind === 'unknown') return waiting(access);
  if (access.kind === 'known') return { via: 'default-outbound-access', origin: access.origin };
  if (apiVersion !== undefined && apiVersion >= FIRST_PRIVATE_VERSION) {
    const name = `whether subnets of API version ${apiVersion} are private by default`;
    return waiting(unknown({ kind: 'runtime', name }, subnet.origin));
  }
  return { via: 'default-outbound-access', origin: subnet.origin };
}
