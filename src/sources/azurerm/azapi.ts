import { linkOf } from '../../model/model.ts';
import type { Resource } from '../../model/resource.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import type { Reason } from '../../value/reason.ts';
import { asText, field, type ObjectValue, unknown, type Value } from '../../value/value.ts';
import type { Place } from './associations.ts';
import { fieldsOf, mapBlocks, read } from './attributes.ts';
import { AZAPI_RESOURCE, AZAPI_UPDATE, armTypeOf, bodyOf } from './azapi-instance.ts';
import { hasKnownId, type TerraformInstance } from './instance.ts';
import * as kinds from './kinds.ts';
import { armTypeOfKind, parentTypeOf } from './kinds.ts';
import type { Kind } from './root-index.ts';
import type { Context } from './translator.ts';

/** What packets depend on, so that leaving it out can change an answer. */
const MATTERS =
  /^microsoft\.network\/(loadbalancers|networksecuritygroups|networkinterfaces|virtualnetworks|routetables|natgateways|networkmanagers)(\/|$)/;

/** Types of the network and of machines that nothing is read from, and that bring no members of a pool. */
const HARMLESS =
  /^microsoft\.(compute\/(disks|diskaccesses|diskencryptionsets|snapshots|images|galleries|sshpublickeys|proximityplacementgroups|capacityreservationgroups|hostgroups|restorepointcollections)|network\/(networkwatchers|ddosprotectionplans|ipgroups|firewallpolicies|applicationgatewaywebapplicationfirewallpolicies|frontdoors?|frontdoorwebapplicationfirewallpolicies|trafficmanagerprofiles|expressroute\w+|dnsresolvers|dnsforwardingrulesets|serviceendpointpolicies|customipprefixes|networksecurityperimeters|routefilters|vpnsites|vpnserverconfigurations))(\/|$)/;

/** Types that bring network interfaces or scale sets which are not read. */
const BRINGS_MEMBERS =
  /^microsoft\.(compute\/|network\/|resources\/deployments|containerservice\/managedclusters|servicefabric\/managedclusters|databricks\/workspaces|hdinsight\/clusters|batch\/batchaccounts|redhatopenshift\/openshiftclusters|apimanagement\/service$)/;

/** Instances of scale sets as resources of their own. */
const INSTANCES = 'microsoft.compute/virtualmachinescalesets/virtualmachines';

/** Whether a Terraform type is one of azapi's that declare or change an Azure resource. */
export function isAzapi(type: string): boolean {
  return type === AZAPI_RESOURCE || type === AZAPI_UPDATE;
}

/** Whether an ARM type, or what it is a child of, is read from ARM resources of any source. */
function isRead(armType: string): boolean {
  const root = /^[^/]+\/[^/]+/.exec(armType)?.[0] ?? '';
  return armTypeOfKind(root) !== undefined && !armType.startsWith(INSTANCES);
}

/** Whether an azapi resource, or what an update changes, may add to the network unseen. */
export function azapiBringsMembers(instance: TerraformInstance): boolean {
  const armType = armTypeOf(instance);
  if (armType === undefined) return true;
  return BRINGS_MEMBERS.test(armType) && !HARMLESS.test(armType) && !isRead(armType);
}

/**
 * The resource that an `azapi_resource` declares, with links in place of ids and with what associations add to it; undefined
 * when it is of a type that nothing is read from.
 */
export function translateAzapi(instance: TerraformInstance, context: Context): Resource | undefined {
  if (instance.type !== AZAPI_RESOURCE) return undefined;
  const armType = armTypeOf(instance);
  if (armType === undefined || !isRead(armType)) return undefined;
  const { id, address, origin, condition } = instance;
  const balancer = balancerOf(instance, armType, context);
  const body = context.bodyLinks.rewrite(bodyOf(instance), balancer);
  const parent = parentTypeOf(armType) === undefined ? undefined : context.links.parentOf(instance);
  const written = asText(instance.attribute('type'));
  const version = written.kind === 'known' ? written.value.split('@', 2)[1] : undefined;
  return {
    type: armType,
    ...(version === undefined ? {} : { apiVersion: version }),
    id,
    address,
    name: instance.attribute('name'),
    ...(parent === undefined ? {} : { parent }),
    ...(condition === undefined ? {} : { condition }),
    body: withAssociations(armType, envelope(instance, body), instance, context),
    origin,
  };
}

/** The warning for a part of the network of which azapi shows nothing before deployment. */
export function problemOfAzapi(instance: TerraformInstance): Problem | undefined {
  const armType = isAzapi(instance.type) ? armTypeOf(instance) : undefined;
  if (armType === undefined || !MATTERS.test(armType)) return undefined;
  if (field(bodyOf(instance), 'properties').kind !== 'unknown') return undefined;
  return {
    code: 'azapi-body-unknown',
    message: `the body of \`${printable(instance.address)}\`, which declares \`${printable(armType)}\`, is not known before deployment`,
    remedy: 'give `body` as an object instead of JSON text, so that its known parts are known',
    origin: instance.origin,
    severity: 'warning',
  };
}

/** The id of the load balancer that a body is, or is a part of. */
function balancerOf(instance: TerraformInstance, armType: string, { links }: Context): string | undefined {
  if (kinds.LOAD_BALANCER.includes(armType)) return instance.id;
  if (!kinds.LOAD_BALANCER.includes(parentTypeOf(armType) ?? '')) return undefined;
  const parent = linkOf(links.parentOf(instance));
  return parent.kind === 'to' ? parent.id : undefined;
}

/**
 * The body with what azapi takes as arguments of their own. A body that is unknown as a whole has unknown properties, and
 * may have everything else.
 */
function envelope(instance: TerraformInstance, body: Value): ObjectValue {
  const { origin } = instance;
  const location = read((name) => instance.attribute(name), 'location');
  const own = { location: location.kind === 'absent' ? undefined : location };
  if (body.kind === 'absent') return fieldsOf(own, origin);
  if (body.kind !== 'object') {
    const rest = unknown(reasonOf(body), body.origin);
    return { ...fieldsOf({ ...own, properties: rest }, origin), more: rest };
  }
  const merged = fieldsOf({ ...Object.fromEntries(body.fields), ...withoutUnset(own) }, origin);
  return body.more === undefined ? merged : { ...merged, more: body.more };
}

/** What an unknown body is put together from says nothing about its properties. */
function reasonOf(body: Value): Reason {
  return body.kind === 'unknown' ? body.reason : { kind: 'unsupported', name: 'a body that is no object' };
}

function withoutUnset(fields: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  const set: Record<string, Value> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) set[name.toLowerCase()] = value;
  }
  return set;
}

/** Properties that azurerm associations write into resources which azapi declares: those with one link, those with several. */
const ASSOCIATED: Readonly<
  Record<
    string,
    { readonly kind: Kind; readonly one: readonly string[]; readonly several: readonly string[] }
  >
> = {
  'microsoft.network/networkinterfaces': {
    kind: kinds.NETWORK_INTERFACE,
    one: ['networkSecurityGroup'],
    several: [],
  },
  'microsoft.network/virtualnetworks/subnets': {
    kind: kinds.SUBNET,
    one: ['networkSecurityGroup', 'routeTable', 'natGateway'],
    several: [],
  },
  'microsoft.network/networkinterfaces/ipconfigurations': {
    kind: kinds.NETWORK_INTERFACE,
    one: [],
    several: ['loadBalancerBackendAddressPools', 'loadBalancerInboundNatRules', 'applicationSecurityGroups'],
  },
  'microsoft.network/natgateways': {
    kind: kinds.NAT_GATEWAY,
    one: [],
    several: ['publicIpAddresses', 'publicIpAddressesV6', 'publicIpPrefixes'],
  },
  'microsoft.network/privateendpoints': {
    kind: kinds.PRIVATE_ENDPOINT,
    one: [],
    several: ['applicationSecurityGroups'],
  },
};

/** Collections whose elements associations edit. */
const ASSOCIATED_PARTS: Readonly<Record<string, string>> = {
  'microsoft.network/networkinterfaces': 'ipconfigurations',
  'microsoft.network/virtualnetworks': 'subnets',
};

function withAssociations(
  armType: string,
  body: ObjectValue,
  instance: TerraformInstance,
  context: Context,
): ObjectValue {
  const collection = ASSOCIATED_PARTS[armType];
  const edited = edit(armType, body, instance.id, instance, context);
  const elements = collection === undefined ? undefined : field(edited, 'properties', collection);
  if (collection === undefined || elements?.kind !== 'list') return edited;
  const parts = context.index.parts(instance, `${armType}/${collection}`).items;
  const items = mapBlocks(elements, (_, element, position) => {
    const id = parts[position]?.id;
    return element.kind !== 'object' || id === undefined
      ? element
      : edit(`${armType}/${collection}`, element, id, instance, context);
  });
  return withProperties(edited, { [collection]: items });
}

function edit(
  armType: string,
  body: ObjectValue,
  id: string,
  instance: TerraformInstance,
  { folds }: Context,
): ObjectValue {
  const associated = ASSOCIATED[armType];
  const properties = field(body, 'properties');
  if (associated === undefined || properties.kind === 'unknown') return body;
  const place: Place = { id, kind: associated.kind, exists: hasKnownId(instance) };
  const edited: Record<string, Value> = {};
  for (const name of associated.one) {
    edited[name.toLowerCase()] = folds.linkAt(place, name, field(properties, name, 'id'));
  }
  for (const name of associated.several) {
    edited[name.toLowerCase()] = folds.linksAt(place, name, field(properties, name));
  }
  return withProperties(body, edited);
}

/** The body with these properties in place of those of the same name. */
export function withProperties(body: ObjectValue, edited: Readonly<Record<string, Value>>): ObjectValue {
  const properties = field(body, 'properties');
  const fields = properties.kind === 'object' ? [...properties.fields] : [];
  const merged = fieldsOf({ ...Object.fromEntries(fields), ...edited }, properties.origin);
  const kept =
    properties.kind === 'object' && properties.more !== undefined
      ? { ...merged, more: properties.more }
      : merged;
  return { ...body, fields: new Map([...body.fields, ['properties', kept] as const]) };
}
