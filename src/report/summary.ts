import type { Report } from '../engine/report.ts';
import { nothingToCheck } from './nothing-to-check.ts';
import { originText } from './place-text.ts';
import { undecidedPaths } from './undecided-paths.ts';

/** Roots without anything to check that are named one by one. */
const MOST_NAMED = 5;

/**
 * The last lines for people: for each root without anything to check, that it is so, or how many there are; then the numbers,
 * unless there is nothing to count. `everyPath` as in `TextOptions`.
 */
export function summaryLines(report: Report, everyPath: boolean): readonly string[] {
  const { roots } = report;
  const idle = roots.flatMap((root) => {
    const reason = nothingToCheck(root);
    if (reason === undefined) return [];
    const place = originText({ kind: 'json', path: root.root.path, pointer: '' });
    return [roots.length === 1 ? reason : `${place}: ${reason}`];
  });
  const named =
    idle.length > MOST_NAMED ? [`nothing to check in ${idle.length} of ${roots.length} roots`] : idle;
  return idle.length === roots.length ? named : [...named, numbersLine(report, everyPath)];
}

/** `checked 12 paths: 2 violations (1 error, 1 warning), 3 unknown, 40 passed, 5 known before` */
function numbersLine({ roots, problems }: Report, everyPath: boolean): string {
  const findings = roots.flatMap((root) => root.findings);
  const violations = findings.filter(({ status }) => status === 'violation');
  const unknown = findings.filter(({ status }) => status === 'unknown');
  const gaps = unknown.filter(({ waitsFor }) => waitsFor.some(({ reason }) => reason.kind === 'unsupported'));
  const paths = roots.reduce((sum, root) => sum + root.paths.length, 0);
  const passed = roots.reduce((sum, root) => sum + root.passed, 0);
  const undecided = everyPath ? roots.flatMap(undecidedPaths).length : 0;
  const known = roots.flatMap((root) => root.suppressed).filter(({ by }) => by === 'baseline').length;
  const unread = problems.length + roots.reduce((sum, root) => sum + root.problems.length, 0);

  const kinds = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = violations.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [severity === 'info' ? `${count} info` : plural(count, severity)];
  });
  const parts = [
    violations.length === 0
      ? 'no violations'
      : `${plural(violations.length, 'violation')} (${kinds.join(', ')})`,
    `${unknown.length} unknown${gaps.length === 0 ? '' : ` (${gaps.length} not understood by Portcullis yet)`}`,
    `${passed} passed`,
    ...(known === 0 ? [] : [`${known} known before`]),
    ...(undecided === 0 ? [] : [`${plural(undecided, 'path')} undecided`]),
    ...(unread === 0 ? [] : [plural(unread, 'problem')]),
  ];
  return `checked ${plural(paths, 'path')}: ${parts.join(', ')}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
