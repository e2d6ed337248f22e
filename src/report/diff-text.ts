import type { Report } from '../engine/report.ts';
import { printable } from '../text/printable.ts';
import { headLines } from './block.ts';
import { type DiffReport, sumText, titleOf } from './diff-report.ts';
import { diffTables } from './diff-rows.ts';
import { orderFindings } from './order-findings.ts';
import { tableLines } from './paths-text.ts';
import { createPlaceText } from './place-text.ts';
import { quietLines } from './quiet-lines.ts';
import { createStyle, type Style } from './style.ts';
import { toText } from './text.ts';

export interface DiffTextOptions {
  readonly color: boolean;
  /** Whether problems that are not fatal are shown. */
  readonly problems: boolean;
}

/**
 * The difference for people: the paths whose verdict differs, the new findings as in the text report, the solved ones in a
 * line each, what could not be read, and one line of numbers.
 */
export function toDiffText(report: DiffReport, { color, problems }: DiffTextOptions): string {
  const style = createStyle(color);
  const { added, solved } = report.diff;
  const tables = diffTables(report.diff);
  const told = { color, problems: false, summary: false, everyPath: false };
  const blocks = [
    `${style('headline', printable(titleOf(report)))}\n`,
    ...tables.map(({ root, rows }) => {
      const title = root === '.' && tables.length === 1 ? [] : [printable(root, 500)];
      return `${[...title, ...tableLines(rows, style)].join('\n')}\n`;
    }),
    toText(added, told),
    ...solvedLines(solved, style),
    ...(problems ? [problemsText(added, color), problemsText(solved, color)] : []),
    `${sumText(report)}\n`,
  ];
  return quietLines(blocks.filter((block) => block !== '').join('\n'));
}

function solvedLines({ roots }: Report, style: Style): readonly string[] {
  const lines = roots.flatMap((root) => {
    const placeText = createPlaceText(root);
    return orderFindings(root.findings).flatMap(({ policy, message, location, subject }) =>
      headLines(
        {
          look: 'open',
          label: `solved[${policy}]`,
          message,
          place: placeText(location) ?? placeText(subject.origin),
        },
        style,
      ),
    );
  });
  return lines.length === 0 ? [] : [`${lines.join('\n')}\n`];
}

function problemsText(report: Report, color: boolean): string {
  const roots = report.roots.map((root) => ({ ...root, findings: [] }));
  return toText({ ...report, roots }, { color, problems: true, summary: false, everyPath: false });
}
