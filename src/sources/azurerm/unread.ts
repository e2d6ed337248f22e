import { linkOf } from '../../model/model.ts';
import type { Gap, Resource } from '../../model/resource.ts';
import { field, list, type ObjectValue, type Unknown, unknown, type Value } from '../../value/value.ts';
import { fieldsOf } from './attributes.ts';
import { withProperties } from './azapi.ts';
import type { UnreadPart } from './instance.ts';
import * as kinds from './kinds.ts';
import type { Kind, RootIndex } from './root-index.ts';

/** What modules that are not there may do to the resources they are given. */
export interface Unread {
  /** The resource with what such a module may have attached to it left open. */
  apply(resource: Resource): Resource;
  /** Pools, NAT rules, load balancers and machines that others may attach to. */
  readonly gaps: readonly Gap[];
}

/** What can be attached to a resource by its id or its name: in properties with one link, and in collections. */
const OPENED: Readonly<
  Record<string, { readonly one: readonly string[]; readonly several: readonly string[] }>
> = {
  'microsoft.network/virtualnetworks/subnets': {
    one: ['networkSecurityGroup', 'routeTable', 'natGateway'],
    several: [],
  },
  'microsoft.network/virtualnetworks': { one: [], several: ['virtualNetworkPeerings', 'subnets'] },
  'microsoft.network/networkinterfaces': { one: ['networkSecurityGroup'], several: [] },
  'microsoft.network/networkinterfaces/ipconfigurations': { one: [], several: ['applicationSecurityGroups'] },
  'microsoft.network/networksecuritygroups': { one: [], several: ['securityRules'] },
  'microsoft.network/routetables': { one: [], several: ['routes'] },
  'microsoft.network/natgateways': { one: [], several: ['publicIpAddresses', 'publicIpPrefixes'] },
};

/** Collections whose elements can be attached to. */
const PARTS: Readonly<Record<string, string>> = {
  'microsoft.network/networkinterfaces': 'ipConfigurations',
  'microsoft.network/virtualnetworks': 'subnets',
};

/** What has users that a gap stands for. */
const ATTACHED: Kind = [
  ...kinds.LOAD_BALANCER,
  ...kinds.POOL,
  ...kinds.NAT_RULE,
  ...kinds.NAT_POOL,
  ...kinds.VIRTUAL_MACHINE,
  ...kinds.SCALE_SET,
  ...kinds.NETWORK_GROUP,
];

/** Attributes by which something can be attached to a resource or a part of it; empty where the source lost it. */
const NAMES_IT = /^$|(^|[.\]])(id|ids|name)(\[[^\]]*\])?$/;

/** Azurerm names these by name. */
const BY_NAME: Kind = [...kinds.VIRTUAL_NETWORK, ...kinds.SECURITY_GROUP, ...kinds.ROUTE_TABLE];

/**
 * A module that is not there may attach something to everything it is given: by reference, by id, or by the name of a
 * network, a security group or a route table. What it makes beside that is not connected to this root.
 */
export function readUnread(index: RootIndex): Unread {
  const given = new Map<string, Unknown>();
  const gaps: Gap[] = [];
  const parts = index.root.unread ?? [];
  const names = parts.length === 0 ? new Map<string, readonly string[]>() : namesOf(index);
  for (const part of parts) {
    for (const id of new Set(part.given.flatMap((value) => idsIn(value, names)))) add(id, part);
  }

  function add(id: string, { address, origin }: UnreadPart): void {
    const reason = { kind: 'module', name: address } as const;
    given.set(id, unknown(reason, origin));
    const instance = index.byId(id);
    const isAttached = instance !== undefined && ATTACHED.includes(index.typeOf(instance));
    if (isAttached || ATTACHED.some((kind) => isPart(id, kind, index))) gaps.push({ id, reason, origin });
  }

  function apply(resource: Resource): Resource {
    if (given.size === 0) return resource;
    const reason = given.get(resource.id);
    const body = reason === undefined ? resource.body : open(resource.type, resource.body, reason);
    return { ...resource, body: openParts(resource, body, reason) };
  }

  function openParts({ type, id }: Resource, body: ObjectValue, whole: Unknown | undefined): ObjectValue {
    const collection = PARTS[type];
    const elements = collection === undefined ? undefined : field(body, 'properties', collection);
    if (collection === undefined || elements?.kind !== 'list') return body;
    const items = elements.items.map((element) => {
      if (element.kind !== 'object') return element;
      const name = field(element, 'name');
      const segment = name.kind === 'known' ? String(name.value) : '';
      const reason = given.get(`${id}/${collection}/${segment}`.toLowerCase()) ?? whole;
      const isOwn = type === 'microsoft.network/networkinterfaces' || reason !== whole;
      return reason === undefined || !isOwn
        ? element
        : open(`${type}/${collection.toLowerCase()}`, element, reason);
    });
    return withProperties(body, { [collection]: { ...elements, items } });
  }

  return { apply, gaps };
}

/** Whether an id is that of a part of this kind, such as a pool inside an azapi load balancer. */
function isPart(id: string, kind: string, index: RootIndex): boolean {
  const owner = index.byId(id.slice(0, id.lastIndexOf('/', id.lastIndexOf('/') - 1)));
  return owner !== undefined && index.parts(owner, kind).items.some((part) => part.id === id);
}

function open(type: string, body: ObjectValue, reason: Unknown): ObjectValue {
  const opened = OPENED[type];
  const properties = field(body, 'properties');
  if (opened === undefined || properties.kind === 'unknown') return body;
  const edited: Record<string, Value> = {};
  for (const name of opened.one) {
    if (hasRoom(field(properties, name, 'id')))
      edited[name.toLowerCase()] = fieldsOf({ id: reason }, reason.origin);
  }
  for (const name of opened.several) {
    const before = field(properties, name);
    if (before.kind === 'absent') edited[name.toLowerCase()] = { ...list([], reason.origin), more: reason };
    else if (before.kind === 'list') edited[name.toLowerCase()] = { ...before, more: before.more ?? reason };
  }
  return withProperties(body, edited);
}

/** Whether nothing stands in a property for one link, or possibly nothing. */
function hasRoom(value: Value): boolean {
  const link = linkOf(value);
  return link.kind === 'none' || (link.kind === 'one-of' && link.open);
}

function namesOf(index: RootIndex): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>();
  for (const instance of index.ofKind(BY_NAME)) {
    const name = instance.attribute('name');
    if (name.kind !== 'known') continue;
    const key = String(name.value).toLowerCase();
    const same = ids.get(key);
    if (same === undefined) ids.set(key, [instance.id]);
    else same.push(instance.id);
  }
  return ids;
}

/** The ids of what a value leads to, at any depth. */
function idsIn(value: Value, names: ReadonlyMap<string, readonly string[]>): readonly string[] {
  switch (value.kind) {
    case 'known': {
      const text = String(value.value).toLowerCase();
      return [text, ...(names.get(text) ?? [])];
    }
    case 'list':
      return value.items.flatMap((item) => idsIn(item, names));
    case 'object':
      return [...value.fields.values()].flatMap((item) => idsIn(item, names));
    case 'unknown': {
      const inText = (value.parts ?? []).flatMap((part) =>
        typeof part === 'string' ? [] : idsIn(part, names),
      );
      const named = (value.references ?? []).filter(({ property }) => NAMES_IT.test(property));
      return [...named.map(({ id }) => id), ...inText];
    }
    default:
      return [];
  }
}
