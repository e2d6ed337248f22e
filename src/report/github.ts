import type { Report } from '../engine/report.ts';
import { printable } from '../text/printable.ts';
import { type Entry, entriesOf } from './entries.ts';
import type { FormatOptions } from './format-options.ts';
import { quietLines, quietText } from './quiet-lines.ts';
import { repositoryPath } from './repository-path.ts';
import { summaryLines } from './summary.ts';

/** A runner keeps ten annotations of a kind for each step, and 4,096 characters of each. */
const MOST_OF_A_KIND = 10;
const LONGEST_MESSAGE = 4000;

const COMMANDS: Readonly<Record<Entry['severity'], string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
};

/**
 * The report as workflow commands, which GitHub shows as annotations beside the code: errors, warnings, then notices, to
 * which undecided answers belong. The last lines say how many are left out, and the numbers. The commands are those of
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands.
 */
export function toGithub(report: Report, options: FormatOptions): string {
  const entries = entriesOf(report, options);
  const kinds = (['error', 'warning', 'info'] as const).map((severity) =>
    entries.filter((entry) => entry.severity === severity),
  );
  const shown = kinds.flatMap((kind) => kind.slice(0, MOST_OF_A_KIND));
  const leftOut = entries.length - shown.length;
  return [
    ...shown.map((entry) => commandOf(entry, options.folder)),
    ...(leftOut === 0
      ? []
      : [
          `${leftOut} more without an annotation, since GitHub shows ten of a kind: --format text lists them\n`,
        ]),
    ...summaryLines(report, options.everyPath).map((line) => quietLines(`${line}\n`)),
  ].join('');
}

/** An error of the whole step, beside no file. */
export function workflowError(title: string, message: string): string {
  return `::error title=${escapeProperty(title)}::${escapeData(cut(message))}\n`;
}

function commandOf({ severity, label, message, notes, docs, origin, place }: Entry, folder: string): string {
  const file = repositoryPath(folder, origin.path);
  const properties = [
    ...(file === undefined ? [] : [['file', printable(file, 500)]]),
    ...(file === undefined || origin.kind === 'json' ? [] : linesOf(origin)),
    ['title', `Portcullis ${label}`],
  ];
  const isPlaced = origin.kind === 'text';
  const lines = [
    message,
    ...(isPlaced ? [] : [`at: ${place}`]),
    ...notes.map(([name, text]) => `${name}: ${text}`),
    ...(docs === undefined ? [] : [`docs: ${docs}`]),
  ];
  const list = properties.map(([name = '', value = '']) => `${name}=${escapeProperty(value)}`).join(',');
  return `::${COMMANDS[severity]} ${list}::${escapeData(cut(lines.join('\n')))}\n`;
}

/** A runner takes columns only where the annotation is one line. */
function linesOf(origin: Extract<Entry['origin'], { kind: 'text' }>): readonly (readonly string[])[] {
  const { line, column, endLine, endColumn } = origin;
  const lines = [
    ['line', String(line)],
    ['endLine', String(endLine)],
  ];
  if (line !== endLine) return lines;
  return [...lines, ['col', String(column)], ['endColumn', String(endColumn)]];
}

function cut(text: string): string {
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text;
}

function escapeData(text: string): string {
  return quietText(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
