import { nothingToCheck } from '../../src/report/nothing-to-check.ts';
import { pathsOf, rootOf, WARNING } from './sample.ts';

test.each([
  ['destroy', 'nothing to check: the plan destroys everything'],
  ['empty', 'nothing to check: the plan is empty'],
  ['refresh-only', 'nothing to check: the plan only refreshes the state'],
  ['normal', 'nothing to check: no load balancer with rules'],
] as const)('a plan of kind %s says why there is nothing to check', (kind, expected) => {
  expect(nothingToCheck(rootOf({ kind }))).toBe(expected);
});

test('a path, a question that passed and a part that could not be read are something to check', () => {
  expect(nothingToCheck(rootOf({ kind: 'destroy', passed: 1 }))).toBeUndefined();
  expect(nothingToCheck(rootOf({ problems: [WARNING] }))).toBeUndefined();
  expect(nothingToCheck(rootOf({ paths: pathsOf() }))).toBeUndefined();
});
