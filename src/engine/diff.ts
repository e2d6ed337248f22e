import { posix } from 'node:path';
import type { Path } from '../network/path.ts';
import { type Fingerprint, knownFindings, withoutKnown } from './baseline.ts';
import { fingerprintIn } from './fingerprint.ts';
import type { Report, Root, RootReport } from './report.ts';

/** One state of the code, checked. */
export interface State {
  readonly report: Report;
  /** The folder or file that is compared, relative to the working directory, with `/`. */
  readonly place: string;
}

/** A path whose verdict differs. */
export interface PathChange {
  /** The root, from the folder that is compared; `.` for a state that is one file. */
  readonly root: string;
  /** Undefined for a path that is new. */
  readonly before?: Path;
  /** Undefined for a path that is gone. */
  readonly after?: Path;
}

/** What differs between two states. */
export interface Diff {
  /** Sorted by root, then as in the table of paths. */
  readonly paths: readonly PathChange[];
  /** Paths with the same verdicts in both. */
  readonly samePaths: number;
  /** The report of the later state with the findings that the earlier one does not have. */
  readonly added: Report;
  /** The report of the earlier state with the findings that the later one does not have, not even accepted. */
  readonly solved: Report;
  /** Findings of the later state that the earlier one has. */
  readonly sameFindings: number;
}

/**
 * Compares two states. Roots are the same when they have the same path from the folders that are compared, so these may lie
 * in different places; two files are compared whatever their names are. Paths are the same when load balancer, rule and
 * client have the same names, and of several those with the same address; findings by their fingerprint, whatever line they
 * stand on. A path differs when the verdict on its data or its probe does.
 */
export function diffOf(before: State, after: State): Diff {
  const [keyBefore, keyAfter] = [createKeyOf(before), createKeyOf(after)];
  const paths = pathChanges(before.report, after.report, keyBefore, keyAfter);
  const printBefore = createPrint(keyBefore);
  const printAfter = createPrint(keyAfter);
  const added = withoutKnown(
    after.report.roots,
    { findings: knownFindings(before.report.roots, printBefore) },
    { fingerprint: printAfter },
  ).roots;
  const stillThere = after.report.roots.map((root) => ({
    ...root,
    findings: [...root.findings, ...root.suppressed.map(({ finding }) => finding)],
  }));
  const solved = withoutKnown(
    before.report.roots,
    { findings: knownFindings(stillThere, printAfter) },
    { fingerprint: printBefore },
  ).roots;
  return {
    ...paths,
    added: { ...after.report, roots: added },
    solved: { ...before.report, roots: solved },
    sameFindings: countFindings(after.report.roots) - countFindings(added),
  };
}

type KeyOf = (root: Root) => string;

function createKeyOf({ place }: State): KeyOf {
  const inside = (path: string): string => posix.relative(place, path) || '.';
  return ({ path, parameters }) =>
    parameters === undefined ? inside(path) : `${inside(path)} with ${inside(parameters)}`;
}

function createPrint(keyOf: KeyOf): Fingerprint {
  return (root, finding) => fingerprintIn(keyOf(root), finding);
}

function countFindings(roots: readonly RootReport[]): number {
  return roots.reduce((sum, { findings }) => sum + findings.length, 0);
}

interface KeyedPath {
  readonly root: string;
  readonly path: Path;
}

function pathChanges(
  before: Report,
  after: Report,
  keyBefore: KeyOf,
  keyAfter: KeyOf,
): Pick<Diff, 'paths' | 'samePaths'> {
  const left = keyedPaths(before, keyBefore);
  const right = keyedPaths(after, keyAfter);
  const pairs = new Map<KeyedPath, KeyedPath>();
  // Exact matches first: an address that moved must not take the partner of one that stayed.
  for (const identity of [withAddress, withoutAddress]) {
    const free = new Map<string, KeyedPath[]>();
    const taken = new Set(pairs.values());
    for (const each of left) {
      if (!taken.has(each)) free.set(identity(each), [...(free.get(identity(each)) ?? []), each]);
    }
    for (const each of right) {
      const partner = pairs.has(each) ? undefined : free.get(identity(each))?.shift();
      if (partner !== undefined) pairs.set(each, partner);
    }
  }
  const kept = new Set(pairs.values());
  const changes = [
    ...right.map((each): PathChange => {
      const partner = pairs.get(each);
      const after = { root: each.root, after: each.path };
      return partner === undefined ? after : { ...after, before: partner.path };
    }),
    ...left.filter((each) => !kept.has(each)).map(({ root, path }): PathChange => ({ root, before: path })),
  ];
  const differing = changes.filter(isDifferent);
  return { paths: differing.sort(byRoot), samePaths: changes.length - differing.length };
}

function keyedPaths({ roots }: Report, keyOf: KeyOf): readonly KeyedPath[] {
  return roots.flatMap(({ root, paths }) => paths.map((path) => ({ root: keyOf(root), path })));
}

function withoutAddress({ root, path }: KeyedPath): string {
  return JSON.stringify([root, path.kind, path.name, path.client]);
}

function withAddress({ root, path }: KeyedPath): string {
  return JSON.stringify([root, path.kind, path.name, path.client, path.address]);
}

function isDifferent({ before, after }: PathChange): boolean {
  return before?.data !== after?.data || before?.probe !== after?.probe;
}

function byRoot(a: PathChange, b: PathChange): number {
  return a.root < b.root ? -1 : Number(a.root > b.root);
}
