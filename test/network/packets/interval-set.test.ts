import fc from 'fast-check';
import type { Bound, IntervalSet } from '../../../src/network/packets/interval-set.ts';
import {
  contains,
  EMPTY,
  equals,
  first,
  intersect,
  isEmpty,
  isSubset,
  range,
  subtract,
  union,
  unionAll,
} from '../../../src/network/packets/interval-set.ts';
import { cases } from '../../support/property-runs.ts';

const SEAM = 2 ** 33;
const SEAM_6 = 2n ** 33n;
const END = SEAM_6 + 2n ** 128n;

test.each<[string, Bound, Bound, IntervalSet]>([
  ['one port', 80, 81, [80, 81]],
  ['nothing when it ends where it starts', 80, 80, []],
  ['nothing when it runs backwards', 81, 80, []],
  ['numbers up to the start of IPv6', 5, SEAM, [5, SEAM]],
  ['bigints from the start of IPv6', SEAM_6, SEAM_6 + 1n, [SEAM_6, SEAM_6 + 1n]],
  ['a bigint end below IPv6 as a number', 5, 7n, [5, 7]],
  ['a bigint end at the start of IPv6 as a number', 5, SEAM_6, [5, SEAM]],
  ['a number start at the start of IPv6 as a bigint', SEAM, END, [SEAM_6, END]],
  ['a number start above it as a bigint', SEAM + 4, SEAM + 5, [SEAM_6 + 4n, SEAM_6 + 5n]],
  ['both kinds across the start of IPv6', 0, END, [0, END]],
])('a range holds %s', (_, lo, hi, expected) => {
  expect(range(lo, hi)).toEqual(expected);
});

test.each<[string, IntervalSet, IntervalSet, IntervalSet, IntervalSet, IntervalSet]>([
  ['apart', [1, 3], [5, 7], [1, 3, 5, 7], [], [1, 3]],
  ['adjacent', [1, 3], [3, 7], [1, 7], [], [1, 3]],
  ['overlapping', [1, 5], [3, 7], [1, 7], [3, 5], [1, 3]],
  ['nested', [1, 9], [3, 7], [1, 9], [3, 7], [1, 3, 7, 9]],
  ['sharing a start', [1, 9], [1, 4], [1, 9], [1, 4], [4, 9]],
  ['sharing an end', [1, 9], [6, 9], [1, 9], [6, 9], [1, 6]],
  ['equal', [1, 9], [1, 9], [1, 9], [1, 9], []],
  ['empty on the left', [], [1, 9], [1, 9], [], []],
  ['empty on the right', [1, 9], [], [1, 9], [], [1, 9]],
  ['filling a gap', [1, 3, 5, 7], [3, 5], [1, 7], [], [1, 3, 5, 7]],
  ['interleaved', [0, 2, 4, 6, 8, 10], [1, 5, 9, 12], [0, 6, 8, 12], [1, 2, 4, 5, 9, 10], [0, 1, 5, 6, 8, 9]],
  ['adjacent where IPv6 begins', [1, SEAM], [SEAM_6, END], [1, END], [], [1, SEAM]],
  ['cut where IPv6 begins, right part', [1, END], [SEAM_6, END], [1, END], [SEAM_6, END], [1, SEAM]],
  ['cut where IPv6 begins, left part', [1, END], [1, SEAM], [1, END], [1, SEAM], [SEAM_6, END]],
])('union, intersection and difference of sets %s', (_, a, b, both, shared, difference) => {
  expect(union(a, b)).toStrictEqual(both);
  expect(intersect(a, b)).toStrictEqual(shared);
  expect(subtract(a, b)).toStrictEqual(difference);
});

test('an operand that already is the answer is returned itself', () => {
  const wide = range(0, 100);
  const narrow = range(10, 20);
  expect(union(wide, narrow)).toBe(wide);
  expect(union(narrow, wide)).toBe(wide);
  expect(intersect(wide, narrow)).toBe(narrow);
  expect(intersect(narrow, wide)).toBe(narrow);
  expect(subtract(narrow, range(20, 30))).toBe(narrow);
  expect(subtract(range(10, 40), narrow)).not.toBe(narrow);
});

test('first is the lowest member', () => {
  expect(first(EMPTY)).toBeUndefined();
  expect(first([3, 5, 9, 10])).toBe(3);
});

test.each<[IntervalSet, IntervalSet, boolean]>([
  [[3, 5], [1, 9], true],
  [[3, 5], [3, 5], true],
  [[], [3, 5], true],
  [[3, 6], [3, 5], false],
  [[2, 5], [3, 5], false],
  [[3, 5], [], false],
  [[3, 9], [3, 5, 6, 9], false],
])('%j is a subset of %j: %j', (a, b, expected) => {
  expect(isSubset(a, b)).toBe(expected);
});

test.each<[IntervalSet, IntervalSet, boolean]>([
  [[3, 5], [3, 5], true],
  [[], [], true],
  [[3, 5], [3, 6], false],
  [[3, 5], [2, 5], false],
  [[3, 5], [3, 5, 7, 8], false],
  [[3, 5, 7, 8], [3, 5], false],
])('%j equals %j: %j', (a, b, expected) => {
  expect(equals(a, b)).toBe(expected);
});

/** The cells [CUTS[k], CUTS[k + 1]); every set below is a union of cells, so one point of each tells all. */
const CUTS: readonly Bound[] = [
  0,
  1,
  80,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 32 + 1,
  SEAM - 1,
  SEAM_6,
  SEAM_6 + 1n,
  SEAM_6 + 2n ** 127n,
  END,
];
const CELLS = CUTS.slice(0, -1).map((start, index) => range(start, CUTS[index + 1] ?? start));

const cellMask = fc.array(fc.boolean(), { minLength: CELLS.length, maxLength: CELLS.length });

function fromMask(mask: readonly boolean[]): IntervalSet {
  return unionAll(CELLS.filter((_, index) => mask[index]));
}

/** The one canonical spelling of a set of cells, written out from its definition. */
function spell(mask: readonly boolean[]): Bound[] {
  const bounds: Bound[] = [];
  for (let k = 0; k <= CELLS.length; k += 1) {
    const isStart = (mask[k] ?? false) && !(mask[k - 1] ?? false);
    const isEnd = !(mask[k] ?? false) && (mask[k - 1] ?? false);
    const cut = CUTS[k] ?? END;
    if (isStart) bounds.push(cut);
    if (isEnd) bounds.push(cut === SEAM_6 ? SEAM : cut);
  }
  return bounds;
}

function isSpelled(set: IntervalSet, expected: readonly Bound[]): boolean {
  return set.length === expected.length && set.every((bound, index) => Object.is(bound, expected[index]));
}

test('operations over all kinds of addresses give exactly the canonical boundaries', () => {
  fc.assert(
    fc.property(cellMask, cellMask, (x, y) => {
      const a = fromMask(x);
      const b = fromMask(y);
      return (
        isSpelled(a, spell(x)) &&
        isSpelled(union(a, b), spell(x.map((inX, k) => inX || y[k] === true))) &&
        isSpelled(intersect(a, b), spell(x.map((inX, k) => inX && y[k] === true))) &&
        isSpelled(subtract(a, b), spell(x.map((inX, k) => inX && y[k] !== true))) &&
        isSubset(a, b) === x.every((inX, k) => !inX || y[k] === true) &&
        equals(a, b) === x.every((inX, k) => inX === y[k]) &&
        isEmpty(a) === !x.includes(true)
      );
    }),
    { seed: 20_260_101, numRuns: cases(2000) },
  );
});

test('a bound is contained exactly when it lies in a range, at either edge and inside', () => {
  fc.assert(
    fc.property(cellMask, (mask) => {
      const set = fromMask(mask);
      return CELLS.every((cell, index) => {
        const [start = 0, end = 0] = cell;
        const last = typeof end === 'bigint' ? end - 1n : end - 1;
        return contains(set, start) === mask[index] && contains(set, last) === mask[index];
      });
    }),
    { seed: 20_260_102, numRuns: cases(500) },
  );
});

test('nothing below the lowest or from the highest boundary on is contained', () => {
  expect([2, 3, 4, 5, 6].map((bound) => contains([3, 5], bound))).toEqual([false, true, true, false, false]);
  expect(contains(EMPTY, 0)).toBe(false);
  expect(contains([5, SEAM], SEAM_6)).toBe(false);
  expect(contains([5, SEAM], SEAM)).toBe(false);
  expect(contains([SEAM_6, END], SEAM)).toBe(true);
});

/** Sets over 0..2999 with up to 600 boundaries, sparse and dense parts mixed, some with an IPv6 range on top. */
const manyRanges = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(2999), fc.integer({ min: 1, max: 30 })), { maxLength: 20 }),
    fc.array(fc.tuple(fc.nat(2900), fc.integer({ min: 1, max: 100 })), { maxLength: 4 }),
    fc.boolean(),
  )
  .map(([scattered, combs, hasIpv6]) => {
    const cells = new Array<boolean>(3000).fill(false);
    for (const [start, length] of scattered) cells.fill(true, start, start + length);
    for (const [start, teeth] of combs) {
      for (let k = 0; k < teeth * 3; k += 3) if (start + k < 3000) cells[start + k] = true;
    }
    return { cells, hasIpv6 };
  });

function spellMany({ cells, hasIpv6 }: { cells: readonly boolean[]; hasIpv6: boolean }): Bound[] {
  const bounds: Bound[] = [];
  for (let k = 0; k <= cells.length; k += 1) {
    if ((cells[k] ?? false) !== (cells[k - 1] ?? false)) bounds.push(k);
  }
  return hasIpv6 ? [...bounds, SEAM_6, END] : bounds;
}

test('operations on long sets give exactly the boundaries that a scan of every member gives', () => {
  fc.assert(
    fc.property(manyRanges, manyRanges, (x, y) => {
      const a = spellMany(x);
      const b = spellMany(y);
      const combined = (keep: (inX: boolean, inY: boolean) => boolean): Bound[] =>
        spellMany({
          cells: x.cells.map((inX, k) => keep(inX, y.cells[k] === true)),
          hasIpv6: keep(x.hasIpv6, y.hasIpv6),
        });
      return (
        isSpelled(
          union(a, b),
          combined((inX, inY) => inX || inY),
        ) &&
        isSpelled(
          intersect(a, b),
          combined((inX, inY) => inX && inY),
        ) &&
        isSpelled(
          subtract(a, b),
          combined((inX, inY) => inX && !inY),
        )
      );
    }),
    { seed: 20_260_103, numRuns: cases(400) },
  );
});

test('operands are never changed', () => {
  fc.assert(
    fc.property(manyRanges, manyRanges, (x, y) => {
      const a = Object.freeze(spellMany(x));
      const b = Object.freeze(spellMany(y));
      union(a, b);
      intersect(a, b);
      subtract(a, b);
      return isSpelled(a, spellMany(x)) && isSpelled(b, spellMany(y));
    }),
    { seed: 20_260_104, numRuns: cases(50) },
  );
});

test('the union of many sets is the union of any two at a time, in any order', () => {
  fc.assert(
    fc.property(fc.array(cellMask, { maxLength: 9 }), (masks) => {
      const expected = spell(CELLS.map((_, k) => masks.some((mask) => mask[k])));
      const sets = masks.map(fromMask);
      return isSpelled(unionAll(sets), expected) && isSpelled(unionAll(sets.toReversed()), expected);
    }),
    { seed: 20_260_105, numRuns: cases(500) },
  );
});

const LONG = Array.from({ length: 20_000 }, (_, k) => 10 * k);
const BEYOND = range(300_000, 300_010);

/** How many boundaries of a long set are looked at, and what comes out. */
function readsOf(ask: (long: IntervalSet) => unknown): { reads: number; answer: unknown } {
  let reads = 0;
  const long = new Proxy(LONG, {
    get(target, key) {
      if (typeof key === 'string' && /^[0-9]+$/.test(key)) reads += 1;
      return Reflect.get(target, key);
    },
  });
  const answer = ask(long);
  return { reads, answer: answer === long ? 'the long set itself' : answer };
}

test.each<[string, (long: IntervalSet) => unknown, number, unknown]>([
  ['in common with one member', (long) => intersect(long, range(100_003, 100_004)), 100, [100_003, 100_004]],
  [
    'that one member has in common',
    (long) => intersect(range(100_003, 100_004), long),
    100,
    [100_003, 100_004],
  ],
  ['in common with a gap', (long) => intersect(long, range(100_013, 100_017)), 100, []],
  ['left of one member', (long) => subtract(range(100_003, 100_004), long), 100, []],
  [
    'left of what reaches into a gap',
    (long) => subtract(range(100_003, 100_012), long),
    100,
    [100_010, 100_012],
  ],
  ['when a member is looked for', (long) => contains(long, 100_003), 20, true],
  ['when what is no member is looked for', (long) => contains(long, 100_013), 20, false],
  ['in common with what lies beyond', (long) => intersect(long, BEYOND), 2, []],
  ['that what lies beyond has in common', (long) => intersect(BEYOND, long), 2, []],
  ['left without what lies beyond', (long) => subtract(long, BEYOND), 2, 'the long set itself'],
  ['that what lies beyond is left of', (long) => subtract(BEYOND, long), 2, BEYOND],
  ['in common with itself', (long) => intersect(long, long), 0, 'the long set itself'],
  ['left of itself', (long) => subtract(long, long), 0, []],
  ['together with itself', (long) => union(long, long), 0, 'the long set itself'],
  ['together with nothing', (long) => union(long, EMPTY), 0, 'the long set itself'],
  ['together after nothing', (long) => union(EMPTY, long), 0, 'the long set itself'],
  ['compared with itself', (long) => equals(long, long), 0, true],
  ['compared with a shorter one', (long) => equals(long, LONG.slice(2)), 0, false],
])('few of twenty thousand boundaries are looked at: what is %s', (_, ask, most, expected) => {
  const { reads, answer } = readsOf(ask);
  expect(answer).toEqual(expected);
  expect(reads).toBeLessThanOrEqual(most);
});

test('a hundred thousand single addresses in shuffled order merge into their ranges', () => {
  const step = 7_919;
  const singles = Array.from({ length: 100_000 }, (_, k) => (k * step) % 100_000);
  expect(unionAll(singles.map((value) => range(value, value + 1)))).toEqual([0, 100_000]);
  const even = unionAll(singles.map((value) => range(2 * value, 2 * value + 1)));
  expect(even).toHaveLength(200_000);
  expect(subtract(range(0, 200_000), even).slice(0, 4)).toEqual([1, 2, 3, 4]);
  expect(unionAll([])).toBe(EMPTY);
});
