import type { Origin } from '../../text/origin.ts';
import { absent, type Known, known, list, object, type Unknown, type Value } from '../../value/value.ts';

const DEEPEST = 64;

/** Stands for an unknown part while the text around it is parsed; the number is its position among the parts. */
const PLACEHOLDER = /\u{f8ff}(\d+)\u{f8ff}/u;

/** Whether a name in what `fromJson` gives stands around something unknown. */
export function isAroundUnknown(name: string): boolean {
  return PLACEHOLDER.test(name);
}

/**
 * What a JSON text spells, as `jsonencode` writes it, also around parts that are not known. Anything else, text that is
 * no JSON object or list, and text nested too deeply stay as they are. null is absent.
 */
export function fromJson(value: Value): Value {
  if (value.kind === 'known' && typeof value.value === 'string') {
    const leaf = (data: Known['value']): Value => ({ ...value, value: data });
    return parse(value.value, value.origin, leaf) ?? value;
  }
  if (value.kind !== 'unknown' || value.parts === undefined) return value;
  const { parts, origin } = value;
  const leaf = (data: Known['value']): Value =>
    typeof data === 'string' ? fillIn(data, parts, origin) : known(data, origin);
  return parse(withPlaceholders(parts), origin, leaf) ?? value;
}

type Leaf = (data: Known['value']) => Value;

function parse(text: string, origin: Origin, leaf: Leaf): Value | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  return typeof data === 'object' && data !== null ? fromData(data, origin, leaf, DEEPEST) : undefined;
}

/** Undefined when the data is nested too deeply. */
function fromData(data: unknown, origin: Origin, leaf: Leaf, depth: number): Value | undefined {
  if (data === null || data === undefined) return absent(origin);
  if (typeof data !== 'object') return leaf(data as Known['value']);
  if (depth === 0) return undefined;
  if (Array.isArray(data)) {
    const items = data.map((item) => fromData(item, origin, leaf, depth - 1));
    return items.every((item) => item !== undefined) ? list(items, origin) : undefined;
  }
  const fields: Record<string, Value> = {};
  for (const [name, item] of Object.entries(data)) {
    const value = fromData(item, origin, leaf, depth - 1);
    if (value === undefined) return undefined;
    Object.defineProperty(fields, name, { value, enumerable: true });
  }
  return object(fields, origin);
}

/** An unknown part that stands for a whole value gets the quotes that a text would have. */
function withPlaceholders(parts: readonly (string | Unknown)[]): string {
  let isInText = false;
  return parts
    .map((part, position) => {
      if (typeof part === 'string') {
        for (const [mark] of part.matchAll(/\\.|"/gs)) if (mark === '"') isInText = !isInText;
        return part;
      }
      const placeholder = `\u{f8ff}${position}\u{f8ff}`;
      return isInText ? placeholder : `"${placeholder}"`;
    })
    .join('');
}

function fillIn(text: string, parts: readonly (string | Unknown)[], origin: Origin): Value {
  const pieces = text.split(new RegExp(PLACEHOLDER, 'u')).map((piece, position) => {
    const part = position % 2 === 1 ? parts[Number(piece)] : piece;
    return part ?? piece;
  });
  const unknowns = pieces.filter((piece) => typeof piece !== 'string');
  const [first] = unknowns;
  if (first === undefined) return known(text, origin);
  const filled = pieces.filter((piece) => piece !== '');
  if (filled.length === 1) return first;
  return { kind: 'unknown', reason: first.reason, origin: first.origin, parts: filled };
}
