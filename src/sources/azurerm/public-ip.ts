import type { Resource } from '../../model/resource.ts';
import { type Attributes, attributesOf, fieldsOf, read, readOr, subResource } from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import * as kinds from './kinds.ts';
import { skuOf } from './sku.ts';
import { type Context, type Translators, topLevel } from './translator.ts';
import { zonesOf } from './zones.ts';

/** Public IP addresses and prefixes. */
export const publicIpTranslators: Translators = {
  azurerm_public_ip: publicIp,
  azurerm_public_ip_prefix: (instance) => {
    const attributes = attributesOf(instance);
    return topLevel(instance, 'microsoft.network/publicipprefixes', {
      sku: fieldsOf(
        {
          name: readOr(attributes, 'Standard', 'sku'),
          tier: readOr(attributes, 'Regional', 'sku_tier'),
        },
        instance.origin,
      ),
      zones: zonesOf(attributes),
      properties: fieldsOf(
        {
          prefixLength: readOr(attributes, 28, 'prefix_length'),
          publicIPAddressVersion: readOr(attributes, 'IPv4', 'ip_version'),
          ipPrefix: read(attributes, 'ip_prefix'),
        },
        instance.origin,
      ),
    });
  },
};

function publicIp(instance: TerraformInstance, context: Context): Resource {
  const attributes = attributesOf(instance);
  const prefix = context.links.optionalLink(read(attributes, 'public_ip_prefix_id'), kinds.PUBLIC_IP_PREFIX);
  return topLevel(instance, 'microsoft.network/publicipaddresses', {
    sku: skuOf(instance, context),
    zones: zonesOf(attributes),
    properties: fieldsOf(
      {
        publicIPAllocationMethod: read(attributes, 'allocation_method'),
        publicIPAddressVersion: readOr(attributes, 'IPv4', 'ip_version'),
        idleTimeoutInMinutes: readOr(attributes, 4, 'idle_timeout_in_minutes'),
        ipAddress: read(attributes, 'ip_address'),
        publicIPPrefix: subResource(prefix),
        dnsSettings: dnsSettings(instance, attributes),
      },
      instance.origin,
    ),
  });
}

function dnsSettings(instance: TerraformInstance, attributes: Attributes): Resource['body'] | undefined {
  const settings = fieldsOf(
    {
      domainNameLabel: read(attributes, 'domain_name_label'),
      domainNameLabelScope: read(attributes, 'domain_name_label_scope'),
      fqdn: read(attributes, 'fqdn'),
      reverseFqdn: read(attributes, 'reverse_fqdn'),
    },
    instance.origin,
  );
  return settings.fields.size === 0 ? undefined : settings;
}
