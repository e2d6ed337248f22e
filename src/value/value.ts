import type { Origin } from '../text/origin.ts';
import type { Reason } from './reason.ts';

export type Scalar = string | number | boolean;

/** A value the code settles. */
export interface Known<T extends Scalar = Scalar> {
  readonly kind: 'known';
  readonly value: T;
  readonly origin: Origin;
  /** The source marks it as secret: it is evaluated and never printed. */
  readonly sensitive?: true;
  /** Nobody wrote it: it is the default of the provider or of Azure. */
  readonly assumed?: true;
}

export interface ListValue {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly origin: Origin;
  /** Why there may be further items, anywhere among the listed ones. */
  readonly more?: Unknown;
}

/** Field names are lower case: Azure compares property names without regard to case. */
export interface ObjectValue {
  readonly kind: 'object';
  readonly fields: ReadonlyMap<string, Value>;
  readonly origin: Origin;
  /** The names as they are written, by lower-case name, where the two differ. */
  readonly names?: ReadonlyMap<string, string>;
  /** Why there may be further fields than the listed ones. */
  readonly more?: Unknown;
}

/** One property of one resource. `id` is the lower-case id of the resource, real or symbolic. */
export interface Reference {
  readonly id: string;
  readonly property: string;
}

/**
 * A value that only deployment settles. With `references`, it is the property of one of the listed resources:
 * one entry is a link that is merely not spelled out yet, several are the candidates of an ambiguous link.
 */
export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: Reason;
  readonly origin: Origin;
  readonly references?: readonly Reference[];
  /** With `references`: it may also be none of them, or not be set at all. */
  readonly open?: true;
  /** Text put together around what only deployment settles: its literal and its unknown parts, in order. */
  readonly parts?: readonly (string | Unknown)[];
  /** Names the value: unknowns of one root with equal expressions are equal. */
  readonly expression?: string;
}

/** A value that certainly is not set. */
export interface Absent {
  readonly kind: 'absent';
  readonly origin: Origin;
}

export type Value = Known | ListValue | ObjectValue | Unknown | Absent;

/** A scalar of one type, or why there is none. */
export type Evaluated<T extends Scalar> = Known<T> | Unknown | Absent;

export function known<T extends Scalar>(value: T, origin: Origin): Known<T> {
  return { kind: 'known', value, origin };
}

/** The default that holds where nobody wrote a value. */
export function assumed<T extends Scalar>(value: T, origin: Origin): Known<T> {
  return { kind: 'known', value, origin, assumed: true };
}

export function absent(origin: Origin): Absent {
  return { kind: 'absent', origin };
}

export function unknown(reason: Reason, origin: Origin): Unknown {
  return { kind: 'unknown', reason, origin };
}

export function list(items: readonly Value[], origin: Origin): ListValue {
  return { kind: 'list', items, origin };
}

/** An object from its fields; fields that are `undefined` are left out. */
export function object(fields: Readonly<Record<string, Value | undefined>>, origin: Origin): ObjectValue {
  const entries = new Map<string, Value>();
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined) entries.set(name.toLowerCase(), value);
  }
  return { kind: 'object', fields: entries, origin };
}

/** The value at a path of field names. A step into an unknown is unknown; a step into nothing is absent. */
export function field(value: Value, ...path: readonly string[]): Value {
  let current = value;
  for (const name of path) {
    if (current.kind === 'unknown' || current.kind === 'absent') return current;
    if (current.kind !== 'object') return mismatch(current, 'an object');
    current = current.fields.get(name.toLowerCase()) ?? current.more ?? absent(current.origin);
  }
  return current;
}

/** The value as text. Numbers read as their decimal digits, because HCL converts between the two freely. */
export function asText(value: Value): Evaluated<string> {
  if (value.kind === 'known') {
    if (typeof value.value === 'string') return value as Known<string>;
    if (typeof value.value === 'number') return { ...value, value: String(value.value) };
    return mismatch(value, 'a string');
  }
  return value.kind === 'list' || value.kind === 'object' ? mismatch(value, 'a string') : value;
}

/** The value as a number. Text of decimal digits reads as the number it spells. */
export function asNumber(value: Value): Evaluated<number> {
  if (value.kind === 'known') {
    if (typeof value.value === 'number') return value as Known<number>;
    if (typeof value.value === 'string' && /^\d{1,15}$/.test(value.value)) {
      return { ...value, value: Number(value.value) };
    }
    return mismatch(value, 'a number');
  }
  return value.kind === 'list' || value.kind === 'object' ? mismatch(value, 'a number') : value;
}

/** The value as a truth value. */
export function asBoolean(value: Value): Evaluated<boolean> {
  if (value.kind === 'known') {
    if (typeof value.value === 'boolean') return value as Known<boolean>;
    if (value.value === 'true' || value.value === 'false') return { ...value, value: value.value === 'true' };
    return mismatch(value, 'true or false');
  }
  return value.kind === 'list' || value.kind === 'object' ? mismatch(value, 'true or false') : value;
}

/** The items of a list; `unknown` says that there may be others: of some, or of the list as a whole, nothing is known. */
export interface Items {
  readonly items: readonly Value[];
  readonly unknown?: Unknown;
}

export function asItems(value: Value): Items {
  switch (value.kind) {
    case 'list':
      return value.more === undefined ? { items: value.items } : { items: value.items, unknown: value.more };
    case 'absent':
      return { items: [] };
    case 'unknown':
      return { items: [], unknown: value };
    default:
      return { items: [], unknown: mismatch(value, 'a list') };
  }
}

function mismatch(value: Value, expected: string): Unknown {
  return unknown({ kind: 'unsupported', name: `a value that is not ${expected}` }, value.origin);
}
