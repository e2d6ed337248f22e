import type { Resource } from '../../model/resource.ts';
import { absent, asBoolean, assumed, object, unknown, type Value } from '../../value/value.ts';
import { prefixesOf } from './address-pools.ts';
import type { Place } from './associations.ts';
import {
  type Attributes,
  attributesOf,
  fieldsOf,
  mapBlocks,
  read,
  readOr,
  singleBlock,
} from './attributes.ts';
import { hasKnownId, type TerraformInstance } from './instance.ts';
import * as kinds from './kinds.ts';
import type { Kind } from './root-index.ts';
import { type Context, child, type Translators } from './translator.ts';

/** Subnets that are resources of their own. */
export const subnetTranslators: Translators = { azurerm_subnet: subnet };

/** In azurerm 3 the policies are on unless somebody switches them off, since 4 they are off. */
const ENDPOINT_POLICIES = { major: 4, before: 'Enabled', since: 'Disabled' };

function subnet(instance: TerraformInstance, context: Context): Resource {
  const { links } = context;
  const attributes = attributesOf(instance);
  const place: Place = { id: instance.id, kind: kinds.SUBNET, exists: hasKnownId(instance) };
  const properties = subnetProperties(attributes);
  return child(instance, 'microsoft.network/virtualnetworks/subnets', links.parentOf(instance), {
    ...properties,
    privateEndpointNetworkPolicies: orElse(properties.privateEndpointNetworkPolicies, (origin) =>
      context.versionedDefault(ENDPOINT_POLICIES, origin),
    ),
    ...attachments(place, context, {
      networkSecurityGroup: writeOnlyLink(
        instance,
        'network_security_group_id',
        kinds.SECURITY_GROUP,
        context,
      ),
      routeTable: writeOnlyLink(instance, 'route_table_id', kinds.ROUTE_TABLE, context),
    }),
  });
}

/** What else of the network a subnet names, by itself or through associations. */
export function attachments(
  place: Place,
  { folds }: Context,
  written: Readonly<Record<'networkSecurityGroup' | 'routeTable', Value>>,
): Record<string, Value> {
  return {
    networkSecurityGroup: folds.linkAt(place, 'networkSecurityGroup', written.networkSecurityGroup),
    routeTable: folds.linkAt(place, 'routeTable', written.routeTable),
    natGateway: folds.linkAt(place, 'natGateway', absent(written.routeTable.origin)),
  };
}

/**
 * In azurerm 5 a subnet sets its security group through `network_security_group_id_wo`, which is null in every plan, and
 * shows it in `network_security_group_id` once it exists. The version attribute beside it tells that it is written even
 * when nothing else does.
 */
function writeOnlyLink(instance: TerraformInstance, name: string, kind: Kind, { links }: Context): Value {
  const attributes = attributesOf(instance);
  const written = links.hiddenLink(read(attributes, `${name}_wo`), kind);
  if (written.kind !== 'absent') return written;
  const version = read(attributes, `${name}_wo_version`);
  if (version.kind !== 'absent') {
    return unknown({ kind: 'known-after-apply', name: `${instance.address}.${name}_wo` }, version.origin);
  }
  const shown = read(attributes, name);
  return shown.kind === 'known' ? shown : version;
}

interface SubnetProperties extends Readonly<Record<string, Value>> {
  readonly privateEndpointNetworkPolicies: Value;
}

/** What both forms of a subnet share. The provider keeps default outbound access on unless it is switched off. */
export function subnetProperties(attributes: Attributes): SubnetProperties {
  const servicePolicies = policies(attributes, 'private_link_service', 'service');
  return {
    addressPrefix: read(attributes, 'address_prefix'),
    addressPrefixes: prefixesOf(attributes, 'address_prefixes'),
    defaultOutboundAccess: readOr(attributes, true, 'default_outbound_access_enabled'),
    privateEndpointNetworkPolicies: policies(attributes, 'private_endpoint', 'endpoint'),
    privateLinkServiceNetworkPolicies: orElse(servicePolicies, (origin) => assumed('Enabled', origin)),
    delegations: mapBlocks(attributes('delegation'), (block, { origin }) => {
      const service = singleBlock(block, 'service_delegation');
      const properties = fieldsOf({ serviceName: read(service, 'name') }, origin);
      return fieldsOf({ name: read(block, 'name'), properties }, origin);
    }),
    serviceEndpoints: serviceEndpoints(attributes),
  };
}

/** Enabled or Disabled, from any of the three spellings the provider has had: text, truth value, inverted truth value. */
function policies(attributes: Attributes, name: string, enforced: 'endpoint' | 'service'): Value {
  const text = read(attributes, `${name}_network_policies`);
  if (text.kind !== 'absent') return text;
  const enabled = read(attributes, `${name}_network_policies_enabled`);
  if (enabled.kind !== 'absent') return stateOf(enabled, true);
  return stateOf(read(attributes, `enforce_private_link_${enforced}_network_policies`), false);
}

function orElse(value: Value, fallback: (origin: Value['origin']) => Value): Value {
  return value.kind === 'absent' ? fallback(value.origin) : value;
}

function stateOf(value: Value, enabledWhen: boolean): Value {
  const truth = asBoolean(value);
  return truth.kind === 'known'
    ? { ...truth, value: truth.value === enabledWhen ? 'Enabled' : 'Disabled' }
    : truth;
}

function serviceEndpoints(attributes: Attributes): Value {
  const names = read(attributes, 'service_endpoints');
  if (names.kind === 'list') {
    return { ...names, items: names.items.map((service) => object({ service }, service.origin)) };
  }
  if (names.kind !== 'absent') return names;
  return mapBlocks(attributes('service_endpoint'), (block, { origin }) =>
    fieldsOf({ service: read(block, 'service') }, origin),
  );
}
