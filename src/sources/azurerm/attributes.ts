import type { Origin } from '../../text/origin.ts';
import {
  absent,
  assumed,
  field,
  type ListValue,
  list,
  type ObjectValue,
  type Scalar,
  unknown,
  type Value,
} from '../../value/value.ts';
import type { TerraformInstance } from './instance.ts';

/** What is read by attribute name: an instance, or one block of an instance. */
export type Attributes = (name: string) => Value;

/** The attributes of an instance. */
export function attributesOf(instance: TerraformInstance): Attributes {
  return (name) => instance.attribute(name);
}

/** The attributes of one block. In a block that is unknown as a whole, all are unknown. */
function blockAttributes(block: Value): Attributes {
  return (name) => field(block, name);
}

/**
 * An optional attribute under the first of its spellings that is set. Inside set blocks Terraform writes "" and [] for
 * what nobody set (azurerm-mapping, rule 4), so both read as absent. Where two spellings are both set, one may be a
 * value that the provider computed: two that disagree are unknown.
 */
export function read(attributes: Attributes, ...spellings: readonly [string, ...string[]]): Value {
  let found = unsetAsAbsent(attributes(spellings[0]));
  for (let index = 1; index < spellings.length; index += 1) {
    const next = unsetAsAbsent(attributes(spellings[index] ?? ''));
    if (next.kind !== 'absent') found = found.kind === 'absent' ? next : reconcile(found, next);
  }
  return found;
}

/** An optional attribute that has the same default in every version of the provider, or in Azure. */
export function readOr(
  attributes: Attributes,
  fallback: Scalar,
  ...spellings: readonly [string, ...string[]]
): Value {
  const value = read(attributes, ...spellings);
  return value.kind === 'absent' ? assumed(fallback, value.origin) : value;
}

/**
 * A computed attribute that is left alone in practice: where the source cannot say whether somebody wrote it
 * (inside dynamic blocks), an unknown that refers to nothing is the computed one, so it is not written.
 */
export function readIfWritten(attributes: Attributes, ...spellings: readonly [string, ...string[]]): Value {
  const value = read(attributes, ...spellings);
  return isUntraced(value) ? absent(value.origin) : value;
}

/** An unknown that may come from anywhere and refers to nothing. */
export function isUntraced(value: Value): boolean {
  return value.kind === 'unknown' && value.open === true && (value.references ?? []).length === 0;
}

/**
 * Applies `translate` to each block of a type. What is unknown as a whole, list or item, stays so, and so does that there
 * may be more blocks.
 */
export function mapBlocks(
  blocks: Value,
  translate: (attributes: Attributes, block: Value, index: number) => Value,
): Value {
  if (blocks.kind === 'object') return list([translate(blockAttributes(blocks), blocks, 0)], blocks.origin);
  if (blocks.kind !== 'list') return blocks;
  if (isEmpty(blocks)) return absent(blocks.origin);
  const items = blocks.items.map((block, index) =>
    block.kind === 'unknown' ? block : translate(blockAttributes(block), block, index),
  );
  return { ...blocks, items };
}

/** The attributes of a block that can stand once. Without the block, all are absent; where it only may be, all are unknown. */
export function singleBlock(attributes: Attributes, name: string): Attributes {
  const blocks = attributes(name);
  if (blocks.kind !== 'list') return blockAttributes(blocks);
  return blockAttributes(blocks.items[0] ?? blocks.more ?? absent(blocks.origin));
}

/** An object of the fields that are set. */
export function fieldsOf(fields: Readonly<Record<string, Value | undefined>>, origin: Origin): ObjectValue {
  const present = new Map<string, Value>();
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined && value.kind !== 'absent') present.set(lowerCase(name), value);
  }
  return { kind: 'object', fields: present, origin };
}

const LOWER_CASE = new Map<string, string>();

/** Property names come from a small vocabulary and are needed once per resource. */
function lowerCase(name: string): string {
  let lower = LOWER_CASE.get(name);
  if (lower === undefined) {
    lower = name.toLowerCase();
    LOWER_CASE.set(name, lower);
  }
  return lower;
}

/** A link to another resource as ARM writes it: `{ id }`. */
export function subResource(id: Value): Value | undefined {
  return id.kind === 'absent' ? undefined : fieldsOf({ id }, id.origin);
}

function unsetAsAbsent(value: Value): Value {
  const isUnset = (value.kind === 'known' && value.value === '') || (value.kind === 'list' && isEmpty(value));
  return isUnset ? absent(value.origin) : value;
}

/** Whether a list certainly has no items. */
export function isEmpty({ items, more }: ListValue): boolean {
  return items.length === 0 && more === undefined;
}

function reconcile(first: Value, second: Value): Value {
  if (first.kind === 'known' && second.kind === 'known' && first.value !== second.value) {
    return unknown(
      { kind: 'unsupported', name: 'an attribute with two spellings that disagree' },
      first.origin,
    );
  }
  return first.kind === 'unknown' && isUntraced(first) ? second : first;
}
