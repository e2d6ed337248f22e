import type { Resource } from '../../model/resource.ts';
import { known } from '../../value/value.ts';
import { prefixesOf } from './address-pools.ts';
import type { Place } from './associations.ts';
import { attributesOf, fieldsOf, mapBlocks, read, readOr, subResource } from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import * as kinds from './kinds.ts';
import { attachments, subnetProperties } from './subnet.ts';
import { type Context, child, type Translators, topLevel } from './translator.ts';

const TYPE = 'microsoft.network/virtualnetworks';

/** Virtual networks with the subnets that are written inside them, and peerings. */
export const virtualNetworkTranslators: Translators = {
  azurerm_virtual_network: virtualNetwork,
  azurerm_virtual_network_peering: (instance, context) => {
    const attributes = attributesOf(instance);
    const { links } = context;
    const parent = links.parentOf(instance);
    const remote = links.link(read(attributes, 'remote_virtual_network_id'), kinds.VIRTUAL_NETWORK);
    return child(instance, `${TYPE}/virtualnetworkpeerings`, parent, {
      remoteVirtualNetwork: subResource(remote),
      allowVirtualNetworkAccess: readOr(attributes, true, 'allow_virtual_network_access'),
      allowForwardedTraffic: readOr(attributes, false, 'allow_forwarded_traffic'),
      allowGatewayTransit: readOr(attributes, false, 'allow_gateway_transit'),
      useRemoteGateways: readOr(attributes, false, 'use_remote_gateways'),
      peerCompleteVnets: readOr(attributes, true, 'peer_complete_virtual_networks_enabled'),
      enableOnlyIPv6Peering: read(attributes, 'only_ipv6_peering_enabled'),
      localSubnetNames: read(attributes, 'local_subnet_names'),
      remoteSubnetNames: read(attributes, 'remote_subnet_names'),
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
  const addressSpace = fieldsOf(
    { addressPrefixes: prefixesOf(attributes, 'address_space') },
    instance.origin,
  );
  return topLevel(instance, TYPE, {
    properties: fieldsOf({ addressSpace, subnets }, instance.origin),
  });
}
