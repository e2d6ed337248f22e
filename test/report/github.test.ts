import type { Report } from '../../src/engine/report.ts';
import { toGithub } from '../../src/report/github.ts';
import { fullReport, hostileReport, OPTIONS, VIOLATION } from './format-sample.ts';
import { finding, findingOn, reportOf, rootOf } from './sample.ts';

function linesOf(report: Report, folder = ''): readonly string[] {
  return toGithub(report, { ...OPTIONS, folder })
    .trimEnd()
    .split('\n');
}

test('a violation is an error at its lines, with all that is known about it', () => {
  expect(linesOf(reportOf(rootOf({ findings: [VIOLATION] })), 'live')[0]).toBe(
    '::error file=live/infra/main.bicep,line=41,endLine=41,col=7,endColumn=26,title=Portcullis error[port-closed]::' +
      'tcp/8080 of `lb-web/http` is closed' +
      '%0Apacket: tcp 203.0.113.7:50000 -> an address in vnet-main, port 8080' +
      '%0Apath: 203.0.113.7 -> snet-web [nsg-web: AllowWeb 100 allow] -> nic-web [nsg-nic: DenyAllInBound 65500 deny] -> dropped' +
      '%0Anote: `lb-web/http` sends packets here: infra/main.bicep:80:7' +
      '%0Anote: the default of Azure' +
      '%0Ahelp: open it%0Adocs: https://example.com/port-closed',
  );
});

test('errors come first, undecided answers are notices, and the numbers end it', () => {
  const lines = linesOf(fullReport());
  expect(
    lines.map((line) =>
      line.replace(/,?(line|endLine|col|endColumn)=\d+/g, '').replace(/(title=[^:]*::).*/, '$1'),
    ),
  ).toEqual([
    '::error file=infra/main.bicep,title=Portcullis error[port-closed]::',
    '::error file=cut.json,title=Portcullis problem[json-truncated]::',
    '::warning file=plan.json,title=Portcullis warning[port-odd] (suspected)::',
    '::warning file=plan.json,title=Portcullis problem[rule-rejected]::',
    '::notice file=plan.json,title=Portcullis unknown[port-closed]::',
    expect.stringMatching(/^checked 0 paths: 2 violations \(1 error, 1 warning\), 1 unknown, 7 passed/),
  ]);
});

test('a place in a plan is named in the message, since a plan has no lines', () => {
  expect(linesOf(reportOf(rootOf({ findings: [finding()] })))[0]).toMatch(
    /^::error file=plan\.json,title=[^:]*::[^%]*%0Aat: azurerm_lb_rule\.http \(plan\.json#\/resource_changes\/4\)%0A/,
  );
});

test('columns of a place with more lines are left out, which a runner would refuse', () => {
  const location = { kind: 'text', path: 'a.tf', line: 3, column: 5, endLine: 9, endColumn: 2 } as const;
  expect(linesOf(reportOf(rootOf({ findings: [finding({ location })] })))[0]).toMatch(
    /^::error file=a\.tf,line=3,endLine=9,title=/,
  );
});

test('standard input is no file', () => {
  const location = { kind: 'json', path: '<stdin>', pointer: '/a' } as const;
  expect(linesOf(reportOf(rootOf({ findings: [finding({ location })] })))[0]).toMatch(/^::error title=/);
});

test('ten of a kind are shown, and the rest is told', () => {
  const many = Array.from({ length: 13 }, (_, index) => findingOn(`r${index}`, 'a'));
  const lines = linesOf(reportOf(rootOf({ findings: [...many, finding({ severity: 'warning' })] })));
  expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10);
  expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(1);
  expect(lines[11]).toMatch(/^3 more without an annotation/);
});

// ActionCommand.cs of the runner: what a property and a message may not hold as it is.
test('names are escaped as a runner reads them', () => {
  const subject = { ...finding().subject, name: 'a' };
  const location = { kind: 'text', path: 'a,b:c%.tf', line: 1, column: 1, endLine: 1, endColumn: 1 } as const;
  const [line] = linesOf(
    reportOf(rootOf({ findings: [finding({ subject, location, message: '100% x, y: z' })] })),
  );
  expect(line).toContain('file=a%2Cb%3Ac%25.tf,');
  expect(line).toContain('::100%25 x, y: z%0A');
});

test('planted text starts no command of its own', () => {
  const text = toGithub(hostileReport(), OPTIONS);
  expect(text).toContain('alert(1)');
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(/^(::(error|warning|notice) [^:]*::|checked )/);
    expect(line).not.toMatch(/##\w*\[|\p{Cc}|\p{Cf}|\p{Zl}/u);
  }
  expect(text.match(/^::error /gm)).toHaveLength(2);
});

test('a clean report is one line', () => {
  expect(linesOf(reportOf(rootOf({ passed: 2 })))).toEqual([
    'checked 0 paths: no violations, 0 unknown, 2 passed',
  ]);
});
