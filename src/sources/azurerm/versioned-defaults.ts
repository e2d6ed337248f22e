import type { Origin } from '../../text/origin.ts';
import { assumed, type Scalar, unknown, type Value } from '../../value/value.ts';
import type { TerraformRoot } from './instance.ts';
import { isAtLeast } from './provider-version.ts';

/** A default that azurerm changed with a major version: an assumed value, or unknown while the version is open. */
export type VersionedDefault = (
  change: { readonly major: number; readonly before: Scalar; readonly since: Scalar },
  origin: Origin,
) => Value;

/** The defaults of the azurerm releases a root admits (azurerm-mapping, version switch). */
export function createVersionedDefaults({ providers }: TerraformRoot): VersionedDefault {
  return ({ major, before, since }, origin) => {
    const isNew = isAtLeast(providers?.azurerm, [major, 0, 0]);
    if (isNew === undefined) {
      return unknown({ kind: 'outside', name: 'the version of the azurerm provider' }, origin);
    }
    return assumed(isNew ? since : before, origin);
  };
}
