import { between, type Cursor, fail, nested, sees, skipSpace, take, takeIdentifier } from './cursor.ts';
import type { Expression, Span } from './expression.ts';
import { parseForNames } from './parse-expression.ts';

type ParseExpression = (cursor: Cursor) => Expression;

/** What a template consists of before its directives are put together. `trim*`: a `~` eats the space beside it. */
type Token = Span &
  (
    | { readonly kind: 'text'; readonly value: string }
    | { readonly kind: 'value'; readonly expression: Expression }
    | { readonly kind: 'if'; readonly condition: Expression }
    | {
        readonly kind: 'for';
        readonly key: string | undefined;
        readonly value: string;
        readonly collection: Expression;
      }
    | { readonly kind: 'else' | 'endif' | 'endfor' }
  ) & { readonly trimBefore?: boolean; readonly trimAfter?: boolean };

/** The rest of the text as a template without quotes, in which a backslash is a backslash. */
export function parseTemplate(cursor: Cursor, parseInner: ParseExpression): Expression {
  const start = cursor.offset;
  const tokens = readTokens(cursor, parseInner, 'plain', () => cursor.offset >= cursor.end);
  return assemble(cursor, trimmed(tokens), start);
}

/** A template in quotes; the cursor stands on the first one. */
export function parseQuoted(cursor: Cursor, parseInner: ParseExpression): Expression {
  const start = cursor.offset;
  cursor.offset += 1;
  const tokens = readTokens(cursor, parseInner, 'quoted', () => sees(cursor, '"'));
  if (!sees(cursor, '"')) return fail(cursor, 'a string without its closing quote', start);
  cursor.offset += 1;
  return assemble(cursor, trimmed(tokens), start);
}

const HEREDOC = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[^\S\n]*\n/uy;

/** `<<EOT` and `<<-EOT`; the cursor stands on the first `<` and is left behind the closing word. */
export function parseHeredoc(cursor: Cursor, parseInner: ParseExpression): Expression {
  const start = cursor.offset;
  HEREDOC.lastIndex = start;
  const match = HEREDOC.exec(cursor.text);
  const word = match?.[2];
  if (match === null || word === undefined) return fail(cursor, 'a heredoc without its word');
  cursor.offset += match[0].length;
  let closing = -1;
  const tokens = readTokens(cursor, parseInner, 'plain', () => {
    if (cursor.text[cursor.offset - 1] !== '\n') return false;
    const lineEnd = lineEndOf(cursor);
    if (cursor.text.slice(cursor.offset, lineEnd).trim() !== word) return false;
    closing = lineEnd;
    return true;
  });
  if (closing === -1) return fail(cursor, `a heredoc without its closing \`${word}\``, start);
  cursor.offset = closing;
  const kept = trimmed(tokens);
  return assemble(cursor, match[1] === '-' ? outdented(kept) : kept, start);
}

function lineEndOf(cursor: Cursor): number {
  const end = cursor.text.indexOf('\n', cursor.offset);
  return end === -1 || end > cursor.end ? cursor.end : end;
}

/** Literal text is one token per line, because a `~` reaches no further than the token beside it. */
function readTokens(
  cursor: Cursor,
  parseInner: ParseExpression,
  form: 'quoted' | 'plain',
  isAtEnd: () => boolean,
): readonly Token[] {
  const tokens: Token[] = [];
  while (cursor.offset < cursor.end && !isAtEnd()) {
    if (sees(cursor, '${')) tokens.push(readInterpolation(cursor, parseInner));
    else if (sees(cursor, '%{')) tokens.push(readDirective(cursor, parseInner));
    else tokens.push(form === 'quoted' ? readQuotedText(cursor) : readPlainText(cursor));
  }
  return tokens;
}

const PLAIN = /[^$%\n]+/y;

function readPlainText(cursor: Cursor): Token {
  const start = cursor.offset;
  let value = '';
  while (cursor.offset < cursor.end) {
    PLAIN.lastIndex = cursor.offset;
    const run = PLAIN.exec(cursor.text)?.[0].slice(0, cursor.end - cursor.offset) ?? '';
    value += run;
    cursor.offset += run.length;
    if (cursor.offset >= cursor.end || sees(cursor, '${') || sees(cursor, '%{')) break;
    if (takeEscapedBrace(cursor)) {
      value += cursor.text.slice(cursor.offset - 2, cursor.offset);
      continue;
    }
    const character = cursor.text[cursor.offset] ?? '';
    value += character;
    cursor.offset += 1;
    if (character === '\n') break;
  }
  return { kind: 'text', value, start, end: cursor.offset };
}

/** Steps over `$${` and `%%{`, which stand for `${` and `%{`. */
function takeEscapedBrace(cursor: Cursor): boolean {
  if (!sees(cursor, '$${') && !sees(cursor, '%%{')) return false;
  cursor.offset += 3;
  return true;
}

const QUOTED = /[^$%"\\\n]+/y;

function readQuotedText(cursor: Cursor): Token {
  const start = cursor.offset;
  let value = '';
  while (cursor.offset < cursor.end && !sees(cursor, '"')) {
    QUOTED.lastIndex = cursor.offset;
    const run = QUOTED.exec(cursor.text)?.[0].slice(0, cursor.end - cursor.offset) ?? '';
    value += run;
    cursor.offset += run.length;
    if (cursor.offset >= cursor.end || sees(cursor, '"') || sees(cursor, '${') || sees(cursor, '%{')) break;
    if (takeEscapedBrace(cursor)) {
      value += cursor.text.slice(cursor.offset - 2, cursor.offset);
    } else if (sees(cursor, '\\')) {
      value += readEscape(cursor);
    } else if (sees(cursor, '\n')) {
      fail(cursor, 'a line break in a string');
    } else {
      value += cursor.text[cursor.offset] ?? '';
      cursor.offset += 1;
    }
  }
  return { kind: 'text', value, start, end: cursor.offset };
}

const ESCAPE = /\\(?:([nrt"\\])|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8}))/y;
const SHORT_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function readEscape(cursor: Cursor): string {
  ESCAPE.lastIndex = cursor.offset;
  const match = ESCAPE.exec(cursor.text);
  if (match === null) {
    fail(cursor, 'an escape that HCL does not know');
    return '';
  }
  cursor.offset += match[0].length;
  const short = match[1];
  if (short !== undefined) return SHORT_ESCAPES[short] ?? short;
  const point = Number.parseInt(match[2] ?? match[3] ?? '', 16);
  return point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
}

function readInterpolation(cursor: Cursor, parseInner: ParseExpression): Token {
  const start = cursor.offset;
  cursor.offset += 2;
  const trimBefore = sees(cursor, '~');
  if (trimBefore) cursor.offset += 1;
  const expression = between(cursor, false, () => parseInner(cursor));
  const trimAfter = takeClosing(cursor);
  return { kind: 'value', expression, trimBefore, trimAfter, start, end: cursor.offset };
}

/** Steps over `}` or `~}` and says whether it was the latter. */
function takeClosing(cursor: Cursor): boolean {
  const outer = cursor.linesCount;
  cursor.linesCount = false;
  skipSpace(cursor);
  cursor.linesCount = outer;
  const trims = sees(cursor, '~}');
  if (trims || sees(cursor, '}')) cursor.offset += trims ? 2 : 1;
  else fail(cursor, 'a `}` is missing');
  return trims;
}

function readDirective(cursor: Cursor, parseInner: ParseExpression): Token {
  const start = cursor.offset;
  const outer = cursor.linesCount;
  cursor.offset += 2;
  cursor.linesCount = false;
  const trimBefore = take(cursor, '~');
  skipSpace(cursor);
  const keyword = takeIdentifier(cursor);
  const finish = (): Span & { trimBefore: boolean; trimAfter: boolean } => {
    const trimAfter = takeClosing(cursor);
    cursor.linesCount = outer;
    return { trimBefore, trimAfter, start, end: cursor.offset };
  };
  if (keyword === 'if') {
    const condition = between(cursor, false, () => parseInner(cursor));
    return { kind: 'if', condition, ...finish() };
  }
  if (keyword === 'for') {
    const names = parseForNames(cursor);
    if (names === undefined) fail(cursor, 'a `for` without its `in`');
    const collection = between(cursor, false, () => parseInner(cursor));
    return { kind: 'for', key: names?.key, value: names?.value ?? '', collection, ...finish() };
  }
  if (keyword !== 'else' && keyword !== 'endif' && keyword !== 'endfor') {
    fail(cursor, 'a template directive that HCL does not know');
  }
  return { kind: keyword === 'else' || keyword === 'endfor' ? keyword : 'endif', ...finish() };
}

/** What is left of the text beside the marks `~`. */
function trimmed(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token, position) => {
    if (token.kind !== 'text') return token;
    let { value } = token;
    if (tokens[position - 1]?.trimAfter === true) value = value.trimStart();
    if (tokens[position + 1]?.trimBefore === true) value = value.trimEnd();
    return { ...token, value };
  });
}

/**
 * A `<<-` heredoc without the indentation that all its lines share. Lines of nothing but spaces do not count; a line
 * that begins with an interpolation has none.
 */
function outdented(tokens: readonly Token[]): readonly Token[] {
  let least = Number.POSITIVE_INFINITY;
  let beginsLine = true;
  const firstOfLine = new Set<Token>();
  for (const token of tokens) {
    if (beginsLine) {
      beginsLine = false;
      if (token.kind !== 'text') {
        least = 0;
      } else if (token.value.trim() !== '' || !token.value.endsWith('\n')) {
        firstOfLine.add(token);
        least = Math.min(least, token.value.length - token.value.trimStart().length);
      }
    }
    if (token.kind === 'text' && token.value.endsWith('\n')) beginsLine = true;
  }
  return tokens.map((token) =>
    token.kind === 'text' && firstOfLine.has(token) ? { ...token, value: token.value.slice(least) } : token,
  );
}

/** Puts the tokens together: directives around what they hold. */
function assemble(cursor: Cursor, tokens: readonly Token[], start: number): Expression {
  let position = 0;
  const end = cursor.offset;

  function readUntil(...stops: readonly Token['kind'][]): Expression {
    const parts: Expression[] = [];
    const from = tokens[position]?.start ?? end;
    for (let token = tokens[position]; token !== undefined; token = tokens[position]) {
      if (stops.includes(token.kind)) break;
      position += 1;
      append(parts, readPart(token));
    }
    return templateOf(parts, from, tokens[position]?.start ?? end);
  }

  function readPart(token: Token): Expression {
    if (token.kind === 'text') {
      return { kind: 'literal', value: token.value, start: token.start, end: token.end };
    }
    if (token.kind === 'value') return token.expression;
    if (token.kind === 'if') {
      const whenTrue = nested(cursor, () => readUntil('else', 'endif'));
      const hasElse = tokens[position]?.kind === 'else';
      if (hasElse) position += 1;
      const whenFalse = nested(cursor, () => readUntil('endif'));
      close('endif', token);
      const { condition } = token;
      return { kind: 'conditional', condition, whenTrue, whenFalse, start: token.start, end: whenFalse.end };
    }
    if (token.kind === 'for') {
      const body = nested(cursor, () => readUntil('endfor'));
      close('endfor', token);
      const { key, value, collection } = token;
      return { kind: 'template-for', key, value, collection, body, start: token.start, end: body.end };
    }
    return fail(cursor, `a template directive \`${token.kind}\` without its beginning`, token.start);
  }

  function close(kind: Token['kind'], opened: Token): void {
    if (tokens[position]?.kind === kind) position += 1;
    else fail(cursor, `a template directive without its \`${kind}\``, opened.start);
  }

  const whole = readUntil();
  const only = tokens[0];
  if (tokens.length === 1 && only?.kind === 'value') return { ...only.expression, start, end };
  return { ...whole, start, end };
}

/** Neighbouring texts are one. */
function append(parts: Expression[], part: Expression): void {
  const last = parts.at(-1);
  if (part.kind !== 'literal' || typeof part.value !== 'string') parts.push(part);
  else if (last?.kind === 'literal' && typeof last.value === 'string') {
    parts[parts.length - 1] = { ...last, value: last.value + part.value, end: part.end };
  } else if (part.value !== '') parts.push(part);
}

function templateOf(parts: readonly Expression[], start: number, end: number): Expression {
  const [only] = parts;
  if (only === undefined) return { kind: 'literal', value: '', start, end };
  if (parts.length === 1 && only.kind === 'literal' && typeof only.value === 'string') return only;
  return { kind: 'template', parts, start, end };
}
