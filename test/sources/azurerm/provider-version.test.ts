import { isAtLeast, versionRange } from '../../../src/sources/azurerm/provider-version.ts';

test.each([
  [['~> 4.0'], { from: [4, 0, 0], below: [5, 0, 0] }],
  [['~> 4.41.2'], { from: [4, 41, 2], below: [4, 42, 0] }],
  [['~> 4'], { from: [4, 0, 0] }],
  [['>= 3.2, < 5.0.0'], { from: [3, 2, 0], below: [5, 0, 0] }],
  [['>3.2', '<= 4.1'], { from: [3, 2, 1], below: [4, 1, 1] }],
  [['4.79.0'], { from: [4, 79, 0], below: [4, 79, 1] }],
  [['= 4.1'], { from: [4, 1, 0], below: [4, 1, 1] }],
  [['!= 4.3.0'], { from: [0, 0, 0] }],
  [['>= 3.0', '~> 4.0', '< 4.50'], { from: [4, 0, 0], below: [4, 50, 0] }],
  [['>= 4.0.0-beta1'], { from: [0, 0, 0] }],
  [[], { from: [0, 0, 0] }],
])('%j admits %j', (constraints, range) => {
  expect(versionRange(constraints)).toEqual(range);
});

test.each([
  ['~> 4.0', true],
  ['~> 5.0', true],
  ['~> 3.0', false],
  ['< 4.0', false],
  ['>= 3.0', undefined],
  ['< 4.0.1', undefined],
])('whether all of %s are 4.0 or later: %s', (constraint, expected) => {
  expect(isAtLeast(versionRange([constraint]), [4, 0, 0])).toBe(expected);
});

test('nothing is known about a provider that no constraint names', () => {
  expect(isAtLeast(undefined, [4, 0, 0])).toBeUndefined();
});
