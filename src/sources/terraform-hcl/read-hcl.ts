import { type LineIndex, lineIndex } from '../../text/line-index.ts';
import type { Origin } from '../../text/origin.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import type { Attribute, Block, Body, SourceFile } from './body.ts';
import type { Expression, Fault, Span } from './expression.ts';
import type { Hcl2json } from './hcl2json.ts';
import { parseExpression } from './parse-expression.ts';
import { type ScannedAttribute, type ScannedBody, scanBody } from './scan-body.ts';

export type ReadBody = { readonly body: Body } | { readonly problem: Problem };

/** hcl2json takes about 0.4 MB of memory for each KB of the densest lists. */
export const MOST_BYTES: number = 2 * 1024 * 1024;

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
  const refuse = ({ message, offset }: Fault): ReadBody => ({
    problem: syntaxProblem(path, message, origin({ start: offset, end: offset + 1 })),
  });
  hcl2json?.prepare();
  const scanned = scanBody(text);
  if ('fault' in scanned) return refuse(scanned.fault);
  const values = new Map<ScannedAttribute, Expression>();
  for (const attribute of attributesBelow(scanned.body)) {
    const { start, end } = attribute.value;
    const parsed = parseExpression(text, start, end);
    if ('fault' in parsed) return refuse(parsed.fault);
    values.set(attribute, parsed.expression);
  }
  const fault = hcl2json === undefined ? undefined : await secondOpinion(scanned.body, text, hcl2json);
  if (fault !== undefined) return refuse(fault);
  return { body: bodyOf(scanned.body, values, { path, origin }) };
}

async function secondOpinion(
  body: ScannedBody,
  text: string,
  { convert }: Hcl2json,
): Promise<Fault | undefined> {
  const converted = await convert(text);
  if ('json' in converted) return differenceBetween(body, converted.json);
  return { message: converted.message, offset: offsetOf(text, converted.line, converted.column) };
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

/** Where the scanner and hcl2json do not see the same blocks and attributes: then neither is believed. */
function differenceBetween(body: ScannedBody, json: unknown): Fault | undefined {
  const names = body.attributes.map(({ name }) => name);
  const groups = new Map<string, { steps: readonly string[]; offset: number; bodies: ScannedBody[] }>();
  for (const { type, labels, body: inner, start } of body.blocks) {
    const steps = [type, ...labels];
    const key = JSON.stringify(steps);
    const group = groups.get(key) ?? { steps, offset: start, bodies: [] };
    group.bodies.push(inner);
    groups.set(key, group);
  }
  const keys = new Set([...names, ...body.blocks.map(({ type }) => type)]);
  const found = Object.keys(asRecord(json));
  const missing = found.find((name) => !keys.has(name)) ?? [...keys].find((name) => !found.includes(name));
  if (missing !== undefined) return { message: `\`${missing}\` is not understood`, offset: 0 };
  for (const { steps, offset, bodies } of groups.values()) {
    let node = json;
    for (const step of steps) node = asRecord(node)[step];
    if (!Array.isArray(node) || node.length !== bodies.length) {
      return { message: `\`${steps.join(' ')}\` is not understood`, offset };
    }
    for (const [position, inner] of bodies.entries()) {
      const difference = differenceBetween(inner, node[position]);
      if (difference !== undefined) return { ...difference, offset: difference.offset || offset };
    }
  }
  return undefined;
}

function asRecord(json: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  return isObject ? (json as Readonly<Record<string, unknown>>) : {};
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let current = 1; current < line; current += 1) start = text.indexOf('\n', start) + 1;
  return Math.min(start + column - 1, text.length);
}
