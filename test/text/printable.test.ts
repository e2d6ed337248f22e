import { printable } from '../../src/text/printable.ts';

test.each([
  ['leaves ordinary text alone', 'azurerm_lb.web["ä"] 😀', 'azurerm_lb.web["ä"] 😀'],
  ['drops terminal colours', '\u001b[31mError:\u001b[0m no', 'Error: no'],
  ['shows a lone escape as a replacement', 'a\u001bb', 'a\ufffdb'],
  ['keeps a line break from starting a line', 'a\n::error::b\r', 'a\ufffd::error::b\ufffd'],
  ['replaces NUL, DEL and the C1 controls', '\u0000\u007f\u009b', '\ufffd\ufffd\ufffd'],
  ['replaces bidirectional overrides', 'a\u202eb\u2066c', 'a\ufffdb\ufffdc'],
  ['replaces Unicode line and paragraph separators', '\u2028\u2029', '\ufffd\ufffd'],
  ['replaces lone surrogates', 'a\ud800b', 'a\ufffdb'],
])('%s', (_, text, expected) => {
  expect(printable(text)).toBe(expected);
});

test('a text of the allowed length is whole, a longer one is cut and marked', () => {
  expect(printable('abcde', 5)).toBe('abcde');
  expect(printable('abcdef', 5)).toBe('abcde…');
});

test('a cut through a surrogate pair leaves no half of it', () => {
  expect(printable('abcd😀', 5)).toBe('abcd\ufffd…');
});

test('a text that is long before its colours are dropped is marked as cut', () => {
  expect(printable(`${'\u001b[0m'.repeat(100)}a`, 5)).toBe('…');
});
