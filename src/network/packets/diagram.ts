import type { IntervalSet } from './interval-set.ts';
import { EMPTY, equals, intersect, isEmpty, subtract, unionAll } from './interval-set.ts';

/**
 * A set of points in several ordered dimensions, as a decision diagram: each edge says which values of this
 * dimension lead to which set in the remaining ones. Canonical: labels are not empty and do not overlap, no
 * child is `NOTHING`, no two edges have equal children, edges are sorted by their lowest value. So equal sets
 * have equal diagrams.
 */
export interface Diagram {
  readonly edges: readonly Edge[];
  /** A number that equal diagrams share, cheap: it samples the labels. Computed on first use. */
  readonly shape: () => number;
  /** A number that equal diagrams share, computed from every bound on first use. */
  readonly hash: () => number;
}

interface Edge {
  readonly label: IntervalSet;
  readonly child: Diagram;
}

const SAMPLES = 8;

/** `union` a ∪ b, `intersect` a ∩ b, `subtract` a \ b. */
export type Operation = 'union' | 'intersect' | 'subtract';

/**
 * The empty set, in any number of dimensions. It is the only diagram of the empty set: compare by identity.
 */
export const NOTHING: Diagram = { edges: [], shape: () => 0, hash: () => 0 };

/** The one point of the space without dimensions: the end of every way through a diagram. */
export const INSIDE: Diagram = { edges: [], shape: () => 1, hash: () => 1 };

/** The points whose first value is in `label` and whose others are in `child`. */
export function prefixed(label: IntervalSet, child: Diagram): Diagram {
  return isEmpty(label) || child === NOTHING ? NOTHING : diagram([{ label, child }]);
}

/**
 * Combines two diagrams of the same dimensions. `fulls[depth]` is the diagram of the whole space from that
 * dimension on; results that fill it are that very object. Returns an operand itself when it already is the
 * answer, if both are made of the same subdiagrams.
 */
export function combine(operation: Operation, a: Diagram, b: Diagram, fulls: readonly Diagram[]): Diagram {
  return combineAt({ operation, fulls, known: new Map() }, a, b, 0);
}

/** Whether both diagrams hold the same points. */
export function isSame(a: Diagram, b: Diagram): boolean {
  if (a === b) return true;
  if (a.edges.length !== b.edges.length) return false;
  if (a.shape() !== b.shape() || a.hash() !== b.hash()) return false;
  return a.edges.every((edge, index) => {
    const other = b.edges[index];
    return other !== undefined && equals(edge.label, other.label) && isSame(edge.child, other.child);
  });
}

/** The values that the points have in dimension `depth`, counted from 0. */
export function valuesAt(root: Diagram, depth: number): IntervalSet {
  let level = new Set([root]);
  for (let k = 0; k < depth; k += 1) {
    level = new Set([...level].flatMap((node) => node.edges.map((edge) => edge.child)));
  }
  return unionAll([...level].flatMap((node) => node.edges.map((edge) => edge.label)));
}

/**
 * What the first values in `label` have in common: the set in the remaining dimensions that each of them leads to.
 * `fulls` as for `combine`; for an empty label all of the remaining space.
 */
export function commonBelow(root: Diagram, label: IntervalSet, fulls: readonly Diagram[]): Diagram {
  const reached = root.edges.filter((edge) => !isEmpty(intersect(edge.label, label)));
  const covered = unionAll(reached.map((edge) => edge.label));
  if (!isEmpty(subtract(label, covered))) return NOTHING;
  const run: Combination = { operation: 'intersect', fulls, known: new Map() };
  return reached.reduce((common, { child }) => combineAt(run, common, child, 1), fulls[1] ?? INSIDE);
}

interface Combination {
  readonly operation: Operation;
  readonly fulls: readonly Diagram[];
  readonly known: Map<Diagram, Map<Diagram, Diagram>>;
}

function combineAt(run: Combination, a: Diagram, b: Diagram, depth: number): Diagram {
  const evident = combineEvident(run.operation, a, b, run.fulls[depth]);
  if (evident !== undefined) return evident;
  const answers = run.known.get(a) ?? new Map<Diagram, Diagram>();
  run.known.set(a, answers);
  const known = answers.get(b);
  if (known !== undefined) return known;
  const answer = settle(overlay(run, a, b, depth), a, b, depth, run.fulls);
  answers.set(b, answer);
  return answer;
}

function combineEvident(
  operation: Operation,
  a: Diagram,
  b: Diagram,
  full: Diagram | undefined,
): Diagram | undefined {
  switch (operation) {
    case 'union':
      if (a === b || b === NOTHING || a === full) return a;
      return a === NOTHING || b === full ? b : undefined;
    case 'intersect':
      if (a === b || a === NOTHING || b === full) return a;
      return b === NOTHING || a === full ? b : undefined;
    case 'subtract':
      if (a === NOTHING || b === NOTHING) return a;
      return a === b || b === full ? NOTHING : undefined;
  }
}

/**
 * The edges of the answer with disjoint labels: those that lead where an edge of `a` leads, and the others.
 */
interface Pieces {
  readonly kept: Edge[];
  readonly others: Edge[];
}

function overlay(run: Combination, a: Diagram, b: Diagram, depth: number): Pieces {
  const { operation } = run;
  const kept: Edge[] = [];
  const others: Edge[] = [];
  const restOfB = b.edges.map((edge) => edge.label);
  for (const edge of a.edges) {
    let rest = edge.label;
    for (let index = 0; index < b.edges.length && !isEmpty(rest); index += 1) {
      const other = b.edges[index];
      if (other === undefined) continue;
      const shared = intersect(rest, other.label);
      if (isEmpty(shared)) continue;
      const child = combineAt(run, edge.child, other.child, depth + 1);
      if (child !== NOTHING) others.push({ label: shared, child });
      if (operation !== 'intersect' || shared === rest) rest = subtract(rest, shared);
      if (operation === 'union') restOfB[index] = subtract(restOfB[index] ?? EMPTY, shared);
    }
    if (operation === 'intersect' || isEmpty(rest)) continue;
    kept.push({ label: rest, child: edge.child });
  }
  if (operation === 'union') {
    for (const [index, { child }] of b.edges.entries()) {
      const label = restOfB[index] ?? EMPTY;
      if (!isEmpty(label)) others.push({ label, child });
    }
  }
  return { kept, others };
}

function settle(pieces: Pieces, a: Diagram, b: Diagram, depth: number, fulls: readonly Diagram[]): Diagram {
  const edges = mergeEqualChildren(pieces).sort((x, y) => compareFirst(x.label, y.label));
  if (edges.length === 0) return NOTHING;
  const candidates = [a, b, fulls[depth] ?? NOTHING];
  return candidates.find((candidate) => hasEdges(candidate, edges)) ?? diagram(edges);
}

function hasEdges(node: Diagram, edges: readonly Edge[]): boolean {
  if (node.edges.length !== edges.length) return false;
  return edges.every((edge, index) => {
    const other = node.edges[index];
    return other !== undefined && other.child === edge.child && equals(other.label, edge.label);
  });
}

/** One edge for each distinct child. The children of the kept pieces differ already. */
function mergeEqualChildren({ kept, others }: Pieces): Edge[] {
  if (others.length === 0) return kept;
  const groups = new Map<number, { readonly child: Diagram; readonly labels: IntervalSet[] }[]>();
  for (const { label, child } of others) {
    const alike = groups.get(child.shape()) ?? [];
    const group = alike.find((candidate) => isSame(candidate.child, child));
    if (group === undefined) alike.push({ child, labels: [label] });
    else group.labels.push(label);
    groups.set(child.shape(), alike);
  }
  const edges = kept.filter(({ label, child }) => {
    const group = groups.get(child.shape())?.find((candidate) => isSame(candidate.child, child));
    group?.labels.push(label);
    return group === undefined;
  });
  for (const alike of groups.values()) {
    for (const { child, labels } of alike) edges.push({ label: unionAll(labels), child });
  }
  return edges;
}

/** No two labels of one node share their lowest value. */
function compareFirst(a: IntervalSet, b: IntervalSet): number {
  const [x = 0] = a;
  const [y = 0] = b;
  return x < y ? -1 : 1;
}

function diagram(edges: readonly Edge[]): Diagram {
  let shape: number | undefined;
  let hash: number | undefined;
  return {
    edges,
    shape: () => {
      shape ??= edges.reduce(
        (sum, { label, child }) => mix(hashLabel(label, SAMPLES, sum), child.shape()),
        0,
      );
      return shape;
    },
    hash: () => {
      hash ??= edges.reduce(
        (sum, { label, child }) => mix(hashLabel(label, label.length, sum), child.hash()),
        0,
      );
      return hash;
    },
  };
}

function hashLabel(label: IntervalSet, samples: number, start: number): number {
  let hash = mix(start, label.length);
  const step = Math.max(1, Math.floor(label.length / samples));
  for (let k = 0; k < label.length; k += step) {
    const bound = label[k] ?? 0;
    const isNumber = typeof bound === 'number';
    hash = mix(hash, isNumber ? bound : Number(BigInt.asIntN(32, bound)));
    hash = mix(hash, isNumber ? bound / 2 ** 32 : foldHigh(bound));
  }
  return hash;
}

function foldHigh(bound: bigint): number {
  return Number(BigInt.asIntN(32, (bound >> 32n) ^ (bound >> 64n) ^ (bound >> 96n)));
}

function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
