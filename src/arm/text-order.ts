const ASCII = /^[\t\n\r\x20-\x7e]*$/;

/**
 * The order of two texts as `less` and `sort` see it: negative, zero or positive. Azure compares as .NET's invariant
 * culture does, where `demo` comes before `Demo` (Bicep comparison operators) and punctuation before digits before
 * letters. The two libraries .NET does this with part company over hyphens and apostrophes, which one of them skips, and
 * over which of two punctuation characters comes first: undefined there, and for characters outside ASCII.
 */
export function textOrder(a: string, b: string): number | undefined {
  if (a === b) return 0;
  if (!ASCII.test(a) || !ASCII.test(b)) return undefined;
  const counted = letterOrder(a, b);
  const skipped = letterOrder(a.replace(/['-]/g, ''), b.replace(/['-]/g, ''));
  if (counted === undefined || skipped === undefined || Math.sign(counted) !== Math.sign(skipped))
    return undefined;
  return counted === 0 ? caseOrder(a, b) : counted;
}

/**
 * The order in which `items` and `objectKeys` give the names of an object: alphabetical, without regard to case
 * (Azure/bicep issues 1427 and 14057). Undefined where an ordinal and a cultural comparison differ.
 */
export function nameOrder(a: string, b: string): number | undefined {
  const cultural = textOrder(a.toLowerCase(), b.toLowerCase());
  if (cultural === undefined) return undefined;
  const [left, right] = [a.toUpperCase(), b.toUpperCase()];
  const ordinal = left < right ? -1 : left > right ? 1 : 0;
  return Math.sign(cultural) === ordinal ? ordinal : undefined;
}

/** Sorts by an order that may not be able to tell; undefined when it cannot for some pair of neighbours. */
export function sortBy<T>(
  items: readonly T[],
  order: (a: T, b: T) => number | undefined,
): readonly T[] | undefined {
  let isCertain = true;
  const sorted = items.toSorted((a, b) => {
    const answer = order(a, b);
    if (answer === undefined) isCertain = false;
    return answer ?? 0;
  });
  return isCertain ? sorted : undefined;
}

/** Compares without regard to case; a shorter text comes before a longer one it begins. */
function letterOrder(a: string, b: string): number | undefined {
  for (let index = 0; index < a.length && index < b.length; index += 1) {
    const left = a.charAt(index).toLowerCase();
    const right = b.charAt(index).toLowerCase();
    if (left === right) continue;
    const [leftClass, rightClass] = [classOf(left), classOf(right)];
    if (leftClass !== rightClass) return leftClass - rightClass;
    return leftClass === 0 ? undefined : left < right ? -1 : 1;
  }
  return a.length - b.length;
}

function classOf(character: string): number {
  if (character >= 'a' && character <= 'z') return 2;
  return character >= '0' && character <= '9' ? 1 : 0;
}

/** The first letter that differs in case decides: lower case comes first. */
function caseOrder(a: string, b: string): number {
  for (let index = 0; index < a.length; index += 1) {
    if (a.charAt(index) !== b.charAt(index)) return a.charAt(index) > b.charAt(index) ? -1 : 1;
  }
  return 0;
}
