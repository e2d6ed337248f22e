import {
  absent,
  asText,
  type Evaluated,
  known,
  type Reference,
  unknown,
  type Value,
} from '../../value/value.ts';
import type { Follow } from './follow.ts';
import { hasKnownId, type TerraformInstance } from './instance.ts';
import { armTypeOfKind } from './kinds.ts';
import { groupOf } from './resource-group.ts';
import type { Kind, RootIndex } from './root-index.ts';

/**
 * Resolves links that the provider spells by name (`virtual_network_name` and `resource_group_name`). A name that
 * nothing in the root carries becomes an id without its subscription, `/resourcegroups/g/providers/type/name`, so that
 * two users of one outside resource still compare equal. One that only a resource carries which may not exist, or which
 * another provider configuration makes, is either.
 */
export function createNameLinks(
  index: RootIndex,
  follow: Follow,
): (instance: TerraformInstance, attribute: string, kind: Kind) => Value {
  const names = new Map<Kind, ReadonlyMap<string, readonly TerraformInstance[]>>();

  function named(kind: Kind, name: string): readonly TerraformInstance[] {
    let byName = names.get(kind);
    if (byName === undefined) {
      const read = kind.flatMap((type) => index.dataOfType(type).filter(hasKnownId));
      byName = indexNames([...index.ofKind(kind), ...read]);
      names.set(kind, byName);
    }
    return byName.get(name.toLowerCase()) ?? [];
  }

  /** Those in the resource group; else those whose group is not known, or all when the wanted group is not known. */
  function inGroup(
    candidates: readonly TerraformInstance[],
    group: Evaluated<string>,
  ): readonly TerraformInstance[] {
    if (group.kind !== 'known') return candidates;
    const wanted = group.value.toLowerCase();
    const groups = candidates.map((candidate) => groupOf(candidate, index));
    const equal = candidates.filter((_, position) => {
      const own = groups[position];
      return own?.kind === 'known' && own.value.toLowerCase() === wanted;
    });
    return equal.length > 0 ? equal : candidates.filter((_, position) => groups[position]?.kind !== 'known');
  }

  function linkUnknownName(name: Extract<Value, { kind: 'unknown' }>, kind: Kind): Value {
    const trail = follow(name.references ?? [], { kind, property: 'name' });
    const open = name.open === true || trail.open || trail.found.size === 0;
    const all = open ? index.ofKind(kind).filter((candidate) => nameOf(candidate).kind !== 'known') : [];
    const references = [...new Set([...trail.found, ...all.map(({ id }) => id)])].map(toReference);
    const { reason, origin } = name;
    if (references.length === 0) return { kind: 'unknown', reason, origin };
    return { kind: 'unknown', reason, origin, references, ...(open ? { open } : {}) };
  }

  return (instance, attribute, kind) => {
    const name = asText(instance.attribute(attribute));
    if (name.kind === 'absent') return name;
    if (name.kind === 'unknown') return linkUnknownName(name, kind);
    const group = groupOf(instance, index);
    const matches = inGroup(named(kind, name.value), group);
    const own = matches.filter(({ provider }) => provider === instance.provider);
    const near = own.length > 0 ? own : matches;
    const managed = near.filter(({ mode }) => mode === 'managed');
    const [first, ...others] = managed.length > 0 ? managed : near;
    const [type = ''] = kind;
    const beyond = (): Value => outside(armTypeOfKind(type) ?? type, name, group, instance.provider);
    if (first === undefined) return beyond();
    const isOwn = own.length > 0;
    if (isOwn && others.length === 0 && hasKnownId(first)) return known(first.id, name.origin);
    const reason = first.condition?.reason ?? { kind: 'known-after-apply', name: `${first.address}.id` };
    const mayBeElsewhere = !isOwn || (others.length === 0 && first.condition !== undefined);
    const elsewhere = mayBeElsewhere ? beyond() : undefined;
    const ids = [first.id, ...others.map(({ id }) => id)];
    if (elsewhere?.kind === 'known') ids.push(String(elsewhere.value));
    const open = elsewhere?.kind === 'unknown';
    const references = ids.map(toReference);
    return { kind: 'unknown', reason, origin: name.origin, references, ...(open ? { open } : {}) };
  };
}

function outside(
  armType: string,
  name: Evaluated<string>,
  group: Evaluated<string>,
  provider: string | undefined,
): Value {
  if (name.kind !== 'known') return absent(name.origin);
  if (group.kind === 'known') {
    const subscription = provider === undefined ? '' : `/subscriptions/{${provider}}`;
    const path = `/resourcegroups/${group.value}/providers/${armType}/${name.value}`;
    const id = `${subscription}${path}`.toLowerCase();
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

function toReference(id: string): Reference {
  return { id, property: 'id' };
}
