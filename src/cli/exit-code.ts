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
  const all = [...problems, ...roots.flatMap((root) => root.problems)];
  if (all.some(({ severity }) => severity === 'fatal')) return 3;

  const failing = SEVERITIES.slice(0, failOn === 'never' ? 0 : SEVERITIES.indexOf(failOn) + 1);
  const findings = roots.flatMap((root) => root.findings);
  if (findings.some(({ status, severity }) => status === 'violation' && failing.includes(severity))) return 1;

  const isOpen =
    all.length > 0 ||
    findings.some(leavesOpen) ||
    (everyPath && roots.some((root) => undecidedPaths(root).length > 0));
  return strict && isOpen ? 4 : 0;
}
