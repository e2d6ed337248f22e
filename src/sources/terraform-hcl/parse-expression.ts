import {
  between,
  type Cursor,
  checkChain,
  createCursor,
  fail,
  identifierAt,
  nested,
  sees,
  skipSpace,
  take,
  takeIdentifier,
} from './cursor.ts';
import type { BinaryOperator, Expression, Fault } from './expression.ts';
import { parseHeredoc, parseQuoted, parseTemplate } from './parse-template.ts';

export type Parsed = { readonly expression: Expression } | { readonly fault: Fault };

/**
 * Parses the expression that fills a part of a text, by the grammar of HCL 2 (`hclsyntax/spec.md`). Positions are
 * those of the whole text. Never throws; nesting is limited.
 */
export function parseExpression(text: string, start = 0, end: number = text.length): Parsed {
  const cursor = createCursor(text, start, end);
  const expression = parseAny(cursor);
  skipSpace(cursor);
  if (cursor.offset < end) fail(cursor, 'something follows the expression');
  return cursor.fault === undefined ? { expression } : { fault: cursor.fault };
}

/** Parses a whole text as a template: the content of a template file, or a string of a JSON file. */
export function parseTemplateText(text: string): Parsed {
  const cursor = createCursor(text, 0, text.length);
  const expression = parseTemplate(cursor, parseAny);
  return cursor.fault === undefined ? { expression } : { fault: cursor.fault };
}

function parseAny(cursor: Cursor): Expression {
  return nested(cursor, () => {
    const condition = parseBinary(cursor, 0);
    if (!take(cursor, '?')) return condition;
    const whenTrue = parseAny(cursor);
    if (!take(cursor, ':')) return fail(cursor, 'a conditional without its `:`');
    const whenFalse = parseAny(cursor);
    return {
      kind: 'conditional',
      condition,
      whenTrue,
      whenFalse,
      start: condition.start,
      end: whenFalse.end,
    };
  });
}

/** How strongly operators bind, by their text; longer ones first. */
const STRENGTHS: readonly (readonly [operator: BinaryOperator, strength: number])[] = [
  ['||', 1],
  ['&&', 2],
  ['==', 3],
  ['!=', 3],
  ['>=', 4],
  ['<=', 4],
  ['>', 4],
  ['<', 4],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
  ['%', 6],
];
const FIRST_OF_OPERATOR = new Set(STRENGTHS.map(([operator]) => operator[0]));

function parseBinary(cursor: Cursor, weakest: number): Expression {
  let left = parseTerm(cursor);
  for (let links = 0; ; links += 1) {
    checkChain(cursor, links);
    skipSpace(cursor);
    if (!FIRST_OF_OPERATOR.has(cursor.text[cursor.offset])) return left;
    const found = STRENGTHS.find(([operator]) => sees(cursor, operator));
    if (found === undefined || found[1] < weakest) return left;
    const [operator, strength] = found;
    cursor.offset += operator.length;
    const right = parseBinary(cursor, strength + 1);
    left = { kind: 'binary', operator, left, right, start: left.start, end: right.end };
  }
}

function parseTerm(cursor: Cursor): Expression {
  skipSpace(cursor);
  const start = cursor.offset;
  if (sees(cursor, '-') || sees(cursor, '!')) {
    const operator = sees(cursor, '-') ? '-' : '!';
    cursor.offset += 1;
    const operand = nested(cursor, () => parseTerm(cursor));
    return { kind: 'unary', operator, operand, start, end: operand.end };
  }
  return parseSteps(cursor, parsePrimary(cursor));
}

const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function parsePrimary(cursor: Cursor): Expression {
  const { text } = cursor;
  const start = cursor.offset;
  if (start >= cursor.end) return fail(cursor, 'an expression is missing');
  const character = text[start];
  if (character === '"') return parseQuoted(cursor, parseAny);
  if (sees(cursor, '<<')) return parseHeredoc(cursor, parseAny);
  if (character === '[') return parseBrackets(cursor);
  if (character === '{') return parseBraces(cursor);
  if (character === '(') {
    cursor.offset += 1;
    const inner = between(cursor, false, () => {
      const expression = parseAny(cursor);
      return take(cursor, ')') ? expression : fail(cursor, 'a `)` is missing');
    });
    return { ...inner, start, end: cursor.offset };
  }
  NUMBER.lastIndex = start;
  const digits = NUMBER.exec(text)?.[0];
  if (digits !== undefined) {
    cursor.offset += digits.length;
    return { kind: 'literal', value: Number(digits), start, end: cursor.offset };
  }
  const name = takeIdentifier(cursor);
  if (name === undefined) return fail(cursor, 'an expression is missing');
  return parseNamed(cursor, name, start);
}

const KEYWORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

function parseNamed(cursor: Cursor, first: string, start: number): Expression {
  let name = first;
  while (sees(cursor, '::')) {
    cursor.offset += 2;
    name += `::${takeIdentifier(cursor) ?? ''}`;
  }
  const end = cursor.offset;
  skipSpace(cursor);
  if (sees(cursor, '(')) return parseCall(cursor, name, start);
  cursor.offset = end;
  if (Object.hasOwn(KEYWORDS, name)) return { kind: 'literal', value: KEYWORDS[name] ?? null, start, end };
  return { kind: 'name', name, start, end };
}

function parseCall(cursor: Cursor, name: string, start: number): Expression {
  cursor.offset += 1;
  return between(cursor, false, () => {
    const args: Expression[] = [];
    let spread = false;
    while (!take(cursor, ')')) {
      if (cursor.offset >= cursor.end) return fail(cursor, 'a `)` is missing');
      args.push(parseAny(cursor));
      if (take(cursor, '...')) {
        spread = true;
        take(cursor, ',');
        if (!take(cursor, ')')) return fail(cursor, 'an argument follows the one that is spread');
        break;
      }
      if (!take(cursor, ',') && !sees(cursor, ')')) return fail(cursor, 'a `,` or `)` is missing');
    }
    return { kind: 'call', name, args, spread, start, end: cursor.offset };
  });
}

/** What follows a value: `.name`, `[key]`, `.0`, `[*]` and `.*`. */
function parseSteps(cursor: Cursor, value: Expression): Expression {
  let current = value;
  const { start } = value;
  for (let links = 0; ; links += 1) {
    checkChain(cursor, links);
    const behind = cursor.offset;
    skipSpace(cursor);
    if (sees(cursor, '.') && !sees(cursor, '...')) {
      cursor.offset += 1;
      skipSpace(cursor);
      if (sees(cursor, '*')) current = parseAttributeSplat(cursor, current);
      else current = parseDot(cursor, current);
    } else if (sees(cursor, '[')) {
      cursor.offset += 1;
      if (take(cursor, '*')) {
        if (!take(cursor, ']')) return fail(cursor, 'a `]` is missing');
        const each = nested(cursor, () => parseSteps(cursor, item(cursor)));
        return { kind: 'splat', of: current, each, start, end: each.end };
      }
      const of = current;
      current = between(cursor, false, () => {
        const key = parseAny(cursor);
        if (!take(cursor, ']')) return fail(cursor, 'a `]` is missing');
        return { kind: 'index', of, key, start, end: cursor.offset };
      });
    } else {
      cursor.offset = behind;
      return current;
    }
  }
}

/** `.*`: only the names that follow belong to each item. */
function parseAttributeSplat(cursor: Cursor, of: Expression): Expression {
  cursor.offset += 1;
  let each = item(cursor);
  while (sees(cursor, '.') && !sees(cursor, '...')) {
    cursor.offset += 1;
    each = parseDot(cursor, each);
  }
  return { kind: 'splat', of, each, start: of.start, end: cursor.offset };
}

function item({ offset }: Cursor): Expression {
  return { kind: 'splat-item', start: offset, end: offset };
}

const POSITION = /\d+/y;

function parseDot(cursor: Cursor, of: Expression): Expression {
  const keyStart = cursor.offset;
  const name = takeIdentifier(cursor);
  if (name !== undefined) return { kind: 'attribute', of, name, start: of.start, end: cursor.offset };
  POSITION.lastIndex = keyStart;
  const digits = POSITION.exec(cursor.text)?.[0];
  if (digits === undefined) return fail(cursor, 'a name is missing behind the `.`');
  cursor.offset += digits.length;
  const end = cursor.offset;
  const key: Expression = { kind: 'literal', value: Number(digits), start: keyStart, end };
  return { kind: 'index', of, key, start: of.start, end };
}

function parseBrackets(cursor: Cursor): Expression {
  const start = cursor.offset;
  cursor.offset += 1;
  return between(cursor, false, () => {
    if (beginsFor(cursor)) return parseFor(cursor, start, ']');
    const items: Expression[] = [];
    while (!take(cursor, ']')) {
      if (cursor.offset >= cursor.end) return fail(cursor, 'a `]` is missing');
      items.push(parseAny(cursor));
      if (!take(cursor, ',') && !sees(cursor, ']')) return fail(cursor, 'a `,` or `]` is missing');
    }
    return { kind: 'tuple', items, start, end: cursor.offset };
  });
}

function parseBraces(cursor: Cursor): Expression {
  const start = cursor.offset;
  cursor.offset += 1;
  if (nestedFor(cursor)) return between(cursor, false, () => parseFor(cursor, start, '}'));
  return between(cursor, true, () => {
    const entries: { key: Expression; value: Expression }[] = [];
    while (true) {
      skipLines(cursor);
      if (take(cursor, '}')) return { kind: 'object', entries, start, end: cursor.offset };
      if (cursor.offset >= cursor.end) return fail(cursor, 'a `}` is missing');
      const key = parseKey(cursor);
      if (!take(cursor, '=') && !take(cursor, ':')) return fail(cursor, 'a `=` or `:` is missing');
      const value = parseAny(cursor);
      entries.push({ key, value });
      skipSpace(cursor);
      const isSeparated = take(cursor, ',') || sees(cursor, '\n') || sees(cursor, '}');
      if (!isSeparated) return fail(cursor, 'a line break, `,` or `}` is missing');
    }
  });
}

function skipLines(cursor: Cursor): void {
  for (skipSpace(cursor); sees(cursor, '\n'); skipSpace(cursor)) cursor.offset += 1;
}

/** A name alone is the key itself, whatever it is the name of; anything else is evaluated. */
function parseKey(cursor: Cursor): Expression {
  const { offset: start } = cursor;
  const name = identifierAt(cursor.text, start, cursor.end);
  if (name !== undefined) {
    cursor.offset += name.length;
    const end = cursor.offset;
    skipSpace(cursor);
    if (sees(cursor, '=') || sees(cursor, ':')) return { kind: 'literal', value: name, start, end };
    cursor.offset = start;
  }
  return parseAny(cursor);
}

function nestedFor(cursor: Cursor): boolean {
  const outer = cursor.linesCount;
  cursor.linesCount = false;
  const { offset } = cursor;
  const answer = beginsFor(cursor);
  if (!answer) cursor.offset = offset;
  cursor.linesCount = outer;
  return answer;
}

function beginsFor(cursor: Cursor): boolean {
  skipSpace(cursor);
  if (identifierAt(cursor.text, cursor.offset, cursor.end) !== 'for') return false;
  const { offset } = cursor;
  cursor.offset += 'for'.length;
  skipSpace(cursor);
  const isFor = identifierAt(cursor.text, cursor.offset, cursor.end) !== undefined;
  cursor.offset = isFor ? cursor.offset : offset;
  return isFor;
}

/** The rest of a `for` whose keyword has been read. */
function parseFor(cursor: Cursor, start: number, close: ']' | '}'): Expression {
  const names = parseForNames(cursor);
  if (names === undefined) return fail(cursor, 'a `for` without its `in`');
  const collection = parseAny(cursor);
  if (!take(cursor, ':')) return fail(cursor, 'a `for` without its `:`');
  const first = parseAny(cursor);
  const hasKey = close === '}';
  if (hasKey && !take(cursor, '=>')) return fail(cursor, 'a `for` in braces without its `=>`');
  const result = hasKey ? parseAny(cursor) : first;
  const grouping = hasKey && take(cursor, '...');
  skipSpace(cursor);
  const hasCondition = identifierAt(cursor.text, cursor.offset, cursor.end) === 'if';
  if (hasCondition) cursor.offset += 'if'.length;
  const condition = hasCondition ? parseAny(cursor) : undefined;
  if (!take(cursor, close)) return fail(cursor, `a \`${close}\` is missing`);
  const resultKey = hasKey ? first : undefined;
  return {
    kind: 'for',
    ...names,
    collection,
    resultKey,
    result,
    condition,
    grouping,
    start,
    end: cursor.offset,
  };
}

/** `value in` or `key, value in`. */
export function parseForNames(
  cursor: Cursor,
): { readonly key: string | undefined; readonly value: string } | undefined {
  skipSpace(cursor);
  const first = takeIdentifier(cursor);
  let second: string | undefined;
  if (take(cursor, ',')) {
    skipSpace(cursor);
    second = takeIdentifier(cursor);
    if (second === undefined) return undefined;
  }
  skipSpace(cursor);
  if (first === undefined || takeIdentifier(cursor) !== 'in') return undefined;
  return second === undefined ? { key: undefined, value: first } : { key: first, value: second };
}
