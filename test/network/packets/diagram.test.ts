import type { Diagram, Operation } from '../../../src/network/packets/diagram.ts';
import {
  combine,
  commonBelow,
  INSIDE,
  isSame,
  NOTHING,
  prefixed,
  valuesAt,
} from '../../../src/network/packets/diagram.ts';
import { EMPTY, range, unionAll } from '../../../src/network/packets/interval-set.ts';

/** A space of three times two points: the first value is 0, 1 or 2, the second 0 or 1. */
const FULL_ROW = prefixed(range(0, 2), INSIDE);
const FULLS: readonly Diagram[] = [prefixed(range(0, 3), FULL_ROW), FULL_ROW, INSIDE];
const [FULL = NOTHING] = FULLS;
const ALL_POINTS = 0b11_11_11;

/** The diagram of a set of points, the point (x, y) being bit 2x + y, point by point. */
function build(points: number): Diagram {
  let set = NOTHING;
  for (let bit = 0; bit < 6; bit += 1) {
    if (((points >> bit) & 1) === 0) continue;
    const [x, y] = [bit >> 1, bit & 1];
    set = combine('union', set, prefixed(range(x, x + 1), prefixed(range(y, y + 1), INSIDE)), FULLS);
  }
  return set;
}

/** The one diagram of a set of points as its definition says: rows that are alike share an edge, the lowest first. */
function spell(points: number): string {
  const rows = [points & 3, (points >> 2) & 3, (points >> 4) & 3];
  const kinds = [...new Set(rows)].filter((row) => row !== 0);
  return kinds
    .map((kind) => {
      const label = unionAll(rows.map((row, x) => (row === kind ? range(x, x + 1) : EMPTY)));
      const values = unionAll([0, 1].map((y) => (((kind >> y) & 1) === 1 ? range(y, y + 1) : EMPTY)));
      return `${label.join()} > (${values.join()} > inside)`;
    })
    .join(' | ');
}

function show(node: Diagram): string {
  if (node === INSIDE) return 'inside';
  return node.edges
    .map(({ label, child }) => `${label.join()} > ${child === INSIDE ? 'inside' : `(${show(child)})`}`)
    .join(' | ');
}

const SETS = Array.from({ length: ALL_POINTS + 1 }, (_, points) => build(points));

test.each<[Operation, (a: number, b: number) => number]>([
  ['union', (a, b) => a | b],
  ['intersect', (a, b) => a & b],
  ['subtract', (a, b) => a & ~b],
])('the %s of any two sets of six points is the one diagram of its points', (operation, expected) => {
  const wrong = SETS.flatMap((a, x) =>
    SETS.flatMap((b, y) => {
      const answer = combine(operation, a, b, FULLS);
      return show(answer) === spell(expected(x, y)) ? [] : [`${show(a)} and ${show(b)}: ${show(answer)}`];
    }),
  );
  expect(wrong).toEqual([]);
});

const ROWS = [1, 2, 3].map((row) => build(row).edges[0]?.child ?? NOTHING);

/** The diagram of a set of points, of the same rows as all others. */
function assemble(points: number): Diagram {
  return [0, 1, 2]
    .map((x) => prefixed(range(x, x + 1), ROWS[((points >> (2 * x)) & 3) - 1] ?? NOTHING))
    .reduce((set, row) => combine('union', set, row, FULLS));
}

test('an answer that there is already is that very object: an operand, the whole space, nothing', () => {
  const sets = Array.from({ length: ALL_POINTS + 1 }, (_, points) => assemble(points));
  const fresh = sets.flatMap((a, x) =>
    sets.flatMap((b, y) => {
      const answers: [number, Diagram][] = [
        [x | y, combine('union', a, b, FULLS)],
        [x & y, combine('intersect', a, b, FULLS)],
        [x & ~y, combine('subtract', a, b, FULLS)],
      ];
      return answers.filter(([points, answer]) => {
        if (points === 0) return answer !== NOTHING;
        if (points === ALL_POINTS) return answer !== FULL;
        if (points === x) return answer !== a;
        if (points === y) return answer !== b;
        return answer.edges.some(({ child }) => show(child) === show(FULL_ROW) && child !== FULL_ROW);
      });
    }),
  );
  expect(fresh.map(([, answer]) => show(answer))).toEqual([]);
});

test('two diagrams are the same exactly when their points are, and then their numbers are too', () => {
  for (const [x, a] of SETS.entries()) {
    const again = build(x);
    expect(isSame(a, again)).toBe(true);
    expect([again.shape(), again.hash()]).toEqual([a.shape(), a.hash()]);
    expect(SETS.filter((b) => isSame(a, b))).toEqual([a]);
  }
});

test('no value leads to a set when there is no value or no set', () => {
  expect(prefixed(EMPTY, INSIDE)).toBe(NOTHING);
  expect(prefixed(range(0, 1), NOTHING)).toBe(NOTHING);
  expect(isSame(NOTHING, INSIDE)).toBe(false);
});

/** A diagram that says of itself what it likes, so that two of them share their numbers. */
function claiming(number: number, honest: Diagram): Diagram {
  return { edges: honest.edges, shape: () => number, hash: () => number };
}

test('sets that share their numbers by accident are kept apart', () => {
  const [a, b] = [range(0, 1), range(1, 2)].map((label) => claiming(7, prefixed(label, INSIDE)));
  if (a === undefined || b === undefined) throw new Error('there are two');
  expect(isSame(a, b)).toBe(false);
  expect(isSame(prefixed(range(0, 2), a), prefixed(range(0, 2), b))).toBe(false);
  expect(isSame(a, claiming(7, prefixed(range(0, 1), INSIDE)))).toBe(true);
  const both = combine('union', prefixed(range(0, 1), a), prefixed(range(1, 2), b), FULLS);
  expect(show(both)).toBe('0,1 > (0,1 > inside) | 1,2 > (1,2 > inside)');
  const three = combine(
    'union',
    both,
    prefixed(range(2, 3), claiming(7, prefixed(range(1, 2), INSIDE))),
    FULLS,
  );
  expect(show(three)).toBe('0,1 > (0,1 > inside) | 1,3 > (1,2 > inside)');
});

test('sets that share their numbers and their first edge are kept apart', () => {
  const claims = [
    build(0b00_00_01),
    build(0b01_00_01),
    build(0b00_10_01),
    build(0b10_00_01),
    build(0b11_00_01),
  ].map((honest) => claiming(7, honest));
  expect(claims.map((a) => claims.filter((b) => isSame(a, b)).length)).toEqual([1, 1, 1, 1, 1]);
});

test.each([
  [1, 1, 2, 2],
  [1, 1, 2, 1],
  [1, 1, 1, 2],
])('sets with the numbers %j, %j and %j, %j are told apart by these alone', (shape, hash, shape2, hash2) => {
  const edges = [
    {
      child: INSIDE,
      get label(): never {
        throw new Error('looked inside');
      },
    },
  ];
  const a = { edges, shape: () => shape, hash: () => hash };
  const b = { edges, shape: () => shape2, hash: () => hash2 };
  expect(isSame(a, b)).toBe(false);
  expect(isSame(a, a)).toBe(true);
});

/** Has an inside that nobody may look at. */
const SEALED: Diagram = {
  get edges(): never {
    throw new Error('looked inside');
  },
  shape: () => 2,
  hash: () => 2,
};

test.each<[Operation, string, Diagram, Diagram, Diagram]>([
  ['union', 'itself', SEALED, SEALED, SEALED],
  ['union', 'nothing', SEALED, NOTHING, SEALED],
  ['union', 'a set after nothing', NOTHING, SEALED, SEALED],
  ['union', 'everything', SEALED, FULL, FULL],
  ['union', 'a set after everything', FULL, SEALED, FULL],
  ['intersect', 'itself', SEALED, SEALED, SEALED],
  ['intersect', 'nothing', SEALED, NOTHING, NOTHING],
  ['intersect', 'a set after nothing', NOTHING, SEALED, NOTHING],
  ['intersect', 'everything', SEALED, FULL, SEALED],
  ['intersect', 'a set after everything', FULL, SEALED, SEALED],
  ['subtract', 'itself', SEALED, SEALED, NOTHING],
  ['subtract', 'nothing', SEALED, NOTHING, SEALED],
  ['subtract', 'a set from nothing', NOTHING, SEALED, NOTHING],
  ['subtract', 'everything', SEALED, FULL, NOTHING],
])('to %s %s takes no look inside', (operation, _, a, b, expected) => {
  expect(combine(operation, a, b, FULLS)).toBe(expected);
});

/** Points of `depth` bits of which the number of ones, divided by `modulus`, leaves no rest. */
function divisible(depth: number, modulus: number): Diagram {
  let level = Array.from({ length: modulus }, (_, rest) => (rest === 0 ? INSIDE : NOTHING));
  const whole = wholes(depth);
  for (let at = depth - 1; at >= 0; at -= 1) {
    level = level.map((child, rest) =>
      combine(
        'union',
        prefixed(range(0, 1), child),
        prefixed(range(1, 2), level[(rest + 1) % modulus] ?? NOTHING),
        whole.slice(at),
      ),
    );
  }
  return level[0] ?? NOTHING;
}

function wholes(depth: number): Diagram[] {
  const fulls = [INSIDE];
  for (let k = 0; k < depth; k += 1) fulls.unshift(prefixed(range(0, 2), fulls[0] ?? INSIDE));
  return fulls;
}

test('of many ways through few nodes each node is combined once', () => {
  const depth = 40;
  const [even, third] = [divisible(depth, 2), divisible(depth, 3)];
  const both = combine('intersect', even, third, wholes(depth));
  const holds = (root: Diagram, ones: number): boolean => {
    let node = root;
    for (let at = 0; at < depth; at += 1) {
      const bit = at < ones ? 1 : 0;
      node = node.edges.find(({ label }) => label[0] === bit || label.length * bit > 2)?.child ?? NOTHING;
    }
    return node === INSIDE;
  };
  const ones = Array.from({ length: depth + 1 }, (_, count) => count);
  expect(ones.filter((count) => holds(both, count))).toEqual([0, 6, 12, 18, 24, 30, 36]);
  expect(valuesAt(both, depth - 1)).toEqual([0, 2]);
});

test('the values of a dimension are those of all ways that lead to it', () => {
  const set = combine(
    'union',
    prefixed(range(0, 1), prefixed(range(0, 1), INSIDE)),
    prefixed(range(2, 3), prefixed(range(1, 2), INSIDE)),
    FULLS,
  );
  expect(valuesAt(set, 0)).toEqual([0, 1, 2, 3]);
  expect(valuesAt(set, 1)).toEqual([0, 2]);
  expect(valuesAt(NOTHING, 1)).toEqual([]);
});

test('what values have in common is what each of them leads to', () => {
  for (const [points, set] of SETS.entries()) {
    for (let mask = 0; mask < 8; mask += 1) {
      const asked = [0, 1, 2].filter((x) => ((mask >> x) & 1) === 1);
      const common = asked.reduce((row, x) => row & (points >> (2 * x)), 3);
      const values = unionAll([0, 1].map((y) => (((common >> y) & 1) === 1 ? range(y, y + 1) : EMPTY)));
      const label = unionAll(asked.map((x) => range(x, x + 1)));
      const answer = commonBelow(set, label, FULLS);
      expect(show(answer)).toBe(values.length === 0 ? '' : `${values.join()} > inside`);
      if (common === 3) expect(answer).toBe(FULL_ROW);
    }
  }
});

const V6 = 2n ** 33n;

test('sets that differ in one boundary, in how many there are, or in where they lead have different hashes', () => {
  const ports = Array.from({ length: 40 }, (_, k) => 10 * k);
  const six = Array.from({ length: 40 }, (_, k) => V6 + 10n * BigInt(k));
  const inner = prefixed(range(5, 6), INSIDE);
  const diagrams = [
    ...ports.map((_, at) => prefixed(ports.with(at, 10 * at + 1), INSIDE)),
    ...six.map((_, at) => prefixed(six.with(at, V6 + 10n * BigInt(at) + 1n), INSIDE)),
    ...ports.map((_, at) => prefixed(ports.slice(0, 2 * at), inner)).slice(1, 20),
    prefixed(range(0, 2 ** 32), INSIDE),
    prefixed(range(0, 2 ** 33), INSIDE),
    prefixed(range(5, 6), inner),
    prefixed(range(5, 6), prefixed(range(6, 7), INSIDE)),
    inner,
    INSIDE,
    NOTHING,
  ];
  expect(new Set(diagrams.map((diagram) => diagram.hash())).size).toBe(diagrams.length);
});

test('each bit of an IPv6 address tells in the hash', () => {
  const start = 0x2001_0db8_1234_5678_9abc_def0_0246_8acen;
  const hashOf = (value: bigint): number => prefixed(range(V6 + value, V6 + 2n ** 128n), INSIDE).hash();
  const flips = Array.from({ length: 128 }, (_, k) => start ^ (1n << BigInt(k)));
  expect(flips.filter((flipped) => hashOf(flipped) === hashOf(start))).toEqual([]);
});

test('a shape looks at a few boundaries only, spread over all', () => {
  const bounds = Array.from({ length: 160 }, (_, k) => 10 * k);
  const shape = prefixed(bounds, INSIDE).shape();
  const seen = bounds.filter((bound, at) => prefixed(bounds.with(at, bound + 1), INSIDE).shape() !== shape);
  expect(seen).toEqual([0, 200, 400, 600, 800, 1000, 1200, 1400]);
  const shapes = bounds.map((_, at) => prefixed(bounds.slice(0, at), INSIDE).shape());
  expect(new Set(shapes.filter((_, at) => at % 2 === 0)).size).toBe(80);
});
