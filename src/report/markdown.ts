import type { Report, RootReport } from '../engine/report.ts';
import { type Entry, entriesOf } from './entries.ts';
import type { FormatOptions } from './format-options.ts';
import { cellText, codeText, markdownNote, markdownText } from './markdown-text.ts';
import { mermaidOf } from './mermaid.ts';
import { toPathRows } from './paths-text.ts';
import { quietLines } from './quiet-lines.ts';
import { summaryLines } from './summary.ts';

/** GitHub takes 65,536 characters in a comment; a summary of a step may be longer. */
const LONGEST = 60_000;
const MOST_PICTURES = 10;
const ADDRESS = /^https:\/\/[\w.-]+\/[\w./%-]*(?:#[\w-]*)?$/;
/** Lets a bot find its own comment again. */
const MARKER = '<!-- portcullis -->';

/**
 * The report as GitHub Markdown, for the comment on a pull request or the summary of a job: the verdict, each violation
 * with a picture of its packet's way, what is undecided, what could not be read, and the table of paths. Never longer
 * than a comment may be: what does not fit is counted.
 */
export function toMarkdown(report: Report, options: FormatOptions): string {
  const entries = entriesOf(report, options);
  const violations = entries.filter(({ kind }) => kind === 'violation');
  const unknown = entries.filter(({ kind }) => kind === 'unknown');
  const problems = entries.filter(({ kind }) => kind === 'problem');
  const head = [
    MARKER,
    `## Portcullis: ${titleOf(violations, unknown, problems)}`,
    ...summaryLines(report, options.everyPath).map((line) => markdownText(line)),
  ];
  const blocks = [
    ...violations.map((entry, index) => violationBlock(entry, index < MOST_PICTURES)),
    ...(unknown.length === 0 ? [] : ['### Not decided']),
    ...unknown.map(itemOf),
    ...(problems.length === 0 ? [] : ['### Not read']),
    ...problems.map(itemOf),
    ...acceptedBlocks(report),
    ...report.roots.flatMap((root) => pathsBlock(root, report.roots.length > 1)),
  ];
  return quietLines(`${fitting(head, blocks).join('\n\n')}\n`);
}

/** The table of paths as GitHub Markdown, one for each root. */
export function toPathsMarkdown({ roots }: Report): string {
  const blocks = roots.flatMap((root) => tableOf(root, roots.length > 1));
  return quietLines(`${fitting(['## Portcullis: paths'], blocks).join('\n\n')}\n`);
}

function titleOf(
  violations: readonly Entry[],
  unknown: readonly Entry[],
  problems: readonly Entry[],
): string {
  const parts = [
    violations.length === 0 ? 'no violations' : counted(violations.length, 'violation'),
    ...(unknown.length === 0 ? [] : [`${unknown.length} undecided`]),
    ...(problems.length === 0 ? [] : [counted(problems.length, 'problem')]),
  ];
  return parts.join(', ');
}

/** A violation with its picture. */
export function violationBlock(
  { label, message, place, notes, docs, path, finding }: Entry,
  picture: boolean,
): string {
  const evidence = finding?.evidence;
  return [
    `### ${codeText(label)}`,
    '',
    markdownText(message),
    '',
    `at ${codeText(place)}`,
    '',
    ...(evidence === undefined || !picture ? [] : ['```mermaid', mermaidOf(evidence, path), '```', '']),
    ...notes.map(markdownNote),
    ...(docs === undefined ? [] : [`- docs: ${linkOf(docs)}`]),
  ].join('\n');
}

/** Something else that is told, as an item of a list. */
export function itemOf({ label, message, place, notes }: Entry): string {
  return [
    `- ${codeText(label)} ${markdownText(message)}, at ${codeText(place)}`,
    ...notes.map((note) => `  ${markdownNote(note)}`),
  ].join('\n');
}

/** What is known before is counted and not listed: there may be a lot of it. */
function acceptedBlocks({ roots }: Report): readonly string[] {
  const accepted = roots.flatMap(({ suppressed }) => suppressed).filter(({ by }) => by !== 'baseline');
  if (accepted.length === 0) return [];
  return [
    '### Accepted',
    ...accepted.map(
      ({ finding, reason }) =>
        `- ${codeText(finding.policy)} ${markdownText(finding.message)}: ${markdownText(reason)}`,
    ),
  ];
}

function pathsBlock(root: RootReport, isNamed: boolean): readonly string[] {
  const [table] = tableOf(root, isNamed);
  if (table === undefined) return [];
  return [`<details><summary>${counted(root.paths.length, 'path')}</summary>\n\n${table}\n\n</details>`];
}

function tableOf(root: RootReport, isNamed: boolean): readonly string[] {
  const [header, ...rows] = toPathRows(root.paths);
  if (header === undefined || rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.map(cellText).join(' | ')} |`;
  const lines = [
    line(header),
    line(header.map(() => '---')),
    ...rows.map((row) => line(row.map((cell) => markdownText(cell, 300)))),
  ];
  return [`${isNamed ? `${codeText(root.root.id)}\n\n` : ''}${lines.join('\n')}`];
}

/** As many blocks as a comment can hold, and the number of those that are left out. */
export function fitting(head: readonly string[], blocks: readonly string[]): readonly string[] {
  const shown = [...head];
  let length = head.join('\n\n').length;
  for (const [index, block] of blocks.entries()) {
    length += block.length + 2;
    if (length > LONGEST) {
      return [
        ...shown,
        `${counted(blocks.length - index, 'part')} more did not fit here: \`--format text\` shows all.`,
      ];
    }
    shown.push(block);
  }
  return shown;
}

function linkOf(address: string): string {
  return ADDRESS.test(address) ? `<${address}>` : codeText(address);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
