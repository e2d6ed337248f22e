import type { FormatOptions } from '../../src/report/format-options.ts';
import { toJunit } from '../../src/report/junit.ts';
import { readXml, type XmlElement } from '../support/xml-reader.ts';
import { fullReport, hostileReport, META, OPTIONS, SUSPICION, UNKNOWN, VIOLATION } from './format-sample.ts';
import { reportOf, rootOf, WARNING } from './sample.ts';

/** What may stand in what, by junit-10.xsd of Jenkins' xUnit plugin: required attributes, optional ones, children. */
const SCHEMA: Readonly<Record<string, readonly [readonly string[], readonly string[], readonly string[]]>> = {
  testsuites: [[], ['name', 'time', 'tests', 'failures', 'errors'], ['testsuite']],
  testsuite: [['name', 'tests', 'failures', 'errors'], ['skipped', 'time', 'hostname'], ['testcase']],
  testcase: [['name'], ['classname', 'time'], ['skipped', 'error', 'failure', 'system-out']],
  failure: [[], ['type', 'message'], []],
  error: [[], ['type', 'message'], []],
  skipped: [[], ['type', 'message'], []],
  'system-out': [[], [], []],
};

function check({ name, attributes, children }: XmlElement): void {
  const [required, optional, below] = SCHEMA[name] ?? [[], [], []];
  expect(SCHEMA).toHaveProperty([name]);
  const names = Object.keys(attributes);
  expect(required.filter((attribute) => !names.includes(attribute))).toEqual([]);
  expect(names.filter((attribute) => ![...required, ...optional].includes(attribute))).toEqual([]);
  expect(children.map((child) => child.name).filter((child) => !below.includes(child))).toEqual([]);
  children.forEach(check);
}

/** Each case with what is in it. */
function casesOf(
  report: Parameters<typeof toJunit>[0],
  options: Partial<FormatOptions> = {},
): readonly string[] {
  return readXml(toJunit(report, { ...OPTIONS, ...options })).children.flatMap(({ children }) =>
    children.map(({ attributes, children: [inside] }) => `${attributes.name} ${inside?.name ?? 'passed'}`),
  );
}

test('the report keeps to the schema of Jenkins, whatever a name holds', () => {
  for (const report of [fullReport(), hostileReport(), reportOf()]) {
    const text = toJunit(report, OPTIONS);
    check(readXml(text));
    expect(text).not.toMatch(/^\s*::|##\w*\[/m);
  }
});

test('a violation is a failure with all that is known about it', () => {
  const [suite] = readXml(toJunit(reportOf(rootOf({ findings: [VIOLATION] })), OPTIONS)).children;
  expect(suite?.attributes).toEqual({
    name: 'plan.json',
    tests: '1',
    failures: '1',
    errors: '0',
    skipped: '0',
  });
  const [only] = suite?.children ?? [];
  expect(only?.attributes).toEqual({ classname: 'plan.json', name: 'port-closed: lb-web/http' });
  expect(only?.children[0]?.attributes).toEqual({
    type: 'error[port-closed]',
    message: 'tcp/8080 of `lb-web/http` is closed',
  });
  expect(only?.children[0]?.text.split('\n').map((line) => line.split(': ')[0])).toEqual([
    'error[port-closed]',
    'at',
    'packet',
    'path',
    'note',
    'note',
    'help',
    'docs',
  ]);
});

test('a policy that found nothing is a passed case, so that a clean report is no empty one', () => {
  expect(casesOf(reportOf(rootOf()), { policies: [META, { ...META, id: 'other' }] })).toEqual([
    'port-closed passed',
    'other passed',
  ]);
});

test('what is undecided or not read whole is skipped', () => {
  expect(casesOf(fullReport())).toEqual([
    'port-closed: lb-web/http failure',
    'port-odd: lb-web/ssh system-out',
    'port-closed: lb-web/feed skipped',
    'rule-rejected skipped',
    'json-truncated error',
  ]);
});

test('under strict it fails', () => {
  const report = reportOf(rootOf({ findings: [UNKNOWN], problems: [WARNING] }));
  expect(casesOf(report, { strict: true })).toEqual([
    'port-closed: lb-web/feed failure',
    'rule-rejected failure',
  ]);
});

test.each([
  ['error', 'system-out'],
  ['warning', 'failure'],
  ['never', 'system-out'],
] as const)('with --fail-on %s a warning is %s', (failOn, expected) => {
  expect(casesOf(reportOf(rootOf({ findings: [SUSPICION] })), { failOn, policies: [] })).toEqual([
    `port-odd: lb-web/ssh ${expected}`,
  ]);
});
