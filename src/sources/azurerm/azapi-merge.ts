import { absent, asText, type Evaluated, field, unknown, type Value } from '../../value/value.ts';

/**
 * What azapi sends when it merges a body into what Azure has: objects field by field, lists by the `name` of their items
 * where they have names, else by position where they are equally long. Everything else is what the body says. Before azapi
 * 2.5 (`byName` false) a list of other names took the place of the old one; undefined is a version that is not known.
 */
export function mergeBodies(before: Value, after: Value, byName: boolean | undefined): Value {
  if (after.kind === 'absent') return before;
  if (after.kind === 'object') {
    if (before.kind === 'unknown') return { ...after, more: before };
    if (before.kind !== 'object') return after;
    const fields = new Map(before.fields);
    for (const [name, value] of after.fields) {
      const under = fields.get(name);
      fields.set(name, under === undefined ? value : mergeBodies(under, value, byName));
    }
    const more = after.more ?? before.more;
    return { ...before, fields, ...(more === undefined ? {} : { more }) };
  }
  return after.kind === 'list' && before.kind !== 'absent' ? mergeLists(before, after, byName) : after;
}

function mergeLists(
  before: Value,
  after: Extract<Value, { kind: 'list' }>,
  byName: boolean | undefined,
): Value {
  if (before.kind !== 'list') return before.kind === 'unknown' ? { ...after, more: before } : after;
  const more = before.more ?? after.more;
  if (more !== undefined) return { ...more, origin: after.origin };
  if (before.items.length === 0 || after.items.length === 0) return after;
  const names = [before, after].map(({ items }) => items.map(nameOf));
  const [old = [], young = []] = names;
  const isAligned = (same: (position: number) => boolean): boolean =>
    old.length === young.length && old.every((_, position) => same(position));
  const isNamed = [...old, ...young].every((name) => name.kind === 'known');
  const isUnnamed = [...old, ...young].every((name) => name.kind !== 'known' && name.kind !== 'unknown');
  const nameAt = (list: typeof old, position: number): string => {
    const name = list[position];
    return name?.kind === 'known' ? name.value : '';
  };
  const inPlace = (): Value => ({
    ...after,
    items: after.items.map((item, position) => mergeBodies(before.items[position] ?? item, item, byName)),
  });
  if (isUnnamed) return isAligned(() => true) ? inPlace() : after;
  if (!isNamed)
    return unknown({ kind: 'unsupported', name: 'a list whose items have unknown names' }, after.origin);
  if (isAligned((position) => nameAt(old, position) === nameAt(young, position))) return inPlace();
  if (byName === undefined) {
    return unknown({ kind: 'outside', name: 'the version of the azapi provider' }, after.origin);
  }
  if (!byName) return old.length === young.length ? inPlace() : after;
  const found = new Map(after.items.map((item, position) => [nameAt(young, position), item]));
  const kept = before.items.map((item, position) => {
    const changed = found.get(nameAt(old, position));
    return changed === undefined ? item : mergeBodies(item, changed, byName);
  });
  const known = new Set(before.items.map((_, position) => nameAt(old, position)));
  const added = after.items.filter((_, position) => !known.has(nameAt(young, position)));
  return { ...after, items: [...kept, ...added] };
}

/** Only objects have names. */
function nameOf(item: Value): Evaluated<string> {
  if (item.kind === 'object') return asText(field(item, 'name'));
  return item.kind === 'unknown' ? item : absent(item.origin);
}
