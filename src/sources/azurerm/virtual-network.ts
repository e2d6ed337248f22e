import type { Resource } from '../../model/resource.ts';
import { absent, asBoolean, known, object, unknown, type Value } from '../../value/value.ts';
import type { Place } from './associations.ts';
import {
  type Attributes,
  attributesOf,
  fieldsOf,
  mapBlocks,
  read,
  readOr,
  singleBlock,
  subResource,
} from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import * as kinds from './kinds.ts';
import { hasKnownId, type Kind } from './root-index.ts';
import { type Context, child, type Translators, topLevel } from './translator.ts';

const TYPE = 'microsoft.network/virtualnetworks';

/** Virtual networks, their subnets in both forms, and peerings. */
export const virtualNetworkTranslators: Translators = {
  azurerm_virtual_network: virtualNetwork,
  azurerm_subnet: subnet,
  azurerm_virtual_network_peering: (instance, context) => {
    const attributes = attributesOf(instance);
    const { links } = context;
    const parent = links.linkByName(instance, 'virtual_network_name', 'azurerm_virtual_network');
    const remote = links.link(read(attributes, 'remote_virtual_network_id'), kinds.VIRTUAL_NETWORK);
    return child(instance, `${TYPE}/virtualnetworkpeerings`, parent, {
      remoteVirtualNetwork: subResource(remote),
      allowVirtualNetworkAccess: readOr(attributes, true, 'allow_virtual_network_access'),
      allowForwardedTraffic: readOr(attributes, false, 'allow_forwarded_traffic'),
      allowGatewayTransit: readOr(attributes, false, 'allow_gateway_transit'),
      useRemoteGateways: readOr(attributes, false, 'use_remote_gateways'),
    });
  },
};

function virtualNetwork(instance: TerraformInstance, context: Context): Resource {
  const attributes = attributesOf(instance);
  const parts = new Map(
    context.index
      .parts(instance, 'azurerm_virtual_network.subnet')
      .items.map((part) => [part.name.kind === 'known' ? part.name.value : `#${part.index}`, part]),
  );
  const subnets = mapBlocks(context.ownBlocks(instance, 'subnet'), (block, value, position) => {
    const name = read(block, 'name');
    const part = parts.get(name.kind === 'known' ? String(name.value) : `#${position}`);
    const id = part?.id ?? `${instance.id}/subnets/#${position}`;
    const place: Place = { id, kind: kinds.SUBNET, exists: part?.exists === true };
    const { links } = context;
    return fieldsOf(
      {
        id: known(id, value.origin),
        name,
        properties: fieldsOf(
          {
            ...subnetProperties(block),
            ...attachments(place, context, {
              networkSecurityGroup: links.optionalLink(read(block, 'security_group'), kinds.SECURITY_GROUP),
              routeTable: links.optionalLink(read(block, 'route_table_id'), kinds.ROUTE_TABLE),
            }),
          },
          value.origin,
        ),
      },
      value.origin,
    );
  });
  const addressSpace = fieldsOf({ addressPrefixes: read(attributes, 'address_space') }, instance.origin);
  return topLevel(instance, TYPE, {
    properties: fieldsOf({ addressSpace, subnets }, instance.origin),
  });
}

function subnet(instance: TerraformInstance, context: Context): Resource {
  const { links } = context;
  const attributes = attributesOf(instance);
  const place: Place = { id: instance.id, kind: kinds.SUBNET, exists: hasKnownId(instance) };
  return child(instance, `${TYPE}/subnets`, links.parentOf(instance), {
    ...subnetProperties(attributes),
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

function attachments(
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

/** What both forms of a subnet share. The provider keeps default outbound access on unless it is switched off. */
function subnetProperties(attributes: Attributes): Record<string, Value | undefined> {
  return {
    addressPrefix: read(attributes, 'address_prefix'),
    addressPrefixes: read(attributes, 'address_prefixes'),
    defaultOutboundAccess: readOr(attributes, true, 'default_outbound_access_enabled'),
    privateEndpointNetworkPolicies: policies(attributes, 'private_endpoint', 'endpoint'),
    privateLinkServiceNetworkPolicies: policies(attributes, 'private_link_service', 'service'),
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
