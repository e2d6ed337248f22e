import { object, type Reference, type Unknown, type Value } from '../value/value.ts';
import { canonicalText, readIdPattern } from './id-pattern.ts';

/**
 * What is known of a value that is `one` or `other` while a condition is open. Objects are taken apart, so that what both
 * agree on stays known; two resource ids become one choice between the two.
 */
export function valueIfEither(condition: Unknown, one: Value, other: Value): Value {
  if (one === other || isSameScalar(one, other)) return one;
  if (one.kind === 'object' && other.kind === 'object') {
    const names = new Set([...one.fields.keys(), ...other.fields.keys()]);
    const fields: Record<string, Value> = {};
    for (const name of names) {
      const left = one.fields.get(name) ?? one.more ?? { kind: 'absent', origin: one.origin };
      const right = other.fields.get(name) ?? other.more ?? { kind: 'absent', origin: other.origin };
      fields[name] = valueIfEither(condition, left, right);
    }
    const more = one.more ?? other.more;
    const merged = {
      ...object(fields, one.origin),
      names: new Map([...(other.names ?? []), ...(one.names ?? [])]),
    };
    return more === undefined ? merged : { ...merged, more };
  }
  if (one.kind === 'list' && other.kind === 'list' && one.items.length === other.items.length) {
    const items = one.items.map((item, index) => {
      const counterpart = other.items[index];
      return counterpart === undefined ? item : valueIfEither(condition, item, counterpart);
    });
    const more = one.more ?? other.more;
    return more === undefined ? { ...one, items } : { ...one, items, more };
  }
  if (one.kind === 'absent' && other.kind === 'absent') return one;
  const named = [one, other].map(referencesOf);
  const references = named.flat();
  const name = `if(${condition.expression ?? condition.reason.name},${describe(one)},${describe(other)})`;
  const base = { kind: 'unknown', reason: condition.reason, origin: one.origin, expression: name } as const;
  if (references.length === 0) return base;
  const isOpen = [one, other].some(
    (value, index) => named[index]?.length === 0 || (value.kind === 'unknown' && value.open === true),
  );
  return isOpen ? { ...base, references, open: true } : { ...base, references };
}

function referencesOf(value: Value): readonly Reference[] {
  if (value.kind === 'unknown' && value.references !== undefined) return value.references;
  const pattern = readIdPattern(value);
  return pattern === undefined ? [] : [{ id: pattern.text, property: 'id' }];
}

function isSameScalar(one: Value, other: Value): boolean {
  if (one.kind === 'known' && other.kind === 'known') return one.value === other.value;
  if (one.kind !== 'unknown' || other.kind !== 'unknown') return false;
  return one.expression !== undefined && one.expression === other.expression;
}

function describe(value: Value): string {
  if (value.kind === 'list' || value.kind === 'object') return value.kind;
  return value.kind === 'absent' ? 'null()' : canonicalText(value);
}
