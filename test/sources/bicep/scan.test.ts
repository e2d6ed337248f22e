// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Bicep writes the holes of its strings that way.
import fc from 'fast-check';
import { scan } from '../../../src/sources/bicep/scan.ts';

const kindsOf = (text: string): readonly string[] => scan(text).tokens.map(({ kind }) => kind);
const piecesOf = (text: string): readonly string[] =>
  scan(text)
    .tokens.slice(0, -1)
    .map(({ start, end }) => text.slice(start, end));

const PIECES = [
  "'",
  "'''",
  '${',
  '$',
  '$$',
  '}',
  '{',
  '\\',
  "\\'",
  '\\u{41}',
  '//',
  '/*',
  '*/',
  '#disable-next-line BCP1',
  '\n',
  '\r\n',
  ' ',
  '\t',
  'param',
  'a',
  '1',
  '=',
  '=>',
  '==',
  '??',
  '::',
  '...',
  '[',
  ']',
  '(',
  ')',
  '"',
  '@',
  ';',
  'é',
  '😀',
  '\ufeff',
  '\u0000',
];

test('the tokens of any text join to the text again, without gaps', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...PIECES)).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, (source) => {
      const { tokens } = scan(source);
      const joined = tokens.map(({ start, end }) => source.slice(start, end)).join('');
      const isGapless = tokens.every(({ start }, at) => start === (tokens[at - 1]?.end ?? 0));
      return joined === source && isGapless && tokens.at(-1)?.kind === 'end';
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["'a${b}c'", ["'a${", 'b', "}c'"]],
  ["'${a}${b}'", ["'${", 'a', '}${', 'b', "}'"]],
  ["'${ {a: '}'} }'", ["'${", ' ', '{', 'a', ':', ' ', "'}'", '}', ' ', "}'"]],
  ["'\\${a}'", ["'\\${a}'"]],
  ["'it\\'s'", ["'it\\'s'"]],
  ["'''${a}'''", ["'''${a}'''"]],
  ["$'''${a}'''", ["$'''${", 'a', "}'''"]],
  ["$$'''${a}$${b}'''", ["$$'''${a}$${", 'b', "}'''"]],
  ["''''quoted''''", ["''''quoted''''"]],
  ["'http://x'", ["'http://x'"]],
  ["'a' // b", ["'a'", ' ', '// b']],
  ['a/*b\nc*/d', ['a', '/*b\nc*/', 'd']],
  ['a\r\n\n\rb', ['a', '\r\n\n\r', 'b']],
  ['a?.b', ['a', '?', '.', 'b']],
  ['a.?b??c?d::e', ['a', '.', '?', 'b', '??', 'c', '?', 'd', '::', 'e']],
  ['...a..b', ['...', 'a', '.', '.', 'b']],
  [
    'a<=b>=c<d>e=>f=~g==h!=i!~j!k',
    [
      'a',
      '<=',
      'b',
      '>=',
      'c',
      '<',
      'd',
      '>',
      'e',
      '=>',
      'f',
      '=~',
      'g',
      '==',
      'h',
      '!=',
      'i',
      '!~',
      'j',
      '!',
      'k',
    ],
  ],
  ['\ufeffparam', ['\ufeff', 'param']],
  ['#disable-next-line BCP1 no-x // why', ['#disable-next-line BCP1 no-x', ' ', '// why']],
])('%j has the tokens %j', (text, pieces) => {
  expect(piecesOf(text)).toEqual(pieces);
  expect(scan(text).faults).toEqual([]);
});

test('only true, false and null are words that can never be names', () => {
  expect(kindsOf('true false null True for resource nullable')).toEqual([
    'true',
    'space',
    'false',
    'space',
    'null',
    'space',
    'identifier',
    'space',
    'identifier',
    'space',
    'identifier',
    'space',
    'identifier',
    'end',
  ]);
});

test('a directive stands first on its line', () => {
  expect(kindsOf('  #restore-diagnostics a')).toEqual(['space', 'directive', 'end']);
  expect(kindsOf('a #restore-diagnostics a')).toContain('unrecognized');
});

test.each([
  ["var a = 'x\nvar b", 8, 10, 'the string has no closing quote on its line'],
  ["'${a\n'", 4, 4, 'a hole in a string ends on the line where it begins'],
  ["'''abc", 0, 3, "the string has no closing `'''`"],
  ['/* abc', 0, 2, 'the comment has no closing `*/`'],
  ['a "b', 2, 3, "strings stand in single quotes (`'`)"],
  ['a ; b', 2, 3, 'this character has no meaning in Bicep'],
  ['a 😀 b', 2, 4, 'this character has no meaning in Bicep'],
  ['a & b', 2, 3, 'this character has no meaning in Bicep'],
  ["'\\u{110000}'", 1, 3, '`\\u` takes a code point in hexadecimal digits, as in `\\u{1F600}`'],
  ["'\\x'", 1, 3, "a backslash stands only before `n`, `r`, `t`, `u{…}`, `\\`, `'` and `$`"],
])('%j is faulty from %i to %i: %s', (text, start, end, message) => {
  expect(scan(text).faults[0]).toEqual({ start, end, message });
});

test('an unclosed string ends with its line, and the next line is read as usual', () => {
  expect(kindsOf("'a\nb")).toEqual(['string', 'newline', 'identifier', 'end']);
  expect(kindsOf("'a${'b\nc")).toEqual([
    'string-left',
    'string',
    'string-right',
    'newline',
    'identifier',
    'end',
  ]);
});
