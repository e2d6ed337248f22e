import { inNameOrder } from '../../text/name-order.ts';
import { textOr } from '../../value/shown.ts';
import {
  absent,
  asBoolean,
  asNumber,
  assumed,
  asText,
  type Evaluated,
  field,
  unknown,
  type Value,
} from '../../value/value.ts';
import { type Link, linkOf, type Model, outside } from '../model.ts';
import type { Resource } from '../resource.ts';
import {
  type Collection,
  type Element,
  elementOfResource,
  elementsOf,
  inlineElements,
  subResource,
  subResources,
} from './element.ts';
import { type View, viewOf } from './view.ts';

const TYPE = 'microsoft.network/loadbalancers';

/** Semantics section 9.3. */
export interface LoadBalancer extends View {
  /** Basic, Standard, Gateway or Service. */
  readonly sku: Evaluated<string>;
  /** Regional or Global. */
  readonly tier: Evaluated<string>;
  readonly frontends: Collection<Frontend>;
  readonly pools: Collection<BackendPool>;
  readonly probes: Collection<Probe>;
  readonly rules: Collection<LoadBalancingRule>;
  readonly natRules: Collection<InboundNatRule>;
  readonly natPools: Collection<InboundNatPool>;
  readonly outboundRules: Collection<OutboundRule>;
}

/** A frontend IP configuration: public, internal, or undecided. */
export interface Frontend extends Element {
  readonly publicIp: Link;
  readonly publicIpPrefix: Link;
  readonly subnet: Link;
  readonly privateIPAddress: Evaluated<string>;
  /** Static or Dynamic. */
  readonly allocation: Evaluated<string>;
  /** IPv4 or IPv6. */
  readonly version: Evaluated<string>;
  readonly gatewayLoadBalancer: Link;
}

/** A backend pool with its own addresses; members that name it from their side are not in it. */
export interface BackendPool extends Element {
  readonly virtualNetwork: Link;
  readonly addresses: Collection<BackendAddress>;
}

/** A member of an IP-based pool, or the frontend of a regional load balancer behind a global one. */
export interface BackendAddress extends Element {
  readonly ipAddress: Evaluated<string>;
  readonly virtualNetwork: Link;
  readonly subnet: Link;
  readonly regionalFrontend: Link;
  /** None, Up or Down; Down keeps traffic away whatever the probe says: semantics 2.4. */
  readonly adminState: Evaluated<string>;
}

/** Semantics section 2.2. */
export interface Probe extends Element {
  /** Tcp, Http or Https. */
  readonly protocol: Evaluated<string>;
  readonly port: Evaluated<number>;
  readonly requestPath: Evaluated<string>;
  /** Not honoured by Azure: semantics 2.2. */
  readonly numberOfProbes: Evaluated<number>;
  readonly threshold: Evaluated<number>;
  /** AllProbedDown or AllProbedUp. */
  readonly noHealthyBackends: Evaluated<string>;
}

/** What load balancing rules and inbound NAT rules have in common. */
export interface ForwardingRule extends Element {
  readonly frontend: Link;
  /** Tcp, Udp, All or Quic. */
  readonly protocol: Evaluated<string>;
  readonly frontendPort: Evaluated<number>;
  /** The last port of a rule over a range; absent for a single port. */
  readonly frontendPortEnd: Evaluated<number>;
  readonly backendPort: Evaluated<number>;
  readonly floatingIp: Evaluated<boolean>;
}

/** Semantics section 4.1. Port 0 on both sides with protocol All means every port. */
export interface LoadBalancingRule extends ForwardingRule {
  readonly pools: Collection<Link>;
  readonly probe: Link;
  /** Whether the rule of a public frontend leaves outbound traffic of its pool alone: semantics 3.3. */
  readonly disableOutboundSnat: Evaluated<boolean>;
}

/** Outbound traffic of a pool through the addresses of frontends: semantics 3.3. */
export interface OutboundRule extends Element {
  readonly frontends: Collection<Link>;
  readonly pool: Link;
  /** Tcp, Udp or All. */
  readonly protocol: Evaluated<string>;
  /** SNAT ports per member; 0 stands for the default table. */
  readonly allocatedPorts: Evaluated<number>;
}

/** Semantics section 4.4: a single target that names the rule (v1), or a range of ports over a pool (v2). */
export interface InboundNatRule extends ForwardingRule {
  readonly pool: Link;
}

/** A range of frontend ports over the instances of a scale set. `frontendPort` is the first of the range. */
export type InboundNatPool = ForwardingRule;

/** Every load balancer of the model, in the order of their names. */
export function loadBalancers(model: Model): readonly LoadBalancer[] {
  const found = model.ofType(TYPE).map((resource) => loadBalancer(model, resource));
  return inNameOrder(found, ({ name, address }) => textOr(name, address));
}

/**
 * Rules whose load balancer is not in this root or cannot be told, each on a load balancer of its own about
 * which nothing else is known.
 */
export function detachedLoadBalancers(model: Model): readonly LoadBalancer[] {
  const rules = model.detached(`${TYPE}/loadbalancingrules`);
  const natRules = model.detached(`${TYPE}/inboundnatrules`);
  const natPools = model.detached(`${TYPE}/inboundnatpools`);
  return [
    ...rules.map((rule) => placeholder(rule, { rules: [loadBalancingRule(elementOfResource(rule))] })),
    ...natRules.map((rule) => placeholder(rule, { natRules: [inboundNatRule(elementOfResource(rule))] })),
    ...natPools.map((rule) => placeholder(rule, { natPools: [inboundNatPool(elementOfResource(rule))] })),
  ];
}

/** Outbound rules that no load balancer of the model has for certain. */
export function detachedOutboundRules(model: Model): readonly OutboundRule[] {
  return model.detached(`${TYPE}/outboundrules`).map((rule) => outboundRule(elementOfResource(rule)));
}

/** Pools that no load balancer of the model holds for certain. */
export function detachedPools(model: Model): readonly BackendPool[] {
  return model
    .detached(`${TYPE}/backendaddresspools`)
    .map((child) => backendPool(model, elementOfResource(child), child));
}

/** Probes whose load balancer is not in this root or cannot be told, likewise. */
export function detachedProbes(model: Model): readonly LoadBalancer[] {
  return model
    .detached(`${TYPE}/probes`)
    .map((child) => placeholder(child, { probes: [probe(elementOfResource(child))] }));
}

function placeholder(
  child: Resource,
  parts: {
    rules?: readonly LoadBalancingRule[];
    natRules?: readonly InboundNatRule[];
    natPools?: readonly InboundNatPool[];
    probes?: readonly Probe[];
  },
): LoadBalancer {
  const parent = linkOf(child.parent ?? child.name);
  const waitsFor =
    parent.kind === 'one-of' || parent.kind === 'unknown'
      ? parent.waitsFor
      : unknown(
          {
            kind: 'outside',
            name: parent.kind === 'to' ? parent.id : `the load balancer of ${child.address}`,
          },
          child.origin,
        );
  const nothing = { items: [] };
  return {
    id: `${child.id}/loadbalancer`,
    address: child.address,
    origin: child.origin,
    name: waitsFor,
    sku: waitsFor,
    tier: waitsFor,
    frontends: { items: [], unknown: waitsFor },
    pools: nothing,
    probes: { items: parts.probes ?? [] },
    // The rules of a balancer that is not seen may use its probe.
    rules: { items: parts.rules ?? [], ...(parts.probes === undefined ? {} : { unknown: waitsFor }) },
    natRules: { items: parts.natRules ?? [] },
    natPools: { items: parts.natPools ?? [] },
    outboundRules: nothing,
  };
}

function loadBalancer(model: Model, resource: Resource): LoadBalancer {
  const tier = asText(field(resource.body, 'sku', 'tier'));
  return {
    ...viewOf(resource),
    sku: asText(field(resource.body, 'sku', 'name')),
    tier: tier.kind === 'absent' ? assumed('Regional', tier.origin) : tier,
    frontends: collect(model, resource, 'frontendIPConfigurations', (element) => frontend(model, element)),
    pools: poolsOf(model, resource),
    probes: collect(model, resource, 'probes', probe),
    rules: collect(model, resource, 'loadBalancingRules', loadBalancingRule),
    natRules: collect(model, resource, 'inboundNatRules', inboundNatRule),
    natPools: collect(model, resource, 'inboundNatPools', inboundNatPool),
    outboundRules: collect(model, resource, 'outboundRules', outboundRule),
  };
}

/** Elements that only may belong to this load balancer are left to the detached ones. */
function collect<T>(
  model: Model,
  resource: Resource,
  collection: string,
  read: (element: Element) => T,
): Collection<T> {
  const { items, unknown: rest } = elementsOf(model, resource, collection);
  const certain = items.filter((element) => element.certain).map(read);
  return rest === undefined ? { items: certain } : { items: certain, unknown: rest };
}

function poolsOf(model: Model, resource: Resource): Collection<BackendPool> {
  return collect(model, resource, 'backendAddressPools', (element) =>
    backendPool(model, element, model.byId(element.id)),
  );
}

function frontend(model: Model, element: Element): Frontend {
  const { properties } = element;
  const publicIp = subResource(properties, 'publicIPAddress');
  const publicIpPrefix = subResource(properties, 'publicIPPrefix');
  const written = asText(field(properties, 'privateIPAddressVersion'));
  const version =
    written.kind === 'absent' ? publicVersion(model, element, publicIp, publicIpPrefix) : written;
  return {
    ...element,
    publicIp,
    publicIpPrefix,
    subnet: subResource(properties, 'subnet'),
    privateIPAddress: asText(field(properties, 'privateIPAddress')),
    allocation: asText(field(properties, 'privateIPAllocationMethod')),
    version: version.kind === 'absent' ? assumed('IPv4', version.origin) : version,
    gatewayLoadBalancer: subResource(properties, 'gatewayLoadBalancer'),
  };
}

/** A public frontend has the IP version of its address, which is not known when the address is not part of the model. */
function publicVersion(model: Model, element: Element, ...links: readonly Link[]): Evaluated<string> {
  const link = links.find(({ kind }) => kind !== 'none');
  if (link === undefined) return absent(element.origin);
  const resource = link.kind === 'to' ? model.byId(link.id) : undefined;
  if (resource === undefined) return outside(link, 'a public IP', element.origin);
  return asText(field(resource.body, 'properties', 'publicIPAddressVersion'));
}

function backendPool(model: Model, element: Element, resource: Resource | undefined): BackendPool {
  const inline = inlineElements(
    field(element.properties, 'loadBalancerBackendAddresses'),
    element.id,
    element.address,
    'loadBalancerBackendAddresses',
  );
  const children =
    resource === undefined
      ? []
      : model
          .childrenOf(resource, `${TYPE}/backendaddresspools/backendaddresses`)
          .map((child) => elementOfResource(child.resource, child.certain));
  return {
    ...element,
    virtualNetwork: subResource(element.properties, 'virtualNetwork'),
    addresses: { ...inline, items: [...inline.items, ...children].map(backendAddress) },
  };
}

function backendAddress(element: Element): BackendAddress {
  return {
    ...element,
    ipAddress: asText(field(element.properties, 'ipAddress')),
    virtualNetwork: subResource(element.properties, 'virtualNetwork'),
    subnet: subResource(element.properties, 'subnet'),
    regionalFrontend: subResource(element.properties, 'loadBalancerFrontendIPConfiguration'),
    adminState: asText(field(element.properties, 'adminState')),
  };
}

function probe(element: Element): Probe {
  const { properties } = element;
  const behaviour = asText(field(properties, 'noHealthyBackendsBehavior'));
  return {
    ...element,
    protocol: asText(field(properties, 'protocol')),
    port: asNumber(field(properties, 'port')),
    requestPath: asText(field(properties, 'requestPath')),
    numberOfProbes: asNumber(field(properties, 'numberOfProbes')),
    threshold: asNumber(field(properties, 'probeThreshold')),
    noHealthyBackends: behaviour.kind === 'absent' ? assumed('AllProbedDown', behaviour.origin) : behaviour,
  };
}

function forwardingRule(element: Element, isRange: boolean): ForwardingRule {
  const { properties } = element;
  return {
    ...element,
    frontend: subResource(properties, 'frontendIPConfiguration'),
    protocol: asText(field(properties, 'protocol')),
    frontendPort: asNumber(field(properties, isRange ? 'frontendPortRangeStart' : 'frontendPort')),
    frontendPortEnd: isRange ? asNumber(field(properties, 'frontendPortRangeEnd')) : absent(element.origin),
    backendPort: asNumber(field(properties, 'backendPort')),
    floatingIp: flagOr(false, field(properties, 'enableFloatingIP')),
  };
}

function loadBalancingRule(element: Element): LoadBalancingRule {
  const { properties } = element;
  const several = subResources(properties, 'backendAddressPools');
  const single = subResource(properties, 'backendAddressPool');
  return {
    ...forwardingRule(element, false),
    pools:
      single.kind === 'none' || repeats(several.items, single)
        ? several
        : { ...several, items: [single, ...several.items] },
    probe: subResource(properties, 'probe'),
    disableOutboundSnat: flagOr(false, field(properties, 'disableOutboundSnat')),
  };
}

function outboundRule(element: Element): OutboundRule {
  const { properties } = element;
  return {
    ...element,
    frontends: subResources(properties, 'frontendIPConfigurations'),
    pool: subResource(properties, 'backendAddressPool'),
    protocol: asText(field(properties, 'protocol')),
    allocatedPorts: asNumber(field(properties, 'allocatedOutboundPorts')),
  };
}

function flagOr(fallback: boolean, value: Value): Evaluated<boolean> {
  const flag = asBoolean(value);
  return flag.kind === 'absent' ? assumed(fallback, flag.origin) : flag;
}

/** The API returns a pool in both the singular and the plural property. */
function repeats(links: readonly Link[], single: Link): boolean {
  return single.kind === 'to' && links.some((link) => link.kind === 'to' && link.id === single.id);
}

function inboundNatRule(element: Element): InboundNatRule {
  const rangeStart = asNumber(field(element.properties, 'frontendPortRangeStart'));
  const single = asNumber(field(element.properties, 'frontendPort'));
  const isRange = isUnset(single) && !isUnset(rangeStart);
  return {
    ...forwardingRule(element, isRange),
    pool: subResource(element.properties, 'backendAddressPool'),
  };
}

function isUnset(port: Evaluated<number>): boolean {
  return port.kind === 'absent' || (port.kind === 'known' && port.value === 0);
}

function inboundNatPool(element: Element): InboundNatPool {
  return forwardingRule(element, true);
}
