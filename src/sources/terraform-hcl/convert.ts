import {
  compareText,
  conceal,
  type Data,
  failure,
  isFailure,
  isLater,
  isMapping,
  isPrimitive,
  isSecret,
  isSequence,
  isThing,
  type Mapping,
  type More,
  mapping,
  nameKind,
  type Sequence,
  type Thing,
} from './data.ts';
import { primitiveText } from './text.ts';
import { asObject, isKnown, overChoices } from './unknown.ts';

/** A type constraint of a variable. */
export type Type =
  | { readonly kind: 'any' | 'string' | 'number' | 'bool' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly element: Type }
  | { readonly kind: 'tuple'; readonly items: readonly Type[] }
  | { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, AttributeType> };

export interface AttributeType {
  readonly type: Type;
  readonly optional: boolean;
  /** What stands for an optional attribute that is not given. */
  readonly fallback: Data;
}

export const ANY: Type = { kind: 'any' };

/**
 * Converts a value to a type as Terraform does when it is assigned. What is unknown stays as it is, null stays null, and a
 * value that cannot be converted is a failure.
 */
export function convert(data: Data, type: Type): Data {
  if (isSecret(data)) return conceal(convert(data.value, type), true);
  if (data === null || isFailure(data)) return data;
  if (isLater(data)) return overChoices([data], ([known]) => convert(known ?? null, type)) ?? data;
  switch (type.kind) {
    case 'any':
      return data;
    case 'string':
      return isPrimitive(data) ? primitiveText(data) : mismatch(data, 'text');
    case 'number':
      return toNumber(data);
    case 'bool':
      return toBoolean(data);
    case 'list':
    case 'set':
      return convertItems(data, type.kind, type.element);
    case 'tuple':
      return convertTuple(data, type.items);
    case 'map':
      return convertEntries(data, type.element);
    default:
      return convertObject(data, type.attributes);
  }
}

/** A number, also from text that spells one. Unknown values pass. */
export function toNumber(data: Data): Data {
  if (typeof data === 'number') return data;
  if (typeof data === 'string' && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(data))
    return Number(data);
  return isOpen(data) ? data : mismatch(data, 'a number');
}

/** A truth value, also from text that spells one. Unknown values pass. */
export function toBoolean(data: Data): Data {
  if (typeof data === 'boolean') return data;
  if (data === 'true' || data === '1') return true;
  if (data === 'false' || data === '0') return false;
  return isOpen(data) ? data : mismatch(data, 'a truth value');
}

function isOpen(data: Data): boolean {
  return isLater(data) || isFailure(data) || isSecret(data);
}

function mismatch(data: Data, expected: string): Data {
  return failure(`${nameKind(data)} where ${expected} is needed`);
}

function firstFailure(items: Iterable<Data>): Data | undefined {
  for (const item of items) if (isFailure(item)) return item;
  return undefined;
}

function convertMore(more: More | undefined, element: Type): More | undefined {
  if (more === undefined) return undefined;
  const sample = convert(more.sample, element);
  return { sample: isFailure(sample) ? more.why : sample, why: more.why };
}

function convertItems(data: Data, kind: 'list' | 'set', element: Type): Data {
  if (!isSequence(data)) return mismatch(data, kind === 'set' ? 'a set' : 'a list');
  const items = unifyItems(data.items.map((item) => convert(item, element)));
  const more = convertMore(data.more, element);
  const failed = firstFailure(items);
  if (failed !== undefined) return failed;
  return kind === 'set' ? setOf(items, more) : withMore({ kind, items }, more);
}

function withMore(sequence: Sequence, more: More | undefined): Sequence {
  return more === undefined ? sequence : { ...sequence, more };
}

function convertTuple(data: Data, types: readonly Type[]): Data {
  if (!isSequence(data) || (data.more === undefined && data.items.length !== types.length))
    return mismatch(data, `a list of ${types.length} items`);
  const items = data.items.map((item, index) => convert(item, types[index] ?? ANY));
  return firstFailure(items) ?? { ...data, kind: 'tuple', items };
}

function convertEntries(data: Data, element: Type): Data {
  const object = isThing(data) ? asObject(data) : data;
  if (!isMapping(object)) return mismatch(data, 'a map');
  const keys = [...object.entries.keys()];
  const values = unifyItems([...object.entries.values()].map((value) => convert(value, element)));
  const more = convertMore(object.more, element);
  const entries = new Map(keys.map((key, index) => [key, values[index] ?? null]));
  const failed = firstFailure(values);
  if (failed !== undefined) return failed;
  return more === undefined ? { kind: 'map', entries } : { kind: 'map', entries, more };
}

/** Attributes that the type does not name are dropped. */
function convertObject(data: Data, attributes: ReadonlyMap<string, AttributeType>): Data {
  const entries: [string, Data][] = [];
  if (!isMapping(data) && !isThing(data)) return mismatch(data, 'an object');
  for (const [name, { type, optional, fallback }] of attributes) {
    const given = attributeIn(data, name);
    if (given === undefined && !optional) return failure(`an object without its attribute \`${name}\``);
    const value = convert(given ?? null, type);
    if (isFailure(value)) return failure(`attribute \`${name}\`: ${value.message}`);
    entries.push([name, value === null && optional ? convert(fallback, type) : value]);
  }
  return mapping(entries);
}

function attributeIn(data: Mapping | Thing, name: string): Data | undefined {
  if (isThing(data)) return data.attribute(name);
  return data.entries.has(name) ? data.entries.get(name) : data.more?.sample;
}

/** Items of one collection have one type: text as soon as one of the primitive ones is text. */
export function unifyItems(items: readonly Data[]): readonly Data[] {
  const types = new Set<string>();
  for (const item of items) {
    const inner = isSecret(item) ? item.value : item;
    if (inner === null || isLater(inner)) continue;
    if (!isPrimitive(inner)) return items;
    types.add(typeof inner);
  }
  if (types.size < 2) return items;
  return items.map((item) => (isPrimitive(item) && item !== null ? primitiveText(item) : item));
}

/** A set: distinct items in the order in which Terraform iterates over them. */
export function setOf(items: readonly Data[], more?: More): Sequence {
  const distinct = new Map<string, Data>();
  for (const item of unifyItems(items)) {
    const key = canonicalKey(item);
    if (!distinct.has(key)) distinct.set(key, item);
  }
  const sorted = [...distinct.values()].sort(compareItems);
  return withMore({ kind: 'set', items: sorted }, more);
}

function compareItems(left: Data, right: Data): number {
  const a = isSecret(left) ? left.value : left;
  const b = isSecret(right) ? right.value : right;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return 0;
}

let unnamed = 0;
const names = new WeakMap<object, string>();

/** Text that equal values share, and no others. An unknown value is equal to itself and to those of the same name. */
export function canonicalKey(data: Data): string {
  if (isPrimitive(data)) return JSON.stringify(data);
  if (isSecret(data)) return canonicalKey(data.value);
  if (isKnown(data) && isSequence(data)) return `${data.kind}[${data.items.map(canonicalKey).join()}]`;
  if (isKnown(data) && isMapping(data)) {
    const entries = [...data.entries].map(([key, value]) => `${JSON.stringify(key)}:${canonicalKey(value)}`);
    return `${data.kind}{${entries.join()}}`;
  }
  const expression = isLater(data) ? data.expression : isThing(data) ? data.name : undefined;
  if (expression !== undefined) return `\${${expression}}`;
  const known = names.get(data);
  if (known !== undefined) return known;
  unnamed += 1;
  const name = `?${unnamed}`;
  names.set(data, name);
  return name;
}
