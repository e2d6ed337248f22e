/**
 * A position in one ordered dimension. Numbers serve ports, protocols, IPv4 addresses and symbols; bigints
 * serve IPv6 addresses, which lie at and above 2^33. The two kinds compare exactly with `<` and `>`, but
 * never with `===`.
 */
export type Bound = number | bigint;

/**
 * A set of integers as its sorted boundaries: `[a, b, c, d]` means [a, b) ∪ [c, d). Canonical: strictly
 * increasing, so adjacent ranges are one range and equal sets have equal boundaries. A boundary at 2^33,
 * where IPv6 begins, is a number when it ends a range and a bigint when it starts one.
 */
export type IntervalSet = readonly Bound[];

/** A set of addresses in the ordered domain that `address.ts` lays out. */
export type AddressSet = IntervalSet;

/** The set without members. */
export const EMPTY: IntervalSet = [];

const SEAM = 2 ** 33;

/**
 * The integers from `lo` up to, and without, `hiExclusive`; `EMPTY` when there are none. Both must be
 * integers.
 */
export function range(lo: Bound, hiExclusive: Bound): IntervalSet {
  if (!(lo < hiExclusive)) return EMPTY;
  if (typeof lo === 'number' && typeof hiExclusive === 'number' && hiExclusive <= SEAM)
    return [lo, hiExclusive];
  return [
    lo < SEAM ? Number(lo) : BigInt(lo),
    hiExclusive > SEAM ? BigInt(hiExclusive) : Number(hiExclusive),
  ];
}

/** Members of either set. Returns the operand itself when it already is the answer. */
export function union(a: IntervalSet, b: IntervalSet): IntervalSet {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  return sweep(a, b, (inA, inB) => inA || inB);
}

/** Members of both sets. Returns the operand itself when it already is the answer. */
export function intersect(a: IntervalSet, b: IntervalSet): IntervalSet {
  if (a === b) return a;
  if (areApart(a, b)) return EMPTY;
  return sweep(a, b, (inA, inB) => inA && inB);
}

/** Members of `a` that are not in `b`. Returns `a` itself when nothing is removed. */
export function subtract(a: IntervalSet, b: IntervalSet): IntervalSet {
  if (a === b) return EMPTY;
  if (areApart(a, b)) return a;
  return sweep(a, b, (inA, inB) => inA && !inB);
}

/** Members of any of the sets, in O(n log n) of their total boundaries, whatever their order. */
export function unionAll(sets: readonly IntervalSet[]): IntervalSet {
  let round = sets;
  while (round.length > 1) {
    const next: IntervalSet[] = [];
    for (let k = 0; k < round.length; k += 2) next.push(union(round[k] ?? EMPTY, round[k + 1] ?? EMPTY));
    round = next;
  }
  return round[0] ?? EMPTY;
}

/** Whether the set has no member. */
export function isEmpty(set: IntervalSet): boolean {
  return set.length === 0;
}

/** Whether `bound` is a member. */
export function contains(set: IntervalSet, bound: Bound): boolean {
  const at = lowerBound(set, bound, 0, set.length);
  const boundary = set[at];
  const passed = boundary === undefined || boundary > bound ? at : at + 1;
  return passed % 2 === 1;
}

/** Whether every member of `a` is a member of `b`. */
export function isSubset(a: IntervalSet, b: IntervalSet): boolean {
  return isEmpty(subtract(a, b));
}

/** Whether both sets have the same members. */
export function equals(a: IntervalSet, b: IntervalSet): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k += 1) {
    const x = a[k];
    const y = b[k];
    if (x === undefined || y === undefined || x < y || x > y) return false;
  }
  return true;
}

/** The lowest member, or undefined when there is none. */
export function first(set: IntervalSet): Bound | undefined {
  return set[0];
}

/** Whether the hulls of the sets do not overlap; true when either is empty. */
function areApart(a: IntervalSet, b: IntervalSet): boolean {
  const aFirst = a[0];
  const bFirst = b[0];
  const aEnd = a[a.length - 1];
  const bEnd = b[b.length - 1];
  if (aFirst === undefined || bFirst === undefined || aEnd === undefined || bEnd === undefined) return true;
  return aEnd <= bFirst || bEnd <= aFirst;
}

/**
 * One pass over the boundaries of both sets. `keep` decides membership from membership in each operand and is
 * false outside both. While one operand is constant, the boundaries of the other are either all boundaries of
 * the answer or none is: such a run is found by galloping and copied or skipped whole.
 */
function sweep(a: IntervalSet, b: IntervalSet, keep: (inA: boolean, inB: boolean) => boolean): IntervalSet {
  const out = startOutput(a, b);
  let i = 0;
  let j = 0;
  for (;;) {
    const x = a[i];
    const y = b[j];
    if (x === undefined || y === undefined) break;
    const inA = i % 2 === 1;
    const inB = j % 2 === 1;
    if (x < y) {
      const end = runEnd(a, i, y);
      if (keep(true, inB) !== keep(false, inB)) append(out, a, i, end);
      i = end;
    } else if (y < x) {
      const end = runEnd(b, j, x);
      if (keep(inA, true) !== keep(inA, false)) append(out, b, j, end);
      j = end;
    } else {
      if (keep(inA, inB) !== keep(!inA, !inB)) append(out, a, i, i + 1);
      i += 1;
      j += 1;
    }
  }
  if (keep(true, false)) append(out, a, i, a.length);
  if (keep(false, true)) append(out, b, j, b.length);
  const bounds = finish(out);
  if (bounds.length === 0) return EMPTY;
  if (equals(bounds, a)) return a;
  return equals(bounds, b) ? b : bounds;
}

/**
 * The boundaries of an answer while they are collected. The engine stores an array of numbers alone as plain
 * doubles and copies a slice of it as one block; a bigint among them, or an array literal that has seen one,
 * turns all into boxed values, which costs several times as much. Hence the two kinds of tail, and slices for
 * long runs.
 */
interface Output {
  readonly isNumeric: boolean;
  readonly longRun: number;
  readonly pieces: Bound[][];
  tail: Bound[];
}

function startOutput(a: IntervalSet, b: IntervalSet): Output {
  const isNumeric = isNumbersOnly(a) && isNumbersOnly(b);
  const longRun = Math.max(64, (a.length + b.length) >>> 10);
  return { isNumeric, longRun, pieces: [], tail: isNumeric ? numbersTail() : mixedTail() };
}

function numbersTail(): Bound[] {
  return [];
}

function mixedTail(): Bound[] {
  return [];
}

function isNumbersOnly(set: IntervalSet): boolean {
  return typeof set[set.length - 1] !== 'bigint';
}

function append(out: Output, set: IntervalSet, from: number, to: number): void {
  if (to - from >= out.longRun) {
    if (out.tail.length > 0) out.pieces.push(out.tail);
    out.pieces.push(set.slice(from, to));
    out.tail = out.isNumeric ? numbersTail() : mixedTail();
    return;
  }
  for (let k = from; k < to; k += 1) {
    const bound = set[k];
    if (bound !== undefined) out.tail.push(bound);
  }
}

function finish(out: Output): IntervalSet {
  const [head, ...others] = out.pieces;
  const bounds = head === undefined ? out.tail : head.concat(...others, out.tail);
  sealSeam(bounds);
  if (out.isNumeric || !isNumbersOnly(bounds)) return bounds;
  const numbers = numbersTail();
  for (const bound of bounds) numbers.push(bound);
  return numbers;
}

/** A start may have become an end: gives a boundary at 2^33 the kind that its place asks for. */
function sealSeam(out: Bound[]): void {
  const last = out[out.length - 1];
  if (last === undefined || last < SEAM) return;
  const at = lowerBound(out, SEAM, 0, out.length);
  const bound = out[at];
  if (bound !== undefined && bound <= SEAM) out[at] = at % 2 === 1 ? SEAM : BigInt(SEAM);
}

/** The first index after `from` whose boundary is not below `limit`, given that the one at `from` is. */
function runEnd(set: IntervalSet, from: number, limit: Bound): number {
  let low = from;
  for (let step = 1; ; step *= 2) {
    const bound = set[low + step];
    if (bound === undefined || bound >= limit)
      return lowerBound(set, limit, low + 1, Math.min(low + step, set.length));
    low += step;
  }
}

/** The first index in [low, high) whose boundary is not below `limit`, else `high`. */
function lowerBound(set: IntervalSet, limit: Bound, low: number, high: number): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const bound = set[middle];
    if (bound !== undefined && bound < limit) from = middle + 1;
    else to = middle;
  }
  return from;
}
