import type { Report } from '../engine/report.ts';
import { printable } from '../text/printable.ts';
import { counted } from './counted.ts';
import { type Entry, entriesOf } from './entries.ts';
import { type FormatOptions, isFailing } from './format-options.ts';
import { quietLines } from './quiet-lines.ts';

/**
 * The report for a custom policy check of Atlantis, which reads the verdict from the text and shows it in a comment. A
 * line that begins with `FAIL` is a failure, and the last line counts them. A text without failures holds that word
 * nowhere, whatever the tree says: older releases take it for one in any place. The lines name no line numbers, so that
 * an approval of one outlives other changes. https://www.runatlantis.io/docs/policy-checking
 */
export function toAtlantis(report: Report, options: FormatOptions): string {
  const entries = entriesOf(report, options);
  const failing = entries.filter((entry) => isFailure(entry, options));
  const others = entries.filter((entry) => !failing.includes(entry));
  const passed = report.roots.reduce((sum, root) => sum + root.passed, 0);
  const numbers = [
    `${passed} passed`,
    ...(others.length === 0 ? [] : [counted(others.length, 'note')]),
    ...(failing.length === 0 ? [] : [counted(failing.length, 'failure')]),
  ].join(', ');
  const notes = sorted(others).map((line) => `NOTE - ${withoutVerdict(line)}`);
  const lines =
    failing.length === 0
      ? [`PASS - ${numbers}`, ...notes]
      : [...sorted(failing).map((line) => `FAIL - ${line}`), ...notes, numbers];
  return quietLines(`${lines.map((line) => line.replaceAll('`', "'")).join('\n')}\n`);
}

function isFailure({ kind, severity }: Entry, { strict, failOn }: FormatOptions): boolean {
  if (kind === 'violation') return isFailing(severity, failOn);
  return strict || (kind === 'problem' && severity === 'error');
}

function sorted(entries: readonly Entry[]): readonly string[] {
  return entries
    .map(
      ({ label, message, root }) =>
        `${root === undefined ? 'inputs' : printable(root)} - ${label}: ${message}`,
    )
    .sort();
}

/** The text without a word that Atlantis would take for its verdict. */
function withoutVerdict(text: string): string {
  return text.replace(/(f)(ail)/gi, '$1*$2');
}
