import type { Report } from '../engine/report.ts';
import type { Origin } from '../text/origin.ts';
import { printable } from '../text/printable.ts';
import type { Style } from './style.ts';

/** A longer line tells a reader nothing. */
const LONGEST_LINE = 200;

/**
 * The line that an origin names, with its span underlined up to the end of that line. No lines for what is written in no
 * text, and for a line that is too long to be shown.
 */
export function codeFrame(origin: Origin, lineOf: Report['lineOf'], style: Style): readonly string[] {
  if (origin.kind !== 'text') return [];
  const text = lineOf(origin.path, origin.line);
  if (text === undefined || text.trim() === '' || text.length > LONGEST_LINE) return [];
  const code = printable(text.replaceAll('\t', ' '), LONGEST_LINE * 6);
  // Escapes of control characters would move the underline, so such a line has none.
  const isPlain = code.length === text.length;
  const start = origin.column - 1;
  const end = origin.endLine === origin.line ? origin.endColumn - 1 : text.trimEnd().length;
  const width = Math.max(1, Math.min(end, text.length) - start);
  const number = String(origin.line);
  const margin = ' '.repeat(number.length);
  const bar = style('mark', '|');
  return [
    `${margin} ${bar}`,
    `${style('mark', number)} ${bar} ${code}`,
    ...(isPlain ? [`${margin} ${bar} ${' '.repeat(start)}${style('mark', '^'.repeat(width))}`] : []),
    `${margin} ${bar}`,
  ];
}
