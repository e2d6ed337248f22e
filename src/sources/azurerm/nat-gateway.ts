import type { Resource } from '../../model/resource.ts';
import { absent } from '../../value/value.ts';
import type { Place } from './associations.ts';
import { attributesOf, fieldsOf, read, readOr } from './attributes.ts';
import { hasKnownId, type TerraformInstance } from './instance.ts';
import * as kinds from './kinds.ts';
import { type Context, type Translators, topLevel } from './translator.ts';

/** NAT gateways. Azurerm 2 names their addresses in the resource itself, later versions in associations. */
export const natGatewayTranslators: Translators = {
  azurerm_nat_gateway: natGateway,
};

function natGateway(instance: TerraformInstance, { links, folds }: Context): Resource {
  const attributes = attributesOf(instance);
  const place: Place = { id: instance.id, kind: kinds.NAT_GATEWAY, exists: hasKnownId(instance) };
  const addresses = links.linkList(read(attributes, 'public_ip_address_ids'), kinds.PUBLIC_IP);
  const prefixes = links.linkList(read(attributes, 'public_ip_prefix_ids'), kinds.PUBLIC_IP_PREFIX);
  return topLevel(instance, 'microsoft.network/natgateways', {
    sku: fieldsOf({ name: readOr(attributes, 'Standard', 'sku_name') }, instance.origin),
    zones: read(attributes, 'zones'),
    properties: fieldsOf(
      {
        idleTimeoutInMinutes: readOr(attributes, 4, 'idle_timeout_in_minutes'),
        publicIpAddresses: folds.linksAt(place, 'publicIpAddresses', addresses),
        publicIpAddressesV6: folds.linksAt(place, 'publicIpAddressesV6', absent(instance.origin)),
        publicIpPrefixes: folds.linksAt(place, 'publicIpPrefixes', prefixes),
      },
      instance.origin,
    ),
  });
}
