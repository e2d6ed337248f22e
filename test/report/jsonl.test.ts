import { toJsonReport } from '../../src/report/json.ts';
import { toJsonl } from '../../src/report/jsonl.ts';
import { fullReport, hostileReport } from './format-sample.ts';
import { pathsOf, rootOf } from './sample.ts';

test('each line is one thing, as the JSON report holds it', () => {
  const full = fullReport();
  const report = { ...full, roots: [...full.roots, rootOf({ paths: pathsOf() }, 'b.json')] };
  const lines = toJsonl(report, '1.2.3')
    .trimEnd()
    .split('\n')
    .map((line): { readonly type: string } => JSON.parse(line));
  expect(lines.map(({ type }) => type)).toEqual([
    'report',
    'root',
    'root',
    'path',
    'finding',
    'finding',
    'finding',
    'problem',
    'problem',
    'suppressed',
    'counts',
  ]);
  const { roots, paths, findings, problems, suppressed, counts, ...head } = toJsonReport(report, '1.2.3');
  const untyped = lines.map(({ type, ...rest }) => rest);
  expect(untyped).toEqual([head, ...roots, ...paths, ...findings, ...problems, ...suppressed, counts]);
});

test('planted text stays inside its line and does nothing to a terminal or a build log', () => {
  const text = toJsonl(hostileReport(), '1');
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(/^\{"type":.*\}$/);
    expect(line).not.toMatch(/##\w*\[|\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}/u);
  }
});
