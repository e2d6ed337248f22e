import { linkOf } from '../../model/model.ts';
import { asText, type Value } from '../../value/value.ts';
import type { IdPaths } from './id-paths.ts';
import type { TerraformInstance } from './instance.ts';
import { armTypeOfKind, kindOf, parentTypeOf } from './kinds.ts';
import type { Kind, RootIndex } from './root-index.ts';

interface Lookup {
  readonly idPaths: IdPaths;
  link(value: Value, kind: Kind): Value;
  linkByName(instance: TerraformInstance, attribute: string, kind: Kind): Value;
  parentOf(instance: TerraformInstance): Value;
}

/**
 * The id of what a data source reads, put together from its arguments: that of a resource of this root, or one without
 * its subscription, so that two data sources with equal arguments have one id. Undefined where an argument is not known.
 */
export function createDataIds(
  index: RootIndex,
  { idPaths, link, linkByName, parentOf }: Lookup,
): (instance: TerraformInstance) => string | undefined {
  const ids = new Map<string, string | undefined>();

  function compose(instance: TerraformInstance): string | undefined {
    const armType = armTypeOfKind(index.typeOf(instance));
    if (armType === undefined) return undefined;
    const given = instance.attribute('resource_id');
    if (given.kind !== 'absent') return idOf(link(given, kindOf(armType)));
    const scope = instance.attribute('parent_id');
    const name = asText(instance.attribute('name'));
    if (scope.kind === 'known' && name.kind === 'known' && parentTypeOf(armType) === undefined) {
      const id = `${String(scope.value)}/providers/${armType}/${name.value}`;
      return idOf(link({ ...scope, value: id }, kindOf(armType)));
    }
    if (parentTypeOf(armType) === undefined) return idOf(linkByName(instance, 'name', kindOf(armType)));
    const parent = idOf(parentOf(instance));
    if (parent === undefined || name.kind !== 'known') return undefined;
    return idPaths.below(
      parent,
      `/${armType.slice(armType.lastIndexOf('/') + 1)}/${name.value}`.toLowerCase(),
    );
  }

  return (instance) => {
    if (!ids.has(instance.id)) {
      ids.set(instance.id, undefined);
      ids.set(instance.id, compose(instance));
    }
    return ids.get(instance.id);
  };
}

function idOf(value: Value): string | undefined {
  const link = linkOf(value);
  return link.kind === 'to' ? link.id : undefined;
}
