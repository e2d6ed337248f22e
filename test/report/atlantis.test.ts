import { toAtlantis } from '../../src/report/atlantis.ts';
import { fullReport, hostileReport, OPTIONS, PLANTED, SUSPICION, UNKNOWN } from './format-sample.ts';
import { findingOn, reportOf, rootOf, WARNING } from './sample.ts';

/** How Atlantis finds a failure: project_command_runner.go; older releases take the bare word. */
const FAILURE = /[1-9][0-9]* failure|failures": \[|^FAIL/;
const BARE_WORD = /fail/i;

test('failures come first, one a line, and are counted at the end', () => {
  expect(toAtlantis(fullReport(), OPTIONS)).toBe(
    [
      'FAIL - inputs - problem[json-truncated]: the plan is truncated',
      "FAIL - plan.json - error[port-closed]: tcp/8080 of 'lb-web/http' is closed",
      "NOTE - plan.json - problem[rule-rejected]: the port of 'AllowWeb' is not one Azure accepts",
      'NOTE - plan.json - unknown[port-closed]: cannot decide whether the internet reaches tcp/9443',
      "NOTE - plan.json - warning[port-odd] (suspected): tcp/8080 of 'lb-web/http' is closed",
      '7 passed, 3 notes, 2 failures',
      '',
    ].join('\n'),
  );
  expect(toAtlantis(fullReport(), OPTIONS)).toMatch(FAILURE);
});

test('without a failure the word stands nowhere, whatever the tree says', () => {
  const findings = [
    findingOn('failover', 'a', { severity: 'warning', message: `FAILS: ${PLANTED} 3 failures` }),
    UNKNOWN,
  ];
  const text = toAtlantis(reportOf(rootOf({ findings, problems: [WARNING] }, 'fail.json')), OPTIONS);
  expect(text).toMatch(/^PASS - 0 passed, 3 notes\n/);
  expect(text).not.toMatch(BARE_WORD);
  expect(text).not.toMatch(FAILURE);
});

test('an empty report is a text all the same, since Atlantis takes no text for a failure', () => {
  expect(toAtlantis(reportOf(), OPTIONS)).toBe('PASS - 0 passed\n');
});

test('--fail-on and --strict decide what a failure is', () => {
  const report = reportOf(rootOf({ findings: [SUSPICION, UNKNOWN] }));
  expect(toAtlantis(report, { ...OPTIONS, failOn: 'warning' })).toMatch(/, 1 note, 1 failure\n$/);
  expect(toAtlantis(report, { ...OPTIONS, strict: true })).toMatch(/, 1 note, 1 failure\n$/);
  expect(toAtlantis(report, { ...OPTIONS, failOn: 'never' })).toMatch(/^PASS - /);
});

test('planted text stays in its line, without a command and without the end of a block of code', () => {
  const text = toAtlantis(hostileReport(), OPTIONS);
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(/^(FAIL - |NOTE - |0 passed)/);
    expect(line).not.toMatch(/##\w*\[|`|\p{Cc}|\p{Cf}|\p{Zl}/u);
  }
});
