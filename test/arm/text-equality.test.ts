import { lowerCase, textEquality, upperCase } from '../../src/arm/text-equality.ts';
import { parameter } from '../support/arm-functions.ts';

const X = parameter('x');
const Y = parameter('y');

test.each<[readonly (string | typeof X)[], readonly (string | typeof X)[], string]>([
  [['a'], ['a'], 'true'],
  [[], [], 'true'],
  [['a'], ['A'], 'false'],
  [['a', X], ['a', parameter('X')], 'true'],
  [['a', X], ['b', X], 'false'],
  [[X, 'a'], [X, 'b'], 'false'],
  [[X, 'a'], ['a'], 'unknown'],
  [['ab'], ['b', X], 'false'],
  [['a'], ['a', X, 'b'], 'false'],
  [['aba'], ['ab', X, 'ba'], 'false'],
  [['abba'], ['ab', X, 'ba'], 'unknown'],
  [['xay'], [X, 'b', Y], 'false'],
  [[X, 'b', Y], ['xay'], 'false'],
  [[X], [Y], 'unknown'],
  [['a', X, 'c'], ['ab', Y], 'unknown'],
  [[], [X], 'unknown'],
  [[], ['a', X], 'false'],
])('%j and %j: %s', (a, b, expected) => {
  expect(textEquality(a, b).is).toBe(expected);
  expect(textEquality(b, a).is).toBe(expected);
});

test('without case', () => {
  expect(textEquality(['LB-', X], ['lb-', X], true).is).toBe('true');
  expect(textEquality(['LB-', X], ['la-web'], true).is).toBe('false');
});

test('case changes character by character, as in .NET', () => {
  expect(upperCase('straße é')).toBe('STRAßE É');
  expect(lowerCase('ΑΣ İ')).toBe('ας İ'.replace('ς', 'σ'));
});
