import type { Origin } from '../../text/origin.ts';
import {
  asItems,
  asNumber,
  asText,
  type Evaluated,
  field,
  type Unknown,
  unknown,
  type Value,
} from '../../value/value.ts';
import { type Child, type Link, linkOf, type Model } from '../model.ts';
import type { Resource } from '../resource.ts';
import { type Collection, elementOfResource, textItems } from './element.ts';

const CONFIGURATIONS = 'microsoft.network/networkmanagers/securityadminconfigurations';

/** A rule of a virtual network manager, tried before every security group: semantics 6.6. */
export interface SecurityAdminRule {
  readonly id: string;
  readonly address: string;
  readonly origin: Origin;
  readonly name: Evaluated<string>;
  readonly priority: Evaluated<number>;
  /** Inbound or Outbound. */
  readonly direction: Evaluated<string>;
  /** Allow, Deny or AlwaysAllow. */
  readonly access: Evaluated<string>;
  /** Tcp, Udp, Icmp, Esp, Ah or Any. */
  readonly protocol: Evaluated<string>;
  /** Address prefixes, service tags and network groups; `*` when nothing is written. */
  readonly sources: Collection<AdminPrefix>;
  readonly destinations: Collection<AdminPrefix>;
  readonly sourcePorts: Collection<Evaluated<string>>;
  readonly destinationPorts: Collection<Evaluated<string>>;
  /** The network groups whose members it applies to. */
  readonly groups: Collection<Link>;
  /** What has to be deployed for the rule to be in effect, and the network manager it belongs to. */
  readonly configuration: Link;
  readonly manager: Link;
  readonly certain: boolean;
  readonly condition?: Unknown;
}

/** One prefix of a side of an admin rule. */
export interface AdminPrefix {
  /** IPPrefix, ServiceTag or NetworkGroup. */
  readonly type: Evaluated<string>;
  readonly prefix: Evaluated<string>;
}

/** A set of virtual networks; `unknown` says that a condition may add others. */
export interface NetworkGroup {
  readonly id: string;
  readonly members: Collection<Link>;
}

/** The security admin rules of the model. */
export function securityAdminRules(model: Model): readonly SecurityAdminRule[] {
  return model.ofType(`${CONFIGURATIONS}/rulecollections/rules`).map((resource) => {
    const collection = linkOf(resource.parent ?? resource.name);
    const configuration = parentOf(collection, model);
    const manager = parentOf(configuration, model);
    const found = collection.kind === 'to' ? model.byId(collection.id) : undefined;
    return { ...adminRule(resource, found), configuration, manager };
  });
}

/** The parent of what a link names. Of what is not in the model, the id tells it when it is a real one. */
function parentOf(link: Link, model: Model): Link {
  if (link.kind !== 'to') return link;
  const parent = model.byId(link.id)?.parent;
  if (parent !== undefined) return linkOf(parent);
  const end = link.id.lastIndexOf('/', link.id.lastIndexOf('/') - 1);
  return end > 0 ? { kind: 'to', id: link.id.slice(0, end) } : { kind: 'none' };
}

function adminRule(
  resource: Resource,
  collection: Resource | undefined,
): Omit<SecurityAdminRule, 'configuration' | 'manager'> {
  const element = elementOfResource(resource);
  const { properties } = element;
  return {
    ...element,
    priority: asNumber(field(properties, 'priority')),
    direction: asText(field(properties, 'direction')),
    access: asText(field(properties, 'access')),
    protocol: asText(field(properties, 'protocol')),
    sources: adminPrefixes(field(properties, 'sources')),
    destinations: adminPrefixes(field(properties, 'destinations')),
    sourcePorts: textItems(field(properties, 'sourcePortRanges')),
    destinationPorts: textItems(field(properties, 'destinationPortRanges')),
    groups: groupsOf(resource, collection),
  };
}

function groupsOf(resource: Resource, collection: Resource | undefined): Collection<Link> {
  if (collection === undefined) {
    const reason = { kind: 'outside', name: `the rule collection of ${resource.address}` } as const;
    return { items: [], unknown: { kind: 'unknown', reason, origin: resource.origin } };
  }
  const { items, unknown: more } = asItems(field(collection.body, 'properties', 'appliesToGroups'));
  const links = items.map((item) => linkOf(field(item, 'networkGroupId')));
  return more === undefined ? { items: links } : { items: links, unknown: more };
}

function adminPrefixes(value: Value): Collection<AdminPrefix> {
  const { items, unknown: more } = asItems(value);
  const prefixes = items.map((item) => ({
    type: asText(field(item, 'addressPrefixType')),
    prefix: asText(field(item, 'addressPrefix')),
  }));
  return more === undefined ? { items: prefixes } : { items: prefixes, unknown: more };
}

/** The network groups, with the members that are written one by one. */
export function networkGroups(model: Model): readonly NetworkGroup[] {
  return model.ofType('microsoft.network/networkmanagers/networkgroups').map((resource) => {
    const members = model
      .childrenOf(resource, `${resource.type}/staticmembers`)
      .map((child) => memberLink(child));
    return { id: resource.id, members: { items: members } };
  });
}

/** A member that may not be declared is one possibility. */
function memberLink({ resource, certain }: Child): Link {
  const link = linkOf(field(resource.body, 'properties', 'resourceId'));
  const reason = { kind: 'known-after-apply', name: resource.address } as const;
  const waitsFor = resource.condition ?? (certain ? undefined : unknown(reason, resource.origin));
  if (waitsFor === undefined || link.kind !== 'to') return link;
  return { kind: 'one-of', ids: [link.id], open: false, waitsFor };
}
