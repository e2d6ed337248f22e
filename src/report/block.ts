import { printable } from '../text/printable.ts';
import type { Look, Style } from './style.ts';

/** The most UTF-16 units of a sentence that is shown. */
const LONGEST_SENTENCE = 2000;

/** The first lines of a block: what is, and where. */
export interface Head {
  readonly look: Look;
  /** `error[nsg-blocks-data-port]` */
  readonly label: string;
  readonly message: string;
  readonly place: string | undefined;
  /** The code at the place, where it is text. */
  readonly frame?: readonly string[];
}

/** A fact below the head: `help`, `docs`. Without a text it is left out. */
export type Note = readonly [name: string, text: string | undefined];

/** The lines of one finding or problem. */
export function block(head: Head, notes: readonly Note[], style: Style): readonly string[] {
  return [...headLines(head, style), ...noteLines(notes, style)];
}

/** `error[policy]: message`, and `  --> place`. */
export function headLines(
  { look, label, message, place, frame = [] }: Head,
  style: Style,
): readonly string[] {
  const first = `${style(look, label)}${style('headline', `: ${sentence(message)}`)}`;
  return place === undefined ? [first] : [first, `  ${style('mark', '-->')} ${place}`, ...frame];
}

/** `   = help: text` */
export function noteLines(notes: readonly Note[], style: Style): readonly string[] {
  return notes.flatMap(([name, text]) =>
    text === undefined ? [] : [`   ${style('mark', '=')} ${name}: ${sentence(text)}`],
  );
}

function sentence(text: string): string {
  return printable(text, LONGEST_SENTENCE);
}
