import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../value/value.ts';
import { attributesOf, fieldsOf, read, readOr, subResource } from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import * as kinds from './kinds.ts';
import { type Context, child, type Translators, topLevel } from './translator.ts';

const PRIVATE = 'microsoft.network/privatednszones';
const PUBLIC = 'microsoft.network/dnszones';

/** DNS zones, private and public, with the records that lead to addresses. */
export const dnsTranslators: Translators = {
  azurerm_private_dns_zone: (instance) => topLevel(instance, PRIVATE, {}),
  azurerm_private_dns_zone_virtual_network_link: (instance, { links }) => {
    const attributes = attributesOf(instance);
    const network = links.link(read(attributes, 'virtual_network_id'), kinds.VIRTUAL_NETWORK);
    return child(instance, `${PRIVATE}/virtualnetworklinks`, links.parentOf(instance), {
      virtualNetwork: subResource(network),
      registrationEnabled: readOr(attributes, false, 'registration_enabled'),
    });
  },
  azurerm_private_dns_a_record: (instance, context) => addressRecord(instance, PRIVATE, 'a', context),
  azurerm_private_dns_aaaa_record: (instance, context) => addressRecord(instance, PRIVATE, 'aaaa', context),
  azurerm_private_dns_cname_record: (instance, context) => nameRecord(instance, PRIVATE, context),
  azurerm_dns_zone: (instance) => topLevel(instance, PUBLIC, {}),
  azurerm_dns_a_record: (instance, context) => addressRecord(instance, PUBLIC, 'a', context),
  azurerm_dns_aaaa_record: (instance, context) => addressRecord(instance, PUBLIC, 'aaaa', context),
  azurerm_dns_cname_record: (instance, context) => nameRecord(instance, PUBLIC, context),
};

/** A public record can follow an Azure resource of several types, so that id is left as it is. */
function addressRecord(
  instance: TerraformInstance,
  zone: string,
  type: 'a' | 'aaaa',
  { links, toArmReferences }: Context,
): Resource {
  const attributes = attributesOf(instance);
  const addresses = toArmReferences(read(attributes, 'records'));
  const field = type === 'a' ? 'ipv4Address' : 'ipv6Address';
  const records: Value =
    addresses.kind === 'list'
      ? { ...addresses, items: addresses.items.map((item) => fieldsOf({ [field]: item }, item.origin)) }
      : addresses;
  return child(instance, `${zone}/${type}`, links.parentOf(instance), {
    ttl: read(attributes, 'ttl'),
    [`${type}Records`]: records,
    targetResource: subResource(read(attributes, 'target_resource_id')),
  });
}

function nameRecord(
  instance: TerraformInstance,
  zone: string,
  { links, toArmReferences }: Context,
): Resource {
  const attributes = attributesOf(instance);
  const cname = toArmReferences(read(attributes, 'record'));
  return child(instance, `${zone}/cname`, links.parentOf(instance), {
    ttl: read(attributes, 'ttl'),
    cnameRecord: cname.kind === 'absent' ? undefined : fieldsOf({ cname }, cname.origin),
    targetResource: subResource(read(attributes, 'target_resource_id')),
  });
}
