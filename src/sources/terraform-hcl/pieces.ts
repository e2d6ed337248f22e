import type { ScannedBlock, ScannedBody } from './scan-body.ts';

/** A part of a file that is a file by itself: whole blocks and arguments, with the comments behind them. */
export interface Piece {
  readonly body: ScannedBody;
  /** Where its text begins in the file. */
  readonly start: number;
  readonly text: string;
}

/** Pieces of this length take the least time by the character, and no memory to speak of. */
const LEAST = 64 * 1024;

/**
 * Cuts a file between its blocks and arguments into pieces of some length, in their order; what is longer is a piece of its
 * own. The pieces hold every character, and HCL that is whole at a cut has nothing open there: where each piece is HCL, the
 * file is. What only shows over the cuts, the scanner refuses, but for `unequalLabels`.
 */
export function piecesOf(text: string, { attributes, blocks }: ScannedBody): readonly Piece[] {
  const items = [
    ...attributes.map((attribute) => ({ start: attribute.start, attribute })),
    ...blocks.map((block) => ({ start: block.start, block })),
  ].sort((one, other) => one.start - other.start);
  const pieces: Piece[] = [];
  let start = 0;
  let first = 0;
  for (let next = 1; next <= items.length; next += 1) {
    const end = items[next]?.start ?? text.length;
    const after = items[next + 1]?.start ?? text.length;
    const isLast = next === items.length;
    if (!isLast && end - start < LEAST && after - end < LEAST) continue;
    const inside = items.slice(first, next);
    pieces.push({
      body: {
        attributes: inside.flatMap((item) => ('attribute' in item ? [item.attribute] : [])),
        blocks: inside.flatMap((item) => ('block' in item ? [item.block] : [])),
      },
      start,
      text: text.slice(start, end),
    });
    start = end;
    first = next;
  }
  return pieces.length === 0 ? [{ body: { attributes, blocks }, start: 0, text }] : pieces;
}

/** A block whose labels go on where those of another end: `a {}` beside `a "x" {}`. HCL to JSON has no place for both. */
export function unequalLabels(blocks: readonly ScannedBlock[]): ScannedBlock | undefined {
  const paths = new Set(blocks.map(({ type, labels }) => JSON.stringify([type, ...labels])));
  return blocks.find(({ type, labels }) =>
    labels.some((_, count) => paths.has(JSON.stringify([type, ...labels.slice(0, count)]))),
  );
}
