import type { Report } from '../engine/report.ts';
import { type DiffReport, sumText, titleOf } from './diff-report.ts';
import { diffTables } from './diff-rows.ts';
import { entriesOf } from './entries.ts';
import { fitting, itemOf, violationBlock } from './markdown.ts';
import { cellText, codeText, markdownText } from './markdown-text.ts';
import { quietLines } from './quiet-lines.ts';

const MOST_PICTURES = 10;
/** Lets a bot find its own comment again. */
const MARKER = '<!-- portcullis-diff -->';

/**
 * The difference as GitHub Markdown, for the comment on a pull request: the paths whose verdict differs, the new findings,
 * what is solved, and what could not be read. Never longer than a comment may be: what does not fit is counted.
 */
export function toDiffMarkdown(report: DiffReport, { problems }: { readonly problems: boolean }): string {
  const { diff } = report;
  const fresh = entriesOf(diff.added, { everyPath: false, problems: false });
  const solved = entriesOf(diff.solved, { everyPath: false, problems: false });
  const unread = problems ? [...problemEntries(diff.added), ...problemEntries(diff.solved)] : [];
  const tables = diffTables(diff);
  const blocks = [
    ...tables.flatMap(({ root, rows }) => [
      ...(root === '.' && tables.length === 1 ? [] : [codeText(root)]),
      rows
        .flatMap((row, index) =>
          lineOf(
            row.map(({ text }) => text),
            index === 0,
          ),
        )
        .join('\n'),
    ]),
    ...fresh
      .filter(({ kind }) => kind === 'violation')
      .map((entry, index) => violationBlock(entry, index < MOST_PICTURES)),
    ...section('Not decided any more', fresh.filter(({ kind }) => kind === 'unknown').map(itemOf)),
    ...section(
      'Solved',
      solved.map(
        ({ code, message, place }) => `- ${codeText(code)} ${markdownText(message)}, at ${codeText(place)}`,
      ),
    ),
    ...section('Not read', unread.map(itemOf)),
  ];
  const head = [MARKER, `## Portcullis: ${markdownText(titleOf(report))}`, markdownText(sumText(report))];
  return quietLines(`${fitting(head, blocks).join('\n\n')}\n`);
}

function section(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`### ${title}`, ...items];
}

function problemEntries(report: Report): ReturnType<typeof entriesOf> {
  return entriesOf(report, { everyPath: false, problems: true }).filter(({ kind }) => kind === 'problem');
}

function lineOf(cells: readonly string[], isHeader: boolean): readonly string[] {
  const line = (texts: readonly string[]): string => `| ${texts.map(cellText).join(' | ')} |`;
  if (isHeader) return [line(cells), line(cells.map(() => '---'))];
  return [line(cells.map((cell) => markdownText(cell, 300)))];
}
