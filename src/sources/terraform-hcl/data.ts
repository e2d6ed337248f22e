import type { Origin } from '../../text/origin.ts';
import type { Reason } from '../../value/reason.ts';
import type { Reference } from '../../value/value.ts';

/**
 * What an expression gives. Names are case-sensitive here, and the kinds of collections differ, because Terraform's equality
 * does: `[]` is not `tolist([])`.
 */
export type Data = Primitive | Sequence | Mapping | Thing | Later | Secret | Failure;

export type Primitive = string | number | boolean | null;

/** Items of a set are distinct and in the order Terraform iterates over them. */
export interface Sequence {
  readonly kind: 'tuple' | 'list' | 'set';
  readonly items: readonly Data[];
  readonly more?: More;
}

/** Entries are in the order of their keys. */
export interface Mapping {
  readonly kind: 'object' | 'map';
  readonly entries: ReadonlyMap<string, Data>;
  readonly more?: More;
}

/** A collection may have further items, anywhere among the listed ones. */
export interface More {
  /** What a further item would be like. */
  readonly sample: Data;
  readonly why: Later;
}

/** Something with attributes that are looked at one by one: an instance, a block, a module, `var`. */
export interface Thing {
  readonly kind: 'thing';
  /** As a reference names it: `azurerm_lb.web[0]`. */
  readonly name: string;
  /** The id that references to it carry, and the path of a block in it. Absent when it is nothing of the root. */
  readonly reference?: Reference;
  attribute(name: string): Data;
  /** The attributes that are declared or written. */
  names(): readonly string[];
  /** Whether it has none but those. */
  readonly closed: boolean;
}

/** A value that only the apply settles, or that the input leaves open. */
export interface Later {
  readonly kind: 'later';
  readonly reason: Reason;
  /** Where the cause is written, where that is not where the value is read: the variable without a value. */
  readonly origin?: Origin;
  /** The attributes it is a copy of: one, or one of several. */
  readonly references: readonly Reference[];
  /** With references: it can also be none of them, or null. */
  readonly open: boolean;
  /** Text around what is not known. */
  readonly parts?: readonly (string | Later)[];
  /** The value is the text of its parts in this encoding. */
  readonly encoding?: 'base64' | 'gzip';
  /** What it is called; within one root equal expressions are equal values. */
  readonly expression?: string;
  /** It is one of these, all of them known. */
  readonly choices?: readonly Data[];
}

/** A value that is marked as secret; what is made of it is secret as well. */
export interface Secret {
  readonly kind: 'secret';
  readonly value: Exclude<Data, Secret | Failure>;
}

/** Terraform refuses the expression. */
export interface Failure {
  readonly kind: 'failure';
  readonly message: string;
  readonly origin?: Origin;
}

export function failure(message: string): Failure {
  return { kind: 'failure', message };
}

export function isPrimitive(data: Data): data is Primitive {
  return data === null || typeof data !== 'object';
}

export function isSequence(data: Data): data is Sequence {
  return !isPrimitive(data) && (data.kind === 'tuple' || data.kind === 'list' || data.kind === 'set');
}

export function isMapping(data: Data): data is Mapping {
  return !isPrimitive(data) && (data.kind === 'object' || data.kind === 'map');
}

export function isLater(data: Data): data is Later {
  return !isPrimitive(data) && data.kind === 'later';
}

export function isThing(data: Data): data is Thing {
  return !isPrimitive(data) && data.kind === 'thing';
}

export function isSecret(data: Data): data is Secret {
  return !isPrimitive(data) && data.kind === 'secret';
}

export function isFailure(data: Data): data is Failure {
  return !isPrimitive(data) && data.kind === 'failure';
}

export function tuple(items: readonly Data[], more?: More): Sequence {
  return more === undefined ? { kind: 'tuple', items } : { kind: 'tuple', items, more };
}

export function listOf(items: readonly Data[], more?: More): Sequence {
  return { ...tuple(items, more), kind: 'list' };
}

/** An object or a map; the entries may come in any order. */
export function mapping(
  entries: Iterable<readonly [string, Data]>,
  kind: Mapping['kind'] = 'object',
  more?: More,
): Mapping {
  const sorted = new Map([...new Map(entries)].sort(([left], [right]) => compareText(left, right)));
  return more === undefined ? { kind, entries: sorted } : { kind, entries: sorted, more };
}

/** Terraform compares text by its UTF-8 bytes, which is the order of code points. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a === b) continue;
    const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
    if (isSurrogate(a) !== isSurrogate(b)) return isSurrogate(a) ? 1 : -1;
    return a - b;
  }
  return left.length - right.length;
}

/** The value behind the mark, and whether there was one. */
export function reveal(data: Data): { readonly data: Exclude<Data, Secret>; readonly secret: boolean } {
  return isSecret(data) ? { data: data.value, secret: true } : { data, secret: false };
}

/** Marks a value as secret. Failures stay visible. */
export function conceal(data: Data, secret: boolean): Data {
  if (!secret || isSecret(data) || isFailure(data)) return data;
  return { kind: 'secret', value: data };
}

/** What messages call the kind of a value. */
export function nameKind(data: Data): string {
  if (data === null) return 'null';
  if (typeof data === 'string') return 'text';
  if (typeof data === 'boolean') return 'a truth value';
  if (typeof data === 'number') return 'a number';
  if (isSecret(data)) return nameKind(data.value);
  if (isSequence(data)) return data.kind === 'set' ? 'a set' : 'a list';
  return isLater(data) || isFailure(data) ? 'a value' : 'an object';
}
