/**
 * Why a text is not JSON: it stops before the value is complete (`truncated`), something stands after the value
 * (`trailing`), or a character cannot stand where it stands (`unexpected`). `offset` is that of the first character that
 * no JSON text could have there; for `truncated` it is the length of the text.
 */
export interface JsonFault {
  readonly kind: 'truncated' | 'trailing' | 'unexpected';
  readonly offset: number;
}

type Expectation = 'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'comma-or-close';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Finds the first syntax fault of a text by RFC 8259, or nothing when the text is JSON. `JSON.parse` of Node 20 names
 * the place in some of its messages only, and quotes the text in others; this gives the place always and the text never.
 * One pass, without recursion: nesting costs no stack.
 */
export function jsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expectation = 'value';
  let offset = skipSpace(text, 0);
  while (true) {
    if (offset >= text.length) return { kind: 'truncated', offset: text.length };
    const character = text.charAt(offset);
    const inside = open.at(-1);
    let next: number | JsonFault = offset + 1;
    let valueDone = false;

    if ((character === '}' && inside === '{') || (character === ']' && inside === '[')) {
      const mayClose = character === '}' ? 'key-or-close' : 'value-or-close';
      if (expected !== 'comma-or-close' && expected !== mayClose) return { kind: 'unexpected', offset };
      open.pop();
      valueDone = true;
    } else if (expected === 'comma-or-close') {
      if (character !== ',') return { kind: 'unexpected', offset };
      expected = inside === '{' ? 'key' : 'value';
    } else if (expected === 'colon') {
      if (character !== ':') return { kind: 'unexpected', offset };
      expected = 'value';
    } else if (expected === 'key' || expected === 'key-or-close') {
      if (character !== '"') return { kind: 'unexpected', offset };
      next = skipString(text, offset);
      expected = 'colon';
    } else if (character === '{' || character === '[') {
      open.push(character);
      expected = character === '{' ? 'key-or-close' : 'value-or-close';
    } else {
      next = skipScalar(text, offset);
      valueDone = true;
    }

    if (typeof next !== 'number') return next;
    offset = skipSpace(text, next);
    if (!valueDone) continue;
    expected = 'comma-or-close';
    if (open.length === 0) return offset < text.length ? { kind: 'trailing', offset } : undefined;
  }
}

function skipSpace(text: string, start: number): number {
  let offset = start;
  while (offset < text.length && ' \t\n\r'.includes(text.charAt(offset))) offset += 1;
  return offset;
}

function skipScalar(text: string, start: number): number | JsonFault {
  const first = text.charAt(start);
  if (first === '"') return skipString(text, start);
  if (first === 't') return skipWord(text, start, 'true');
  if (first === 'f') return skipWord(text, start, 'false');
  if (first === 'n') return skipWord(text, start, 'null');
  return skipNumber(text, start);
}

function skipWord(text: string, start: number, word: string): number | JsonFault {
  for (let index = 0; index < word.length; index += 1) {
    if (text.charAt(start + index) !== word.charAt(index)) return faultAt(text, start + index);
  }
  return start + word.length;
}

function skipString(text: string, start: number): number | JsonFault {
  let offset = start + 1;
  while (offset < text.length) {
    const unit = text.charCodeAt(offset);
    if (unit === QUOTE) return offset + 1;
    if (unit < 0x20) return faultAt(text, offset);
    offset += 1;
    if (unit !== BACKSLASH) continue;
    const escaped = text.charAt(offset);
    if (escaped === '' || !'"\\/bfnrtu'.includes(escaped)) return faultAt(text, offset);
    offset += 1;
    if (escaped !== 'u') continue;
    for (const end = offset + 4; offset < end; offset += 1) {
      if (!/^[\da-f]$/i.test(text.charAt(offset))) return faultAt(text, offset);
    }
  }
  return faultAt(text, text.length);
}

function skipNumber(text: string, start: number): number | JsonFault {
  let offset = text.charAt(start) === '-' ? start + 1 : start;
  if (!isDigit(text, offset)) return faultAt(text, offset);
  offset = text.charAt(offset) === '0' ? offset + 1 : skipDigits(text, offset);
  if (text.charAt(offset) === '.') {
    if (!isDigit(text, offset + 1)) return faultAt(text, offset + 1);
    offset = skipDigits(text, offset + 1);
  }
  if (/^[eE]$/.test(text.charAt(offset))) {
    offset += 1;
    if (/^[+-]$/.test(text.charAt(offset))) offset += 1;
    if (!isDigit(text, offset)) return faultAt(text, offset);
    offset = skipDigits(text, offset);
  }
  return offset;
}

function skipDigits(text: string, start: number): number {
  let offset = start;
  while (isDigit(text, offset)) offset += 1;
  return offset;
}

function isDigit(text: string, offset: number): boolean {
  const unit = text.charCodeAt(offset);
  return unit >= 0x30 && unit <= 0x39;
}

function faultAt(text: string, offset: number): JsonFault {
  return offset >= text.length ? { kind: 'truncated', offset: text.length } : { kind: 'unexpected', offset };
}
