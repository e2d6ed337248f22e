import fc from 'fast-check';
import { jsonText } from '../../src/report/json-text.ts';

test('a document is indented by two blanks and ends with a line feed', () => {
  expect(jsonText({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}\n');
});

test.each([
  ['an escape sequence', '\u001b[31m', '\\u001b[31m'],
  ['an 8-bit escape sequence', '\u009b31m', '\\u009b31m'],
  ['DEL', '\u007f', '\\u007f'],
  ['a bidirectional override', 'a\u202eb', 'a\\u202eb'],
  ['a line separator', '\u2028', '\\u2028'],
  ['a format character beyond 16 bits', '\u{e0001}', '\\udb40\\udc01'],
  ['a lone surrogate', '\ud800', '\\ud800'],
  [
    'a command to Azure Pipelines',
    '##vso[task.setvariable variable=a]b',
    '#\\u0023vso[task.setvariable variable=a]b',
  ],
  ['a command to an older GitHub runner', 'a ###[group]', 'a ##\\u0023[group]'],
])('escapes %s', (_, text, expected) => {
  expect(jsonText(text)).toBe(`"${expected}"\n`);
});

test.each(['ä 😀 ✓', '## heading', 'a # b'])('leaves %j as it is', (text) => {
  expect(jsonText(text)).toBe(`"${text}"\n`);
});

test('reads back as what was written, whatever characters it holds', () => {
  const hostile = fc.string({
    unit: fc.oneof(
      fc.constantFrom('\u001b', '\u009b', '#', '[', '\\', '"', '\n', '\u2028', '\ud800', 'v', '\u{e0001}'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
  });
  fc.assert(
    fc.property(hostile, (text) => {
      const json = jsonText({ [text]: text });
      const isHarmless = !/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|##\w*\[/u.test(json);
      const back: unknown = JSON.parse(json);
      return isHarmless && JSON.stringify(back) === JSON.stringify({ [text]: text });
    }),
    { seed: 1, numRuns: 2000 },
  );
});
