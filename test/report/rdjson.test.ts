import { Ajv } from 'ajv';
import { toRdjson } from '../../src/report/rdjson.ts';
import { fullReport, hostileReport, OPTIONS, VIOLATION } from './format-sample.ts';
import { finding, reportOf, rootOf } from './sample.ts';

const POSITION = {
  type: 'object',
  additionalProperties: false,
  properties: { line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } },
};
/** The messages of reviewdog.proto as far as they are used; it refuses fields that it does not know. */
const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['source', 'diagnostics'],
  properties: {
    source: { type: 'object', required: ['name'] },
    diagnostics: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['message', 'location'],
        properties: {
          message: { type: 'string' },
          severity: { enum: ['UNKNOWN_SEVERITY', 'ERROR', 'WARNING', 'INFO'] },
          code: {
            type: 'object',
            additionalProperties: false,
            properties: { value: { type: 'string' }, url: { type: 'string' } },
          },
          location: {
            type: 'object',
            additionalProperties: false,
            required: ['path'],
            properties: {
              path: { type: 'string' },
              range: {
                type: 'object',
                additionalProperties: false,
                required: ['start'],
                properties: { start: POSITION, end: POSITION },
              },
            },
          },
        },
      },
    },
  },
};

interface Diagnostic {
  readonly message: string;
  readonly location: unknown;
  readonly severity: string;
}

function diagnosticsOf(report: Parameters<typeof toRdjson>[0]): readonly Diagnostic[] {
  return JSON.parse(toRdjson(report, { ...OPTIONS, folder: 'live' })).diagnostics;
}

test('the report keeps to the messages of reviewdog', () => {
  const validate = new Ajv().compile(SCHEMA);
  for (const report of [fullReport(), hostileReport(), reportOf()]) {
    validate(JSON.parse(toRdjson(report, OPTIONS)));
    expect(validate.errors).toBeNull();
  }
});

test('a violation is a diagnostic at its place below the working directory', () => {
  const report = { ...reportOf(rootOf({ findings: [VIOLATION] })), lineOf: () => ' '.repeat(40) };
  expect(diagnosticsOf(report)).toEqual([
    {
      message: [
        'tcp/8080 of `lb-web/http` is closed',
        '',
        '- packet: `tcp 203.0.113.7:50000 -> an address in vnet-main, port 8080`',
        '- path: `203.0.113.7 -> snet-web [nsg-web: AllowWeb 100 allow] -> nic-web [nsg-nic: DenyAllInBound 65500 deny] -> dropped`',
        '- note: `lb-web/http` sends packets here: infra/main.bicep:80:7',
        '- note: the default of Azure',
        '- help: open it',
      ].join('\n'),
      location: {
        path: 'infra/main.bicep',
        range: { start: { line: 41, column: 7 }, end: { line: 41, column: 26 } },
      },
      severity: 'ERROR',
      code: { value: 'port-closed', url: 'https://example.com/port-closed' },
    },
  ]);
});

// reviewdog.proto: in a𐐀b the column of b is 6, since 𐐀 is four bytes in UTF-8. In UTF-16 it is 4.
test('columns count the bytes of UTF-8', () => {
  const location = { kind: 'text', path: 'a.tf', line: 1, column: 4, endLine: 1, endColumn: 5 } as const;
  const report = { ...reportOf(rootOf({ findings: [finding({ location })] })), lineOf: () => 'a\u{10400}b' };
  expect(diagnosticsOf(report)[0]?.location).toEqual({
    path: 'a.tf',
    range: { start: { line: 1, column: 6 }, end: { line: 1, column: 7 } },
  });
});

test('without the text of a line there are lines alone', () => {
  expect(diagnosticsOf(reportOf(rootOf({ findings: [VIOLATION] })))[0]?.location).toEqual({
    path: 'infra/main.bicep',
    range: { start: { line: 41 }, end: { line: 41 } },
  });
});

test('a place in a plan has no range', () => {
  const [diagnostic] = diagnosticsOf(reportOf(rootOf({ findings: [finding()] })));
  expect(diagnostic?.location).toEqual({ path: 'plan.json' });
  expect(diagnostic?.message).toContain('\n- at: `azurerm_lb_rule.http` `(plan.json#/resource_changes/4)`\n');
});

test('undecided answers are information', () => {
  expect(diagnosticsOf(fullReport()).map(({ severity }) => severity)).toEqual([
    'ERROR',
    'WARNING',
    'INFO',
    'WARNING',
    'ERROR',
  ]);
});

test('planted text is code in the comment that reviewdog makes of a message', () => {
  for (const { message } of diagnosticsOf(hostileReport())) {
    expect(message).toContain('alert(1)');
    expect(message.replace(/`[^`\n]*`/g, '')).not.toMatch(/[`<>[\]!@\\|~*_&$#]|https?:/);
  }
});
