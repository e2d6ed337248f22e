import { linkOf } from '../../model/model.ts';
import { asText, field, type Value } from '../../value/value.ts';
import type { TerraformInstance } from './instance.ts';
import type { Links } from './links.ts';
import { hasKnownId, type RootIndex } from './root-index.ts';

/** Children that can be written as blocks of the parent, or as resources that name it. */
const FORMS = {
  security_rule: {
    type: 'azurerm_network_security_rule',
    parent: 'azurerm_network_security_group',
    attribute: 'network_security_group_name',
  },
  subnet: { type: 'azurerm_subnet', parent: 'azurerm_virtual_network', attribute: 'virtual_network_name' },
  route: { type: 'azurerm_route', parent: 'azurerm_route_table', attribute: 'route_table_name' },
} as const;

/** The blocks of an instance that are not declared as resources of their own. */
export type OwnBlocks = (instance: TerraformInstance, block: keyof typeof FORMS) => Value;

/**
 * The state of a resource that exists lists all its children among its blocks, because the attribute is computed. Those
 * that are resources as well may be stale there, so they are left to the resources; those that the apply deletes as
 * resources are gone.
 */
export function createOwnBlocks(index: RootIndex, { linkByName }: Links): OwnBlocks {
  const names = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();

  return (instance, block) => {
    const blocks = instance.attribute(block);
    if (blocks.kind !== 'list' || !hasKnownId(instance)) return blocks;
    const separate = separateNames(block).get(instance.id);
    if (separate === undefined) return blocks;
    const items = blocks.items.filter((item) => {
      const name = asText(field(item, 'name'));
      return name.kind !== 'known' || !separate.has(name.value.toLowerCase());
    });
    return { ...blocks, items };
  };

  function separateNames(block: keyof typeof FORMS): ReadonlyMap<string, ReadonlySet<string>> {
    const cached = names.get(block);
    if (cached !== undefined) return cached;
    const { type, parent, attribute } = FORMS[block];
    const byParent = new Map<string, Set<string>>();
    const deleted = index.root.deleted.filter((instance) => instance.type === type);
    for (const child of [...index.ofType(type), ...deleted]) {
      const name = asText(child.attribute('name'));
      const link = linkOf(linkByName(child, attribute, parent));
      if (name.kind !== 'known' || link.kind !== 'to') continue;
      const siblings = byParent.get(link.id);
      if (siblings === undefined) byParent.set(link.id, new Set([name.value.toLowerCase()]));
      else siblings.add(name.value.toLowerCase());
    }
    names.set(block, byParent);
    return byParent;
  }
}
