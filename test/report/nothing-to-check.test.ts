import { nothingToCheck } from '../../src/report/nothing-to-check.ts';

const NOTHING = { paths: [], findings: [], passed: 0 };

test.each([
  ['destroy', 'nothing to check: the plan destroys everything'],
  ['empty', 'nothing to check: the plan is empty'],
  ['refresh-only', 'nothing to check: the plan only refreshes the state'],
  ['normal', 'nothing to check: no load balancer with rules in this plan'],
] as const)('a plan of kind %s says why there is nothing to check', (kind, expected) => {
  expect(nothingToCheck({ ...NOTHING, kind })).toBe(expected);
});

test.each([
  ['a path', { ...NOTHING, paths: [{}] }],
  ['a finding', { ...NOTHING, findings: [{}] }],
  ['a question that passed', { ...NOTHING, passed: 1 }],
])('%s is something to check', (_, extent) => {
  expect(nothingToCheck({ ...extent, kind: 'destroy' })).toBeUndefined();
});
