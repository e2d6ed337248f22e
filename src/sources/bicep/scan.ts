import type { Fault, Token, TokenKind } from './token.ts';

/** The tokens of a text, without gap or overlap, the last one `end`; and what the lexical rules forbid. */
export interface Scanned {
  readonly tokens: readonly Token[];
  readonly faults: readonly Fault[];
}

/** A string that is interrupted by a hole, or a brace inside a hole. */
type Open =
  | { readonly kind: 'brace' }
  | { readonly kind: 'line' }
  | { readonly kind: 'block'; readonly dollars: number };

const DIRECTIVES = ['#disable-next-line', '#disable-diagnostics', '#restore-diagnostics'];
const MOST_FAULTS = 100;
const ESCAPED = "nrt\\'$";
const CODE_POINT = /\{[\da-f]+\}/iy;

/** Operators by their first character, longest first; what is not listed here is a token of one character. */
const LONGER: Readonly<Record<string, readonly TokenKind[]>> = {
  '.': ['...'],
  '?': ['??'],
  ':': ['::'],
  '!': ['!=', '!~'],
  '<': ['<='],
  '>': ['>='],
  '=': ['==', '=~', '=>'],
  '&': ['&&'],
  '|': ['||'],
};
const SINGLE: ReadonlyMap<string, TokenKind> = new Map(
  ([...'{}()[]@,.?:+-*/%^!<>=|'] as TokenKind[]).map((kind) => [kind, kind]),
);

/**
 * Splits Bicep text into tokens as the Bicep lexer does, in one pass. Joined, the tokens give the text back. Newlines in a
 * row are one token. A single-line string ends at the end of its line when its quote is missing, and so does every string
 * that is open around it.
 */
export function scan(text: string): Scanned {
  const tokens: Token[] = [];
  const faults: Fault[] = [];
  const open: Open[] = [];
  let offset = 0;
  let lineIsBlank = true;

  const push = (kind: TokenKind, start: number): void => {
    tokens.push({ kind, start, end: offset });
  };

  function fault(found: Fault): void {
    if (faults.length < MOST_FAULTS) faults.push(found);
  }

  function scanStringLine(start: number, isFirst: boolean): void {
    while (offset < text.length) {
      const unit = text.charCodeAt(offset);
      if (unit === 0x27) {
        offset += 1;
        closeString(start, isFirst);
        return;
      }
      if (unit === 0x24 && text.charCodeAt(offset + 1) === 0x7b) {
        offset += 2;
        if (isFirst) open.push({ kind: 'line' });
        push(isFirst ? 'string-left' : 'string-middle', start);
        return;
      }
      if (isNewline(unit)) break;
      if (unit === 0x5c) skipEscape();
      else offset += 1;
    }
    fault({ message: 'the string has no closing quote on its line', start, end: offset });
    closeString(start, isFirst);
  }

  function closeString(start: number, isFirst: boolean): void {
    if (!isFirst) open.pop();
    push(isFirst ? 'string' : 'string-right', start);
  }

  function skipEscape(): void {
    const start = offset;
    offset += 2;
    const character = text.charAt(start + 1);
    if (character === 'u') {
      CODE_POINT.lastIndex = offset;
      const [digits] = CODE_POINT.exec(text) ?? [];
      if (digits !== undefined && Number.parseInt(digits.slice(1), 16) <= 0x10_ff_ff) {
        offset += digits.length;
        return;
      }
      fault({
        message: '`\\u` takes a code point in hexadecimal digits, as in `\\u{1F600}`',
        start,
        end: offset,
      });
    } else if (character === '' || !ESCAPED.includes(character)) {
      if (character === '' || isNewline(character.charCodeAt(0))) offset -= 1;
      const message = "a backslash stands only before `n`, `r`, `t`, `u{…}`, `\\`, `'` and `$`";
      fault({ message, start, end: offset });
    }
  }

  function scanStringBlock(start: number, isFirst: boolean, dollars: number): void {
    while (offset < text.length) {
      const unit = text.charCodeAt(offset);
      const runStart = offset;
      if (unit === 0x27) {
        while (text.charCodeAt(offset) === 0x27) offset += 1;
        if (offset - runStart < 3) continue;
        closeString(start, isFirst);
        return;
      } else if (unit === 0x24 && dollars > 0) {
        while (text.charCodeAt(offset) === 0x24) offset += 1;
        if (offset - runStart >= dollars && text.charCodeAt(offset) === 0x7b) {
          offset += 1;
          if (isFirst) open.push({ kind: 'block', dollars });
          push(isFirst ? 'string-left' : 'string-middle', start);
          return;
        }
      } else offset += 1;
    }
    fault({
      message: "the string has no closing `'''`",
      start,
      end: start + Math.min(3, offset - start),
    });
    closeString(start, isFirst);
  }

  function scanDollar(start: number): void {
    while (text.charCodeAt(offset) === 0x24) offset += 1;
    if (text.startsWith("'''", offset)) {
      const dollars = offset - start;
      offset += 3;
      scanStringBlock(start, true, dollars);
    } else unrecognized(start);
  }

  function scanComment(start: number): void {
    if (text.charCodeAt(start + 1) === 0x2f) {
      offset = lineEnd(text, start);
    } else {
      const close = text.indexOf('*/', start + 2);
      offset = close === -1 ? text.length : close + 2;
      if (close === -1) fault({ message: 'the comment has no closing `*/`', start, end: start + 2 });
    }
    push('comment', start);
  }

  function scanDirective(start: number): boolean {
    if (!lineIsBlank || !DIRECTIVES.some((directive) => text.startsWith(directive, start))) return false;
    const line = text.slice(start, lineEnd(text, start));
    const comment = line.indexOf('//');
    offset = start + (comment === -1 ? line : line.slice(0, comment)).trimEnd().length;
    push('directive', start);
    return true;
  }

  function scanNewlines(start: number): void {
    if (open.length > 0) {
      fault({ message: 'a hole in a string ends on the line where it begins', start, end: start });
      open.length = 0;
      offset = start;
      push('string-right', start);
      return;
    }
    while (isNewline(text.charCodeAt(offset))) offset += 1;
    push('newline', start);
    lineIsBlank = true;
  }

  function scanSymbol(start: number): void {
    const character = text.charAt(start);
    const longer = LONGER[character]?.find((operator) => text.startsWith(operator, start));
    const kind = longer ?? SINGLE.get(character);
    if (kind === undefined) {
      unrecognized(start);
      return;
    }
    offset = start + kind.length;
    const inner = open.at(-1);
    if (kind === '}' && inner?.kind === 'line') scanStringLine(start, false);
    else if (kind === '}' && inner?.kind === 'block') scanStringBlock(start, false, inner.dollars);
    else {
      if (kind === '{' && inner !== undefined) open.push({ kind: 'brace' });
      if (kind === '}') open.pop();
      push(kind, start);
    }
  }

  function unrecognized(start: number): void {
    if ((text.codePointAt(start) ?? 0) > 0xff_ff) offset = start + 2;
    const before = tokens.at(-1);
    if (before?.kind === 'unrecognized') {
      tokens[tokens.length - 1] = { ...before, end: offset };
      return;
    }
    const isQuote = text.charAt(start) === '"';
    const message = isQuote
      ? "strings stand in single quotes (`'`)"
      : 'this character has no meaning in Bicep';
    fault({ message, start, end: offset });
    push('unrecognized', start);
  }

  while (offset < text.length) {
    const start = offset;
    const unit = text.charCodeAt(start);
    offset += 1;
    if (unit === 0x20 || unit === 0x09 || (unit === 0xfe_ff && start === 0)) {
      while (isSpace(text.charCodeAt(offset))) offset += 1;
      push('space', start);
    } else if (isNewline(unit)) {
      scanNewlines(start);
    } else if (isLetter(unit)) {
      while (isLetter(text.charCodeAt(offset)) || isDigit(text.charCodeAt(offset))) offset += 1;
      push(wordKind(text, start, offset), start);
      lineIsBlank = false;
    } else if (isDigit(unit)) {
      while (isDigit(text.charCodeAt(offset))) offset += 1;
      push('integer', start);
      lineIsBlank = false;
    } else if (unit === 0x2f && isCommentStart(text.charCodeAt(offset))) {
      scanComment(start);
      lineIsBlank = false;
    } else if (unit !== 0x23 || !scanDirective(start)) {
      lineIsBlank = false;
      if (unit === 0x27 && text.startsWith("''", offset)) {
        offset += 2;
        scanStringBlock(start, true, 0);
      } else if (unit === 0x27) scanStringLine(start, true);
      else if (unit === 0x24) scanDollar(start);
      else scanSymbol(start);
    }
  }
  push('end', offset);
  return { tokens, faults };
}

function lineEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !isNewline(text.charCodeAt(end))) end += 1;
  return end;
}

function wordKind(text: string, start: number, end: number): TokenKind {
  const first = text.charCodeAt(start);
  if (end - start > 5 || (first !== 0x74 && first !== 0x66 && first !== 0x6e)) return 'identifier';
  const word = text.slice(start, end);
  return word === 'true' || word === 'false' || word === 'null' ? word : 'identifier';
}

function isCommentStart(unit: number): boolean {
  return unit === 0x2f || unit === 0x2a;
}

function isNewline(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d;
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x09;
}

function isLetter(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || unit === 0x5f;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}
