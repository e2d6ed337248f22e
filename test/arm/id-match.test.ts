import fc from 'fast-check';
import { mayBeEqual } from '../../src/arm/id-match.ts';
import { parseCanonicalId } from '../../src/arm/id-pattern.ts';

function match(left: string, right: string): boolean | undefined {
  const [one, other] = [parseCanonicalId(left), parseCanonicalId(right)];
  return one && other && mayBeEqual(one, other);
}

test.each([
  ['/a/b', '/a/b', true],
  ['/a/b', '/a/c', false],
  ['/a/{x}', '/a/b', true],
  ['/a/{x}', '/c/b', false],
  ['/a/{x}', '/a/b/c', false],
  ['/a/{x}-0', '/a/{x}-1', false],
  ['/a/{x}-0', '/a/{y}-0', true],
  ['/a/nic-{x}', '/a/lb-{x}', false],
  ['/a/{x}', '/a/{x}-b', false],
  ['/a/p{x}q{y}r', '/a/p12q3r', true],
  ['/a/p{x}q{y}r', '/a/p12r', false],
  ['/a/{x}a', '/a/a{x}', true],
  ['{id}/pools/p', '/subscriptions/s/lb/b/pools/p', true],
  ['{id}/pools/p', '/subscriptions/s/lb/b/pools/q', false],
  ['{id}/pools/p', '/p', false],
  ['{id}/pools/p', '{id}/pools/q', false],
  ['{id}/pools/p', '{other}/pools/p', true],
  ["/a/{f('}/{')}", "/a/{f('}/{')}", true],
])('%s and %s may be equal: %s', (left, right, expected) => {
  expect(match(left, right)).toBe(expected);
  expect(match(right, left)).toBe(expected);
});

/** Segments of letters and of unknowns x and y, so that equal ids are frequent. */
const segment = fc
  .array(fc.constantFrom('a', 'b', '{x}', '{y}'), { minLength: 1, maxLength: 4 })
  .map((pieces) => pieces.join(''));
const id = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => `/${segments.join('/')}`);
const name = fc.stringMatching(/^[ab]{1,3}$/);

test('ids that some values of the unknowns make equal are never told apart', () => {
  fc.assert(
    fc.property(id, id, name, name, (left, right, x, y) => {
      const fill = (text: string): string => text.replaceAll('{x}', x).replaceAll('{y}', y);
      return fill(left) !== fill(right) || match(left, right) === true;
    }),
    { numRuns: 20_000 },
  );
});
