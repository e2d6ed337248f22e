import type { Resource } from '../../model/resource.ts';
import type { Unknown, Value } from '../../value/value.ts';
import type { ToArmReferences } from './arm-references.ts';
import type { Folds } from './associations.ts';
import { attributesOf, fieldsOf, read } from './attributes.ts';
import type { AutoscaledBy } from './autoscale.ts';
import type { BodyLinks } from './azapi-links.ts';
import type { TerraformInstance } from './instance.ts';
import type { Links } from './links.ts';
import type { OwnBlocks } from './own-blocks.ts';
import type { RootIndex } from './root-index.ts';
import type { VersionedDefault } from './versioned-defaults.ts';

/** What a translator may ask about the rest of the root. */
export interface Context {
  readonly index: RootIndex;
  readonly links: Links;
  readonly folds: Folds;
  readonly ownBlocks: OwnBlocks;
  readonly toArmReferences: ToArmReferences;
  readonly versionedDefault: VersionedDefault;
  readonly autoscaledBy: AutoscaledBy;
  readonly bodyLinks: BodyLinks;
}

/** Turns one instance into a resource in the shape of ARM (azure-semantics, section 9.3). */
export type Translator = (instance: TerraformInstance, context: Context) => Resource;

/** Translators by Terraform type. */
export type Translators = Readonly<Record<string, Translator>>;

/** A resource of its own. `fields` are those of the body; `location` is added. */
export function topLevel(
  instance: TerraformInstance,
  type: string,
  fields: Readonly<Record<string, Value | undefined>>,
): Resource {
  const { id, address, origin, condition } = instance;
  const location = read(attributesOf(instance), 'location');
  const body = fieldsOf({ location, ...fields }, origin);
  return { type, id, address, name: instance.attribute('name'), body, origin, ...conditional(condition) };
}

/** A child resource with these properties. */
export function child(
  instance: TerraformInstance,
  type: string,
  parent: Value,
  properties: Readonly<Record<string, Value | undefined>>,
): Resource {
  const { id, address, origin, condition } = instance;
  const body = fieldsOf({ properties: fieldsOf(properties, origin) }, origin);
  const name = instance.attribute('name');
  return { type, id, address, name, parent, body, origin, ...conditional(condition) };
}

function conditional(condition: Unknown | undefined): Pick<Resource, 'condition'> {
  return condition === undefined ? {} : { condition };
}
