import fc from 'fast-check';
import { compilePattern } from '../../../src/sources/terraform-hcl/functions/re2/match.ts';

/** Patterns that mean the same in RE2 and in JavaScript, without empty matches under a repetition. */
const atom = fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '(?:ab)', '(a)', '(b|c)', '\\w', '\\d');
const piece = fc
  .tuple(atom, fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '??', '{1,2}', '{2}'))
  .map(([one, repetition]) => one + repetition);
const sequence = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''));
const pattern = fc
  .tuple(
    fc.constantFrom('', '^'),
    fc.array(sequence, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '$'),
  )
  .map(([start, choices, end]) => `${start}(?:${choices.join('|')})${end}`);
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '1'), { maxLength: 12 })
  .map((letters) => letters.join(''));

test('finds first matches as JavaScript does where the two languages agree', () => {
  fc.assert(
    fc.property(pattern, text, (source, subject) => {
      const matcher = compilePattern(source);
      if ('fault' in matcher) return false;
      const ours = matcher.matches(subject, 1)?.[0]?.[0];
      const theirs = new RegExp(source, 'su').exec(subject);
      if (theirs === null) return ours === undefined;
      return ours?.[0] === theirs.index && ours[1] === theirs.index + theirs[0].length;
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['(a+)+$', `${'a'.repeat(5_000)}b`],
  ['(a|a)*c', 'a'.repeat(5_000)],
  ['(.*)(.*)(.*)(.*)x', 'a'.repeat(2_000)],
])('%s takes linear time, although it would take a backtracking engine for ever', (source, subject) => {
  const matcher = compilePattern(source);
  expect('fault' in matcher ? matcher.fault : matcher.matches(subject)).toEqual([]);
});

test('gives up on work that is out of proportion', () => {
  const matcher = compilePattern('(?:a.*b|a)');
  expect('fault' in matcher ? matcher.fault : matcher.matches('a'.repeat(20_000))).toBeUndefined();
});

test.each([
  ['a{2000}', 'a repetition that RE2 refuses'],
  ['((a{1000}){1000}){1000}', 'a regular expression that is too large'],
  [`${'('.repeat(500)}a${')'.repeat(500)}`, 'groups nested too deeply'],
  ['(?<=a)b', 'a group that RE2 does not know'],
  ['[b-a]', 'a character class that RE2 does not know'],
  ['a)', 'a `)` without its `(`'],
])('refuses %.30s', (source, fault) => {
  expect(compilePattern(source)).toEqual({ fault });
});
