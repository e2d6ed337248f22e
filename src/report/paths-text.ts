import type { Report } from '../engine/report.ts';
import type { Evaluated, Path } from '../policy/index.ts';
import { printable } from '../text/printable.ts';
import { inputLines } from './inputs-text.ts';
import { nothingToCheck } from './nothing-to-check.ts';
import { originText } from './place-text.ts';
import { quietLines } from './quiet-lines.ts';
import { createStyle, type Look, type Style } from './style.ts';

/** A cell of a table. */
export interface Cell {
  readonly text: string;
  readonly look?: Look;
}

const LONGEST_CELL = 60;
const GAP = '  ';
const MOST_MEMBERS = 4;
const HEADER: readonly Cell[] = ['rule', 'client', 'traffic', 'data', 'probe', 'because', 'members'].map(
  (text) => ({ text, look: 'headline' }),
);

/**
 * The table of paths for people, one for each root. `because` holds the diagnosis of what is blocked and the first input
 * that an undecided answer waits for. A root without paths is one line that says why. Empty without roots.
 */
export function toPathsText({ roots }: Report, color: boolean): string {
  const style = createStyle(color);
  const tables = roots.map((root) => {
    const { paths } = root;
    const title =
      roots.length === 1 ? [] : [`${originText({ kind: 'json', path: root.root.path, pointer: '' })}`];
    const idle = nothingToCheck({ ...root, findings: [], passed: 0 });
    const lines = idle === undefined ? tableLines([HEADER, ...paths.map(rowOf)], style) : [idle];
    return `${[...title, ...lines].join('\n')}\n`;
  });
  return quietLines(tables.join('\n'));
}

/** The same table as texts: the header and a row for each path. */
export function toPathRows(paths: readonly Path[]): readonly (readonly string[])[] {
  return [HEADER, ...paths.map(rowOf)].map((row) => row.map(({ text }) => text));
}

function rowOf(path: Path): readonly Cell[] {
  return [
    { text: path.name },
    { text: path.client },
    { text: trafficText(path) },
    { text: path.data, look: path.data },
    { text: path.probe, look: path.probe },
    { text: becauseText(path) },
    { text: membersText(path) },
  ];
}

/** `tcp 80 -> 8080`; `*` is every port, `?` one that is unknown or secret. */
function trafficText({ rule }: Path): string {
  const protocol = shown(rule.protocol)?.toLowerCase() ?? '?';
  return `${protocol} ${portText(rule.frontendPort)} -> ${portText(rule.backendPort)}`;
}

function portText(value: Evaluated<number>): string {
  const port = shown(value);
  return port === undefined ? '?' : port === 0 ? '*' : String(port);
}

function shown<T extends string | number>(value: Evaluated<T>): T | undefined {
  return value.kind === 'known' && value.sensitive !== true ? value.value : undefined;
}

/** The diagnosis of what is blocked and the first input that an undecided answer waits for; `-` without either. */
export function becauseText({ diagnosis, waitsFor }: Path): string {
  const [first] = waitsFor.length === 0 ? [] : inputLines(waitsFor);
  const more = waitsFor.length > 1 ? ` and ${waitsFor.length - 1} more` : '';
  const parts = [
    ...(diagnosis === undefined ? [] : [diagnosis.id]),
    ...(first === undefined ? [] : [first + more]),
  ];
  return parts.length === 0 ? '-' : parts.join(', ');
}

/** The members by name; a verdict stands beside a member where they differ. */
function membersText({ members, membersComplete, data }: Path): string {
  const names = members.slice(0, MOST_MEMBERS).map(({ member, data: own }) => {
    const name = printable(member.label, LONGEST_CELL);
    return data === own.verdict ? name : `${name} (${own.verdict})`;
  });
  const rest = members.length - names.length;
  const parts = [
    ...names,
    ...(rest === 0 ? [] : [`${rest} more`]),
    ...(membersComplete ? [] : [names.length === 0 ? 'unknown' : 'perhaps others']),
  ];
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** The rows with aligned columns; the last column is as long as it wants to be. All have as many cells as the first. */
export function tableLines(rows: readonly (readonly Cell[])[], style: Style): readonly string[] {
  const cut = rows.map((row) =>
    row.map((cell, column) =>
      column === row.length - 1 ? cell : { ...cell, text: printable(cell.text, LONGEST_CELL) },
    ),
  );
  const widths = (rows[0] ?? []).map((_, column) =>
    cut.reduce((width, row) => Math.max(width, widthOf(row[column]?.text ?? '')), 0),
  );
  return cut.map((row) =>
    row
      .map(({ text, look }, column) => {
        const isLast = column === row.length - 1;
        const padding = isLast ? '' : ' '.repeat((widths[column] ?? 0) - widthOf(text));
        return `${look === undefined ? text : style(look, text)}${padding}`;
      })
      .join(GAP),
  );
}

/** Columns of a terminal, as far as one per character is right. */
function widthOf(text: string): number {
  return [...text].length;
}
