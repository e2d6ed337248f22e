import type { IdPattern, IdSegment, Piece } from './id-pattern.ts';

/** Whether two patterns are the same id for some values of what is not known. */
export function mayBeEqual(left: IdPattern, right: IdPattern): boolean {
  if (left.text === right.text) return true;
  if (left.isKnown && right.isKnown) return false;
  if (left.lead === right.lead) {
    return left.segments.length === right.segments.length && segmentsMatch(left.segments, right.segments);
  }
  const shared = Math.min(left.segments.length, right.segments.length);
  const [shorter, longer] = left.segments.length === shared ? [left, right] : [right, left];
  if (shorter.lead === undefined && longer.segments.length > shared) return false;
  return segmentsMatch(left.segments.slice(-shared), right.segments.slice(-shared));
}

function segmentsMatch(left: readonly IdSegment[], right: readonly IdSegment[]): boolean {
  for (let index = left.length - 1; index >= 0; index -= 1) {
    const [one, other] = [left[index], right[index]];
    if (one === undefined || other === undefined || !segmentMatches(one, other)) return false;
  }
  return true;
}

function segmentMatches(left: IdSegment, right: IdSegment): boolean {
  if (left.text === right.text) return true;
  if (left.isKnown && right.isKnown) return false;
  const one = [...left.pieces];
  const other = [...right.pieces];
  if (!takeCommonEnds(one, other)) return false;
  if (one.every(isLiteral)) return matches(other, spell(one));
  if (other.every(isLiteral)) return matches(one, spell(other));
  return true;
}

/**
 * Takes from both what both begin and end with: equal unknowns are equal, whatever they are. False when literals differ
 * there, so that no values of the unknowns make the two equal.
 */
function takeCommonEnds(one: Piece[], other: Piece[]): boolean {
  while (one[0] !== undefined && other[0] !== undefined) {
    const rest = afterCommon(one[0], other[0], 'start');
    if (rest === 'none') break;
    if (rest === 'differ') return false;
    one.splice(0, 1, ...rest[0]);
    other.splice(0, 1, ...rest[1]);
  }
  for (let last = one.at(-1), end = other.at(-1); last && end; last = one.at(-1), end = other.at(-1)) {
    const rest = afterCommon(last, end, 'end');
    if (rest === 'none') break;
    if (rest === 'differ') return false;
    one.splice(-1, 1, ...rest[0]);
    other.splice(-1, 1, ...rest[1]);
  }
  return true;
}

/** What is left of two pieces without the text both start or end with; `none` when that cannot be told. */
function afterCommon(
  one: Piece,
  other: Piece,
  side: 'start' | 'end',
): readonly [readonly Piece[], readonly Piece[]] | 'none' | 'differ' {
  if (one.literal === undefined || other.literal === undefined)
    return one.unknown !== undefined && one.unknown === other.unknown ? [[], []] : 'none';
  const length = Math.min(one.literal.length, other.literal.length);
  const cut = (text: string): readonly [common: string, rest: string] =>
    side === 'start'
      ? [text.slice(0, length), text.slice(length)]
      : [text.slice(text.length - length), text.slice(0, text.length - length)];
  const [common, rest] = cut(one.literal);
  const [otherCommon, otherRest] = cut(other.literal);
  if (common !== otherCommon) return 'differ';
  return [literalPiece(rest), literalPiece(otherRest)];
}

function literalPiece(literal: string): readonly Piece[] {
  return literal === '' ? [] : [{ literal }];
}

function isLiteral(piece: Piece): boolean {
  return piece.literal !== undefined;
}

function spell(pieces: readonly Piece[]): string {
  return pieces.map(({ literal }) => literal ?? '').join('');
}

/** Whether a pattern of literals and unknowns can spell a text: greedy, as for a pattern of `*`. */
function matches(pattern: readonly Piece[], text: string): boolean {
  const runs = pattern
    .map(({ literal }) => literal ?? '\0')
    .join('')
    .split(/\0+/);
  const [prefix = '', ...rest] = runs;
  if (rest.length === 0) return prefix === text;
  const suffix = rest.pop() ?? '';
  if (!text.startsWith(prefix) || !text.endsWith(suffix)) return false;
  let from = prefix.length;
  const end = text.length - suffix.length;
  for (const run of rest) {
    const at = text.indexOf(run, from);
    if (at === -1 || at + run.length > end) return false;
    from = at + run.length;
  }
  return from <= end;
}
