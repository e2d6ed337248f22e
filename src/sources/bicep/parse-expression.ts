import type { Cursor } from './cursor.ts';
import type {
  BinaryOperator,
  Expression,
  ForLoop,
  Lambda,
  Missing,
  Name,
  ObjectLiteral,
  Property,
  Span,
  Spread,
  StringLiteral,
  UnaryOperator,
} from './expression-syntax.ts';
import { blockDollars, stringText } from './string-text.ts';
import type { ResourceDeclaration } from './syntax.ts';
import type { Token, TokenKind } from './token.ts';

/** How strongly binary operators bind; all of them group from the left. */
const PRECEDENCE: Readonly<Partial<Record<TokenKind, number>>> = {
  '*': 100,
  '/': 100,
  '%': 100,
  '+': 90,
  '-': 90,
  '>': 80,
  '>=': 80,
  '<': 80,
  '<=': 80,
  '==': 70,
  '!=': 70,
  '=~': 70,
  '!~': 70,
  '&&': 50,
  '||': 40,
  '??': 30,
};
const UNARY: ReadonlySet<TokenKind> = new Set(['!', '-', '+']);
const LAMBDA_ENDS = new Set([
  'assert',
  'import',
  'metadata',
  'param',
  'var',
  'resource',
  'output',
  'module',
  'type',
]);

const AFTER_ITEM: ReadonlySet<TokenKind> = new Set(['newline', ',']);
const AFTER_ARGUMENT: ReadonlySet<TokenKind> = new Set(['newline', ',', ')']);
const AFTER_TYPE_ARGUMENT: ReadonlySet<TokenKind> = new Set(['newline', ',', '>']);
const END_OF_LINE: ReadonlySet<TokenKind> = new Set(['newline']);
const AFTER_HOLE: ReadonlySet<TokenKind> = new Set(['string-middle', 'string-right', 'newline']);
const CLOSING: ReadonlySet<TokenKind> = new Set(['}', ']', ')', 'string-middle', 'string-right', 'end']);

/** Reads expressions; what cannot be read leaves a `missing` node and a fault of the cursor. */
export interface ExpressionParser {
  expression(): Expression;
  /** An object that may hold nested resources when `resource` reads them. */
  object(resource?: () => ResourceDeclaration): ObjectLiteral;
  string(): StringLiteral;
  /** `[for … in …: body]` from its bracket on. */
  forLoop<Body>(body: () => Body): ForLoop<Body | Missing>;
  /** The name or call of a decorator, after its `@`. */
  decorator(): Expression;
  /** Elements between brackets: separated by newlines or commas, on as many lines as there are. */
  elements<T>(
    open: '{' | '[',
    parse: () => T,
    missing: (span: Span) => T,
  ): { readonly items: readonly T[] } & Span;
  /** Elements between brackets that commas separate; newlines may stand around them. */
  commaList<T>(list: CommaList<T>): readonly T[];
}

export interface CommaList<T> {
  readonly close: ')' | '>';
  readonly parse: () => T;
  readonly missing: (span: Span) => T;
  /** A comma may stand after the last element. */
  readonly trailing?: true;
}

export function createExpressionParser(cursor: Cursor): ExpressionParser {
  const { peek, is, next, accept, expect, fail } = cursor;
  const spanFrom = (start: number): Span => ({ start, end: cursor.lastEnd() });
  const missing = (span: Span): Missing => ({ kind: 'missing', ...span });

  function expression(): Expression {
    return cursor.nest(() => {
      const start = peek().start;
      const condition = binary(0);
      if (cursor.peekPastNewlines().kind !== '?') return condition;
      cursor.skipNewlines();
      next();
      const whenTrue = expression();
      if (cursor.peekPastNewlines().kind === ':') cursor.skipNewlines();
      expect(':');
      const whenFalse = expression();
      return { kind: 'ternary', condition, whenTrue, whenFalse, ...spanFrom(start) };
    });
  }

  function binary(floor: number): Expression {
    const start = peek().start;
    let left = unary();
    for (let links = 1; ; links += 1) {
      const operator = peek().kind;
      const precedence = PRECEDENCE[operator] ?? 0;
      if (precedence <= floor) return left;
      cursor.checkChain(links);
      next();
      const right = binary(precedence);
      left = { kind: 'binary', operator: operator as BinaryOperator, left, right, ...spanFrom(start) };
    }
  }

  function unary(): Expression {
    if (!UNARY.has(peek().kind)) return member();
    const { kind, start } = next();
    const operand = member();
    return { kind: 'unary', operator: kind as UnaryOperator, operand, ...spanFrom(start) };
  }

  function member(): Expression {
    const start = peek().start;
    let base = primary();
    for (let links = 1; ; links += 1) {
      cursor.checkChain(links);
      if (accept('[')) {
        const safe = accept('?');
        const fromEnd = accept('^');
        const index = expression();
        expect(']');
        base = { kind: 'index-access', base, index, safe, fromEnd, ...spanFrom(start) };
      } else if (accept('.')) {
        const safe = accept('?');
        const name = cursor.name('the name of a property or function');
        base = is('(')
          ? { kind: 'method-call', base, name, arguments: callArguments(), ...spanFrom(start) }
          : { kind: 'property-access', base, name, safe, ...spanFrom(start) };
      } else if (accept('::')) {
        const name = cursor.name('the name of a nested resource');
        base = { kind: 'nested-access', base, name, ...spanFrom(start) };
      } else if (accept('!')) {
        base = { kind: 'non-null', base, ...spanFrom(start) };
      } else return base;
    }
  }

  function primary(): Expression {
    const token = peek();
    switch (token.kind) {
      case 'null':
        return { ...next(), kind: 'null' };
      case 'true':
      case 'false':
        return { ...next(), kind: 'boolean', value: token.kind === 'true' };
      case 'integer':
        return { ...next(), kind: 'integer', value: Number(cursor.textOf(token)) };
      case 'string':
      case 'string-left':
        return string();
      case '{':
        return object();
      case '[':
        return isLoop() ? forLoop(expression) : array();
      case '(':
        return parenthesizedOrLambda();
      case 'identifier':
        return nameOrCall();
      default:
        return fail('a value is expected here');
    }
  }

  function nameOrCall(): Expression {
    const name = cursor.name('a name');
    if (is('(')) return { kind: 'call', name, arguments: callArguments(), ...spanFrom(name.start) };
    if (is('=>')) return lambda([name], true, name.start);
    return { kind: 'variable', name: name.text, start: name.start, end: name.end };
  }

  function lambda(parameters: readonly Name[], bare: boolean, start: number): Lambda {
    expect('=>');
    const body = cursor.peekPastNewlines();
    if (body.kind !== 'identifier' || !LAMBDA_ENDS.has(cursor.textOf(body))) cursor.skipNewlines();
    return { kind: 'lambda', parameters, bare, body: expression(), ...spanFrom(start) };
  }

  function parenthesizedOrLambda(): Expression {
    const { start } = expect('(');
    const items: Expression[] = [];
    cursor.skipNewlines();
    while (!is(')')) {
      items.push(expression());
      cursor.skipNewlines();
      if (!accept(',')) break;
      cursor.skipNewlines();
    }
    expect(')');
    if (is('=>')) {
      return lambda(items.map(asParameter), false, start);
    }
    const [inner] = items;
    if (inner === undefined || items.length > 1) {
      cursor.fault('parentheses hold exactly one value', spanFrom(start));
      return missing(spanFrom(start));
    }
    return { kind: 'parenthesized', inner, ...spanFrom(start) };
  }

  function asParameter(item: Expression): Name {
    const { start, end } = item;
    if (item.kind === 'variable') return { kind: 'name', text: item.name, start, end };
    cursor.fault('the parameters of a lambda are names', item);
    return { kind: 'name', text: '', start, end };
  }

  function string(): StringLiteral {
    const first = is('string-left') ? next() : expect('string', 'a string');
    const dollars = blockDollars(cursor.textOf(first));
    const segments = [stringText(cursor.textOf(first), true, dollars)];
    const holes: Expression[] = [];
    for (let piece: Token = first; piece.kind === 'string-left' || piece.kind === 'string-middle'; ) {
      const start = peek().start;
      holes.push(cursor.recover(hole, AFTER_HOLE) ?? missing(spanFrom(start)));
      if (!is('string-middle') && !is('string-right')) fail('`}` is expected here');
      piece = next();
      segments.push(stringText(cursor.textOf(piece), false, dollars));
    }
    return { kind: 'string', segments, holes, ...spanFrom(first.start) };
  }

  function hole(): Expression {
    const value = expression();
    if (!is('string-middle') && !is('string-right')) fail('`}` is expected here');
    return value;
  }

  /** `for` may also be the name of a variable, so what follows it counts. */
  function isLoop(): boolean {
    let ahead = 1;
    while (peek(ahead).kind === 'newline') ahead += 1;
    const word = peek(ahead);
    const after = peek(ahead + 1).kind;
    return (
      word.kind === 'identifier' && cursor.textOf(word) === 'for' && (after === 'identifier' || after === '(')
    );
  }

  function forLoop<Body>(body: () => Body): ForLoop<Body | Missing> {
    const { start } = expect('[');
    cursor.skipNewlines();
    if (!cursor.isWord('for')) fail('`for` is expected here');
    next();
    let index: Name | undefined;
    let item: Name;
    if (accept('(')) {
      item = cursor.name('the name of the item');
      expect(',');
      index = cursor.name('the name of the index');
      expect(')');
    } else item = cursor.name('the name of the item');
    if (!cursor.isWord('in')) fail('`in` is expected here');
    next();
    const source = expression();
    expect(':');
    const bodyStart = peek().start;
    const read = cursor.recover(body, END_OF_LINE) ?? missing(spanFrom(bodyStart));
    cursor.skipNewlines();
    expect(']');
    const names = index === undefined ? { item } : { item, index };
    return { kind: 'for', ...names, source, body: read, ...spanFrom(start) };
  }

  function array(): Expression {
    const { items, start, end } = elements<Expression | Spread>('[', () => spread() ?? expression(), missing);
    return { kind: 'array', items, start, end };
  }

  function spread(): Spread | undefined {
    const { start } = peek();
    if (!accept('...')) return undefined;
    return { kind: 'spread', value: expression(), ...spanFrom(start) };
  }

  function object(resource?: () => ResourceDeclaration): ObjectLiteral {
    type Member = ObjectLiteral['members'][number];
    const readMember = (): Member => {
      const isNested = is('@') || (cursor.isWord('resource') && peek(1).kind === 'identifier');
      if (resource !== undefined && isNested) return resource();
      return spread() ?? property();
    };
    const { items, start, end } = elements<Member>('{', readMember, missing);
    return { kind: 'object', members: items, start, end };
  }

  function property(): Property {
    const { start, kind } = peek();
    const key =
      kind === 'string' || kind === 'string-left' ? string() : cursor.name('the name of a property');
    expect(':');
    const valueStart = peek().start;
    const value = cursor.recover(expression, AFTER_ITEM) ?? missing(spanFrom(valueStart));
    return { kind: 'property', key, value, ...spanFrom(start) };
  }

  function elements<T>(
    open: '{' | '[',
    parse: () => T,
    standIn: (span: Span) => T,
  ): { items: readonly T[] } & Span {
    const close = open === '{' ? '}' : ']';
    const { start } = expect(open);
    const items: T[] = [];
    let isSeparated = true;
    while (true) {
      if (is('newline')) {
        cursor.skipNewlines();
        isSeparated = true;
      }
      if (accept(close)) return { items, ...spanFrom(start) };
      const at = peek();
      if (CLOSING.has(at.kind) || cursor.isAtStrayDeclaration()) {
        cursor.fault(`\`${close}\` is expected here`);
        items.push(standIn({ start: at.start, end: at.start }));
        return { items, ...spanFrom(start) };
      }
      if (!isSeparated) cursor.fault('a new line or a comma is expected here');
      items.push(cursor.recover(parse, AFTER_ITEM) ?? standIn(spanFrom(at.start)));
      isSeparated = accept(',');
    }
  }

  function decorator(): Expression {
    const start = peek().start;
    const name = cursor.name('the name of a decorator');
    let base: Expression = is('(')
      ? { kind: 'call', name, arguments: callArguments(), ...spanFrom(start) }
      : { kind: 'variable', name: name.text, start, end: name.end };
    for (let links = 1; accept('.'); links += 1) {
      cursor.checkChain(links);
      const member = cursor.name('the name of a decorator');
      base = is('(')
        ? { kind: 'method-call', base, name: member, arguments: callArguments(), ...spanFrom(start) }
        : { kind: 'property-access', base, name: member, safe: false, ...spanFrom(start) };
    }
    return base;
  }

  function callArguments(): readonly Expression[] {
    expect('(');
    return commaList({ close: ')', parse: expression, missing });
  }

  function commaList<T>({ close, parse, missing: standIn, trailing }: CommaList<T>): readonly T[] {
    const items: T[] = [];
    cursor.skipNewlines();
    if (accept(close)) return items;
    while (true) {
      const { start } = peek();
      items.push(
        cursor.recover(parse, close === ')' ? AFTER_ARGUMENT : AFTER_TYPE_ARGUMENT) ??
          standIn(spanFrom(start)),
      );
      const hasNewline = is('newline');
      cursor.skipNewlines();
      if (accept(close)) return items;
      if (CLOSING.has(peek().kind) || cursor.isAtStrayDeclaration()) fail(`\`${close}\` is expected here`);
      if (!accept(','))
        cursor.fault(hasNewline ? '`,` is expected here' : `\`,\` or \`${close}\` is expected here`);
      cursor.skipNewlines();
      if (trailing && accept(close)) return items;
    }
  }

  return { expression, object, string, forLoop, decorator, elements, commaList };
}
