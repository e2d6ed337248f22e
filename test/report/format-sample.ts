import type { Report } from '../../src/engine/report.ts';
import type { Finding, PolicyMeta } from '../../src/policy/index.ts';
import type { FormatOptions } from '../../src/report/format-options.ts';
import type { Origin } from '../../src/text/origin.ts';
import {
  EVIDENCE,
  FATAL,
  finding,
  findingOn,
  PLATFORM,
  reportOf,
  rootOf,
  WARNING,
  waiting,
} from './sample.ts';

export const META: PolicyMeta = {
  id: 'port-closed',
  title: 'Ports are open',
  severity: 'error',
  confidence: 'proved',
  remedy: 'open the port',
  references: [{ title: 'Ports', url: 'https://example.com/port-closed' }],
};

export const OPTIONS: FormatOptions = {
  version: '1.2.3',
  policies: [META],
  strict: false,
  failOn: 'error',
  problems: true,
  everyPath: true,
  folder: '',
};

export const BICEP: Origin = {
  kind: 'text',
  path: 'infra/main.bicep',
  line: 41,
  column: 7,
  endLine: 41,
  endColumn: 26,
};

/** A proved error with its packet in a Bicep file. */
export const VIOLATION: Finding = finding({
  location: BICEP,
  evidence: EVIDENCE,
  diagnosis: 'default-deny',
  related: [
    { message: '`lb-web/http` sends packets here', origin: { ...BICEP, line: 80, endLine: 80 } },
    { message: 'the default of Azure', origin: PLATFORM },
  ],
});

/** A suspected warning on a plan. */
export const SUSPICION: Finding = findingOn('lb-web/ssh', 'azurerm_lb_rule.ssh', {
  severity: 'warning',
  confidence: 'suspected',
  policy: 'port-odd',
});

export const UNKNOWN: Finding = findingOn('lb-web/feed', 'azurerm_lb_rule.feed', {
  status: 'unknown',
  message: 'cannot decide whether the internet reaches tcp/9443',
  waitsFor: [waiting('port', 'parameter')],
});

/** One of everything: a violation, a suspicion, an open question, an accepted finding, and two problems. */
export function fullReport(): Report {
  const accepted = {
    finding: findingOn('lb-web/old', 'azurerm_lb_rule.old'),
    reason: 'it goes in May',
    by: 'configuration',
  } as const;
  const root = rootOf({
    findings: [UNKNOWN, SUSPICION, VIOLATION],
    suppressed: [accepted],
    problems: [WARNING],
    passed: 7,
  });
  return { ...reportOf(root), problems: [FATAL] };
}

/** What a hostile tree plants in names, paths and reasons. */
export const PLANTED =
  '\r\n::error::x\n##vso[task.setvariable variable=a]b ##[error]x \u001b[31mred\u001b[0m \u0007 \u202e ` ``` --> </script><script>alert(1)</script> ' +
  '| @octocat #1 ![i](https://evil.example/i.png) [t](javascript:1) {0} ]]> &amp; "q" \' %0A::notice::y \ud800 \uffff \u2028::error::z failure';

/** A report whose every text from the tree is hostile. */
export function hostileReport(): Report {
  const origin: Origin = {
    ...BICEP,
    kind: 'text',
    path: `infra/${PLANTED}.bicep`,
    line: 41,
    column: 7,
    endLine: 41,
    endColumn: 26,
  };
  const subject = { address: PLANTED, name: PLANTED, type: PLANTED, client: PLANTED, origin };
  const related = [{ message: PLANTED, origin }];
  const waitsFor = [{ kind: 'unknown', reason: { kind: 'parameter', name: PLANTED }, origin } as const];
  const evidence: NonNullable<Finding['evidence']> = {
    ...EVIDENCE,
    packet: { ...EVIDENCE.packet, destination: { kind: 'inside', id: PLANTED, label: PLANTED } },
    hops: EVIDENCE.hops.map((hop) => ({
      ...hop,
      at: PLANTED,
      ...(hop.decidedBy === undefined
        ? {}
        : { decidedBy: { ...hop.decidedBy, name: PLANTED, group: PLANTED } }),
    })),
  };
  const shared = { subject, location: origin, message: PLANTED, remedy: PLANTED, related, alsoIn: [PLANTED] };
  const violation = finding({ ...shared, evidence });
  const open = finding({ ...shared, status: 'unknown', waitsFor });
  const problem = { ...WARNING, message: PLANTED, remedy: PLANTED, origin };
  const base = rootOf();
  const root = { ...base.root, id: PLANTED, path: PLANTED, parameters: PLANTED };
  const report = reportOf({
    ...base,
    root,
    findings: [violation, finding({ ...shared, severity: 'warning' }), open],
    suppressed: [{ by: 'configuration', finding: violation, reason: PLANTED }],
    problems: [problem],
    places: [{ address: PLANTED, origin }],
  });
  return { ...report, problems: [{ ...problem, severity: 'fatal' }], lineOf: () => PLANTED };
}
