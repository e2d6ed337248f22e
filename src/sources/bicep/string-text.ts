const SIMPLE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const ESCAPE = /\\(?:u\{([\da-fA-F]+)\}|([\s\S]))/g;

/** The text that a piece of a string stands for: the token with its delimiters, escapes resolved. */
export function stringText(piece: string, isFirst: boolean, dollars: number | undefined): string {
  return dollars === undefined ? lineText(piece, isFirst) : blockText(piece, isFirst, dollars);
}

/** How many `$` stand before a `'''` string; undefined for a string in single quotes. */
export function blockDollars(piece: string): number | undefined {
  const [opening, dollars] = /^(\$*)'''/.exec(piece) ?? [];
  return opening === undefined ? undefined : (dollars?.length ?? 0);
}

function lineText(piece: string, isFirst: boolean): string {
  const end = piece.endsWith('${')
    ? piece.length - 2
    : endsWithQuote(piece, isFirst)
      ? piece.length - 1
      : piece.length;
  const inner = piece.slice(isFirst || piece.startsWith('}') ? 1 : 0, end);
  if (!inner.includes('\\')) return inner;
  return inner.replace(ESCAPE, (whole, hex: string | undefined, character: string | undefined) => {
    if (hex !== undefined) {
      const point = Number.parseInt(hex, 16);
      return point <= 0x10_ff_ff ? String.fromCodePoint(point) : whole;
    }
    return character === undefined ? whole : (SIMPLE[character] ?? character);
  });
}

/** A closing quote that is missing is a fault of its own; the text goes to the end of the line then. */
function endsWithQuote(piece: string, isFirst: boolean): boolean {
  if (!piece.endsWith("'") || piece.length < (isFirst ? 2 : 1)) return false;
  let escapes = 0;
  while (piece.charAt(piece.length - 2 - escapes) === '\\') escapes += 1;
  return escapes % 2 === 0;
}

/** The line break after the opening quotes does not count, and quotes before the closing ones belong to the text. */
function blockText(piece: string, isFirst: boolean, dollars: number): string {
  const start = isFirst ? dollars + 3 : 1;
  const hole = dollars > 0 && piece.endsWith('{') ? dollars + 1 : 0;
  const closing = piece.length >= start + 3 && piece.endsWith("'''") ? 3 : 0;
  const inner = piece.slice(start, piece.length - (hole === 0 ? closing : hole));
  return isFirst ? inner.replace(/^\r?\n/, '') : inner;
}
