import type { ObjectValue } from '../../value/value.ts';
import { attributesOf, fieldsOf, read, readOr } from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import type { Context } from './translator.ts';

const SKU = { major: 4, before: 'Basic', since: 'Standard' };

/**
 * `sku` and `sku_tier` of a load balancer or a public IP. A plan always shows the default; without a plan an omitted
 * `sku` means Basic before azurerm 4 and Standard since.
 */
export function skuOf(instance: TerraformInstance, { versionedDefault }: Context): ObjectValue {
  const attributes = attributesOf(instance);
  const name = read(attributes, 'sku');
  return fieldsOf(
    {
      name: name.kind === 'absent' ? versionedDefault(SKU, name.origin) : name,
      tier: readOr(attributes, 'Regional', 'sku_tier'),
    },
    instance.origin,
  );
}
