const LONGEST_WORD = 80;

/**
 * The property that was probably meant by one that does not exist, or undefined when none is close. Case and the
 * separators `_` and `-` do not count: `frontend_port` is close to `frontendPort`. Of several equally close ones it is
 * the first in the alphabet.
 */
export function nearestProperty(written: string, names: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const distance = distanceWithin(written, name, Math.min(least, mostEdits(name)));
    if (distance === undefined || (distance === least && nearest !== undefined && nearest <= name)) continue;
    nearest = name;
    least = distance;
  }
  return nearest;
}

/** Whether one name is so close to another that it can be a slip of the pen. */
export function isNear(written: string, name: string): boolean {
  return distanceWithin(written, name, mostEdits(name)) !== undefined;
}

function mostEdits({ length }: string): number {
  return length <= 4 ? 1 : length <= 8 ? 2 : 3;
}

function plain(name: string): string {
  return name.slice(0, LONGEST_WORD).toLowerCase().replace(/[_-]/g, '');
}

/**
 * The number of characters to insert, delete, replace or swap with their neighbour (optimal string alignment), or
 * undefined when it is more than `most`.
 */
function distanceWithin(written: string, name: string, most: number): number | undefined {
  const a = plain(written);
  const b = plain(name);
  if (Math.abs(a.length - b.length) > most) return undefined;
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
    if (Math.min(...next) > most) return undefined;
    before = row;
    row = next;
  }
  const distance = row[b.length] ?? 0;
  return distance <= most ? distance : undefined;
}
