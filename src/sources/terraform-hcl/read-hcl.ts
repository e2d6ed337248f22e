import { type LineIndex, lineIndex } from '../../text/line-index.ts';
import type { Origin } from '../../text/origin.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import type { Attribute, Block, Body, SourceFile } from './body.ts';
import type { Expression, Span } from './expression.ts';
import { type Hcl2json, LARGE } from './hcl2json.ts';
import { parseExpression } from './parse-expression.ts';
import { type ScannedAttribute, type ScannedBody, scanBody } from './scan-body.ts';
import { type Objection, secondOpinion } from './second-opinion.ts';

export type ReadBody = { readonly body: Body } | { readonly problem: Problem };

/** Ordinary files of this size are read within 5 s: hcl2json takes 0.7 s of processor time for each MB, all else 0.2 s. */
export const MOST_BYTES: number = 5 * 1024 * 1024;

/** Gives the places of a text as origins. */
export function originsIn(path: string, text: string): (span: Span) => Origin {
  let lines: LineIndex | undefined;
  return ({ start, end }) => {
    lines ??= lineIndex(text);
    const from = lines.position(start);
    const to = lines.position(end);
    return {
      kind: 'text',
      path,
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
    };
  };
}

/**
 * Reads a file of the HCL language: its blocks and attributes in the order of the source, each with its place and each
 * value as an expression. hcl2json decides whether the file is HCL and which blocks and attributes it has; without it, it has
 * to be certain already that it is. It comes last, because its Go runtime does not survive what our parsers refuse. A problem
 * is fatal: half a file says nothing about what is not there.
 */
export async function readHcl(path: string, text: string, hcl2json: Hcl2json | undefined): Promise<ReadBody> {
  const origin = originsIn(path, text);
  const refuse = (objection: Objection): ReadBody => {
    if ('tooMuch' in objection) return { problem: tooMuchProblem(path, objection.tooMuch) };
    const { message, offset } = objection;
    return { problem: syntaxProblem(path, message, origin({ start: offset, end: offset + 1 })) };
  };
  if (text.length < LARGE) hcl2json?.prepare();
  const scanned = scanBody(text);
  if ('fault' in scanned) return refuse(scanned.fault);
  const values = new Map<ScannedAttribute, Expression>();
  for (const attribute of attributesBelow(scanned.body)) {
    const { start, end } = attribute.value;
    const parsed = parseExpression(text, start, end);
    if ('fault' in parsed) return refuse(parsed.fault);
    values.set(attribute, parsed.expression);
  }
  const objection = hcl2json && (await secondOpinion(scanned.body, text, hcl2json));
  if (objection !== undefined) return refuse(objection);
  return { body: bodyOf(scanned.body, values, { path, origin }) };
}

/** The problem with a file that is not what its name says. */
export function syntaxProblem(path: string, message: string, origin: Origin): Problem {
  return {
    code: 'hcl-syntax',
    message: `\`${printable(path)}\` cannot be read: ${printable(message)}`,
    remedy: 'run `terraform validate`',
    origin,
    severity: 'fatal',
  };
}

/** The problem with a file that nobody can read within the limits. */
export function tooMuchProblem(path: string, what: string): Problem {
  return {
    code: 'file-too-large',
    message: `\`${printable(path)}\` ${what}`,
    remedy: 'write it as several files, or check a plan',
    origin: { kind: 'text', path, line: 1, column: 1, endLine: 1, endColumn: 1 },
    severity: 'fatal',
  };
}

function* attributesBelow({ attributes, blocks }: ScannedBody): Generator<ScannedAttribute> {
  yield* attributes;
  for (const { body } of blocks) yield* attributesBelow(body);
}

function bodyOf(
  { attributes, blocks }: ScannedBody,
  values: ReadonlyMap<ScannedAttribute, Expression>,
  file: SourceFile,
): Body {
  return {
    attributes: attributes.flatMap((attribute): readonly Attribute[] => {
      const { name, start, end } = attribute;
      const value = values.get(attribute);
      return value === undefined ? [] : [{ name, value, file, start, end }];
    }),
    blocks: blocks.map(({ type, labels, body, start, end }): Block => {
      return { type, labels, body: bodyOf(body, values, file), file, start, end };
    }),
  };
}
