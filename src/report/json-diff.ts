import type { Diff, PathChange } from '../engine/diff.ts';
import type { Report } from '../engine/report.ts';
import type { DiffReport, StateName } from './diff-report.ts';
import { toFinding, toPath, toProblem } from './json.ts';
import type { JsonFinding, JsonPath, JsonProblem } from './json-report.ts';
import { orderFindings } from './order-findings.ts';

/**
 * The difference as JSON, version 1: a contract of its own. Keys are only added to it; anything else is another version.
 * Every interface lists its keys in the order in which they are written; a path, a finding and a problem are those of the
 * JSON report.
 */
export interface JsonDiff {
  readonly version: 1;
  readonly tool: { readonly name: 'portcullis'; readonly version: string };
  readonly base: JsonState;
  readonly head: JsonState;
  /** The paths whose verdict on data or probe differs, those that are new, and those that are gone. */
  readonly paths: readonly JsonPathChange[];
  readonly findings: {
    /** Those of the head that the base does not have: violations, and what is undecided. */
    readonly new: readonly JsonFinding[];
    /** Those of the base that the head does not have, not even accepted. */
    readonly solved: readonly JsonFinding[];
  };
  readonly problems: { readonly base: readonly JsonProblem[]; readonly head: readonly JsonProblem[] };
  readonly counts: {
    readonly paths: {
      readonly changed: number;
      readonly added: number;
      readonly removed: number;
      readonly same: number;
    };
    readonly findings: { readonly new: number; readonly solved: number; readonly same: number };
  };
}

export interface JsonState {
  /** A revision as it was written, a folder or file, or `working tree`. */
  readonly name: string;
  /** Of a revision: the commit, in full. */
  readonly commit?: string;
}

export interface JsonPathChange {
  readonly change: 'added' | 'changed' | 'removed';
  /** The root, from the folder that is compared; `.` for a state that is one file. */
  readonly root: string;
  /** Not for what is added. */
  readonly before?: JsonPath;
  /** Not for what is removed. */
  readonly after?: JsonPath;
}

/** The difference as data, in the order of its contract. `version` is the one of Portcullis. */
export function toJsonDiff({ before, after, diff }: DiffReport, version: string): JsonDiff {
  const paths = diff.paths.map(toChange);
  const count = (change: JsonPathChange['change']): number =>
    paths.filter((path) => path.change === change).length;
  const fresh = findingsOf(diff.added);
  const solved = findingsOf(diff.solved);
  return {
    version: 1,
    tool: { name: 'portcullis', version },
    base: toState(before),
    head: toState(after),
    paths,
    findings: { new: fresh, solved },
    problems: { base: toProblems(diff.solved), head: toProblems(diff.added) },
    counts: {
      paths: {
        changed: count('changed'),
        added: count('added'),
        removed: count('removed'),
        same: diff.samePaths,
      },
      findings: { new: fresh.length, solved: solved.length, same: diff.sameFindings },
    },
  };
}

function toState({ name, commit }: StateName): JsonState {
  return { name, ...(commit === undefined ? {} : { commit }) };
}

function toChange(change: PathChange): JsonPathChange {
  const { root, before, after } = change;
  return {
    change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    root,
    ...(before === undefined ? {} : { before: toPath(root, before) }),
    ...(after === undefined ? {} : { after: toPath(root, after) }),
  };
}

function findingsOf({ roots }: Diff['added']): readonly JsonFinding[] {
  return roots.flatMap(({ root, findings }) =>
    orderFindings(findings).map((finding) => toFinding(root, finding)),
  );
}

function toProblems({ problems, roots }: Report): readonly JsonProblem[] {
  return [...problems, ...roots.flatMap((root) => root.problems)].map(toProblem);
}
