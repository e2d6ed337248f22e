import type { Resource } from '../../model/resource.ts';
import { asItems } from '../../value/value.ts';
import { attributesOf, fieldsOf, read, readOr, singleBlock, subResource } from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import { ipConfigurations } from './ip-configurations.ts';
import * as kinds from './kinds.ts';
import { type Context, type Translators, topLevel } from './translator.ts';

/** Appliances that Azure runs inside a virtual network, as far as they matter to routes and subnets. */
export const gatewayTranslators: Translators = {
  azurerm_virtual_network_gateway: virtualNetworkGateway,
  azurerm_local_network_gateway: (instance) => {
    const attributes = attributesOf(instance);
    const { origin } = instance;
    const space = fieldsOf({ addressPrefixes: read(attributes, 'address_space') }, origin);
    return topLevel(instance, 'microsoft.network/localnetworkgateways', {
      properties: fieldsOf(
        {
          localNetworkAddressSpace: space,
          gatewayIpAddress: read(attributes, 'gateway_address'),
          fqdn: read(attributes, 'gateway_fqdn'),
        },
        origin,
      ),
    });
  },
  azurerm_virtual_network_gateway_connection: connection,
  azurerm_firewall: firewall,
  azurerm_bastion_host: (instance, context) => {
    const attributes = attributesOf(instance);
    const network = context.links.optionalLink(read(attributes, 'virtual_network_id'), kinds.VIRTUAL_NETWORK);
    return topLevel(instance, 'microsoft.network/bastionhosts', {
      sku: fieldsOf({ name: readOr(attributes, 'Basic', 'sku') }, instance.origin),
      zones: read(attributes, 'zones'),
      properties: fieldsOf(
        {
          ipConfigurations: ipConfigurations(instance.attribute('ip_configuration'), context),
          virtualNetwork: subResource(network),
        },
        instance.origin,
      ),
    });
  },
  azurerm_application_gateway: (instance, context) => {
    const attributes = attributesOf(instance);
    const sku = singleBlock(attributes, 'sku');
    const frontends = ipConfigurations(instance.attribute('frontend_ip_configuration'), context, {
      privateIPAllocationMethod: 'Dynamic',
    });
    return topLevel(instance, 'microsoft.network/applicationgateways', {
      zones: read(attributes, 'zones'),
      properties: fieldsOf(
        {
          sku: fieldsOf({ name: read(sku, 'name'), tier: read(sku, 'tier') }, instance.origin),
          gatewayIPConfigurations: ipConfigurations(instance.attribute('gateway_ip_configuration'), context),
          frontendIPConfigurations: frontends,
        },
        instance.origin,
      ),
    });
  },
};

function virtualNetworkGateway(instance: TerraformInstance, context: Context): Resource {
  const attributes = attributesOf(instance);
  const { origin } = instance;
  const sku = read(attributes, 'sku');
  const site = context.links.optionalLink(
    read(attributes, 'default_local_network_gateway_id'),
    kinds.LOCAL_NETWORK_GATEWAY,
  );
  const customRoutes = read(singleBlock(attributes, 'custom_route'), 'address_prefixes');
  const clients = read(singleBlock(attributes, 'vpn_client_configuration'), 'address_space');
  const properties = {
    gatewayType: read(attributes, 'type'),
    vpnType: readOr(attributes, 'RouteBased', 'vpn_type'),
    enableBgp: readOr(attributes, false, 'bgp_enabled', 'enable_bgp'),
    activeActive: readOr(attributes, false, 'active_active'),
    allowRemoteVnetTraffic: readOr(attributes, false, 'remote_vnet_traffic_enabled'),
    allowVirtualWanTraffic: readOr(attributes, false, 'virtual_wan_traffic_enabled'),
    sku: fieldsOf({ name: sku, tier: sku }, origin),
    ipConfigurations: ipConfigurations(instance.attribute('ip_configuration'), context, {
      name: 'vnetGatewayConfig',
      privateIPAllocationMethod: 'Dynamic',
    }),
    gatewayDefaultSite: subResource(site),
    customRoutes:
      customRoutes.kind === 'absent' ? undefined : fieldsOf({ addressPrefixes: customRoutes }, origin),
    vpnClientConfiguration:
      clients.kind === 'absent'
        ? undefined
        : fieldsOf({ vpnClientAddressPool: fieldsOf({ addressPrefixes: clients }, origin) }, origin),
  };
  return topLevel(instance, 'microsoft.network/virtualnetworkgateways', {
    properties: fieldsOf(properties, origin),
  });
}

function connection(instance: TerraformInstance, { links }: Context): Resource {
  const attributes = attributesOf(instance);
  const gateway = (name: string): ReturnType<typeof subResource> =>
    subResource(links.optionalLink(read(attributes, name), kinds.VIRTUAL_NETWORK_GATEWAY));
  const site = links.optionalLink(read(attributes, 'local_network_gateway_id'), kinds.LOCAL_NETWORK_GATEWAY);
  return topLevel(instance, 'microsoft.network/connections', {
    properties: fieldsOf(
      {
        connectionType: read(attributes, 'type'),
        virtualNetworkGateway1: gateway('virtual_network_gateway_id'),
        virtualNetworkGateway2: gateway('peer_virtual_network_gateway_id'),
        localNetworkGateway2: subResource(site),
        peer: subResource(read(attributes, 'express_route_circuit_id')),
        enableBgp: readOr(attributes, false, 'bgp_enabled', 'enable_bgp'),
      },
      instance.origin,
    ),
  });
}

/** A firewall stands in a virtual network, or in a virtual hub. */
function firewall(instance: TerraformInstance, context: Context): Resource {
  const attributes = attributesOf(instance);
  const { origin } = instance;
  const [management] = asItems(
    ipConfigurations(instance.attribute('management_ip_configuration'), context),
  ).items;
  const hub = context.links.optionalLink(
    read(singleBlock(attributes, 'virtual_hub'), 'virtual_hub_id'),
    kinds.VIRTUAL_HUB,
  );
  const properties = {
    sku: fieldsOf({ name: read(attributes, 'sku_name'), tier: read(attributes, 'sku_tier') }, origin),
    ipConfigurations: ipConfigurations(instance.attribute('ip_configuration'), context),
    managementIpConfiguration: management,
    virtualHub: subResource(hub),
    firewallPolicy: subResource(read(attributes, 'firewall_policy_id')),
  };
  return topLevel(instance, 'microsoft.network/azurefirewalls', {
    zones: read(attributes, 'zones'),
    properties: fieldsOf(properties, origin),
  });
}
