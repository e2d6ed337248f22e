import type { Expression } from './expression.ts';

export type ExpressionOutcome =
  | { readonly expression: Expression }
  | { readonly message: string; readonly offset: number };

/** Calls, members and arguments inside each other. */
const DEEPEST = 100;

/** Whether a text of a template is an expression: it stands in brackets, and the first is not doubled. */
export function isExpression(text: string): boolean {
  return text.startsWith('[') && text.endsWith(']') && !text.startsWith('[[');
}

/** The text that a text of a template stands for when it is no expression: `[[` at the start is one bracket. */
export function unescaped(text: string): string {
  return text.startsWith('[[') && text.endsWith(']') ? text.slice(1) : text;
}

class Fault extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const NAME = /[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*(?=\s*\()/y;
const MEMBER = /[A-Za-z_$][\w-]*|\d+/y;
const NUMBER = /[+-]?\d+(?:\.\d+)?(?![\w.])/y;

/**
 * Parses the text of an expression, brackets included: `[concat('it''s ', variables('a')[0].name)]`. The offset of a
 * message counts in that text.
 */
export function parseExpression(text: string): ExpressionOutcome {
  let offset = 1;
  const end = text.length - 1;

  function skipSpace(): void {
    while (offset < end && /\s/.test(text.charAt(offset))) offset += 1;
  }

  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = offset;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) offset += found.length;
    return found;
  }

  function readExpression(depth: number): Expression {
    if (depth > DEEPEST) throw new Fault(`there are more than ${DEEPEST} levels of nesting`, offset);
    skipSpace();
    let expression = readPrimary(depth);
    for (let levels = depth; ; levels += 1) {
      skipSpace();
      const character = offset < end ? text.charAt(offset) : '';
      if (character !== '.' && character !== '[') return expression;
      if (levels > DEEPEST) throw new Fault(`there are more than ${DEEPEST} levels of nesting`, offset);
      offset += 1;
      skipSpace();
      expression = { kind: 'member', of: expression, key: character === '.' ? readName() : readKey(depth) };
    }
  }

  function readPrimary(depth: number): Expression {
    const character = text.charAt(offset);
    if (character === "'") return { kind: 'text', value: readText() };
    const number = take(NUMBER);
    if (number !== undefined) return { kind: 'number', value: Number(number) };
    const name = take(NAME);
    if (name === undefined)
      throw new Fault('a function call, a text in single quotes or a number is expected', offset);
    skipSpace();
    offset += 1;
    return { kind: 'call', name, args: readArguments(depth) };
  }

  function readArguments(depth: number): readonly Expression[] {
    const args: Expression[] = [];
    skipSpace();
    while (text.charAt(offset) !== ')') {
      args.push(readExpression(depth + 1));
      skipSpace();
      const character = offset < end ? text.charAt(offset) : '';
      if (character === ',') offset += 1;
      else if (character !== ')') throw new Fault('`,` or `)` is expected', offset);
      skipSpace();
      if (character === ',' && text.charAt(offset) === ')')
        throw new Fault('an argument is expected', offset);
    }
    offset += 1;
    return args;
  }

  function readName(): Expression {
    const name = take(MEMBER);
    if (name === undefined) throw new Fault('the name of a property is expected', offset);
    return { kind: 'text', value: name };
  }

  function readKey(depth: number): Expression {
    const key = readExpression(depth + 1);
    skipSpace();
    if (offset >= end || text.charAt(offset) !== ']') throw new Fault('`]` is expected', offset);
    offset += 1;
    return key;
  }

  function readText(): string {
    const start = offset;
    let value = '';
    offset += 1;
    while (offset < end) {
      const close = text.indexOf("'", offset);
      if (close === -1 || close >= end) break;
      value += text.slice(offset, close);
      offset = close + 1;
      if (text.charAt(offset) !== "'") return value;
      value += "'";
      offset += 1;
    }
    throw new Fault('the text has no closing quote', start);
  }

  try {
    const expression = readExpression(0);
    if (offset < end) throw new Fault('`]` is expected', offset);
    return { expression };
  } catch (error) {
    if (error instanceof Fault) return { message: error.message, offset: error.offset };
    throw error;
  }
}
