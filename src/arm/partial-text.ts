import type { Origin } from '../text/origin.ts';
import { known, type Unknown, type Value } from '../value/value.ts';
import { bounded, quoted } from './expression-text.ts';
import type { Call } from './functions/call.ts';
import { MOST_PARTS, MOST_TEXT } from './limits.ts';
import { waitingFor } from './undecided.ts';

/** A piece of a text: what is written, or something only deployment settles. */
export type TextPart = string | Unknown;

/**
 * The parts of a text in order. Numbers and truth values read as Azure writes them into a text, `5` and `True`, nothing
 * as the empty text. Undefined for a list or an object, and for an unknown that is an encoded text or wholly unknown it
 * is that unknown alone.
 */
export function textParts(value: Value): readonly TextPart[] | undefined {
  switch (value.kind) {
    case 'absent':
      return [];
    case 'known':
      return value.value === '' ? [] : [scalarText(value.value)];
    case 'unknown':
      return isPartialText(value) ? value.parts : [value];
    default:
      return undefined;
  }
}

/** A scalar as `format`, `concat`, `join` and `string` write it: `True` with a capital letter. */
export function scalarText(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}

/** Whether the unknown is certainly a text, of which something is known. One part alone marks an encoded text. */
export function isPartialText(value: Unknown): value is Unknown & { parts: readonly TextPart[] } {
  return value.parts !== undefined && value.parts.length > 1;
}

/** Calls whose result is a text, and the texts a deployment scope has, as they start or stand in an expression. */
const TEXT_EXPRESSION =
  /^(?:(?:base64|base64tostring|datauritostring|format|guid|join|newguid|padleft|replace|string|substring|tolower|toupper|trim|uniquestring|uri|uricomponent|uricomponenttostring|utcnow)\(|(?:subscription\(\)\.subscriptionid|resourcegroup\(\)\.(?:name|location)|tenant\(\)\.tenantid|managementgroup\(\)\.name|deployment\(\)\.(?:name|location))$)/;

/** Whether the unknown is certainly a text: put together, the id or the address of a resource, or what gives a text. */
export function isText(value: Unknown): boolean {
  if (isPartialText(value)) return true;
  if (value.references !== undefined) return value.open !== true;
  return TEXT_EXPRESSION.test(value.expression ?? '');
}

/**
 * The text of the values one after the other: string interpolation and `concat`. Known when all are, else an unknown
 * that keeps its parts. A secret piece of a text that is not wholly known becomes an unknown part without expression: its
 * content appears nowhere, and the text equals no other. One unknown alone is given back when it is a text. Fails on
 * lists, objects and texts above 1 MiB.
 */
export function joinText(values: readonly Value[], call: Call): Value {
  const parts: TextPart[] = [];
  const waitsFor = values.find((value): value is Unknown => value.kind === 'unknown');
  const sensitive = values.some((value) => value.kind === 'known' && value.sensitive);
  let length = 0;
  let unknowns = 0;
  for (const value of values) {
    const own = textParts(value);
    if (own === undefined)
      return call.fail(`${value.kind === 'list' ? 'a list' : 'an object'} is part of a text`);
    const hidden = value.kind === 'known' && value.sensitive && waitsFor !== undefined;
    for (const part of hidden ? [{ ...waitingFor(waitsFor), origin: value.origin }] : own) {
      if (typeof part === 'string') length += part.length;
      else unknowns += 1;
      parts.push(part);
    }
    if (length > MOST_TEXT || unknowns > MOST_PARTS) return call.fail('a text is longer than 1 MiB');
  }
  const written = values.filter(({ kind }) => kind !== 'absent');
  const [only] = written;
  const text = textOfParts(parts, written.length === 1 && only !== undefined ? only.origin : call.origin);
  if (text.kind === 'known') return sensitive ? { ...text, sensitive } : text;
  return text.kind !== 'unknown' || isText(text) ? text : asText(text);
}

/** The text of one unknown that may be something else: `'${port}'` is not the number. A link that may be null stays one. */
function asText({ expression, ...value }: Unknown): Unknown {
  return expression === undefined ? value : { ...value, expression: bounded(`format('{0}', ${expression})`) };
}

/**
 * The text of parts: adjacent literals are joined. One unknown part alone is that unknown, no part is the empty text.
 * `origin` is that of a known text; an unknown one has the reason and the origin of its first unknown part, the first
 * that a person could settle before deployment if there is one: ids start with the subscription.
 */
export function textOfParts(parts: readonly TextPart[], origin: Origin): Value {
  const merged = merge(parts);
  const [first, ...others] = merged;
  if (first === undefined) return known('', origin);
  if (others.length === 0) return typeof first === 'string' ? known(first, origin) : first;
  const expression = expressionOfParts(merged);
  const unknowns = merged.filter((part): part is Unknown => typeof part !== 'string');
  const cause = unknowns.find(({ reason }) => reason.kind !== 'runtime') ?? unknowns[0];
  return {
    kind: 'unknown',
    reason: cause?.reason ?? { kind: 'unsupported', name: 'a text' },
    origin: cause?.origin ?? origin,
    parts: merged,
    ...(expression === undefined ? {} : { expression }),
  };
}

/** The text with each part replaced, for functions that act on every character alone. Other values are given back. */
export function mapParts(
  value: Value,
  literal: (text: string) => string,
  piece: (part: Unknown) => Unknown,
): Value {
  if (value.kind === 'known')
    return typeof value.value === 'string' ? { ...value, value: literal(value.value) } : value;
  if (value.kind !== 'unknown') return value;
  if (!isPartialText(value)) return piece(value);
  const mapped = value.parts.map((part) => (typeof part === 'string' ? literal(part) : piece(part)));
  return textOfParts(mapped, value.origin);
}

function merge(parts: readonly TextPart[]): readonly TextPart[] {
  const merged: TextPart[] = [];
  let literal: string[] = [];
  const flush = (): void => {
    const text = literal.join('');
    if (text !== '') merged.push(text);
    literal = [];
  };
  for (const part of parts) {
    if (typeof part === 'string') {
      literal.push(part);
    } else {
      flush();
      merged.push(part);
    }
  }
  flush();
  return merged;
}

function expressionOfParts(parts: readonly TextPart[]): string | undefined {
  const texts: string[] = [];
  for (const part of parts) {
    const text = typeof part === 'string' ? quoted(part) : part.expression;
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return bounded(`concat(${texts.join(', ')})`);
}
