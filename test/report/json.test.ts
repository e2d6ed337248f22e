import { toJsonPaths, toJsonReport } from '../../src/report/json.ts';
import type { Origin } from '../../src/text/origin.ts';
import { known, unknown } from '../../src/value/value.ts';
import { rule } from '../support/estate.ts';
import {
  at,
  EVIDENCE,
  FATAL,
  finding,
  findingOn,
  PLATFORM,
  pathsOf,
  reportOf,
  rootOf,
  WARNING,
  waiting,
} from './sample.ts';

const LB = '/resources/2/properties/loadbalancingrules/0';

test('a report has the keys of its contract, in their order', () => {
  const report = toJsonReport(reportOf(), '1.2.3');
  expect(JSON.stringify(report)).toBe(
    '{"version":1,"tool":{"name":"portcullis","version":"1.2.3"},"roots":[],"paths":[],"findings":[],' +
      '"problems":[],"suppressed":[],"counts":{"files":0,"resources":0,"paths":0,"violations":0,"unknown":0,' +
      '"passed":0,"suppressed":0}}',
  );
});

test('the table of paths is the report without findings and suppressions', () => {
  const report = reportOf(rootOf({ findings: [finding()], problems: [WARNING], resources: 3 }));
  const { findings, suppressed, ...rest } = toJsonReport(report, '1.2.3');
  expect(JSON.stringify(toJsonPaths(report, '1.2.3'))).toBe(JSON.stringify(rest));
  expect(findings).toHaveLength(1);
  expect(suppressed).toEqual([]);
});

test('a blocked path says why, with its members', () => {
  const paths = pathsOf({ subnetRules: [], rule: { backendPort: 8080 }, members: 2 });
  const [path] = toJsonPaths(reportOf(rootOf({ paths })), '1.2.3').paths;
  expect(JSON.stringify(path)).toBe(
    '{"root":"plan.json","rule":"lb/r","kind":"rule","address":"lb","scheme":"public","protocol":"tcp",' +
      '"frontendPort":80,"backendPort":8080,"client":"internet","data":"blocked","probe":"open",' +
      '"diagnosis":"default-deny","members":[{"member":"nic0/ip","data":"blocked","probe":"open"},' +
      '{"member":"nic1/ip","data":"blocked","probe":"open"}],"membersComplete":true}',
  );
});

test('an open path has neither a diagnosis nor anything to wait for', () => {
  const paths = pathsOf({ subnetRules: [rule(100, 'Allow')], probe: null });
  const [path] = toJsonPaths(reportOf(rootOf({ paths })), '1.2.3').paths;
  expect(path).toMatchObject({
    data: 'open',
    probe: 'none',
    members: [{ member: 'nic0/ip', data: 'open', probe: 'none' }],
  });
  expect(path).not.toHaveProperty('diagnosis');
  expect(path).not.toHaveProperty('waitsFor');
});

test('an unknown port is null, and the path waits for it', () => {
  const port = unknown({ kind: 'known-after-apply', name: 'random_integer.port.result' }, at('/inputs/port'));
  const paths = pathsOf({ subnetRules: [], rule: { backendPort: port } });
  const [path] = toJsonPaths(
    reportOf(rootOf({ paths: paths.map((one) => ({ ...one, waitsFor: [port, port] })) })),
    '1',
  ).paths;
  expect(path).toMatchObject({ frontendPort: 80, backendPort: null });
  expect(path?.waitsFor).toEqual([
    {
      kind: 'known-after-apply',
      name: 'random_integer.port.result',
      location: { path: 'plan.json', pointer: '/inputs/port' },
    },
  ]);
});

test('secret ports and protocols are never printed', () => {
  const secret = { ...known(4711, at(LB)), sensitive: true };
  const protocol = { ...known('Udp', at(LB)), sensitive: true };
  const paths = pathsOf({ rule: { backendPort: secret, frontendPort: secret, protocol } });
  const report = toJsonPaths(reportOf(rootOf({ paths })), '1');
  expect(report.paths).toMatchObject([{ protocol: 'unknown', frontendPort: null, backendPort: null }]);
  expect(JSON.stringify(report)).not.toMatch(/4711|udp/i);
});

test('scheme and client are unknown while the frontend is', () => {
  const link = unknown({ kind: 'known-after-apply', name: 'frontend' }, at(LB));
  const paths = pathsOf({ rule: { frontendIPConfiguration: { id: link } } });
  expect(toJsonPaths(reportOf(rootOf({ paths })), '1').paths).toMatchObject([
    { scheme: 'unknown', client: 'unknown', data: 'unknown' },
  ]);
});

test('a violation shows the packet, hop by hop', () => {
  const related = [
    { message: 'sends packets here', origin: at('/resource_changes/2') },
    { message: 'default', origin: PLATFORM },
  ];
  const violation = finding({ diagnosis: 'default-deny', evidence: EVIDENCE, related });
  const [json] = toJsonReport(reportOf(rootOf({ findings: [violation] })), '1').findings;
  expect(JSON.stringify(json, undefined, 1)).toBe(
    JSON.stringify(
      {
        policy: 'port-closed',
        status: 'violation',
        severity: 'error',
        confidence: 'proved',
        root: 'plan.json',
        subject: {
          address: 'azurerm_lb_rule.http',
          type: 'microsoft.network/loadbalancers',
          name: 'lb-web/http',
        },
        location: { path: 'plan.json', pointer: '/resource_changes/4' },
        message: 'tcp/8080 of `lb-web/http` is closed',
        diagnosis: 'default-deny',
        remedy: 'open it',
        docs: 'https://example.com/port-closed',
        evidence: {
          packet: {
            protocol: 'tcp',
            source: '203.0.113.7',
            sourcePort: 50_000,
            destination: 'an address in vnet-main',
            destinationPort: 8080,
          },
          verdict: 'dropped',
          hops: [
            {
              at: 'snet-web',
              stage: 'security-group',
              decidedBy: {
                name: 'AllowWeb',
                priority: 100,
                effect: 'allow',
                origin: { kind: 'code', path: 'plan.json', pointer: '/resource_changes/9' },
              },
            },
            {
              at: 'nic-web',
              stage: 'security-group',
              decidedBy: {
                name: 'DenyAllInBound',
                priority: 65_500,
                effect: 'deny',
                origin: { kind: 'platform', docs: 'https://example.com/defaults' },
              },
            },
          ],
        },
        related: [
          { message: 'sends packets here', location: { path: 'plan.json', pointer: '/resource_changes/2' } },
          { message: 'default' },
        ],
        // printf '["port-closed","plan.json","azurerm_lb_rule.http","lb-web/http","violation","default-deny"]' | sha256sum
        fingerprint: '68c885e606ec73a8',
      },
      undefined,
      1,
    ),
  );
});

test('the secret parts of a packet are never printed', () => {
  const packet = {
    ...EVIDENCE.packet,
    destination: { kind: 'ip', text: '10.0.1.4' },
    secrets: ['source', 'destination', 'destinationPort'],
  } as const;
  const findings = [finding({ evidence: { ...EVIDENCE, packet } })];
  const [json] = toJsonReport(reportOf(rootOf({ findings })), '1').findings;
  expect(json?.evidence?.packet).toEqual({
    protocol: 'tcp',
    source: 'a secret address',
    sourcePort: 50_000,
    destination: 'a secret address',
    destinationPort: null,
  });
});

test('an unknown finding lists each input once, with its location where it is written', () => {
  const own = waiting('port');
  const azure = { ...waiting('pool', 'outside'), origin: PLATFORM };
  const sameName = waiting('port', 'parameter');
  const unknownFinding = finding({ status: 'unknown', waitsFor: [own, azure, own, sameName] });
  const [json] = toJsonReport(reportOf(rootOf({ findings: [unknownFinding] })), '1').findings;
  expect(json?.waitsFor).toEqual([
    { kind: 'known-after-apply', name: 'port', location: { path: 'plan.json', pointer: '/inputs/port' } },
    { kind: 'outside', name: 'pool' },
    { kind: 'parameter', name: 'port', location: { path: 'plan.json', pointer: '/inputs/port' } },
  ]);
});

test('an unknown finding that can name no input still has the key', () => {
  const [json] = toJsonReport(reportOf(rootOf({ findings: [finding({ status: 'unknown' })] })), '1').findings;
  expect(json).toHaveProperty('waitsFor', []);
});

test.each<[string, Origin, Origin, object]>([
  [
    'a span of a text',
    { kind: 'text', path: 'main.bicep', line: 41, column: 7, endLine: 41, endColumn: 26 },
    PLATFORM,
    { path: 'main.bicep', line: 41, column: 7, endLine: 41, endColumn: 26 },
  ],
  ['the subject for a default of Azure', PLATFORM, at('/a~1b'), { path: 'plan.json', pointer: '/a~1b' }],
  ['the root when nothing is written anywhere', PLATFORM, PLATFORM, { path: 'plan.json', pointer: '' }],
])('the location of a finding is %s', (_, location, origin, expected) => {
  const subject = { ...finding().subject, origin };
  const [json] = toJsonReport(reportOf(rootOf({ findings: [finding({ location, subject })] })), '1').findings;
  expect(json?.location).toEqual(expected);
});

test('findings are ordered by root, status, severity, policy, name and address', () => {
  const first = [
    findingOn('b', 'z'),
    findingOn('b', 'a'),
    findingOn('a', 'z'),
    finding({ policy: 'ant', severity: 'info' }),
    finding({ policy: 'Zebra', severity: 'info' }),
    finding({ status: 'unknown', severity: 'error' }),
    finding({ status: 'unknown', severity: 'warning', policy: 'ant' }),
    finding({ severity: 'warning' }),
  ];
  const report = reportOf(rootOf({ findings: first }, 'z.json'), rootOf({ findings: [finding()] }, 'a.json'));
  const order = toJsonReport(report, '1').findings.map(
    ({ root, status, severity, policy, subject: { name, address } }) =>
      `${root} ${status} ${severity} ${policy} ${name} ${address}`,
  );
  expect(order).toEqual([
    'z.json violation error port-closed a z',
    'z.json violation error port-closed b a',
    'z.json violation error port-closed b z',
    'z.json violation warning port-closed lb-web/http azurerm_lb_rule.http',
    'z.json violation info Zebra lb-web/http azurerm_lb_rule.http',
    'z.json violation info ant lb-web/http azurerm_lb_rule.http',
    'z.json unknown error port-closed lb-web/http azurerm_lb_rule.http',
    'z.json unknown warning ant lb-web/http azurerm_lb_rule.http',
    'a.json violation error port-closed lb-web/http azurerm_lb_rule.http',
  ]);
});

test.each([
  ['the policy', finding({ policy: 'other' }), 'plan.json'],
  ['the root', finding(), 'other.json'],
  ['the address', findingOn('lb-web/http', 'other'), 'plan.json'],
  ['the name', findingOn('other', 'azurerm_lb_rule.http'), 'plan.json'],
  ['the status', finding({ status: 'unknown' }), 'plan.json'],
  ['the diagnosis', finding({ diagnosis: 'default-deny' }), 'plan.json'],
])('the fingerprint depends on %s', (_, other, root) => {
  const prints = [rootOf({ findings: [finding()] }), rootOf({ findings: [other] }, root)].flatMap((one) =>
    toJsonReport(reportOf(one), '1').findings.map(({ fingerprint }) => fingerprint),
  );
  expect(new Set(prints).size).toBe(2);
});

test('the fingerprint outlives other words and another place', () => {
  const moved = finding({
    message: 'new',
    remedy: 'new',
    location: at('/resource_changes/99'),
    severity: 'info',
  });
  const [one, two] = toJsonReport(reportOf(rootOf({ findings: [finding(), moved] })), '1').findings;
  expect(one?.fingerprint).toBe(two?.fingerprint);
});

test('numbers are summed over the roots, and problems without a root come first', () => {
  const paths = pathsOf();
  const report = {
    ...reportOf(
      rootOf({ paths, findings: [finding(), finding({ status: 'unknown' })], resources: 5, passed: 7 }),
      rootOf({ findings: [finding()], problems: [WARNING], resources: 2, passed: 1 }, 'other.json'),
    ),
    problems: [FATAL],
    files: 3,
  };
  const { counts, problems } = toJsonReport(report, '1');
  expect(counts).toEqual({
    files: 3,
    resources: 7,
    paths: 1,
    violations: 2,
    unknown: 1,
    passed: 8,
    suppressed: 0,
  });
  expect(problems).toEqual([
    {
      code: 'json-truncated',
      message: 'the plan is truncated',
      location: { path: 'cut.json', line: 3, column: 7, endLine: 3, endColumn: 8 },
    },
    {
      code: 'rule-rejected',
      message: 'the port of `AllowWeb` is not one Azure accepts',
      location: { path: 'plan.json', pointer: '/resource_changes/9' },
    },
  ]);
});
