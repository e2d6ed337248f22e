import { matchGlob } from '../../src/text/glob.ts';

const PATHS = ['a', 'ab', '.a', 'a.txt', 'é', '[a]', 'd/a', 'd/b.txt', 'd/e/a'];

/** What terraform 1.11.4 answers to `fileset` where these files lie. */
test.each<readonly [string, readonly string[]]>([
  ['*', ['a', 'ab', '.a', 'a.txt', 'é', '[a]']],
  ['?', ['a', 'é']],
  ['*.txt', ['a.txt']],
  ['**', PATHS],
  ['**/a', ['a', 'd/a', 'd/e/a']],
  ['d/**', ['d/a', 'd/b.txt', 'd/e/a']],
  ['d/*', ['d/a', 'd/b.txt']],
  ['[a-c]', ['a']],
  ['[^a]', ['é']],
  ['\\[a]', ['[a]']],
  ['{a,ab}', ['a', 'ab']],
  ['/d//a', ['d/a']],
  ['./a', ['a']],
])('%s matches what terraform finds', (pattern, expected) => {
  expect(PATHS.filter((path) => matchGlob(pattern, path))).toEqual(expected);
});

test('many stars take no time', () => {
  const begin = performance.now();
  expect(matchGlob(`${'*a'.repeat(30)}c`, 'a'.repeat(200))).toBe(false);
  expect(matchGlob(`${'**/a/'.repeat(30)}c`, 'a/'.repeat(200))).toBe(false);
  expect(performance.now() - begin).toBeLessThan(5_000);
});
