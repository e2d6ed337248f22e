import type { Diff } from '../engine/diff.ts';

/** What is compared, in words for people. */
export interface StateName {
  /** As the user named it: a revision, a folder, or `working tree`. */
  readonly name: string;
  /** Of a revision: the commit, in full. */
  readonly commit?: string;
}

/** Two states and what differs between them. */
export interface DiffReport {
  readonly before: StateName;
  readonly after: StateName;
  readonly diff: Diff;
}

/** `main (3fa9c1d2e4b5) -> working tree` */
export function titleOf({ before, after }: DiffReport): string {
  return `${stateText(before)} -> ${stateText(after)}`;
}

function stateText({ name, commit }: StateName): string {
  return commit === undefined || commit.startsWith(name) ? name : `${name} (${commit.slice(0, 12)})`;
}

/** `2 paths changed, 1 added; 1 new finding, 3 solved`, or that nothing differs. */
export function sumText({ diff }: DiffReport): string {
  const count = (choose: (change: Diff['paths'][number]) => boolean): number =>
    diff.paths.filter(choose).length;
  const changed = count(({ before, after }) => before !== undefined && after !== undefined);
  const added = count(({ before }) => before === undefined);
  const removed = count(({ after }) => after === undefined);
  const fresh = diff.added.roots.reduce((sum, { findings }) => sum + findings.length, 0);
  const solved = diff.solved.roots.reduce((sum, { findings }) => sum + findings.length, 0);
  const paths = [
    ...(changed === 0 ? [] : [`${changed} changed`]),
    ...(added === 0 ? [] : [`${added} added`]),
    ...(removed === 0 ? [] : [`${removed} removed`]),
    `${diff.samePaths} the same`,
  ];
  const findings = [
    ...(fresh === 0 ? [] : [`${fresh} new`]),
    ...(solved === 0 ? [] : [`${solved} solved`]),
    `${diff.sameFindings} the same`,
  ];
  return `paths: ${paths.join(', ')}; findings: ${findings.join(', ')}`;
}
