import type { BinaryOperator, Expression, Span } from '../../../src/sources/terraform-hcl/expression.ts';
import { parseExpression } from '../../../src/sources/terraform-hcl/parse-expression.ts';

/** A node of the tree that `getExpressionAst` of hcl2json gives. */
interface Node {
  readonly type?: string;
  readonly children?: readonly Node[];
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly range?: { readonly start?: { readonly byte?: number } };
}

const OPERATORS: Readonly<Record<string, BinaryOperator>> = {
  logicalOr: '||',
  logicalAnd: '&&',
  equal: '==',
  notEqual: '!=',
  lessThan: '<',
  lessThanOrEqual: '<=',
  greaterThan: '>',
  greaterThanOrEqual: '>=',
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  modulo: '%',
};

/**
 * The expression that a tree of hcl2json means. The tree has starts but no ends, so every part gets the span of the whole.
 * `text` is what hcl2json was given: the bare keys of objects are only there. Undefined for a node that is not known.
 */
export function fromTree(tree: unknown, text: string, span: Span): Expression | undefined {
  const { start, end } = span;
  const bytes = Buffer.from(text);
  const isHeredoc = text.startsWith('<<');
  let isComplete = true;
  const expression = read(tree as Node);
  return isComplete ? expression : undefined;

  function read(node: Node | undefined): Expression {
    const children = node?.children ?? [];
    const meta = node?.meta ?? {};
    const [first, second, third] = children;
    switch (node?.type) {
      case 'literalValue':
        return readLiteral(meta);
      case 'template':
        return { kind: 'template', parts: children.map(read), start, end };
      case 'templateWrap':
        return read(first);
      case 'templateJoin':
        return readTemplateFor(first);
      case 'scopeTraversal':
        return readTraversal(undefined, meta);
      case 'relativeTraversal':
        return readTraversal(read(first), meta);
      case 'index':
        return { kind: 'index', of: read(first), key: read(second), start, end };
      case 'splat':
        return { kind: 'splat', of: read(first), each: read(second), start, end };
      case 'function': {
        const spread = meta.expandedFinalArgument === true;
        return { kind: 'call', name: String(meta.name), args: children.map(read), spread, start, end };
      }
      case 'conditional':
        return {
          kind: 'conditional',
          condition: read(first),
          whenTrue: read(second),
          whenFalse: read(third),
          start,
          end,
        };
      case 'for':
        return readFor(node);
      case 'tuple':
        return { kind: 'tuple', items: children.map(read), start, end };
      case 'object':
        return { kind: 'object', entries: readEntries(children), start, end };
      case 'unaryOp': {
        const operator = meta.operator === 'logicalNot' ? '!' : '-';
        return { kind: 'unary', operator, operand: read(first), start, end };
      }
      case 'binaryOp': {
        const operator = OPERATORS[String(meta.operator)];
        if (operator === undefined) return giveUp();
        return { kind: 'binary', operator, left: read(first), right: read(second), start, end };
      }
      case '':
        return first === undefined ? { kind: 'splat-item', start, end } : read(first);
      default:
        return giveUp();
    }
  }

  function giveUp(): Expression {
    isComplete = false;
    return { kind: 'literal', value: null, start, end };
  }

  /** Text is given as it is written, with the escapes that quotes have and heredocs have not. */
  function readLiteral(meta: Readonly<Record<string, unknown>>): Expression {
    const written = String(meta.value);
    if (meta.type !== 'string') {
      const value = written === 'null' ? null : meta.type === 'bool' ? written === 'true' : Number(written);
      return { kind: 'literal', value, start, end };
    }
    if (isHeredoc) {
      const value = written.replaceAll(/\$\$\{|%%\{/g, (brace) => brace.slice(1));
      return { kind: 'literal', value, start, end };
    }
    const parsed = parseExpression(`"${written}"`);
    if ('fault' in parsed || parsed.expression.kind !== 'literal') return giveUp();
    return { ...parsed.expression, start, end };
  }

  function readTraversal(
    from: Expression | undefined,
    { traversal }: Readonly<Record<string, unknown>>,
  ): Expression {
    let current = from;
    for (const { type, segment } of (traversal ?? []) as readonly { type: string; segment: string }[]) {
      if (current === undefined) {
        current = { kind: 'name', name: segment, start, end };
      } else if (type === 'nameTraversal') {
        current = { kind: 'attribute', of: current, name: segment, start, end };
      } else {
        const key = parseExpression(segment);
        current = 'fault' in key ? giveUp() : { kind: 'index', of: current, key: key.expression, start, end };
      }
    }
    return current ?? giveUp();
  }

  function readFor({ children = [], meta = {} }: Node): Expression {
    const rest = children.map(read);
    const collection = rest.shift() ?? giveUp();
    const resultKey = meta.openRangeValue === '{' ? rest.shift() : undefined;
    const result = rest.shift() ?? giveUp();
    return {
      kind: 'for',
      key: nameIn(meta.keyVar),
      value: String(meta.valVar),
      collection,
      resultKey,
      result,
      condition: rest.shift(),
      grouping: meta.groupedValue === true,
      start,
      end,
    };
  }

  function readTemplateFor(node: Node | undefined): Expression {
    const loop = readFor(node ?? {});
    if (loop.kind !== 'for') return giveUp();
    const { key, value, collection, result: body } = loop;
    return { kind: 'template-for', key, value, collection, body, start, end };
  }

  function readEntries(children: readonly Node[]): { key: Expression; value: Expression }[] {
    const entries: { key: Expression; value: Expression }[] = [];
    for (let position = 0; position + 1 < children.length; position += 2) {
      const key = children[position];
      const isBare = (key?.children ?? []).length === 0;
      entries.push({ key: isBare ? bareKey(key) : read(key), value: read(children[position + 1]) });
    }
    return entries;
  }

  function bareKey(node: Node | undefined): Expression {
    const rest = bytes.subarray(node?.range?.start?.byte ?? 0).toString('utf8');
    const value = /^[\p{ID_Start}_][\p{ID_Continue}-]*/u.exec(rest)?.[0];
    return value === undefined ? giveUp() : { kind: 'literal', value, start, end };
  }
}

function nameIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
