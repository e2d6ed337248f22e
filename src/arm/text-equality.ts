import { FALSE, TRUE, type Truth, undecided } from '../value/truth.ts';
import type { Unknown } from '../value/value.ts';
import type { TextPart } from './partial-text.ts';

/**
 * Whether two texts are equal for every value their unknown parts may take: true when they are the same part by part,
 * false when the literal parts cannot meet, else undecided. An unknown part may be the empty text.
 */
export function textEquality(a: readonly TextPart[], b: readonly TextPart[], ignoreCase = false): Truth {
  const left = [...a];
  const right = [...b];
  if (!strip(left, right, 'front', ignoreCase) || !strip(left, right, 'back', ignoreCase)) return FALSE;
  const unknowns = [...left, ...right].filter((part): part is Unknown => typeof part !== 'string');
  if (unknowns.length === 0) return left.length === 0 && right.length === 0 ? TRUE : FALSE;
  const fits = isLiteral(left)
    ? mayBe(left, right, ignoreCase)
    : !isLiteral(right) || mayBe(right, left, ignoreCase);
  return fits ? undecided(...unknowns) : FALSE;
}

/** Whether two unknowns are certainly the same value: the same object, or equal expressions. */
export function isSame(a: Unknown, b: Unknown): boolean {
  return a === b || (a.expression !== undefined && a.expression === b.expression);
}

/** Takes away what is equal at one end of both texts; false when a difference is certain there. */
function strip(left: TextPart[], right: TextPart[], end: 'front' | 'back', ignoreCase: boolean): boolean {
  const at = end === 'front' ? 0 : -1;
  while (true) {
    const a = left.at(at);
    const b = right.at(at);
    if (a === undefined || b === undefined) return true;
    if (typeof a !== 'string' || typeof b !== 'string') {
      if (typeof a === 'string' || typeof b === 'string' || !isSame(a, b)) return true;
      drop(left, end);
      drop(right, end);
      continue;
    }
    const length = Math.min(a.length, b.length);
    const [shared, other] =
      end === 'front'
        ? [a.slice(0, length), b.slice(0, length)]
        : [a.slice(a.length - length), b.slice(b.length - length)];
    if (!equal(shared, other, ignoreCase)) return false;
    replace(left, end, end === 'front' ? a.slice(length) : a.slice(0, a.length - length));
    replace(right, end, end === 'front' ? b.slice(length) : b.slice(0, b.length - length));
  }
}

function drop(parts: TextPart[], end: 'front' | 'back'): void {
  if (end === 'front') parts.shift();
  else parts.pop();
}

function replace(parts: TextPart[], end: 'front' | 'back', rest: string): void {
  if (rest === '') drop(parts, end);
  else parts[end === 'front' ? 0 : parts.length - 1] = rest;
}

function isLiteral(parts: readonly TextPart[]): parts is readonly string[] {
  return parts.every((part) => typeof part === 'string');
}

/** Whether the literal parts of a pattern occur in a text in their order. The ends were compared before. */
function mayBe(literal: readonly string[], pattern: readonly TextPart[], ignoreCase: boolean): boolean {
  const text = fold(literal.join(''), ignoreCase);
  let from = 0;
  for (const part of pattern) {
    if (typeof part !== 'string') continue;
    const found = text.indexOf(fold(part, ignoreCase), from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return true;
}

function equal(a: string, b: string, ignoreCase: boolean): boolean {
  return a === b || (ignoreCase && fold(a, true) === fold(b, true));
}

/** Ordinal folding, character by character: a text keeps its length. */
function fold(text: string, ignoreCase: boolean): string {
  return ignoreCase ? lowerCase(text) : text;
}

/** Lower case as .NET's invariant culture writes it: each character for itself, so that a text keeps its length. */
export function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return /^[\0-\x7f]*$/.test(text) ? lower : eachCharacter(text, (character) => character.toLowerCase());
}

/** Upper case likewise: `ß` stays `ß`. */
export function upperCase(text: string): string {
  return /^[\0-\x7f]*$/.test(text)
    ? text.toUpperCase()
    : eachCharacter(text, (character) => character.toUpperCase());
}

function eachCharacter(text: string, change: (character: string) => string): string {
  return Array.from(text, (character) => {
    const changed = change(character);
    return changed.length === character.length ? changed : character;
  }).join('');
}
