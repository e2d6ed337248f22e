import { linkOf } from '../../model/model.ts';
import { asText, field, type Value } from '../../value/value.ts';
import { hasKnownId, type TerraformInstance } from './instance.ts';
import type { Links } from './links.ts';
import type { RootIndex } from './root-index.ts';

/** Children that can be written as blocks of the parent, or as resources that name it. */
const FORMS = {
  security_rule: ['azurerm_network_security_rule', 'microsoft.network/networksecuritygroups/securityrules'],
  subnet: ['azurerm_subnet', 'microsoft.network/virtualnetworks/subnets'],
  route: ['azurerm_route', 'microsoft.network/routetables/routes'],
} as const;

/** The blocks of an instance that are not declared as resources of their own. */
export type OwnBlocks = (instance: TerraformInstance, block: keyof typeof FORMS) => Value;

/**
 * The state of a resource that exists lists all its children among its blocks, because the attribute is computed. Those
 * that are resources as well may be stale there, so they are left to the resources; those that the apply deletes as
 * resources are gone.
 */
export function createOwnBlocks(index: RootIndex, { parentOf }: Links): OwnBlocks {
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
    const [type, armType] = FORMS[block];
    const byParent = new Map<string, Set<string>>();
    const deleted = index.root.deleted.filter((instance) => instance.type === type);
    for (const child of [...index.ofType(type), ...index.ofType(armType), ...deleted]) {
      const name = asText(child.attribute('name'));
      const link = linkOf(parentOf(child));
      if (name.kind !== 'known' || link.kind !== 'to') continue;
      const siblings = byParent.get(link.id);
      if (siblings === undefined) byParent.set(link.id, new Set([name.value.toLowerCase()]));
      else siblings.add(name.value.toLowerCase());
    }
    names.set(block, byParent);
    return byParent;
  }
}
