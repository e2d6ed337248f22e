import fc from 'fast-check';
import { type Diagram, INSIDE } from '../../../src/network/packets/diagram.ts';
import type { Bound, IntervalSet } from '../../../src/network/packets/interval-set.ts';
import { EMPTY, range, unionAll } from '../../../src/network/packets/interval-set.ts';
import type { PacketPoint } from '../../../src/network/packets/packet.ts';
import { PROTOCOLS } from '../../../src/network/packets/packet.ts';
import type { Dimension, PacketSet } from '../../../src/network/packets/packet-set.ts';
import {
  box,
  EVERYTHING,
  intersectPackets,
  NOTHING,
  subtractPackets,
  unionPackets,
} from '../../../src/network/packets/packet-set.ts';

/**
 * Every dimension cut into a handful of cells, each named by its lowest value. All sets made from cells are unions
 * of cells, so the lowest values alone, tested one by one, tell the whole set.
 */
const ADDRESS_CUTS: readonly Bound[] = [
  0,
  0x0a_00_00_00,
  0xcb_00_71_00,
  2 ** 32,
  2 ** 32 + 1,
  2n ** 33n,
  2n ** 33n + 5n,
  2n ** 33n + 2n ** 128n,
];

const CUTS: Readonly<Record<Dimension, readonly Bound[]>> = {
  destination: ADDRESS_CUTS,
  protocol: [0, 1, 2, 3, 4, 5],
  destinationPort: [0, 80, 443, 65_536],
  source: ADDRESS_CUTS,
  sourcePort: [0, 1024, 50_000, 65_536],
};

export const DIMENSIONS: readonly Dimension[] = [
  'destination',
  'protocol',
  'destinationPort',
  'source',
  'sourcePort',
];

/** One dimension's cells that a box allows. */
type CellMask = readonly boolean[];

/** A box by the cells it allows, or an operation on two sets. */
export type Expression =
  | { readonly kind: 'box'; readonly sides: Readonly<Partial<Record<Dimension, CellMask>>> }
  | { readonly kind: 'everything' | 'nothing' }
  | {
      readonly kind: 'union' | 'intersect' | 'subtract';
      readonly left: Expression;
      readonly right: Expression;
    };

/** A sample packet: the index of its cell in each dimension, and the packet at the cell's lowest values. */
export interface Sample {
  readonly cells: Readonly<Record<Dimension, number>>;
  readonly point: PacketPoint;
}

/** Lowest value of a cell. */
export function lowest(dimension: Dimension, cell: number): Bound {
  return CUTS[dimension][cell] ?? 0;
}

/** The values of some cells. */
export function valuesOf(dimension: Dimension, mask: CellMask): IntervalSet {
  const cuts = CUTS[dimension];
  return unionAll(mask.map((isIn, cell) => (isIn ? range(cuts[cell] ?? 0, cuts[cell + 1] ?? 0) : EMPTY)));
}

/** One sample for each combination of cells. */
export const SAMPLES: readonly Sample[] = DIMENSIONS.reduce<Readonly<Record<Dimension, number>>[]>(
  (rows, dimension) =>
    rows.flatMap((row) => CUTS[dimension].slice(0, -1).map((_, cell) => ({ ...row, [dimension]: cell }))),
  [{ destination: 0, protocol: 0, destinationPort: 0, source: 0, sourcePort: 0 }],
).map((cells) => ({
  cells,
  point: {
    protocol: PROTOCOLS[cells.protocol] ?? 'tcp',
    source: lowest('source', cells.source),
    sourcePort: Number(lowest('sourcePort', cells.sourcePort)),
    destination: lowest('destination', cells.destination),
    destinationPort: Number(lowest('destinationPort', cells.destinationPort)),
  },
}));

/** The packet set of an expression, by the functions under test. */
export function build(expression: Expression): PacketSet {
  switch (expression.kind) {
    case 'everything':
      return EVERYTHING;
    case 'nothing':
      return NOTHING;
    case 'box':
      return box(
        Object.fromEntries(
          DIMENSIONS.flatMap((dimension) => {
            const mask = expression.sides[dimension];
            return mask === undefined ? [] : [[dimension, valuesOf(dimension, mask)]];
          }),
        ),
      );
    case 'union':
      return unionPackets(build(expression.left), build(expression.right));
    case 'intersect':
      return intersectPackets(build(expression.left), build(expression.right));
    case 'subtract':
      return subtractPackets(build(expression.left), build(expression.right));
  }
}

/** Whether a sample belongs to an expression, by definition. */
export function holds(expression: Expression, sample: Sample): boolean {
  switch (expression.kind) {
    case 'everything':
      return true;
    case 'nothing':
      return false;
    case 'box':
      return DIMENSIONS.every((dimension) => expression.sides[dimension]?.[sample.cells[dimension]] ?? true);
    case 'union':
      return holds(expression.left, sample) || holds(expression.right, sample);
    case 'intersect':
      return holds(expression.left, sample) && holds(expression.right, sample);
    case 'subtract':
      return holds(expression.left, sample) && !holds(expression.right, sample);
  }
}

function cellMask(dimension: Dimension): fc.Arbitrary<CellMask> {
  const count = CUTS[dimension].length - 1;
  return fc.array(fc.boolean(), { minLength: count, maxLength: count });
}

const boxExpression: fc.Arbitrary<Expression> = fc
  .record(
    {
      destination: cellMask('destination'),
      protocol: cellMask('protocol'),
      destinationPort: cellMask('destinationPort'),
      source: cellMask('source'),
      sourcePort: cellMask('sourcePort'),
    },
    { requiredKeys: [] },
  )
  .map((sides) => ({ kind: 'box', sides }));

/** Random expressions of up to `depth` operations above each other. */
export function expressionOf(depth: number): fc.Arbitrary<Expression> {
  const leaf: fc.Arbitrary<Expression> = fc.oneof(
    { weight: 18, arbitrary: boxExpression },
    { weight: 1, arbitrary: fc.constant<Expression>({ kind: 'everything' }) },
    { weight: 1, arbitrary: fc.constant<Expression>({ kind: 'nothing' }) },
  );
  if (depth === 0) return leaf;
  const inner = expressionOf(depth - 1);
  const operation = fc.record({
    kind: fc.constantFrom('union', 'intersect', 'subtract', 'union', 'subtract'),
    left: inner,
    right: inner,
  });
  return fc.oneof({ weight: 1, arbitrary: leaf }, { weight: 3, arbitrary: operation });
}

/**
 * A text that two sets share exactly when they hold the same packets, however they were built. Distinct subdiagrams are written
 * once each, in the order in which a walk leaves them, and named by their number.
 */
export function packetKey(root: PacketSet): string {
  if (root === NOTHING) return '';
  const numbers = new Map<string, number>();
  const visited = new Map<Diagram, number>([[INSIDE, 0]]);
  function visit(node: Diagram): number {
    const seen = visited.get(node);
    if (seen !== undefined) return seen;
    const text = node.edges.map(({ label, child }) => `${label.join(',')}>${visit(child)}`).join('|');
    const number = numbers.get(text) ?? numbers.size + 1;
    numbers.set(text, number);
    visited.set(node, number);
    return number;
  }
  visit(root);
  return [...numbers.keys()].join(';');
}
