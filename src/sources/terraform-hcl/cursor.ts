import type { Expression, Fault } from './expression.ts';

/** Expressions nested deeper than this are refused; what people write stays below twenty. */
const DEEPEST = 200;
/** Longer chains of operators, or of steps into a value, are refused: each link is one level of a tree. */
const LONGEST_CHAIN = 1_000;

/** Where a parser stands in a text. The first fault ends the parsing: it moves the cursor to the end. */
export interface Cursor {
  readonly text: string;
  offset: number;
  /** Where the part of the text that belongs to the parser ends. */
  end: number;
  /** Whether a line break ends an expression, as it does between the entries of an object. */
  linesCount: boolean;
  depth: number;
  fault: Fault | undefined;
}

export function createCursor(text: string, start: number, end: number): Cursor {
  return { text, offset: start, end, linesCount: false, depth: 0, fault: undefined };
}

/** Notes what is wrong, unless something was wrong before, and ends the parsing. */
export function fail(cursor: Cursor, message: string, offset: number = cursor.offset): Expression {
  cursor.fault ??= { message, offset };
  cursor.offset = cursor.end;
  return { kind: 'literal', value: null, start: offset, end: offset };
}

/** Parses one level deeper. */
export function nested(cursor: Cursor, parse: () => Expression): Expression {
  if (cursor.depth === DEEPEST) return fail(cursor, `nested deeper than ${DEEPEST} levels`);
  cursor.depth += 1;
  const expression = parse();
  cursor.depth -= 1;
  return expression;
}

/** Parses what stands between brackets, with line breaks as they count there. */
export function between(cursor: Cursor, linesCount: boolean, parse: () => Expression): Expression {
  const outer = cursor.linesCount;
  cursor.linesCount = linesCount;
  const expression = parse();
  cursor.linesCount = outer;
  return expression;
}

/** Refuses a chain when it gets too long. `links` are those so far. */
export function checkChain(cursor: Cursor, links: number): void {
  if (links > LONGEST_CHAIN) fail(cursor, `a chain of more than ${LONGEST_CHAIN} operators or steps`);
}

/** Whether the text goes on like this. */
export function sees(cursor: Cursor, token: string): boolean {
  return cursor.offset + token.length <= cursor.end && cursor.text.startsWith(token, cursor.offset);
}

/** Steps over the token if it is there, after spaces. */
export function take(cursor: Cursor, token: string): boolean {
  skipSpace(cursor);
  if (!sees(cursor, token)) return false;
  cursor.offset += token.length;
  return true;
}

const COMMENT = /#|\/\/|\/\*/y;

/** Steps over spaces, comments and, where they do not count, line breaks. */
export function skipSpace(cursor: Cursor): void {
  const { text } = cursor;
  while (cursor.offset < cursor.end) {
    const character = text[cursor.offset];
    if (character === ' ' || character === '\t' || character === '\r') {
      cursor.offset += 1;
    } else if (character === '\n') {
      if (cursor.linesCount) return;
      cursor.offset += 1;
    } else if (character === '#' || character === '/') {
      COMMENT.lastIndex = cursor.offset;
      if (!COMMENT.test(text)) return;
      cursor.offset = commentEnd(text, cursor.offset, cursor.end);
    } else {
      return;
    }
  }
}

/** Where a comment ends: before its line break, or behind its closing mark. */
export function commentEnd(text: string, start: number, end: number): number {
  const isBlock = text.startsWith('/*', start);
  const close = text.indexOf(isBlock ? '*/' : '\n', start + (isBlock ? 2 : 1));
  if (close === -1 || close > end) return end;
  return isBlock ? Math.min(close + 2, end) : close;
}

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;

/** The identifier that begins here, without stepping over it. */
export function identifierAt(text: string, offset: number, end: number): string | undefined {
  IDENTIFIER.lastIndex = offset;
  const name = IDENTIFIER.exec(text)?.[0];
  return name === undefined || offset + name.length > end ? undefined : name;
}

/** Steps over an identifier if one is there. */
export function takeIdentifier(cursor: Cursor): string | undefined {
  const name = identifierAt(cursor.text, cursor.offset, cursor.end);
  if (name !== undefined) cursor.offset += name.length;
  return name;
}
