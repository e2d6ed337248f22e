import type { Report } from '../engine/report.ts';
import { printable } from '../text/printable.ts';
import { type Entry, entriesOf } from './entries.ts';
import type { FormatOptions } from './format-options.ts';
import { quietLines, quietText } from './quiet-lines.ts';
import { repositoryPath } from './repository-path.ts';
import { summaryLines } from './summary.ts';

/**
 * The report as logging commands of Azure Pipelines, which show errors and warnings in the summary of a run. There is no
 * command for less, so notes and undecided answers are plain lines.
 * https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands#logissue-log-an-error-or-warning
 */
export function toAzure(report: Report, options: FormatOptions): string {
  return [
    ...entriesOf(report, options).map((entry) => lineOf(entry, options.folder)),
    ...summaryLines(report, options.everyPath).map((line) => quietLines(`${line}\n`)),
  ].join('');
}

function lineOf(entry: Entry, folder: string): string {
  const { severity, code, label, message, notes, docs, origin, place } = entry;
  const file = repositoryPath(folder, origin.path);
  const text = [
    message,
    ...(origin.kind === 'text' ? [] : [`at: ${place}`]),
    ...notes.map(([name, note]) => `${name}: ${note}`),
    ...(docs === undefined ? [] : [`docs: ${docs}`]),
  ].join(' | ');
  if (severity === 'info') return quietLines(`${label}: ${text}\n`);
  const properties = [
    ['type', severity],
    ...(file === undefined ? [] : [['sourcepath', printable(file, 500)]]),
    ...(file === undefined || origin.kind === 'json'
      ? []
      : [
          ['linenumber', String(origin.line)],
          ['columnnumber', String(origin.column)],
        ]),
    ['code', code],
  ].map(([name = '', value = '']) => `${name}=${escapeProperty(value)};`);
  return `##vso[task.logissue ${properties.join('')}]${escapeData(text)}\n`;
}

/** As the agent reads it back: https://github.com/microsoft/azure-pipelines-task-lib/blob/master/node/taskcommand.ts. */
function escapeData(text: string): string {
  return quietText(text).replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(']', '%5D').replaceAll(';', '%3B');
}
