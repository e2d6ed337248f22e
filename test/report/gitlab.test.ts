import { Ajv } from 'ajv';
import type { Report } from '../../src/engine/report.ts';
import { toGitlab } from '../../src/report/gitlab.ts';
import { fullReport, hostileReport, OPTIONS, VIOLATION } from './format-sample.ts';
import { finding, findingOn, reportOf, rootOf } from './sample.ts';

/** The table of https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. */
const SCHEMA = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    additionalProperties: false,
    properties: {
      description: { type: 'string' },
      check_name: { type: 'string' },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', pattern: '^(?!\\./)' },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
};

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly severity: string;
  readonly fingerprint: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

function issuesOf(report: Report, folder = ''): readonly Issue[] {
  return JSON.parse(toGitlab(report, { ...OPTIONS, folder }));
}

test('the report keeps to the format of GitLab', () => {
  const validate = new Ajv().compile(SCHEMA);
  for (const report of [fullReport(), hostileReport(), reportOf()]) {
    validate(JSON.parse(toGitlab(report, OPTIONS)));
    expect(validate.errors).toBeNull();
  }
});

test('a violation is an issue at its line, below the root of the repository', () => {
  expect(issuesOf(reportOf(rootOf({ findings: [VIOLATION] })), 'live')).toEqual([
    {
      description: 'tcp/8080 of `lb-web/http` is closed; help: open it',
      check_name: 'port-closed',
      fingerprint: '68c885e606ec73a8',
      severity: 'critical',
      location: { path: 'live/infra/main.bicep', lines: { begin: 41 } },
    },
  ]);
});

test('undecided answers are information, and what could not be read blocks', () => {
  expect(issuesOf(fullReport()).map(({ check_name, severity }) => [check_name, severity])).toEqual([
    ['port-closed', 'critical'],
    ['port-odd', 'major'],
    ['port-closed', 'info'],
    ['rule-rejected', 'minor'],
    ['json-truncated', 'blocker'],
  ]);
});

test('a place in a plan is named in the description', () => {
  expect(issuesOf(reportOf(rootOf({ findings: [finding()] })))[0]?.description).toContain(
    '; at `azurerm_lb_rule.http` `(plan.json#/resource_changes/4)`; help: ',
  );
});

test('equal findings have fingerprints of their own, the first the one of the JSON report', () => {
  const twice = [
    finding({ diagnosis: 'default-deny' }),
    finding({ diagnosis: 'default-deny' }),
    findingOn('a', 'b'),
  ];
  const prints = issuesOf(reportOf(rootOf({ findings: twice }))).map(({ fingerprint }) => fingerprint);
  expect(new Set(prints).size).toBe(3);
  expect(prints).toContain('68c885e606ec73a8');
});
