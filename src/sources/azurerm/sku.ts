import { unknown, type Value } from '../../value/value.ts';
import { attributesOf, fieldsOf, read, readOr } from './attributes.ts';
import type { TerraformInstance } from './instance.ts';

/**
 * `sku` and `sku_tier` of a load balancer or a public IP. A plan always shows the default; without a plan an omitted
 * `sku` means Basic before azurerm 4 and Standard since (azurerm-mapping, version switch).
 */
export function skuOf(instance: TerraformInstance): Value {
  const attributes = attributesOf(instance);
  const name = read(attributes, 'sku');
  const byVersion = unknown({ kind: 'outside', name: 'the version of the azurerm provider' }, name.origin);
  return fieldsOf(
    {
      name: name.kind === 'absent' ? byVersion : name,
      tier: readOr(attributes, 'Regional', 'sku_tier'),
    },
    instance.origin,
  );
}
