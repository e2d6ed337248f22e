import type { Problem } from '../text/problem.ts';
import { block } from './block.ts';
import { originText, type PlaceText } from './place-text.ts';
import { quietLines } from './quiet-lines.ts';
import { createStyle, type Style } from './style.ts';

/** A problem for people, ready to be printed: what could not be read, where, and what to do. */
export function problemText(problem: Problem): string {
  return quietLines(`${problemLines(problem, createStyle(false)).join('\n')}\n`);
}

/** The lines of a problem inside a report. */
export function problemLines(
  { code, message, remedy, origin }: Problem,
  style: Style,
  placeText: PlaceText = originText,
): readonly string[] {
  const head = { look: 'problem', label: `problem[${code}]`, message, place: placeText(origin) } as const;
  return block(head, [['help', remedy]], style);
}
