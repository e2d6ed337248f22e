import type { Diff, PathChange } from '../engine/diff.ts';
import type { Path } from '../policy/index.ts';
import { becauseText, type Cell } from './paths-text.ts';

const HEADER: readonly Cell[] = ['', 'rule', 'client', 'data', 'probe', 'because'].map((text) => ({
  text,
  look: 'headline',
}));

/** The paths that differ, one table for each root: a header, and a row for each path, with `+`, `-` or `~` in front. */
export function diffTables({
  paths,
}: Diff): readonly { readonly root: string; readonly rows: readonly (readonly Cell[])[] }[] {
  const roots = [...new Set(paths.map(({ root }) => root))];
  return roots.map((root) => ({
    root,
    rows: [HEADER, ...paths.filter((change) => change.root === root).map(rowOf)],
  }));
}

function rowOf({ before, after }: PathChange): readonly Cell[] {
  const path = after ?? before;
  const sign = before === undefined ? '+' : after === undefined ? '-' : '~';
  return [
    { text: sign },
    { text: path?.name ?? '' },
    { text: path?.client ?? '' },
    verdictCell(before?.data, after?.data),
    verdictCell(before?.probe, after?.probe),
    { text: path === undefined ? '-' : becauseText(path) },
  ];
}

/** `open -> blocked`, in the colour of the later one; one word where both are the same or there is only one. */
function verdictCell(before: Path['probe'] | undefined, after: Path['probe'] | undefined): Cell {
  const look = after ?? before ?? 'none';
  return {
    look,
    text: before === undefined || after === undefined || before === after ? look : `${before} -> ${after}`,
  };
}
