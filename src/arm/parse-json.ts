import { lineIndex } from '../text/line-index.ts';
import type { Problem } from '../text/problem.ts';
import { type JsonFile, type JsonMember, type JsonNode, originOf } from './json-node.ts';

/** Azure takes templates of up to 4 MiB; spaces and comments do not count there. */
const MOST_CHARACTERS = 8 * 1024 * 1024;
/** Newtonsoft.Json, which Azure uses, reads 64 levels of one document; templates can lie inside each other. */
const DEEPEST = 200;

export type JsonOutcome = { readonly root: JsonNode } | { readonly problem: Problem };

/** Where reading stops, and why. */
class Fault extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Reads JSON as Azure's tools read templates: with comments, trailing commas, a byte order mark, and texts that run over
 * several lines. The problem is fatal and points at the first place that cannot stand there.
 */
export function parseJson(text: string, path: string): JsonOutcome {
  const file: JsonFile = { path, lines: lineIndex(text) };
  const fail = (code: string, message: string, offset: number): JsonOutcome => ({
    problem: { code, message, origin: originOf({ file, start: offset, end: offset + 1 }), severity: 'fatal' },
  });
  if (text.length > MOST_CHARACTERS) {
    return fail('template-too-large', `the file has more than ${MOST_CHARACTERS / 1024 / 1024} MiB`, 0);
  }
  try {
    return { root: readDocument(text, file) };
  } catch (error) {
    if (error instanceof Fault) return fail('json-not-readable', error.message, error.offset);
    throw error;
  }
}

const CODE = {
  newline: 0x0a,
  quote: 0x22,
  comma: 0x2c,
  slash: 0x2f,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

function readDocument(text: string, file: JsonFile): JsonNode {
  let offset = text.startsWith('\ufeff') ? 1 : 0;

  /** Moves to the next character that is neither space nor comment, and gives its code; NaN at the end. */
  function next(): number {
    while (offset < text.length) {
      const code = text.charCodeAt(offset);
      if (code === CODE.slash) skipComment();
      else if (code <= 0x20 || code === 0xa0 || code === 0xfeff) offset += 1;
      else return code;
    }
    return Number.NaN;
  }

  function skipComment(): void {
    const isLine = text.charCodeAt(offset + 1) === CODE.slash;
    if (!isLine && text.charAt(offset + 1) !== '*') throw new Fault('a value is expected here', offset);
    const end = isLine ? text.indexOf('\n', offset) : text.indexOf('*/', offset + 2);
    if (end === -1 && !isLine) throw new Fault('this comment has no end', offset);
    offset = end === -1 ? text.length : end + (isLine ? 1 : 2);
  }

  function readValue(depth: number): JsonNode {
    const code = next();
    const start = offset;
    if (depth > DEEPEST) throw new Fault(`there are more than ${DEEPEST} levels of nesting`, start);
    if (code === CODE.openBrace) {
      const members = readMembers(depth);
      return { kind: 'object', members, file, start, end: offset };
    }
    if (code === CODE.openBracket) {
      const items = readItems(depth);
      return { kind: 'array', items, file, start, end: offset };
    }
    if (code === CODE.quote) {
      const value = readText();
      return { kind: 'scalar', value, file, start, end: offset };
    }
    SCALAR.lastIndex = start;
    const word = SCALAR.exec(text)?.[0];
    if (word === undefined) throw new Fault('a value is expected here', start);
    offset += word.length;
    return { kind: 'scalar', value: scalarOf(word), file, start, end: offset };
  }

  function readMembers(depth: number): ReadonlyMap<string, JsonMember> {
    const members = new Map<string, JsonMember>();
    offset += 1;
    for (let code = next(); code !== CODE.closeBrace; code = next()) {
      if (code !== CODE.quote) throw new Fault('a name in double quotes is expected here', offset);
      const start = offset;
      const name = readText();
      const end = offset;
      if (next() !== CODE.colon) throw new Fault('`:` is expected here', offset);
      offset += 1;
      const value = readValue(depth + 1);
      members.set(name.toLowerCase(), { name, value, file, start, end });
      passComma(CODE.closeBrace, '`,` or `}` is expected here');
    }
    offset += 1;
    return members;
  }

  function readItems(depth: number): readonly JsonNode[] {
    const items: JsonNode[] = [];
    offset += 1;
    while (next() !== CODE.closeBracket) {
      items.push(readValue(depth + 1));
      passComma(CODE.closeBracket, '`,` or `]` is expected here');
    }
    offset += 1;
    return items;
  }

  function passComma(close: number, message: string): void {
    const code = next();
    if (code === CODE.comma) offset += 1;
    else if (code !== close) throw new Fault(message, offset);
  }

  /** A text over several lines keeps its line breaks, as Azure's tools keep them. */
  function readText(): string {
    const start = offset;
    let value = '';
    let from = start + 1;
    for (offset = from; offset < text.length; offset += 1) {
      const code = text.charCodeAt(offset);
      if (code === CODE.quote) {
        value += text.slice(from, offset);
        offset += 1;
        return value;
      }
      if (code !== CODE.backslash) continue;
      value += text.slice(from, offset) + readEscape();
      from = offset + 1;
    }
    throw new Fault('this text has no closing quote', start);
  }

  /** Reads an escape sequence and stops on its last character. */
  function readEscape(): string {
    const start = offset;
    offset += 1;
    const character = text.charAt(offset);
    if (character === 'u') {
      const digits = text.slice(offset + 1, offset + 5);
      if (!/^[\da-f]{4}$/i.test(digits)) throw new Fault('this escape sequence is not valid', start);
      offset += 4;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const meaning = ESCAPES[character];
    if (meaning === undefined) throw new Fault('this escape sequence is not valid', start);
    return meaning;
  }

  const root = readValue(0);
  if (!Number.isNaN(next())) throw new Fault('the end of the file is expected here', offset);
  return root;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function scalarOf(word: string): number | boolean | null {
  if (word === 'null') return null;
  return word === 'true' || word === 'false' ? word === 'true' : Number(word);
}
