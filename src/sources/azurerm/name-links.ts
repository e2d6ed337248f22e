import {
  absent,
  asText,
  type Evaluated,
  known,
  type Reference,
  unknown,
  type Value,
} from '../../value/value.ts';
import { followReferences } from './follow.ts';
import type { TerraformInstance } from './instance.ts';
import { TOP_LEVEL_TYPES } from './kinds.ts';
import { hasKnownId, type RootIndex } from './root-index.ts';

/**
 * Resolves links that the provider spells by name (`virtual_network_name` and `resource_group_name`). A name that
 * nothing in the root carries becomes an id without its subscription, `/resourcegroups/g/providers/type/name`, so that
 * two users of one outside resource still compare equal.
 */
export function createNameLinks(
  index: RootIndex,
): (instance: TerraformInstance, attribute: string, type: string) => Value {
  const names = new Map<string, ReadonlyMap<string, readonly TerraformInstance[]>>();

  function named(type: string, name: string): readonly TerraformInstance[] {
    let byName = names.get(type);
    if (byName === undefined) {
      byName = indexNames([...index.ofType(type), ...index.dataOfType(type).filter(hasKnownId)]);
      names.set(type, byName);
    }
    return byName.get(name.toLowerCase()) ?? [];
  }

  return (instance, attribute, type) => {
    const name = asText(instance.attribute(attribute));
    if (name.kind === 'absent') return name;
    if (name.kind === 'unknown') {
      const trail = followReferences(index, name.references ?? [], { kind: [type], property: 'name' });
      const open = name.open === true || trail.open || trail.found.size === 0;
      const all = open ? index.ofType(type).filter((candidate) => nameOf(candidate).kind !== 'known') : [];
      const references = [...new Set([...trail.found, ...all.map(({ id }) => id)])].map(toReference);
      const { reason, origin } = name;
      if (references.length === 0) return { kind: 'unknown', reason, origin };
      return { kind: 'unknown', reason, origin, references, ...(open ? { open } : {}) };
    }
    const group = groupOf(instance);
    const matches = inGroup(named(type, name.value), group);
    const managed = matches.filter(({ mode }) => mode === 'managed');
    const [first, ...others] = managed.length > 0 ? managed : matches;
    if (first === undefined) return outside(TOP_LEVEL_TYPES[type] ?? type, name, group);
    if (others.length === 0 && hasKnownId(first)) return known(first.id, name.origin);
    const reason = { kind: 'known-after-apply', name: `${first.address}.id` } as const;
    const references = [first, ...others].map(({ id }) => toReference(id));
    return { kind: 'unknown', reason, origin: name.origin, references };
  };
}

/** Those in the resource group; else those whose group is not known, or all when the wanted group is not known. */
function inGroup(
  candidates: readonly TerraformInstance[],
  group: Evaluated<string>,
): readonly TerraformInstance[] {
  if (group.kind !== 'known') return candidates;
  const wanted = group.value.toLowerCase();
  const groups = candidates.map(groupOf);
  const equal = candidates.filter((_, position) => {
    const own = groups[position];
    return own?.kind === 'known' && own.value.toLowerCase() === wanted;
  });
  return equal.length > 0 ? equal : candidates.filter((_, position) => groups[position]?.kind !== 'known');
}

function outside(armType: string, name: Evaluated<string>, group: Evaluated<string>): Value {
  if (name.kind !== 'known') return absent(name.origin);
  if (group.kind === 'known') {
    const id = `/resourcegroups/${group.value}/providers/${armType}/${name.value}`.toLowerCase();
    return known(id, name.origin);
  }
  return unknown({ kind: 'outside', name: `${armType}/${name.value}` }, name.origin);
}

function indexNames(
  instances: readonly TerraformInstance[],
): ReadonlyMap<string, readonly TerraformInstance[]> {
  const byName = new Map<string, TerraformInstance[]>();
  for (const instance of instances) {
    const name = nameOf(instance);
    if (name.kind !== 'known') continue;
    const key = name.value.toLowerCase();
    const same = byName.get(key);
    if (same === undefined) byName.set(key, [instance]);
    else same.push(instance);
  }
  return byName;
}

function nameOf(instance: TerraformInstance): Evaluated<string> {
  return asText(instance.attribute('name'));
}

function groupOf(instance: TerraformInstance): Evaluated<string> {
  return asText(instance.attribute('resource_group_name'));
}

function toReference(id: string): Reference {
  return { id, property: 'id' };
}
