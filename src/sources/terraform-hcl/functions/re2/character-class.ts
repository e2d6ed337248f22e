/** Whether a code point belongs to a class. */
export type Matches = (point: number) => boolean;

/** The classes that a letter behind a backslash stands for, all of them ASCII. */
export const PERL_CLASSES: Readonly<Record<string, Matches>> = {
  d: isDigit,
  D: (point) => !isDigit(point),
  w: isWord,
  W: (point) => !isWord(point),
  s: isSpace,
  S: (point) => !isSpace(point),
};

const isLower = inRanges([[0x61, 0x7a]]);
const isUpper = inRanges([[0x41, 0x5a]]);
const isAlpha: Matches = (point) => isLower(point) || isUpper(point);
const isGraph = inRanges([[0x21, 0x7e]]);

/** The classes in `[[:name:]]`. */
export const POSIX_CLASSES: Readonly<Record<string, Matches>> = {
  alnum: (point) => isAlpha(point) || isDigit(point),
  alpha: isAlpha,
  ascii: inRanges([[0, 0x7f]]),
  blank: (point) => point === 9 || point === 0x20,
  cntrl: inRanges([
    [0, 0x1f],
    [0x7f, 0x7f],
  ]),
  digit: isDigit,
  graph: isGraph,
  lower: isLower,
  print: inRanges([[0x20, 0x7e]]),
  punct: (point) => isGraph(point) && !isAlpha(point) && !isDigit(point),
  space: (point) => isSpace(point) || point === 0x0b,
  upper: isUpper,
  word: isWord,
  xdigit: inRanges([
    [0x30, 0x39],
    [0x41, 0x46],
    [0x61, 0x66],
  ]),
};

/** Letters, digits and the underscore. */
export function isWord(point: number): boolean {
  return (
    isDigit(point) || (point >= 0x61 && point <= 0x7a) || (point >= 0x41 && point <= 0x5a) || point === 0x5f
  );
}

function isDigit(point: number): boolean {
  return point >= 0x30 && point <= 0x39;
}

function isSpace(point: number): boolean {
  return point === 9 || point === 10 || point === 12 || point === 13 || point === 0x20;
}

/** The class of some ranges of code points, both ends included. */
export function inRanges(ranges: readonly (readonly [number, number])[]): Matches {
  return (point) => ranges.some(([low, high]) => point >= low && point <= high);
}

/** A class of Unicode, `L` or `Greek`; undefined when there is none of that name. */
export function unicodeClass(name: string): Matches | undefined {
  const expression = propertyExpression(name) ?? propertyExpression(`Script=${name}`);
  return expression === undefined ? undefined : (point) => expression.test(String.fromCodePoint(point));
}

function propertyExpression(property: string): RegExp | undefined {
  if (!/^[\w=]+$/.test(property)) return undefined;
  try {
    return new RegExp(`^\\p{${property}}$`, 'u');
  } catch {
    return undefined;
  }
}

/** The same class without regard to case. */
export function foldCase(matches: Matches): Matches {
  return (point) => {
    if (matches(point)) return true;
    const character = String.fromCodePoint(point);
    return [character.toLowerCase(), character.toUpperCase()].some((other) => {
      const folded = other.codePointAt(0);
      return folded !== undefined && folded !== point && matches(folded);
    });
  };
}
