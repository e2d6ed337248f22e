import { printable } from '../text/printable.ts';

const LONGEST_GUESS = 40;

/**
 * The end of a message about a word that is not one of `choices`: the choice that was probably meant, or all of them.
 * ``; did you mean `gate`?`` or `; valid are gate, paths`
 */
export function validChoice(word: string, choices: readonly string[]): string {
  const [best] = choices
    .map((choice) => ({ choice, distance: distanceOf(word.slice(0, LONGEST_GUESS).toLowerCase(), choice) }))
    .toSorted((a, b) => a.distance - b.distance);
  const isNear = best !== undefined && best.distance <= Math.max(2, Math.floor(best.choice.length / 3));
  return isNear ? `; did you mean \`${best.choice}\`?` : `; valid are ${choices.toSorted().join(', ')}`;
}

/** A word of the command line as a message shows it. */
export function quoted(word: string): string {
  return `\`${printable(word)}\``;
}

/** The number of characters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
function distanceOf(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (before[j - 2] ?? 0) + 1 : replaced;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced, swapped));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
