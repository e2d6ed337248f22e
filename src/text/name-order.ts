/**
 * Orders things by their names, without regard to case and numbers in them by their value: `nic-2` before `nic-10`.
 * What is chosen or listed in this order does not depend on the order of the code.
 */
export function inNameOrder<T>(things: readonly T[], nameOf: (thing: T) => string): readonly T[] {
  return things
    .map((thing) => ({ thing, key: sortKey(nameOf(thing)) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ thing }) => thing);
}

/** Compares two names in this order, for `sort`. */
export function byName(a: string, b: string): number {
  return compare(sortKey(a), sortKey(b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function sortKey(name: string): string {
  return name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(10, '0'));
}
