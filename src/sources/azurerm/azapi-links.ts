import { linkOf } from '../../model/model.ts';
import type { ObjectValue, Value } from '../../value/value.ts';
import * as kinds from './kinds.ts';
import type { Kind } from './root-index.ts';
import type { Context } from './translator.ts';

/** What the `id` in a property of an ARM body leads to, by the name of the property. */
const LINKS: Readonly<Record<string, Kind>> = {
  applicationsecuritygroups: kinds.APPLICATION_SECURITY_GROUP,
  availabilityset: kinds.AVAILABILITY_SET,
  backendaddresspool: kinds.POOL,
  backendaddresspools: kinds.POOL,
  destinationapplicationsecuritygroups: kinds.APPLICATION_SECURITY_GROUP,
  frontendipconfiguration: kinds.FRONTEND,
  frontendipconfigurations: kinds.FRONTEND,
  gatewayloadbalancer: kinds.FRONTEND,
  healthprobe: kinds.PROBE,
  loadbalancerbackendaddresspools: kinds.POOL,
  loadbalancerfrontendipconfiguration: kinds.FRONTEND,
  loadbalancerfrontendipconfigurations: kinds.FRONTEND,
  loadbalancerinboundnatpools: kinds.NAT_POOL,
  loadbalancerinboundnatrules: kinds.NAT_RULE,
  natgateway: kinds.NAT_GATEWAY,
  networkinterfaces: kinds.NETWORK_INTERFACE,
  networksecuritygroup: kinds.SECURITY_GROUP,
  probe: kinds.PROBE,
  publicipaddress: kinds.PUBLIC_IP,
  publicipaddresses: kinds.PUBLIC_IP,
  publicipaddressesv6: kinds.PUBLIC_IP,
  publicipprefix: kinds.PUBLIC_IP_PREFIX,
  publicipprefixes: kinds.PUBLIC_IP_PREFIX,
  remotevirtualnetwork: kinds.VIRTUAL_NETWORK,
  routetable: kinds.ROUTE_TABLE,
  sourceapplicationsecuritygroups: kinds.APPLICATION_SECURITY_GROUP,
  subnet: kinds.SUBNET,
  virtualhub: kinds.VIRTUAL_HUB,
  virtualmachinescaleset: kinds.SCALE_SET,
  virtualnetwork: kinds.VIRTUAL_NETWORK,
  virtualwan: kinds.VIRTUAL_WAN,
};

/** Properties that hold an id themselves. */
const DIRECT_LINKS: Readonly<Record<string, Kind>> = {
  networkgroupid: kinds.NETWORK_GROUP,
};

/** What rules of a load balancer name: parts of the same one. Azure refuses those of another. */
const OF_OWN_BALANCER: ReadonlySet<string> = new Set([
  'backendaddresspool',
  'backendaddresspools',
  'frontendipconfiguration',
  'frontendipconfigurations',
  'probe',
]);

/** Turns ids in the body of an ARM resource into links, and references to Terraform attributes into those of ARM. */
export interface BodyLinks {
  /** `balancer` is the id of the load balancer that the body is, or is a part of. */
  rewrite(body: Value, balancer: string | undefined): Value;
}

export function createBodyLinks({
  index,
  links,
  toArmReferences,
}: Pick<Context, 'index' | 'links' | 'toArmReferences'>): BodyLinks {
  const members = new Map<Kind, ReadonlyMap<string, readonly string[]>>();

  function rewrite(value: Value, name: string, balancer: string | undefined): Value {
    if (value.kind === 'list') {
      return { ...value, items: value.items.map((item) => rewrite(item, name, balancer)) };
    }
    if (value.kind === 'object') return rewriteObject(value, name, balancer);
    const kind = DIRECT_LINKS[name];
    return kind === undefined ? toArmReferences(value) : links.link(value, kind);
  }

  function rewriteObject(value: ObjectValue, name: string, balancer: string | undefined): Value {
    const kind = LINKS[name];
    const fields = [...value.fields].map(([field, item]) => {
      const isLink = field === 'id' && kind !== undefined;
      return [field, isLink ? linkTo(item, name, kind, balancer) : rewrite(item, field, balancer)] as const;
    });
    return { ...value, fields: new Map(fields) };
  }

  function linkTo(value: Value, name: string, kind: Kind, balancer: string | undefined): Value {
    const link = links.link(value, kind);
    return balancer === undefined || !OF_OWN_BALANCER.has(name) ? link : inBalancer(link, kind, balancer);
  }

  /** An ambiguous link is to a part of the load balancer itself. */
  function inBalancer(value: Value, kind: Kind, balancer: string): Value {
    const link = linkOf(value);
    if (link.kind !== 'one-of' && link.kind !== 'unknown') return value;
    const own = membersOf(kind).get(balancer) ?? [];
    const listed = link.kind === 'one-of' ? link.ids.filter((id) => own.includes(id)) : [];
    const ids = listed.length > 0 ? listed : own;
    const owner = index.byId(balancer);
    const isComplete = owner !== undefined && index.partsOfKind(owner, kind)?.complete !== false;
    if (ids.length === 0 || (listed.length === 0 && !isComplete)) return value;
    const { reason, origin } = link.waitsFor;
    return { kind: 'unknown', reason, origin, references: ids.map((id) => ({ id, property: 'id' })) };
  }

  /** Everything of a kind, by the id of the load balancer it certainly belongs to. */
  function membersOf(kind: Kind): ReadonlyMap<string, readonly string[]> {
    const cached = members.get(kind);
    if (cached !== undefined) return cached;
    const byBalancer = new Map<string, string[]>();
    const add = (balancer: string, id: string): void => {
      const list = byBalancer.get(balancer);
      if (list === undefined) byBalancer.set(balancer, [id]);
      else list.push(id);
    };
    for (const balancer of index.ofKind(kinds.LOAD_BALANCER)) {
      for (const part of index.partsOfKind(balancer, kind)?.items ?? []) add(balancer.id, part.id);
    }
    for (const child of index.ofKind(kind)) {
      const parent = linkOf(links.parentOf(child));
      if (parent.kind === 'to') add(parent.id, child.id);
    }
    members.set(kind, byBalancer);
    return byBalancer;
  }

  return { rewrite: (body, balancer) => rewrite(body, '', balancer) };
}
