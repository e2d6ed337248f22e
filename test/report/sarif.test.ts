import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Report } from '../../src/engine/report.ts';
import { toSarif } from '../../src/report/sarif.ts';
import type { SarifLog, SarifRun } from '../../src/report/sarif-log.ts';
import { BICEP, fullReport, hostileReport, OPTIONS, PLANTED, UNKNOWN, VIOLATION } from './format-sample.ts';
import { at, finding, findingOn, PLATFORM, pathsOf, reportOf, rootOf, waiting } from './sample.ts';

const MULTITOOL = path.join(import.meta.dirname, '../../node_modules/@microsoft/sarif-multitool-linux');
const hasMultitool = process.platform === 'linux' && process.arch === 'x64' && existsSync(MULTITOOL);

function runOf(report: Report, folder = ''): SarifRun {
  const log: SarifLog = JSON.parse(toSarif(report, { ...OPTIONS, folder }));
  const [run] = log.runs;
  if (run === undefined) throw new Error('a log has one run');
  return run;
}

function resultOf(report: Report, folder = ''): SarifRun['results'][number] {
  const [result] = runOf(report, folder).results;
  if (result === undefined) throw new Error('the report has a result');
  return result;
}

// The schema and the rules of Microsoft's validator, with those for GitHub; notes are taste.
(hasMultitool ? test : test.skip)('SARIF Multitool finds neither errors nor warnings', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-sarif-'));
  try {
    const tool = path.join(folder, 'multitool');
    // The package does not mark it executable.
    copyFileSync(path.join(MULTITOOL, 'Sarif.Multitool'), tool);
    chmodSync(tool, 0o700);
    const paths = pathsOf({ subnetRules: [], rule: { backendPort: 8080 } });
    const roots = [rootOf({ paths, findings: [VIOLATION] }), ...fullReport().roots, ...hostileReport().roots];
    writeFileSync(path.join(folder, 'report.sarif'), toSarif({ ...fullReport(), roots }, OPTIONS));
    const options = ['--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning', '--log', 'ForceOverwrite'];
    execFileSync(tool, ['validate', 'report.sarif', ...options, '-o', 'faults.sarif'], { cwd: folder });
    const faults: SarifLog = JSON.parse(readFileSync(path.join(folder, 'faults.sarif'), 'utf8'));
    const found = faults.runs[0]?.results.map(({ ruleId, message }) => [ruleId, JSON.stringify(message)]);
    // SARIF2005 wants the address of a home page, which Portcullis has none of.
    expect(found?.filter(([rule]) => rule !== 'SARIF2005')).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

(hasMultitool ? test : test.skip)('the log keeps to the schema of SARIF 2.1.0', () => {
  const schema: object = JSON.parse(readFileSync(path.join(MULTITOOL, 'sarif-2.1.0.json'), 'utf8'));
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const validate = ajv.compile(schema);
  for (const report of [fullReport(), hostileReport(), reportOf()]) {
    validate(JSON.parse(toSarif(report, OPTIONS)));
    expect(validate.errors).toBeNull();
  }
});

test('a violation is a result with its place, its rule and its identity', () => {
  const { codeFlows, relatedLocations, ...result } = resultOf(reportOf(rootOf({ findings: [VIOLATION] })));
  expect(result).toEqual({
    ruleId: 'port-closed',
    ruleIndex: 0,
    kind: 'fail',
    level: 'error',
    message: {
      text: 'tcp/8080 of `lb-web/http` is closed. To repair: open it. See [`lb-web/http` sends packets here](1).',
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'infra/main.bicep', uriBaseId: '%SRCROOT%' },
          region: { startLine: 41, startColumn: 7, endLine: 41, endColumn: 26 },
        },
        logicalLocations: [
          { name: 'lb-web/http', fullyQualifiedName: 'azurerm_lb_rule.http', kind: 'resource' },
        ],
      },
    ],
    // As in the JSON report.
    partialFingerprints: { 'portcullis/v1': '68c885e606ec73a8' },
    properties: {
      status: 'violation',
      severity: 'error',
      confidence: 'proved',
      root: 'plan.json',
      diagnosis: 'default-deny',
    },
  });
  expect(relatedLocations).toMatchObject([
    { id: 1, physicalLocation: { region: { startLine: 80 } }, message: { text: expect.any(String) } },
  ]);
});

test('the way of the packet is a code flow, and a default of Azure stands where the finding is', () => {
  const flow = resultOf(reportOf(rootOf({ findings: [VIOLATION] }))).codeFlows?.[0];
  expect(flow?.message.text).toBe('tcp 203.0.113.7:50000 -> an address in vnet-main, port 8080');
  const steps = flow?.threadFlows[0]?.locations.map(({ location, executionOrder, importance }) => [
    executionOrder,
    importance,
    location.message?.text,
    location.physicalLocation?.artifactLocation.uri,
    location.properties?.pointer,
  ]);
  expect(steps).toEqual([
    [1, 'important', '203.0.113.7', 'infra/main.bicep', undefined],
    [2, 'important', 'snet-web [nsg-web: AllowWeb 100 allow]', 'plan.json', '/resource_changes/9'],
    [
      3,
      'essential',
      'nic-web [nsg-nic: DenyAllInBound 65500 deny] -> dropped',
      'infra/main.bicep',
      undefined,
    ],
  ]);
});

test('a packet through a balancer begins at its rule', () => {
  const paths = pathsOf({ subnetRules: [], rule: { backendPort: 8080 } });
  const evidence = paths[0]?.members[0]?.data.evidence?.();
  if (evidence === undefined) throw new Error('the path is blocked');
  const findings = [findingOn('lb/r', 'lb', { evidence })];
  const flow = resultOf(reportOf(rootOf({ paths, findings }))).codeFlows?.[0];
  expect(flow?.threadFlows[0]?.locations[0]?.location.message?.text).toBe('internet -> lb/r');
});

test('an undecided finding is open, and a note, and names what it waits for', () => {
  const result = resultOf(reportOf(rootOf({ findings: [UNKNOWN] })));
  expect(result).toMatchObject({ kind: 'open', level: 'note' });
  expect(result.message.text).toBe(
    'cannot decide whether the internet reaches tcp/9443. It waits for port (a parameter without a value). See [port](1).',
  );
  expect(result.properties).toMatchObject({
    status: 'unknown',
    waitsFor: [{ kind: 'parameter', name: 'port' }],
  });
});

test('an accepted finding is a result with its suppression', () => {
  const suppressed = [{ finding: finding(), reason: 'it goes in May', by: 'configuration' as const }];
  expect(resultOf(reportOf(rootOf({ suppressed }))).suppressions).toEqual([
    { kind: 'external', status: 'accepted', justification: 'it goes in May' },
  ]);
});

test('what could not be read, and an undecided path that nobody asked about, are notifications', () => {
  const paths = pathsOf({ subnetRules: [] }).map((one) => ({
    ...one,
    data: 'unknown' as const,
    waitsFor: [waiting('x')],
  }));
  const report = fullReport();
  const { tool, invocations } = runOf({ ...report, roots: [...report.roots, rootOf({ paths })] });
  expect(invocations[0]?.executionSuccessful).toBe(false);
  expect(
    invocations[0]?.toolExecutionNotifications.map(({ descriptor, level }) => [descriptor.id, level]),
  ).toEqual([
    ['rule-rejected', 'warning'],
    ['path-undecided', 'note'],
    ['json-truncated', 'error'],
  ]);
  for (const { descriptor } of invocations[0]?.toolExecutionNotifications ?? []) {
    expect(tool.driver.notifications[descriptor.index]?.id).toBe(descriptor.id);
  }
});

test('a run that read everything succeeded', () => {
  expect(runOf(reportOf(rootOf())).invocations).toEqual([
    { executionSuccessful: true, toolExecutionNotifications: [] },
  ]);
});

test('each rule says what must hold, how to get there, and how sure it is', () => {
  const { rules } = runOf(fullReport()).tool.driver;
  expect(rules.map(({ id }) => id)).toEqual(['port-closed', 'port-odd']);
  expect(rules[0]).toEqual({
    id: 'port-closed',
    name: 'PortClosed',
    shortDescription: { text: 'Ports are open.' },
    fullDescription: { text: 'Ports are open. Open the port.' },
    help: {
      text: 'Open the port.\nPorts: https://example.com/port-closed',
      markdown:
        'Open the port.\n\n- [Ports](https://example.com/port-closed)\n\n`portcullis explain port-closed` shows examples.',
    },
    helpUri: 'https://example.com/port-closed',
    defaultConfiguration: { level: 'error' },
    properties: {
      tags: ['azure', 'load-balancer', 'network'],
      precision: 'very-high',
      'problem.severity': 'error',
    },
  });
  expect(rules[1]?.properties.precision).toBe('medium');
});

test.each([
  ['is relative to the root of the repository', 'main.bicep', 'infra/dev', 'infra/dev/main.bicep'],
  ['may lie beside the working directory', '../lib/a.bicep', 'infra/dev', 'infra/lib/a.bicep'],
  ['is escaped', 'a b/ü#1%?.bicep', '', 'a%20b/%C3%BC%231%25%3F.bicep'],
])('the address of a file %s', (_, file, folder, uri) => {
  const location = {
    ...BICEP,
    kind: 'text',
    path: file,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
  } as const;
  const result = resultOf(reportOf(rootOf({ findings: [finding({ location })] })), folder);
  expect(result.locations[0]?.physicalLocation?.artifactLocation).toEqual({ uri, uriBaseId: '%SRCROOT%' });
});

test('an absolute path stays one', () => {
  const location = { kind: 'json', path: '/tmp/plan.json', pointer: '' } as const;
  const result = resultOf(reportOf(rootOf({ findings: [finding({ location })] })), 'infra');
  expect(result.locations[0]?.physicalLocation?.artifactLocation).toEqual({ uri: 'file:///tmp/plan.json' });
});

test('a node of a plan is the first line of the plan, with its pointer', () => {
  const result = resultOf(
    reportOf(rootOf({ findings: [finding({ location: at('/resource_changes/4/x') })] })),
  );
  expect(result.locations[0]).toMatchObject({
    physicalLocation: {
      artifactLocation: { uri: 'plan.json' },
      region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
    },
    properties: { pointer: '/resource_changes/4/x' },
  });
});

test('a finding that is written nowhere has a place all the same, since GitHub takes no result without', () => {
  const subject = { ...finding().subject, origin: PLATFORM };
  const findings = [finding({ location: PLATFORM, subject })];
  for (const [file, uri] of [
    ['plan.json', 'plan.json'],
    ['<stdin>', 'stdin'],
  ] as const) {
    expect(
      resultOf(reportOf(rootOf({ findings }, file))).locations[0]?.physicalLocation?.artifactLocation.uri,
    ).toBe(uri);
  }
});

test('more results than GitHub takes are cut, the lightest first, and that is told', () => {
  const many = Array.from({ length: 25_001 }, (_, index) =>
    findingOn(`r${index}`, 'a', { severity: 'info' }),
  );
  const run = runOf(reportOf(rootOf({ findings: many }), rootOf({ findings: [finding()] }, 'b.json')));
  expect(run.results).toHaveLength(25_000);
  expect(run.results[0]?.level).toBe('error');
  expect(run.invocations[0]?.toolExecutionNotifications).toMatchObject([
    { descriptor: { id: 'results-left-out' }, message: { text: expect.stringMatching(/^2 results/) } },
  ]);
});

test('planted text makes neither links nor placeholders nor control characters', () => {
  const text = toSarif(hostileReport(), OPTIONS);
  const [run] = (JSON.parse(text) as SarifLog).runs;
  const decoded: string[] = [];
  JSON.stringify(run, (key, value) => {
    if (key === 'text' && typeof value === 'string') decoded.push(value.replaceAll('\n', ' '));
    return value;
  });
  const all = decoded.join(' ');
  expect(all).toContain('alert(1)');
  expect(all).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  expect(all).not.toMatch(/\]\((?!\d+\))/);
  expect(all).not.toMatch(/(?<!\{)\{0\}/);
  expect(PLANTED).toMatch(/\]\(/);
});

test('the same report gives the same bytes, whatever the order of the policies', () => {
  const other = { ...OPTIONS.policies[0], id: 'a' } as (typeof OPTIONS.policies)[number];
  const policies = [...OPTIONS.policies, other];
  expect(toSarif(fullReport(), { ...OPTIONS, policies })).toBe(
    toSarif(fullReport(), { ...OPTIONS, policies: policies.toReversed() }),
  );
});
