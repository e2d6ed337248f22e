import { FALSE, undecided as open, TRUE, type Truth } from '../../value/truth.ts';
import { known, type Unknown, type Value } from '../../value/value.ts';
import { isPartialText, type TextPart, textOfParts, textParts } from '../partial-text.ts';
import { lowerCase } from '../text-equality.ts';
import { undecided } from '../undecided.ts';
import type { Call } from './call.ts';

/** Whether a text holds another one somewhere: `contains`, with case. Decided by what is written where it can be. */
export function containsText(text: Value, needle: Value): Truth {
  const parts = textParts(text) ?? [];
  const unknown = parts.find(isUnknown);
  if (needle.kind === 'unknown') return open(needle);
  const wanted = textParts(needle)?.join('') ?? '';
  if (parts.some((part) => typeof part === 'string' && part.includes(wanted)) || wanted === '') return TRUE;
  return unknown === undefined ? FALSE : open(unknown);
}

/** Whether a text starts or ends with another one, without regard to case. */
export function hasEnd(text: Value, needle: Value, end: 'start' | 'end'): Truth {
  const [own, wanted] = [endOf(text, end), endOf(needle, end)];
  const length = Math.min(own.text.length, wanted.text.length);
  const shared = (piece: string): string =>
    lowerCase(end === 'start' ? piece.slice(0, length) : piece.slice(piece.length - length));
  if (shared(own.text) !== shared(wanted.text)) return FALSE;
  if (wanted.rest !== undefined)
    return own.rest === undefined && own.text.length < wanted.text.length ? FALSE : open(wanted.rest);
  if (own.text.length >= wanted.text.length) return TRUE;
  return own.rest === undefined ? FALSE : open(own.rest);
}

/** What is written at one end of a text, and the unknown part that follows it. */
function endOf(value: Value, end: 'start' | 'end'): { text: string; rest?: Unknown } {
  const parts = textParts(value) ?? [];
  const ordered = end === 'start' ? parts : parts.toReversed();
  const [first = ''] = ordered;
  const rest = ordered.find(isUnknown);
  return { text: typeof first === 'string' ? first : '', ...(rest === undefined ? {} : { rest }) };
}

/** The characters of a text from its start, at most `count`: exact also before the unknown parts of a text. */
export function takeText(text: Value, count: number, call: Call): Value {
  if (text.kind === 'known') return { ...text, value: String(text.value).slice(0, Math.max(count, 0)) };
  if (text.kind !== 'unknown' || count <= 0) return known('', call.origin);
  const [first, ...rest] = isPartialText(text) ? text.parts : [];
  if (typeof first !== 'string') return undecided('take', [text, known(count, call.origin)], call);
  if (first.length >= count) return known(first.slice(0, count), text.origin);
  const tail = textOfParts(rest, text.origin);
  const left = known(count - first.length, call.origin);
  return textOfParts([first, undecided('take', [tail, left], call)], text.origin);
}

/** The characters of a text after the first `count`: exact while those are written. */
export function skipText(text: Value, count: number, call: Call): Value {
  if (text.kind === 'known') return { ...text, value: String(text.value).slice(Math.max(count, 0)) };
  if (text.kind !== 'unknown' || count <= 0) return text;
  const [first, ...rest] = isPartialText(text) ? text.parts : [];
  if (typeof first === 'string' && first.length >= count) {
    return textOfParts([first.slice(count), ...rest], text.origin);
  }
  return undecided('skip', [text, known(count, call.origin)], call);
}

/** The last character of a text; of the empty text, nothing. */
export function lastCharacter(text: Value, call: Call): Value {
  if (text.kind === 'known') return { ...text, value: String(text.value).slice(-1) };
  const last = text.kind === 'unknown' && isPartialText(text) ? text.parts.at(-1) : undefined;
  return typeof last === 'string' ? known(last.slice(-1), text.origin) : undecided('last', [text], call);
}

/**
 * Where a text holds another one first or last, without regard to case; -1 where it does not. Undefined when only
 * deployment can tell, and for the last position of the empty text, on which versions of .NET differ.
 */
export function positionOf(text: Value, needle: Value, from: 'first' | 'last'): number | undefined {
  if (needle.kind === 'unknown') return undefined;
  const parts = (textParts(text) ?? []).map((part) => (typeof part === 'string' ? lowerCase(part) : part));
  const wanted = lowerCase(textParts(needle)?.join('') ?? '');
  const [first = ''] = parts;
  if (wanted === '') return from === 'first' ? 0 : undefined;
  if (parts.every((part) => typeof part === 'string')) {
    const whole = parts.join('');
    return from === 'first' ? whole.indexOf(wanted) : whole.lastIndexOf(wanted);
  }
  const found = typeof first === 'string' && from === 'first' ? first.indexOf(wanted) : -1;
  return found === -1 ? undefined : found;
}

/**
 * Splits a text at each of the delimiters, of which the earliest wins and, at one place, the first listed one. Undefined
 * when an unknown part of the text could hold a delimiter, or two parts could make one together.
 */
export function splitText(
  text: Value,
  delimiters: readonly string[],
): readonly (readonly TextPart[])[] | undefined {
  const parts = textParts(text) ?? [];
  const pieces: TextPart[][] = [[]];
  const isPartial = parts.some(isUnknown);
  if (isPartial && delimiters.some((delimiter) => delimiter.length !== 1)) return undefined;
  for (const part of parts) {
    if (typeof part !== 'string') {
      if (delimiters.some((delimiter) => !lacks(part, delimiter))) return undefined;
      pieces.at(-1)?.push(part);
      continue;
    }
    const [head = '', ...tail] = splitLiteral(part, delimiters);
    pieces.at(-1)?.push(head);
    for (const piece of tail) pieces.push([piece]);
  }
  return pieces;
}

function splitLiteral(text: string, delimiters: readonly string[]): readonly string[] {
  const [only, ...others] = delimiters.filter((delimiter) => delimiter !== '');
  if (only === undefined) return [text];
  if (others.length === 0) return text.split(only);
  const choice = [only, ...others]
    .map((delimiter) => delimiter.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('|');
  return text.split(new RegExp(choice, 'u'));
}

/** The characters of what Azure makes up: the ids of subscription, tenant and `guid`, and `uniqueString`. */
const SPELLING: readonly (readonly [expression: RegExp, alphabet: RegExp])[] = [
  [/^(?:subscription\(\)\.subscriptionid|tenant\(\)\.tenantid|guid\(.*\)|newguid\(.*\))$/s, /^[0-9a-f-]$/],
  [/^uniquestring\(.*\)$/s, /^[a-z2-7]$/],
  // Azure allows letters, digits, and `-_.()` in these names (resource name rules).
  [/^(?:resourcegroup|managementgroup)\(\)\.name$/, /^[\p{L}\p{N}._()-]$/u],
];

/** Whether an unknown certainly has no such character. */
function lacks(part: Unknown, character: string): boolean {
  const { expression } = part;
  if (expression === undefined) return false;
  return SPELLING.some(([pattern, alphabet]) => pattern.test(expression) && !alphabet.test(character));
}

function isUnknown(part: TextPart): part is Unknown {
  return typeof part !== 'string';
}

/** Whether a text fits a pattern in which `*` stands for any characters, without regard to case. */
export function isLike(text: string, pattern: string): boolean {
  const [first = '', ...pieces] = lowerCase(pattern).split('*');
  const whole = lowerCase(text);
  const last = pieces.pop();
  if (last === undefined) return whole === first;
  if (!whole.startsWith(first) || !whole.endsWith(last) || whole.length < first.length + last.length)
    return false;
  let from = first.length;
  for (const piece of pieces) {
    const found = whole.indexOf(piece, from);
    if (found === -1 || found + piece.length > whole.length - last.length) return false;
    from = found + piece.length;
  }
  return true;
}
