import { lineIndex } from '../../src/text/line-index.ts';

test.each([
  ['the start of the text', 'ab\ncd', 0, { line: 1, column: 1 }],
  ['a place on the first line', 'ab\ncd', 1, { line: 1, column: 2 }],
  ['the line break itself, as the last column of its line', 'ab\ncd', 2, { line: 1, column: 3 }],
  ['the first character after a break', 'ab\ncd', 3, { line: 2, column: 1 }],
  ['the end of the text', 'ab\ncd', 5, { line: 2, column: 3 }],
  ['the carriage return of a Windows line end', 'ab\r\ncd', 2, { line: 1, column: 3 }],
  ['a place after a Windows line end', 'ab\r\ncd', 5, { line: 2, column: 2 }],
  ['an empty line', 'a\n\nb', 2, { line: 2, column: 1 }],
  ['the empty line after a final break', 'a\n', 2, { line: 2, column: 1 }],
  ['a place after a character of two UTF-16 units', '😀x', 2, { line: 1, column: 3 }],
  ['an empty text', '', 0, { line: 1, column: 1 }],
  ['an offset before the text', 'ab\ncd', -7, { line: 1, column: 1 }],
  ['an offset behind the text', 'ab\ncd', 99, { line: 2, column: 3 }],
])('the position of %s', (_, text, offset, expected) => {
  expect(lineIndex(text).position(offset)).toEqual(expected);
});

test('a text of many lines answers for each of them', () => {
  const index = lineIndex('12345\n'.repeat(1000));
  const lines = Array.from({ length: 1000 }, (_, line) => index.position(line * 6 + 2));
  expect(lines).toEqual(Array.from({ length: 1000 }, (_, line) => ({ line: line + 1, column: 3 })));
});
