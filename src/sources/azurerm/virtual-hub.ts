import type { Resource } from '../../model/resource.ts';
import { list, type Value } from '../../value/value.ts';
import { attributesOf, fieldsOf, mapBlocks, read, readOr, subResource } from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import { placement } from './ip-configurations.ts';
import * as kinds from './kinds.ts';
import { type Context, child, type Translators, topLevel } from './translator.ts';

const HUB = 'microsoft.network/virtualhubs';

/** Virtual WANs, hubs and what is attached to hubs. In Azure a route server is a hub with an IP configuration. */
export const virtualHubTranslators: Translators = {
  azurerm_virtual_wan: (instance) => topLevel(instance, 'microsoft.network/virtualwans', {}),
  azurerm_virtual_hub: (instance, context) => {
    const attributes = attributesOf(instance);
    const wan = context.links.optionalLink(read(attributes, 'virtual_wan_id'), kinds.VIRTUAL_WAN);
    return topLevel(instance, HUB, {
      properties: fieldsOf(
        {
          addressPrefix: read(attributes, 'address_prefix'),
          sku: read(attributes, 'sku'),
          virtualWan: subResource(wan),
        },
        instance.origin,
      ),
    });
  },
  azurerm_virtual_hub_connection: (instance, context) => {
    const attributes = attributesOf(instance);
    const { links } = context;
    const remote = links.link(read(attributes, 'remote_virtual_network_id'), kinds.VIRTUAL_NETWORK);
    return child(instance, `${HUB}/hubvirtualnetworkconnections`, links.parentOf(instance), {
      remoteVirtualNetwork: subResource(remote),
      enableInternetSecurity: readOr(attributes, false, 'internet_security_enabled'),
    });
  },
  azurerm_virtual_hub_ip: (instance, context) =>
    child(
      instance,
      `${HUB}/ipconfigurations`,
      context.links.parentOf(instance),
      placement(attributesOf(instance), context, { privateIPAllocationMethod: 'Dynamic' }),
    ),
  azurerm_virtual_hub_routing_intent: (instance, context) =>
    child(instance, `${HUB}/routingintent`, context.links.parentOf(instance), {
      routingPolicies: mapBlocks(instance.attribute('routing_policy'), (block, { origin }) =>
        fieldsOf(
          {
            name: read(block, 'name'),
            destinations: read(block, 'destinations'),
            nextHop: read(block, 'next_hop'),
          },
          origin,
        ),
      ),
    }),
  azurerm_route_server: routeServer,
  azurerm_vpn_gateway: (instance, context) => hubGateway(instance, 'vpngateways', context),
  azurerm_express_route_gateway: (instance, context) => hubGateway(instance, 'expressroutegateways', context),
  azurerm_point_to_site_vpn_gateway: (instance, context) => hubGateway(instance, 'p2svpngateways', context),
};

function routeServer(instance: TerraformInstance, context: Context): Resource {
  const attributes = attributesOf(instance);
  const { origin } = instance;
  const configuration = fieldsOf({ properties: fieldsOf(placement(attributes, context), origin) }, origin);
  return topLevel(instance, HUB, {
    properties: fieldsOf(
      {
        sku: read(attributes, 'sku'),
        allowBranchToBranchTraffic: readOr(attributes, false, 'branch_to_branch_traffic_enabled'),
        ipConfigurations: list([configuration], origin),
      },
      origin,
    ),
  });
}

function hubGateway(instance: TerraformInstance, type: string, { links }: Context): Resource {
  const id: Value = read(attributesOf(instance), 'virtual_hub_id');
  return topLevel(instance, `microsoft.network/${type}`, {
    properties: fieldsOf({ virtualHub: subResource(links.link(id, kinds.VIRTUAL_HUB)) }, instance.origin),
  });
}
