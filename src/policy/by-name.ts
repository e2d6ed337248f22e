/**
 * Orders names as Azure compares them, without case: of two resources that clash, every source then has the same one first,
 * also a plan, in which what the code says one after the other is sorted.
 */
export function byName(a: string, b: string): number {
  const [first, second] = [a.toLowerCase(), b.toLowerCase()];
  return first < second ? -1 : Number(first > second);
}
