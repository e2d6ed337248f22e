import { isExcluded } from '../../src/engine/exclude.ts';

const PATHS = ['main.tf', 'test/main.tf', 'infra/test/a.tf', 'infra/prod/main.tf', 'infra/tests/a.tf'];

test.each<readonly [string, readonly string[]]>([
  ['test', ['test/main.tf', 'infra/test/a.tf']],
  ['test/', ['test/main.tf', 'infra/test/a.tf']],
  ['/test', ['test/main.tf']],
  ['./test', ['test/main.tf']],
  ['infra/test', ['infra/test/a.tf']],
  ['**/test/**', ['test/main.tf', 'infra/test/a.tf']],
  ['infra/*/main.tf', ['infra/prod/main.tf']],
  ['main.tf', ['main.tf', 'test/main.tf', 'infra/prod/main.tf']],
  ['infra/{prod,tests}', ['infra/prod/main.tf', 'infra/tests/a.tf']],
  ['tes?', ['test/main.tf', 'infra/test/a.tf']],
])('%s excludes what it names and what lies below', (pattern, expected) => {
  expect(PATHS.filter((path) => isExcluded(path, [pattern]))).toEqual(expected);
});

test('one of several patterns is enough', () => {
  expect(isExcluded('a/b.tf', ['c', 'a'])).toBe(true);
  expect(isExcluded('a/b.tf', [])).toBe(false);
});
