import fc from 'fast-check';
import type { Failure, Later } from '../../../../src/sources/terraform-hcl/data.ts';
import { compilePattern, type Match } from '../../../../src/sources/terraform-hcl/functions/re2.ts';

function find(
  source: string,
  text: string,
  spend: (units: number) => boolean = () => true,
): readonly Match[] | Failure | Later {
  const pattern = compilePattern(source, spend);
  return 'kind' in pattern ? pattern : pattern.matches(text, spend);
}

/** Patterns that mean the same in RE2 and in JavaScript: no empty matches under a repetition. */
const atom = fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '(?:ab)', '(a)', '(b|c)', '\\w', '\\d');
const piece = fc
  .tuple(atom, fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '??', '{1,2}', '{2}'))
  .map(([one, repetition]) => one + repetition);
const sequence = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''));
const anyPattern = fc
  .tuple(
    fc.constantFrom('', '^'),
    fc.array(sequence, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '$'),
  )
  .map(([start, choices, end]) => `${start}(?:${choices.join('|')})${end}`);
const anyText = fc
  .array(fc.constantFrom('a', 'b', 'c', '1', '😀'), { maxLength: 12 })
  .map((letters) => letters.join(''));

test('first matches have the offsets that JavaScript gives where the two languages agree', () => {
  fc.assert(
    fc.property(anyPattern, anyText, (source, text) => {
      const found = find(source, text);
      if ('kind' in found) return false;
      const theirs = new RegExp(source, 'su').exec(text);
      if (theirs === null) return found.length === 0;
      const [ours] = found[0] ?? [];
      return ours?.[0] === theirs.index && ours[1] === theirs.index + theirs[0].length;
    }),
    { numRuns: 500 },
  );
});

test('a group that takes no part has no offsets', () => {
  expect(find('(a)|(?P<other>b)', 'xb')).toEqual([[[1, 2], undefined, [1, 2]]]);
});

test('groups are named in their order', () => {
  expect(compilePattern('(?P<b>x)(y)(?<a>z)', () => true)).toMatchObject({ groups: ['b', undefined, 'a'] });
});

test.each([
  ['(a+)+$', `${'a'.repeat(5_000)}b`],
  ['(a|a)*c', 'a'.repeat(5_000)],
  ['(.*)(.*)(.*)(.*)x', 'a'.repeat(2_000)],
])('%s takes linear time, although it would take a backtracking engine for ever', (source, text) => {
  expect(find(source, text)).toEqual([]);
});

test.each([
  ['many searches through the rest of the text', '(?:a.*b|a)', 20_000],
  ['many threads', '(?:a*){500}b', 100_000],
  ['many groups', '(a*)'.repeat(200), 50_000],
])('gives up on %s', (_, source, length) => {
  expect(find(source, 'a'.repeat(length))).toMatchObject({
    kind: 'later',
    reason: { kind: 'unsupported', name: 'a regular expression that may take too many steps' },
  });
});

test.each([
  ['compiled', 'a{1000}', 'a'],
  ['matched', 'a+', 'a'.repeat(200_000)],
])('what is %s is taken from the work of the run', (_, source, text) => {
  let left = 5_000;
  const spend = (units: number): boolean => {
    left -= units;
    return left >= 0;
  };
  expect(find(source, text, spend)).toMatchObject({ kind: 'later' });
});

test.each([
  ['5,000 characters', 'x'.repeat(5_000), 'a regular expression that is too large'],
  ['two groups of one name', '(?P<n>a)(?P<n>b)', 'groups of one name'],
])('does not evaluate %s, as Terraform does', (_, source, name) => {
  expect(find(source, 'a')).toMatchObject({ kind: 'later', reason: { kind: 'unsupported', name } });
});

test.each([
  ['2,000 repetitions', 'a{2000}', 'invalid repeat count'],
  ['repetitions that multiply', '((a{1000}){1000}){1000}', 'invalid repeat count'],
  ['1,500 groups', `${'('.repeat(1_500)}a${')'.repeat(1_500)}`, 'expression nests too deeply'],
  ['a look behind', '(?<=a)b', 'invalid named capture'],
  ['a range backwards', '[b-a]', 'invalid character class range'],
  ['a parenthesis too many', 'a)', 'unexpected )'],
])('refuses %s in the words of Go', (_, source, fault) => {
  const message = `\`${source}\` is no regular expression: ${fault}`;
  expect(find(source, 'a')).toEqual({ kind: 'failure', message });
});
