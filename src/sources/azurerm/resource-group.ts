import { asText, type Evaluated } from '../../value/value.ts';
import { AZAPI_RESOURCE, AZAPI_UPDATE } from './azapi-instance.ts';
import type { TerraformInstance } from './instance.ts';
import type { RootIndex } from './root-index.ts';

const IN_ID = /\/resourcegroups\/([^/]+)\/?$/i;

/** The name of the resource group an instance lies in: an attribute of azurerm, the parent of azapi. */
export function groupOf(instance: TerraformInstance, index: RootIndex): Evaluated<string> {
  if (instance.type !== AZAPI_RESOURCE && instance.type !== AZAPI_UPDATE) {
    return asText(instance.attribute('resource_group_name'));
  }
  const parent = asText(instance.attribute('parent_id'));
  if (parent.kind === 'known') {
    const name = IN_ID.exec(parent.value)?.[1];
    return name === undefined
      ? {
          kind: 'unknown',
          reason: { kind: 'unsupported', name: 'a scope that is no resource group' },
          origin: parent.origin,
        }
      : { ...parent, value: name };
  }
  if (parent.kind === 'absent') return parent;
  const [reference, ...others] = parent.references ?? [];
  const group = reference === undefined ? undefined : index.byId(reference.id);
  const isSettled = others.length === 0 && parent.open !== true && reference?.property === 'id';
  return isSettled && group !== undefined && isGroup(group, index) ? asText(group.attribute('name')) : parent;
}

/** Whether an instance, managed or data, is a resource group. */
export function isGroup(instance: TerraformInstance, index: RootIndex): boolean {
  return ['azurerm_resource_group', 'microsoft.resources/resourcegroups'].includes(index.typeOf(instance));
}
