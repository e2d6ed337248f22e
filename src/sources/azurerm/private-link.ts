import type { Resource } from '../../model/resource.ts';
import { absent, asBoolean, assumed, type Value } from '../../value/value.ts';
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
import { hasKnownId, type TerraformInstance } from './instance.ts';
import * as kinds from './kinds.ts';
import { type Context, type Translators, topLevel } from './translator.ts';

/** Private link services, and the private endpoints that consume them or a platform service. */
export const privateLinkTranslators: Translators = {
  azurerm_private_link_service: privateLinkService,
  azurerm_private_endpoint: privateEndpoint,
};

function privateLinkService(instance: TerraformInstance, context: Context): Resource {
  const { links } = context;
  const attributes = attributesOf(instance);
  const { origin } = instance;
  const frontends = read(attributes, 'load_balancer_frontend_ip_configuration_ids');
  const subscriptions = (name: string): Value | undefined => {
    const list = read(attributes, name);
    return list.kind === 'absent' ? undefined : fieldsOf({ subscriptions: list }, list.origin);
  };
  const properties = {
    loadBalancerFrontendIpConfigurations: links.linkList(frontends, kinds.FRONTEND),
    destinationIPAddress: context.toArmReferences(read(attributes, 'destination_ip_address')),
    enableProxyProtocol: readOr(attributes, false, 'proxy_protocol_enabled', 'enable_proxy_protocol'),
    ipConfigurations: mapBlocks(instance.attribute('nat_ip_configuration'), (block, value) =>
      natConfiguration(block, value.origin, context),
    ),
    fqdns: read(attributes, 'fqdns'),
    visibility: subscriptions('visibility_subscription_ids'),
    autoApproval: subscriptions('auto_approval_subscription_ids'),
  };
  return topLevel(instance, 'microsoft.network/privatelinkservices', {
    properties: fieldsOf(properties, origin),
  });
}

/**
 * The provider asks for a static address exactly where one is written. Azure takes only a subnet whose network policies for
 * private link services are off, which settles which of several it is.
 */
function natConfiguration(block: Attributes, origin: Value['origin'], { links, index }: Context): Value {
  const mayBeNat = (id: string): boolean => {
    const subnet = index.byId(id);
    const policies = subnet?.attribute('private_link_service_network_policies_enabled');
    return policies?.kind !== 'known' || policies.value !== true;
  };
  const address = read(block, 'private_ip_address');
  const method = address.kind === 'absent' ? assumed('Dynamic', origin) : undefined;
  const properties = {
    subnet: subResource(links.link(read(block, 'subnet_id'), kinds.SUBNET, mayBeNat)),
    primary: read(block, 'primary'),
    privateIPAddress: address,
    privateIPAllocationMethod: address.kind === 'known' ? assumed('Static', origin) : method,
    privateIPAddressVersion: readOr(block, 'IPv4', 'private_ip_address_version'),
  };
  return fieldsOf({ name: read(block, 'name'), properties: fieldsOf(properties, origin) }, origin);
}

function privateEndpoint(instance: TerraformInstance, { links, folds }: Context): Resource {
  const attributes = attributesOf(instance);
  const { origin } = instance;
  const place: Place = { id: instance.id, kind: kinds.PRIVATE_ENDPOINT, exists: hasKnownId(instance) };
  const isManual = asBoolean(
    read(singleBlock(attributes, 'private_service_connection'), 'is_manual_connection'),
  );
  const connections = mapBlocks(instance.attribute('private_service_connection'), (block, value) =>
    serviceConnection(block, value.origin),
  );
  const name =
    isManual.kind === 'known' && isManual.value
      ? 'manualPrivateLinkServiceConnections'
      : 'privateLinkServiceConnections';
  const properties = {
    subnet: subResource(links.link(read(attributes, 'subnet_id'), kinds.SUBNET)),
    [name]: connections,
    applicationSecurityGroups: folds.linksAt(place, 'applicationSecurityGroups', absent(origin)),
    ipConfigurations: mapBlocks(instance.attribute('ip_configuration'), (block, value) => {
      const address = fieldsOf({ privateIPAddress: read(block, 'private_ip_address') }, value.origin);
      return fieldsOf({ name: read(block, 'name'), properties: address }, value.origin);
    }),
  };
  return topLevel(instance, 'microsoft.network/privateendpoints', {
    properties: fieldsOf(properties, origin),
  });
}

/** The service can be of any type, so its id is left as it is. */
function serviceConnection(block: Attributes, origin: Value['origin']): Value {
  const properties = {
    privateLinkServiceId: read(block, 'private_connection_resource_id', 'private_connection_resource_alias'),
    groupIds: read(block, 'subresource_names'),
  };
  return fieldsOf({ name: read(block, 'name'), properties: fieldsOf(properties, origin) }, origin);
}
