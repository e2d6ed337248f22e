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
  const rest = withoutCommonEnds(left.pieces, right.pieces);
  const [one, other] = rest;
  if (one.every(isLiteral)) return matches(other, spell(one));
  if (other.every(isLiteral)) return matches(one, spell(other));
  return true;
}

/** Takes away what both begin with and what both end with. What is left of patterns that both hold unknowns may be equal or not. */
function withoutCommonEnds(
  left: readonly Piece[],
  right: readonly Piece[],
): readonly [readonly Piece[], readonly Piece[]] {
  const [one, other] = withoutCommonStart(left, right);
  const [back, otherBack] = withoutCommonStart(reversed(one), reversed(other));
  return [reversed(back), reversed(otherBack)];
}

function withoutCommonStart(
  left: readonly Piece[],
  right: readonly Piece[],
): readonly [readonly Piece[], readonly Piece[]] {
  const one = characters(left);
  const other = characters(right);
  let shared = 0;
  while (shared < one.length && shared < other.length && same(one[shared], other[shared])) shared += 1;
  return [one.slice(shared), other.slice(shared)];
}

/** Literals one UTF-16 unit a piece, so that pieces can be compared one by one. */
function characters(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.flatMap((piece) =>
    piece.literal === undefined ? [piece] : piece.literal.split('').map((literal): Piece => ({ literal })),
  );
}

function reversed(pieces: readonly Piece[]): readonly Piece[] {
  return characters(pieces).toReversed();
}

function same(left: Piece | undefined, right: Piece | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return left.literal === right.literal && left.unknown === right.unknown;
}

function isLiteral(piece: Piece): boolean {
  return piece.literal !== undefined;
}

function spell(pieces: readonly Piece[]): string {
  return pieces.map(({ literal }) => literal ?? '').join('');
}

/** Whether a pattern of single literal units and unknowns can spell a text: greedy, as for a pattern of `*`. */
function matches(pattern: readonly Piece[], text: string): boolean {
  const runs = pattern
    .map((piece) => piece.literal ?? '\0')
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
