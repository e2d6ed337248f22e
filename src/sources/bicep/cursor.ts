import type { Name, Span } from './expression-syntax.ts';
import { type Fault, isTrivia, type Token, type TokenKind } from './token.ts';

/**
 * Thrown to leave a piece of syntax that cannot be read, after its fault is noted, and caught where the parser knows how to
 * go on. It never leaves the parser.
 */
const GIVE_UP: Error = new Error('this piece of syntax cannot be read');

/** How deeply brackets, conditionals, lambdas and operators may nest. Real files stay below 40. */
const DEEPEST = 200;
/** How many links `a.b.c` or `a + b + c` may have in one chain. */
const LONGEST_CHAIN = 400;
/** Whoever has so many faults has another language: nothing after the last of them is read. */
const MOST_FAULTS = 100;

/** What a line begins after: its end, or the byte order mark. */
const LINE_ENDS = '\n\r\ufeff';

const DECLARATION_WORDS = new Set([
  'assert',
  'extends',
  'extension',
  'extensionConfig',
  'func',
  'import',
  'metadata',
  'module',
  'output',
  'param',
  'provider',
  'resource',
  'targetScope',
  'test',
  'type',
  'using',
  'var',
]);

/** Reads tokens without the trivia, from the first to `end`, which it does not pass. */
export interface Cursor {
  readonly text: string;
  readonly faults: readonly Fault[];
  /** There are so many faults that nothing more is read. */
  isCutOff(): boolean;
  peek(ahead?: number): Token;
  /** The next token that is not a newline, without moving there. */
  peekPastNewlines(ahead?: number): Token;
  is(kind: TokenKind): boolean;
  isWord(word: string): boolean;
  next(): Token;
  /** Moves over the token when it is of this kind. */
  accept(kind: TokenKind): boolean;
  /** The token of this kind, or a fault that says what is expected here. */
  expect(kind: TokenKind, what?: string): Token;
  name(what: string): Name;
  skipNewlines(): void;
  textOf(token: Token): string;
  /** The end of the last token read. */
  lastEnd(): number;
  fault(message: string, span?: Span): void;
  fail(message: string): never;
  /** Runs a parser one level deeper. */
  nest<T>(parse: () => T): T;
  /** Notes that a chain of operators goes on; gives up on chains that no person writes. */
  checkChain(links: number): void;
  /**
   * Runs a parser; when it gives up, skips what belongs to it and gives undefined. Skipping ends before one of `stops`, before
   * a closing bracket that was not opened meanwhile, and before a line that starts a declaration.
   */
  recover<T>(parse: () => T, stops: ReadonlySet<TokenKind>): T | undefined;
  /** Whether a declaration begins here that cannot be anything else: the construct around it has no end. */
  isAtStrayDeclaration(): boolean;
  /** Moves to the next line that starts a declaration, no further to the right than the token at `index`. */
  skipToDeclaration(column: number): void;
  /** The column of the next token when it is the first of its line. */
  lineStartColumn(): number | undefined;
}

export function createCursor(text: string, all: readonly Token[]): Cursor {
  const tokens = all.filter((token) => !isTrivia(token));
  const last = tokens.length - 1;
  const END: Token = tokens[last] ?? { kind: 'end', start: text.length, end: text.length };
  const faults: Fault[] = [];
  let index = 0;
  let depth = 0;
  let lastFault = -1;

  const peek = (ahead = 0): Token => tokens[index + ahead] ?? END;
  const is = (kind: TokenKind): boolean => peek().kind === kind;
  const textOf = (token: Token): string => text.slice(token.start, token.end);
  const isWord = (word: string): boolean => isWordAt(peek(), word);

  function isWordAt({ kind, start, end }: Token, word: string): boolean {
    return kind === 'identifier' && end - start === word.length && text.startsWith(word, start);
  }

  function next(): Token {
    const token = peek();
    if (index < last) index += 1;
    return token;
  }

  function peekPastNewlines(ahead = 0): Token {
    let at = ahead;
    while (peek(at).kind === 'newline') at += 1;
    return peek(at);
  }

  function fault(message: string, { start, end }: Span = peek()): void {
    if (start === lastFault || faults.length >= MOST_FAULTS) return;
    lastFault = start;
    faults.push({ message, start, end });
    if (faults.length === MOST_FAULTS) index = last;
  }

  function fail(message: string): never {
    fault(message);
    throw GIVE_UP;
  }

  function expect(kind: TokenKind, what = `\`${kind}\``): Token {
    return is(kind) ? next() : fail(`${what} is expected here`);
  }

  function columnOfLineStart(token: Token): number | undefined {
    let start = token.start;
    while (start > 0 && ' \t'.includes(text.charAt(start - 1))) start -= 1;
    return start === 0 || LINE_ENDS.includes(text.charAt(start - 1)) ? token.start - start : undefined;
  }

  function isFirstInLine({ start }: Token): boolean {
    return start === 0 || LINE_ENDS.includes(text.charAt(start - 1));
  }

  function startsDeclaration(ahead: number): boolean {
    const token = peek(ahead);
    if (token.kind === '@') return true;
    if (token.kind !== 'identifier' || !DECLARATION_WORDS.has(textOf(token))) return false;
    const { kind } = peek(ahead + 1);
    if (isWordAt(token, 'targetScope')) return kind === '=';
    return (
      kind === 'identifier' ||
      kind === 'string' ||
      (isWordAt(token, 'import') && (kind === '{' || kind === '*'))
    );
  }

  /** Nested resources and decorators may stand inside other declarations as long as nothing is wrong there. */
  function isAtStrayDeclaration(): boolean {
    // Asked of every token: most stand somewhere in a line, which is cheaper to see than what they are.
    if (!isFirstInLine(peek()) || !startsDeclaration(0)) return false;
    return (!is('@') && !isWord('resource')) || faults.length > 0;
  }

  function recover<T>(parse: () => T, stops: ReadonlySet<TokenKind>): T | undefined {
    const depthBefore = depth;
    try {
      return parse();
    } catch (error) {
      if (error !== GIVE_UP) throw error;
      depth = depthBefore;
    }
    for (let opened = 0; !is('end') && !isAtStrayDeclaration(); next()) {
      const { kind } = peek();
      if (opened === 0 && stops.has(kind)) break;
      if (kind === '{' || kind === '[' || kind === '(' || kind === 'string-left') opened += 1;
      else if (kind === '}' || kind === ']' || kind === ')' || kind === 'string-right') {
        if (opened === 0) break;
        opened -= 1;
      }
    }
    return undefined;
  }

  return {
    text,
    faults,
    isCutOff: () => faults.length >= MOST_FAULTS,
    peek,
    peekPastNewlines,
    is,
    isWord,
    next,
    accept(kind) {
      if (!is(kind)) return false;
      next();
      return true;
    },
    expect,
    name(what) {
      const token = expect('identifier', what);
      return { kind: 'name', text: textOf(token), start: token.start, end: token.end };
    },
    skipNewlines() {
      while (is('newline')) next();
    },
    textOf,
    lastEnd: () => (index === 0 ? 0 : (tokens[index - 1]?.end ?? 0)),
    fault,
    fail,
    nest(parse) {
      if (depth >= DEEPEST) fail(`nothing may nest more than ${DEEPEST} levels deep`);
      depth += 1;
      const result = parse();
      depth -= 1;
      return result;
    },
    checkChain(links) {
      if (links > LONGEST_CHAIN) fail(`no more than ${LONGEST_CHAIN} operators may follow each other`);
    },
    recover,
    isAtStrayDeclaration,
    skipToDeclaration(column) {
      for (; !is('end'); next()) {
        const here = startsDeclaration(0) ? columnOfLineStart(peek()) : undefined;
        if (here !== undefined && here <= column) return;
      }
    },
    lineStartColumn: () => columnOfLineStart(peek()),
  };
}
