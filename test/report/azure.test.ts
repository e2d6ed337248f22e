import { toAzure } from '../../src/report/azure.ts';
import { fullReport, hostileReport, OPTIONS, VIOLATION } from './format-sample.ts';
import { finding, reportOf, rootOf } from './sample.ts';

function linesOf(report: Parameters<typeof toAzure>[0], folder = ''): readonly string[] {
  return toAzure(report, { ...OPTIONS, folder })
    .trimEnd()
    .split('\n');
}

test('a violation is an issue at its line, with all that is known about it', () => {
  expect(linesOf(reportOf(rootOf({ findings: [VIOLATION] })), 'live')[0]).toBe(
    '##vso[task.logissue type=error;sourcepath=live/infra/main.bicep;linenumber=41;columnnumber=7;code=port-closed;]' +
      'tcp/8080 of `lb-web/http` is closed' +
      ' | packet: tcp 203.0.113.7:50000 -> an address in vnet-main, port 8080' +
      ' | path: 203.0.113.7 -> snet-web [nsg-web: AllowWeb 100 allow] -> nic-web [nsg-nic: DenyAllInBound 65500 deny] -> dropped' +
      ' | note: `lb-web/http` sends packets here: infra/main.bicep:80:7 | note: the default of Azure' +
      ' | help: open it | docs: https://example.com/port-closed',
  );
});

test('there are errors and warnings, and what is less is a plain line', () => {
  expect(
    linesOf(fullReport()).map((line) => line.replace(/^(##vso\[task\.logissue type=\w+;|[^:]*: ).*/, '$1')),
  ).toEqual([
    '##vso[task.logissue type=error;',
    '##vso[task.logissue type=warning;',
    'unknown[port-closed]: ',
    '##vso[task.logissue type=warning;',
    '##vso[task.logissue type=error;',
    'checked 0 paths: ',
  ]);
});

// https://github.com/microsoft/azure-pipelines-agent/blob/master/docs/design/percentEncoding.md
test('names are escaped as an agent reads them', () => {
  const location = { kind: 'text', path: 'a;b]c%.tf', line: 1, column: 1, endLine: 1, endColumn: 1 } as const;
  const [line] = linesOf(reportOf(rootOf({ findings: [finding({ location, message: '100%; [x]' })] })));
  expect(line).toContain(';sourcepath=a%3Bb%5Dc%AZP25.tf;');
  expect(line).toContain(';]100%AZP25; [x] | ');
});

test('planted text starts no command of its own', () => {
  const text = toAzure(hostileReport(), OPTIONS);
  expect(text).toContain('alert(1)');
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(/^(##vso\[task\.logissue type=(error|warning);[^\]]*\]|unknown\[|checked )/);
    expect(line.slice(2)).not.toMatch(/##\w*\[/);
    expect(line).not.toMatch(/^\s*::|\p{Cc}|\p{Cf}|\p{Zl}/u);
  }
});
