import type { Cursor } from './cursor.ts';
import type { Missing, Name, Span, StringLiteral, UnaryOperator } from './expression-syntax.ts';
import type { ExpressionParser } from './parse-expression.ts';
import type { Decorator } from './syntax.ts';
import type { ObjectTypeMember, TupleItem, TypeExpression } from './type-syntax.ts';

/** Reads types and decorators; what cannot be read leaves a `missing` node and a fault of the cursor. */
export interface TypeParser {
  /** A type; `resource 'type@version'` counts, and its string may be left out where the value tells it. */
  type(): TypeExpression;
  decorators(): readonly Decorator[];
}

export function createTypeParser(cursor: Cursor, expressions: ExpressionParser): TypeParser {
  const { peek, is, next, accept, expect, fail } = cursor;
  const spanFrom = (start: number): Span => ({ start, end: cursor.lastEnd() });
  const missing = (span: Span): Missing => ({ kind: 'missing', ...span });

  function type(): TypeExpression {
    if (!cursor.isWord('resource') || peek(1).kind === '<') return typeExpression();
    const { start } = next();
    const named = is('string') || is('string-left') ? { type: expressions.string() } : {};
    return { kind: 'resource-type', ...named, ...spanFrom(start) };
  }

  function typeExpression(): TypeExpression {
    return cursor.nest(() => {
      const { start } = peek();
      const leading = acceptPipe();
      const first = marked();
      if (!leading && cursor.peekPastNewlines().kind !== '|') return first;
      const members = [first];
      while (acceptPipe()) members.push(marked());
      return { kind: 'union-type', members, ...spanFrom(start) };
    });
  }

  function acceptPipe(): boolean {
    if (cursor.peekPastNewlines().kind !== '|') return false;
    cursor.skipNewlines();
    return accept('|');
  }

  function marked(): TypeExpression {
    const { start } = peek();
    let base = unary();
    for (let links = 1; ; links += 1) {
      cursor.checkChain(links);
      if (accept('?')) base = { kind: 'nullable-type', base, ...spanFrom(start) };
      else if (accept('!')) base = { kind: 'non-nullable-type', base, ...spanFrom(start) };
      else return base;
    }
  }

  function unary(): TypeExpression {
    const { kind, start } = peek();
    if (!accept('-') && !accept('!') && !accept('+')) return member();
    return { kind: 'unary-type', operator: kind as UnaryOperator, operand: member(), ...spanFrom(start) };
  }

  function member(): TypeExpression {
    const { start } = peek();
    let base = primary();
    for (let links = 1; ; links += 1) {
      cursor.checkChain(links);
      if (accept('[')) base = brackets(base, start);
      else if (accept('.')) base = dot(base, start);
      else return base;
    }
  }

  function brackets(base: TypeExpression, start: number): TypeExpression {
    if (accept(']')) return { kind: 'array-type', item: base, ...spanFrom(start) };
    const index = accept('*') ? {} : { index: expressions.expression() };
    expect(']');
    return { kind: 'type-index', base, ...index, ...spanFrom(start) };
  }

  function dot(base: TypeExpression, start: number): TypeExpression {
    if (is('*')) {
      const star = next();
      const name: Name = { kind: 'name', text: '*', start: star.start, end: star.end };
      return { kind: 'type-member', base, name, ...spanFrom(start) };
    }
    const name = cursor.name('the name of a property');
    if (!is('<')) return { kind: 'type-member', base, name, ...spanFrom(start) };
    return { kind: 'parameterized-type', base, name, arguments: typeArguments(), ...spanFrom(start) };
  }

  function typeArguments(): readonly TypeExpression[] {
    expect('<');
    return expressions.commaList<TypeExpression>({ close: '>', parse: typeExpression, missing });
  }

  function primary(): TypeExpression {
    const token = peek();
    const { start, end } = token;
    switch (token.kind) {
      case 'null':
        return { kind: 'literal-type', value: { ...next(), kind: 'null' }, start, end };
      case 'true':
      case 'false': {
        const value = { ...next(), kind: 'boolean', value: token.kind === 'true' } as const;
        return { kind: 'literal-type', value, start, end };
      }
      case 'integer': {
        const value = { ...next(), kind: 'integer', value: Number(cursor.textOf(token)) } as const;
        return { kind: 'literal-type', value, start, end };
      }
      case 'string':
      case 'string-left':
        return { kind: 'literal-type', value: expressions.string(), ...spanFrom(start) };
      case '{':
        return objectType();
      case '[':
        return tupleType();
      case '(':
        return parenthesized();
      case 'identifier': {
        const name = cursor.name('a type');
        if (!is('<')) return { kind: 'type-name', name: name.text, start, end };
        return { kind: 'parameterized-type', name, arguments: typeArguments(), ...spanFrom(start) };
      }
      default:
        return fail('a type is expected here');
    }
  }

  function parenthesized(): TypeExpression {
    const { start } = expect('(');
    cursor.skipNewlines();
    const inner = typeExpression();
    cursor.skipNewlines();
    expect(')');
    return { kind: 'parenthesized-type', inner, ...spanFrom(start) };
  }

  function objectType(): TypeExpression {
    const { items, start, end } = expressions.elements<ObjectTypeMember>('{', objectTypeMember, (span) => ({
      kind: 'type-property',
      decorators: [],
      key: missing(span),
      type: missing(span),
      ...span,
    }));
    return { kind: 'object-type', members: items, start, end };
  }

  function objectTypeMember(): ObjectTypeMember {
    const { start } = peek();
    const found = decorators();
    const key: Name | StringLiteral | '*' = accept('*')
      ? '*'
      : is('string') || is('string-left')
        ? expressions.string()
        : cursor.name('the name of a property');
    expect(':');
    return { kind: 'type-property', decorators: found, key, type: typeExpression(), ...spanFrom(start) };
  }

  function tupleType(): TypeExpression {
    const { items, start, end } = expressions.elements<TupleItem>('[', tupleItem, (span) => ({
      kind: 'tuple-item',
      decorators: [],
      type: missing(span),
      ...span,
    }));
    return { kind: 'tuple-type', items, start, end };
  }

  function tupleItem(): TupleItem {
    const { start } = peek();
    const found = decorators();
    return { kind: 'tuple-item', decorators: found, type: typeExpression(), ...spanFrom(start) };
  }

  function decorators(): readonly Decorator[] {
    const found: Decorator[] = [];
    while (is('@')) {
      const { start } = next();
      const expression = expressions.decorator();
      found.push({ kind: 'decorator', expression, ...spanFrom(start) });
      if (!is('newline')) cursor.fault('a new line is expected after a decorator');
      cursor.skipNewlines();
    }
    return found;
  }

  return { type, decorators };
}
