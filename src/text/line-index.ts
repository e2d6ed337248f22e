/** A place in a text: 1-based line and column, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets into one text into positions. */
export interface LineIndex {
  /** The position of a 0-based UTF-16 offset. Offsets outside the text are moved to its nearest end. */
  readonly position: (offset: number) => Position;
}

/**
 * Indexes the lines of `text` once, so that each position costs a binary search. A line ends with `\n`; the `\r` of
 * `\r\n` is the last column of its line.
 */
export function lineIndex(text: string): LineIndex {
  const starts: number[] = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);

  const position = (offset: number): Position => {
    const inside = Math.min(Math.max(Math.trunc(offset), 0), text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: inside - (starts[low] ?? 0) + 1 };
  };
  return { position };
}
