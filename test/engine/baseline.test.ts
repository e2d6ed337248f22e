import { baselineOf, parseBaseline, withoutKnown } from '../../src/engine/baseline.ts';
import type { RootReport } from '../../src/engine/report.ts';
import { finding, findingOn, reportOf, rootOf } from '../report/sample.ts';

const names = (roots: readonly RootReport[]): readonly string[] =>
  roots.flatMap(({ findings }) => findings.map(({ subject }) => subject.name));

test('a known finding covers one of its kind, and not a second', () => {
  const one = finding();
  const baseline = baselineOf(reportOf(rootOf({ findings: [one] })));
  const twice = withoutKnown([rootOf({ findings: [one, finding({ message: 'again' })] })], baseline);
  expect([names(twice.roots), twice.stale]).toEqual([['lb-web/http'], []]);
  expect(twice.roots[0]?.suppressed).toEqual([
    { finding: one, reason: 'known in the baseline', by: 'baseline' },
  ]);
});

test('what is known twice and found once is stale once', () => {
  const baseline = baselineOf(reportOf(rootOf({ findings: [finding(), finding()] })));
  const { roots, stale } = withoutKnown([rootOf({ findings: [finding()] })], baseline);
  expect([names(roots), stale.length]).toEqual([[], 1]);
});

test('what is undecided is not known', () => {
  const open = finding({ status: 'unknown' });
  expect(baselineOf(reportOf(rootOf({ findings: [open] }))).findings).toEqual([]);
});

test('a finding of several roots stays known when one of them goes or another comes first', () => {
  const [dev, prod, test] = ['dev', 'prod', 'test'].map((name) => rootOf({}, `main.bicep with ${name}`));
  if (dev === undefined || prod === undefined || test === undefined) throw new Error('three roots');
  const found = (first: RootReport, ...others: readonly RootReport[]): readonly RootReport[] => [
    { ...first, findings: [finding({ alsoIn: others.map(({ root }) => root.id) })] },
    ...others,
  ];
  const baseline = baselineOf(reportOf(...found(dev, prod)));
  expect(baseline.findings).toHaveLength(2);
  for (const roots of [found(dev, prod), found(prod), found(test, dev, prod)]) {
    expect(names(withoutKnown(roots, baseline).roots)).toEqual([]);
  }
  expect(names(withoutKnown(found(test), baseline).roots)).toEqual(['lb-web/http']);
});

test('the entries are sorted, so that two branches can be merged', () => {
  const findings = ['c', 'a', 'b'].map((name) => findingOn(name, name));
  const prints = baselineOf(reportOf(rootOf({ findings }))).findings.map(({ fingerprint }) => fingerprint);
  expect(prints).toEqual(prints.toSorted());
});

test.each([
  ['no JSON', 'x'],
  ['another version', '{"version":2,"findings":[]}'],
  ['no list', '{"version":1,"findings":{}}'],
  ['an entry without a fingerprint', '{"version":1,"findings":[{"policy":"p","subject":"s"}]}'],
  ['an entry without a subject', '{"version":1,"findings":[{"fingerprint":"f","policy":"p"}]}'],
])('%s is no baseline', (_, text) => {
  expect(parseBaseline(text)).toBeUndefined();
});

test('a byte order mark and line ends of Windows do not matter', () => {
  const text = '\ufeff{\r\n"version": 1,\r\n"findings": []\r\n}\r\n';
  expect(parseBaseline(text)).toEqual({ version: 1, findings: [] });
});
