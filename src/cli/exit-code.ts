import type { Diff } from '../engine/diff.ts';
import type { Report } from '../engine/report.ts';
import { leavesOpen, undecidedPaths } from '../report/undecided-paths.ts';
import type { FailOn } from './settings.ts';

export interface Strictness {
  readonly failOn: FailOn;
  readonly strict: boolean;
  /** Whether undecided paths count that no policy asked about. */
  readonly everyPath: boolean;
}

const SEVERITIES = ['error', 'warning', 'info'] as const;

/**
 * 3 when an input could not be read, else 1 when there is a violation at or above the level, else 4 when nothing may stay
 * open and something does, else 0.
 */
export function exitCodeOf(
  { roots, problems }: Report,
  { failOn, strict, everyPath }: Strictness,
): 0 | 1 | 3 | 4 {
  if (hasFatal({ roots, problems })) return 3;
  const all = [...problems, ...roots.flatMap((root) => root.problems)];

  const failing = SEVERITIES.slice(0, failOn === 'never' ? 0 : SEVERITIES.indexOf(failOn) + 1);
  const findings = roots.flatMap((root) => root.findings);
  if (findings.some(({ status, severity }) => status === 'violation' && failing.includes(severity))) return 1;

  const isOpen =
    all.length > 0 ||
    findings.some(leavesOpen) ||
    (everyPath && roots.some((root) => undecidedPaths(root).length > 0));
  return strict && isOpen ? 4 : 0;
}

/**
 * The same for a difference: 3 when an input of either state could not be read, else 1 for a new violation at or above
 * the level, else 4 when nothing may stay open and something open is new: a finding, a path, or what was not read.
 */
export function diffExitCode(
  { added, solved, paths }: Diff,
  { failOn, strict }: Pick<Strictness, 'failOn' | 'strict'>,
): 0 | 1 | 3 | 4 {
  if (hasFatal(added) || hasFatal(solved)) return 3;
  const code = exitCodeOf(added, { failOn, strict, everyPath: false });
  const isOpen = paths.some(({ after }) => after?.data === 'unknown' || after?.probe === 'unknown');
  return code === 0 && strict && isOpen ? 4 : code;
}

function hasFatal({ roots, problems }: Pick<Report, 'roots' | 'problems'>): boolean {
  return [...problems, ...roots.flatMap((root) => root.problems)].some(
    ({ severity }) => severity === 'fatal',
  );
}
