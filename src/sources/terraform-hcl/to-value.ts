import type { Origin } from '../../text/origin.ts';
import {
  absent,
  known,
  type ListValue,
  type ObjectValue,
  type Unknown,
  type Value,
} from '../../value/value.ts';
import {
  type Data,
  isFailure,
  isLater,
  isMapping,
  isPrimitive,
  isSecret,
  isSequence,
  isThing,
  type Later,
  type Mapping,
  type Thing,
} from './data.ts';
import type { Expression } from './expression.ts';
import { asObject, derive, unknownsIn, wholeOf } from './unknown.ts';
import { isWritten, type Part, type Written } from './written-body.ts';

/** Where the parts of a value are written, as far as the expression is a literal list or object. */
export interface Place {
  readonly origin: Origin;
  readonly expression?: Expression;
  readonly locate?: (expression: Expression) => Origin;
  /** The address of the attribute, for what has no other name. */
  readonly label: string;
}

/** What becomes of a value that Terraform would refuse. */
export type Refuse = (failure: Data, origin: Origin) => Later;

/** Names of attributes that azurerm (versions 3 to 5) marks as sensitive in resources that make a network. */
const SECRETS = /(?:password|secret|_key|^custom_data|^protected_settings|^user_data_base64)$/;

/** A part of a resource as the value the translation reads. */
export function partToValue(part: Part, name: string, label: string, refuse: Refuse): Value {
  if (part.kind === 'blocks') return blocksToValue(part, label, refuse);
  const { data, origin, value, locate } = part;
  const secret = SECRETS.test(name) && name !== 'public_key';
  return toValue(data, { origin, expression: value, locate, label }, refuse, secret);
}

function blocksToValue(part: Part & { readonly kind: 'blocks' }, label: string, refuse: Refuse): Value {
  const { items, more, origin } = part;
  if (items.length === 0 && more !== undefined) return toUnknown(more, { origin, label });
  const values = items.map((item, index) => writtenToValue(item, `${label}[${index}]`, refuse));
  const list: ListValue = { kind: 'list', items: values, origin };
  return more === undefined ? list : { ...list, more: toUnknown(more, { origin, label }) };
}

function writtenToValue(written: Written, label: string, refuse: Refuse): ObjectValue {
  const fields = new Map<string, Value>();
  for (const name of written.names()) {
    const part = written.part(name);
    if (part === undefined) continue;
    const value = partToValue(part, name, `${label}.${name}`, refuse);
    if (value.kind !== 'absent') fields.set(name.toLowerCase(), value);
  }
  return { kind: 'object', fields, origin: written.origin };
}

/** Data as a value. Null is absent; a failure is reported and unknown. */
export function toValue(data: Data, place: Place, refuse: Refuse, secret = false): Value {
  const { origin } = place;
  if (data === null) return absent(origin);
  if (isPrimitive(data)) return secret ? { ...known(data, origin), sensitive: true } : known(data, origin);
  if (isSecret(data)) return toValue(data.value, place, refuse, true);
  if (isFailure(data)) return toUnknown(refuse(data, origin), place);
  if (isLater(data)) return toUnknown(secret ? unnamed(data) : data, place);
  if (isThing(data)) return thingToValue(data, place, refuse, secret);
  if (isSequence(data)) {
    const nodes = placesOfItems(place, data.items.length);
    const items = data.items.map((item, index) => toValue(item, nodes(index), refuse, secret));
    if (data.more === undefined) return { kind: 'list', items, origin };
    const more = moreOf(data.more.sample, data.more.why, place);
    return items.length === 0 ? more : { kind: 'list', items, origin, more };
  }
  return isMapping(data) ? mappingToValue(data, place, refuse, secret) : absent(origin);
}

function mappingToValue({ entries, more }: Mapping, place: Place, refuse: Refuse, secret: boolean): Value {
  const { origin } = place;
  const fields = new Map<string, Value>();
  const names = new Map<string, string>();
  for (const [name, data] of entries) {
    const value = toValue(data, placeOfEntry(place, name), refuse, secret);
    if (value.kind === 'absent') continue;
    fields.set(name.toLowerCase(), value);
    if (name !== name.toLowerCase()) names.set(name.toLowerCase(), name);
  }
  const object: ObjectValue = { kind: 'object', fields, origin, ...(names.size === 0 ? {} : { names }) };
  return more === undefined ? object : { ...object, more: moreOf(more.sample, more.why, place) };
}

function thingToValue(data: Thing, place: Place, refuse: Refuse, secret: boolean): Value {
  if (isWritten(data) && data.reference?.property !== '') return writtenToValue(data, place.label, refuse);
  return data.closed ? toValue(asObject(data), place, refuse, secret) : toUnknown(wholeOf(data), place);
}

/** What a collection may hold besides what is listed. */
function moreOf(sample: Data, why: Later, place: Place): Unknown {
  return toUnknown({ ...derive([why, ...unknownsIn(sample)]), reason: why.reason }, place);
}

/** Without the name, which holds the text around what is not known. */
function unnamed(data: Later): Later {
  if (data.parts === undefined) return data;
  const { expression: _, ...rest } = data;
  return rest;
}

/** An unknown as a value at a place. */
export function toUnknown(data: Later, place: Place): Unknown {
  const { reason, references, open, parts, encoding } = data;
  const origin = data.origin ?? place.origin;
  const name = data.expression;
  const expression = name ?? (encoding === undefined ? undefined : `${encoding}(${place.label})`);
  return {
    kind: 'unknown',
    reason,
    origin,
    ...(references.length === 0 ? {} : { references }),
    ...(open && references.length > 0 ? { open: true } : {}),
    ...(parts === undefined
      ? {}
      : { parts: parts.map((part) => (typeof part === 'string' ? part : toUnknown(part, place))) }),
    ...(expression === undefined ? {} : { expression }),
  };
}

/** The places of the items of a list: each its own when the list is written out. */
function placesOfItems(place: Place, count: number): (index: number) => Place {
  const { expression, locate, origin, label } = place;
  if (expression?.kind !== 'tuple' || locate === undefined || expression.items.length !== count) {
    return (index) => ({ origin, label: `${label}[${index}]` });
  }
  return (index) => {
    const item = expression.items[index];
    const inner = `${label}[${index}]`;
    return item === undefined
      ? { origin, label: inner }
      : { origin: locate(item), expression: item, locate, label: inner };
  };
}

function placeOfEntry({ expression, locate, origin, label }: Place, name: string): Place {
  const inner = `${label}.${name}`;
  if (expression?.kind !== 'object' || locate === undefined) return { origin, label: inner };
  const entry = expression.entries.find(({ key }) => key.kind === 'literal' && String(key.value) === name);
  if (entry === undefined) return { origin, label: inner };
  const { start } = entry.key;
  const { end } = entry.value;
  return { origin: locate({ ...entry.value, start, end }), expression: entry.value, locate, label: inner };
}
