import type { Origin } from '../../text/origin.ts';
import { absent, known, list, type Value } from '../../value/value.ts';
import { DEEPEST, MOST_STEPS } from '../limits.ts';
import { objectBuilder } from '../object-builder.ts';

/** What `readJson` gives: the value, or why the text is none. */
export type JsonResult = { readonly value: Value } | { readonly fault: string };

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
};

/**
 * Reads JSON as `json` of Azure does, which uses Newtonsoft.Json: also texts in single quotes, names without quotes,
 * comments and a comma at the end of a list or object. The last of two fields with one name wins. Numbers that a double
 * does not hold exactly are refused. Every value has the origin of the text.
 */
export function readJson(text: string, origin: Origin): JsonResult {
  let offset = 0;
  let steps = MOST_STEPS;

  const skip = (): void => {
    const rest = /(?:[\s\ufeff]|\/\*[\s\S]*?\*\/|\/\/[^\r\n]*)*/y;
    rest.lastIndex = offset;
    offset += rest.exec(text)?.[0].length ?? 0;
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = offset;
    const found = pattern.exec(text)?.[0];
    offset += found?.length ?? 0;
    return found;
  };

  const readText = (): string | undefined => {
    const quote = text.charAt(offset);
    const pieces: string[] = [];
    offset += 1;
    while (offset < text.length) {
      pieces.push(take(quote === '"' ? /[^"\\]*/y : /[^'\\]*/y) ?? '');
      const character = text.charAt(offset);
      offset += 1;
      if (character === quote) return pieces.join('');
      const escaped = text.charAt(offset);
      const unit =
        escaped === 'u' ? /^[\da-f]{4}$/i.exec(text.slice(offset + 1, offset + 5))?.[0] : undefined;
      const plain =
        ESCAPES[escaped] ?? (unit === undefined ? undefined : String.fromCharCode(Number.parseInt(unit, 16)));
      if (plain === undefined) return undefined;
      pieces.push(plain);
      offset += unit === undefined ? 1 : 5;
    }
    return undefined;
  };

  const readWord = (): Value | undefined => {
    const word = take(/-?[\w.+-]+/y) ?? '';
    if (word === 'true' || word === 'false') return known(word === 'true', origin);
    if (word === 'null' || word === 'undefined') return absent(origin);
    if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(word)) return undefined;
    const number = Number(word);
    const isExact = /^-?\d+$/.test(word) ? Number.isSafeInteger(number) : Number.isFinite(number);
    return isExact ? known(number === 0 ? 0 : number, origin) : undefined;
  };

  const readList = (depth: number): Value | undefined => {
    const items: Value[] = [];
    offset += 1;
    for (skip(); text.charAt(offset) !== ']'; skip()) {
      const item = readValue(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      skip();
      if (take(/,/y) === undefined && text.charAt(offset) !== ']') return undefined;
    }
    offset += 1;
    return list(items, origin);
  };

  const readObject = (depth: number): Value | undefined => {
    const fields = objectBuilder();
    offset += 1;
    for (skip(); text.charAt(offset) !== '}'; skip()) {
      const name = /["']/.test(text.charAt(offset)) ? readText() : take(/[\p{L}_$][\w$]*/uy);
      if (name === undefined) return undefined;
      skip();
      if (take(/:/y) === undefined) return undefined;
      const field = readValue(depth + 1);
      if (field === undefined) return undefined;
      fields.set(name, field);
      skip();
      if (take(/,/y) === undefined && text.charAt(offset) !== '}') return undefined;
    }
    offset += 1;
    return fields.build(origin);
  };

  const readValue = (depth: number): Value | undefined => {
    steps -= 1;
    skip();
    if (depth > DEEPEST || steps < 0) return undefined;
    switch (text.charAt(offset)) {
      case '{':
        return readObject(depth);
      case '[':
        return readList(depth);
      case '"':
      case "'": {
        const content = readText();
        return content === undefined ? undefined : known(content, origin);
      }
      default:
        return readWord();
    }
  };

  const value = readValue(0);
  skip();
  if (value !== undefined && offset === text.length) return { value };
  return { fault: `a text is not JSON at its character ${Math.min(offset, text.length) + 1}` };
}
