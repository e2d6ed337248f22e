import type { Report } from '../engine/report.ts';
import { toJsonReport } from './json.ts';
import { jsonLine } from './json-text.ts';

/**
 * The JSON report in lines: one object for each thing, which says with `type` what it is and otherwise holds what the JSON
 * report holds. First `report` with the version of the contract, then `root`, `path`, `finding`, `problem` and
 * `suppressed`, at last `counts`.
 */
export function toJsonl(report: Report, version: string): string {
  const { roots, paths, findings, problems, suppressed, counts, ...head } = toJsonReport(report, version);
  const typed = (type: string, things: readonly object[]): readonly object[] =>
    things.map((thing) => ({ type, ...thing }));
  return [
    { type: 'report', ...head },
    ...typed('root', roots),
    ...typed('path', paths),
    ...typed('finding', findings),
    ...typed('problem', problems),
    ...typed('suppressed', suppressed),
    { type: 'counts', ...counts },
  ]
    .map(jsonLine)
    .join('');
}
