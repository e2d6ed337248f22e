import { known, type Value } from '../../value/value.ts';
import { DEEPEST, MOST_STEPS, MOST_TEXT } from '../limits.ts';
import { joinText } from '../partial-text.ts';
import { undecided } from '../undecided.ts';
import type { Call } from './call.ts';

/**
 * A value as the JSON text Azure writes: without spaces, names as they are spelled, in their order. `string` writes
 * double quotes, `format` and string interpolation single ones. What is unknown inside becomes an unknown part; a list or
 * object that may have more has no text.
 */
export function jsonText(value: Value, quote: '"' | "'", call: Call): Value {
  const pieces: Value[] = [];
  let size = 0;
  let steps = MOST_STEPS;
  const literal = (text: string): void => {
    size += text.length;
    pieces.push(known(text, value.origin));
  };
  const write = (inner: Value, depth: number): string | undefined => {
    steps -= 1;
    if (depth > DEEPEST) return 'a value nests too deep to be a text';
    if (size > MOST_TEXT || steps < 0) return 'a text is longer than 1 MiB';
    switch (inner.kind) {
      case 'absent':
        literal('null');
        return undefined;
      case 'known': {
        const text = typeof inner.value === 'string' ? quotedJson(inner.value, quote) : String(inner.value);
        size += text.length;
        pieces.push({ ...inner, value: text });
        return undefined;
      }
      case 'unknown':
        pieces.push(undecided(quote === '"' ? 'jsonText' : 'singleQuotedJsonText', [inner], call));
        return undefined;
      case 'list': {
        literal('[');
        for (const [index, item] of inner.items.entries()) {
          if (index > 0) literal(',');
          const fault = write(item, depth + 1);
          if (fault !== undefined) return fault;
        }
        literal(']');
        return undefined;
      }
      case 'object': {
        let separator = '{';
        for (const [name, field] of inner.fields) {
          literal(`${separator}${quotedJson(inner.names?.get(name) ?? name, quote)}:`);
          separator = ',';
          const fault = write(field, depth + 1);
          if (fault !== undefined) return fault;
        }
        literal(inner.fields.size === 0 ? '{}' : '}');
        return undefined;
      }
    }
  };
  if (hasMore(value)) return undecided('string', [value], call);
  const fault = write(value, 0);
  return fault === undefined ? joinText(pieces, call) : call.fail(fault);
}

/** Whether something in the value may have further items or fields. */
function hasMore(value: Value, seen: Set<Value> = new Set(), depth = 0): boolean {
  if ((value.kind !== 'list' && value.kind !== 'object') || depth > DEEPEST || seen.has(value)) return false;
  seen.add(value);
  if (value.more !== undefined) return true;
  const inside = value.kind === 'list' ? value.items : [...value.fields.values()];
  return inside.some((inner) => hasMore(inner, seen, depth + 1));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '\\': '\\\\',
};

/** Escapes as Newtonsoft.Json does: the quote in use, the backslash, control characters and the line separators. */
function quotedJson(text: string, quote: '"' | "'"): string {
  const escaped = text.replace(/["'\\\p{Cc}\u2028\u2029]/gu, (character) => {
    if (character === '"' || character === "'") return character === quote ? `\\${character}` : character;
    if (character >= '\x7f' && character <= '\x9f' && character !== '\x85') return character;
    return ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `${quote}${escaped}${quote}`;
}
