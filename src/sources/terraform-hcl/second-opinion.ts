import type { Fault } from './expression.ts';
import { type Hcl2json, LARGE } from './hcl2json.ts';
import { piecesOf, unequalLabels } from './pieces.ts';
import type { ScannedBody } from './scan-body.ts';

/** hcl2json takes about 0.4 MB of memory for each KB of the densest lists, and what stands in one piece it takes at once. */
const LONGEST_PIECE = 2 * 1024 * 1024;

/** What is against a file: a fault in it, or that it is too much. */
export type Objection = Fault | { readonly tooMuch: string };

/**
 * What hcl2json has against a file that the scanner has read. Large files are asked about in pieces. Where the two do not see
 * the same blocks and attributes, neither is believed.
 */
export async function secondOpinion(
  body: ScannedBody,
  text: string,
  hcl2json: Hcl2json,
): Promise<Objection | undefined> {
  const whole = [{ body, start: 0, text }];
  const pieces = text.length < LARGE ? whole : piecesOf(text, body);
  if (pieces.some((piece) => piece.text.length > LONGEST_PIECE)) {
    return { tooMuch: `holds a block, argument or comment larger than ${LONGEST_PIECE / 1024 / 1024} MB` };
  }
  const unequal = pieces.length > 1 ? unequalLabels(body.blocks) : undefined;
  if (unequal !== undefined) {
    return { message: `\`${unequal.type}\` has different numbers of labels`, offset: unequal.start };
  }
  const answers =
    pieces.length > 1
      ? await hcl2json.convertPieces(pieces.map((piece) => piece.text))
      : [await hcl2json.convert(text)];
  for (const [index, answer] of answers.entries()) {
    if ('tooMuch' in answer) return answer;
    const piece = pieces[index] ?? { body, start: 0, text };
    if ('json' in answer) {
      const difference = differenceBetween(piece.body, answer.json);
      if (difference !== undefined) return difference;
    } else {
      const { message, line, column } = answer;
      return { message, offset: piece.start + offsetOf(piece.text, line, column) };
    }
  }
  return undefined;
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
