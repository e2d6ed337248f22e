import type { Report } from '../engine/report.ts';
import type { Origin } from '../text/origin.ts';
import { printable } from '../text/printable.ts';
import { entriesOf } from './entries.ts';
import type { FormatOptions } from './format-options.ts';
import { jsonText } from './json-text.ts';
import { markdownNote, markdownText } from './markdown-text.ts';

/** Reviewdog's own: https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto. */
interface RdPosition {
  readonly line: number;
  readonly column?: number;
}

interface RdLocation {
  readonly path: string;
  readonly range?: { readonly start: RdPosition; readonly end: RdPosition };
}

const SEVERITIES = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const;

/**
 * The report for reviewdog (`-f=rdjson`). Paths are relative to the working directory, where reviewdog runs too, and its
 * columns count bytes of UTF-8. Messages are Markdown, since reviewdog makes comments of them.
 */
export function toRdjson(report: Report, options: FormatOptions): string {
  const diagnostics = entriesOf(report, options).map(
    ({ code, severity, message, notes, docs, origin, place }) => {
      const where = origin.kind === 'text' ? [] : [['at', place] as const];
      const lines = [...where, ...notes].map(markdownNote);
      return {
        message: [markdownText(message), ...(lines.length === 0 ? [] : ['', ...lines])].join('\n'),
        location: locationOf(origin, report.lineOf),
        severity: SEVERITIES[severity],
        code: { value: code, ...(docs === undefined ? {} : { url: docs }) },
      };
    },
  );
  return jsonText({ source: { name: 'portcullis' }, diagnostics });
}

/** Without a range for a node of a JSON document, which has no line. */
function locationOf(origin: Exclude<Origin, { kind: 'platform' }>, lineOf: Report['lineOf']): RdLocation {
  const path = printable(origin.path, 1000);
  if (origin.kind === 'json') return { path };
  const { line, column, endLine, endColumn } = origin;
  const first = byteColumn(lineOf(origin.path, line), column);
  const last = byteColumn(lineOf(origin.path, endLine), endColumn);
  // Both or none: with one of them a range means something else.
  if (first === undefined || last === undefined)
    return { path, range: { start: { line }, end: { line: endLine } } };
  return { path, range: { start: { line, column: first }, end: { line: endLine, column: last } } };
}

function byteColumn(text: string | undefined, column: number): number | undefined {
  if (text === undefined) return undefined;
  return new TextEncoder().encode(text.slice(0, column - 1)).length + 1;
}
