import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  checkPlan,
  isExpression,
  isLogEvent,
  type Json,
} from '../../../src/sources/terraform-plan/plan-format.ts';

const FIXTURES = join(__dirname, '../../fixtures/plan-input');
const fixture = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(FIXTURES, name), 'utf8'));

const CHANGE = { actions: ['create'], before: null, after: { port: 80 }, after_unknown: { id: true } };
const ENTRY = { address: 'azurerm_lb.web', mode: 'managed', type: 'azurerm_lb', name: 'web', change: CHANGE };
const MINIMAL = { format_version: '1.2', planned_values: {}, resource_changes: [ENTRY] };

const withEntry = (entry: unknown): unknown => ({ ...MINIMAL, resource_changes: [ENTRY, entry] });
test('a real plan is accepted with its parts as they stand in the file', () => {
  const json = fixture('private-dns.json');
  expect(checkPlan(json, 'plan.json')).toEqual({
    kind: 'normal',
    plan: {
      format_version: '1.2',
      terraform_version: '1.11.4',
      variables: json.variables,
      resource_changes: json.resource_changes,
      configuration: json.configuration,
      prior_state: {},
    },
  });
});

test.each([
  ['create.json', 'normal', 3],
  ['no-change.json', 'normal', 3],
  ['destroy.json', 'destroy', 3],
  ['empty.json', 'empty', 0],
  ['refresh-only.json', 'refresh-only', 0],
])('the real plan %s is of kind %s', (name, kind, count) => {
  const checked = checkPlan(fixture(name), name);
  expect('plan' in checked && [checked.kind, checked.plan.resource_changes.length]).toEqual([kind, count]);
});

test.each([
  ['deletes and forgets everything', [['delete'], ['forget']], 'destroy'],
  ['replaces', [['delete', 'create']], 'normal'],
  ['replaces and forgets the old object', [['create', 'forget']], 'normal'],
  ['deletes one and keeps one', [['delete'], ['no-op']], 'normal'],
])('a plan that %s is of kind %#', (_, actions, kind) => {
  const resource_changes = actions.map((list, index) => ({
    ...ENTRY,
    address: `azurerm_lb.web[${index}]`,
    change: { ...CHANGE, actions: list },
  }));
  expect(checkPlan({ ...MINIMAL, resource_changes }, 'p')).toMatchObject({ kind });
});

test('a plan without changes is only a refresh when a nested module manages something', () => {
  const resource = { address: 'module.a.azurerm_lb.web', mode: 'managed', type: 'azurerm_lb', name: 'web' };
  const plan = (mode: string): unknown => ({
    format_version: '1.2',
    planned_values: {},
    prior_state: {
      values: {
        root_module: { child_modules: [{ address: 'module.a', resources: [{ ...resource, mode }] }] },
      },
    },
  });
  expect(checkPlan(plan('managed'), 'p')).toMatchObject({ kind: 'refresh-only' });
  expect(checkPlan(plan('data'), 'p')).toMatchObject({ kind: 'empty' });
});

test.each(['0.1', '0.2', '1.0', '1.1', '1.2', '1.99', '1.2.3'])(
  'format version %s is accepted',
  (format_version) => {
    expect(checkPlan({ ...MINIMAL, format_version }, 'p')).toMatchObject({ plan: { format_version } });
  },
);

test.each(['0.0', '2.0', '10.0', '11.2'])('format version %s is not supported', (format_version) => {
  expect(checkPlan({ ...MINIMAL, format_version }, 'plan.json')).toEqual({
    problem: {
      code: 'plan-format-unsupported',
      message: `the plan has format version ${format_version}; versions 0.1 to 1.x are supported`,
      remedy: 'use a version of Portcullis that reads this format',
      origin: { kind: 'json', path: 'plan.json', pointer: '/format_version' },
      severity: 'fatal',
    },
  });
});

test('an old plan without the newer keys is whole', () => {
  expect(checkPlan({ format_version: '0.1', terraform_version: '0.12.31', planned_values: {} }, 'p')).toEqual(
    {
      kind: 'empty',
      plan: {
        format_version: '0.1',
        terraform_version: '0.12.31',
        variables: {},
        resource_changes: [],
        configuration: {},
        prior_state: {},
      },
    },
  );
});

test('unknown keys are ignored, and a null part counts as left out', () => {
  const extra = {
    ...MINIMAL,
    future: [1],
    configuration: null,
    prior_state: null,
    variables: null,
    errored: null,
  };
  expect(
    checkPlan({ ...extra, complete: null, deferred_changes: null, terraform_version: null }, 'p'),
  ).toMatchObject({
    kind: 'normal',
    plan: { configuration: {}, prior_state: {}, variables: {} },
  });
});

test('a redacted plan is accepted', () => {
  const after = { name: '<sensitive>', frontend: '(sensitive value)' };
  const change = { ...CHANGE, after, after_sensitive: true };
  expect(checkPlan({ ...MINIMAL, resource_changes: [{ ...ENTRY, change }] }, 'p')).toMatchObject({
    kind: 'normal',
  });
});

test.each([
  ['null', null, 'not-a-plan'],
  ['a list', [], 'not-a-plan'],
  ['a string', 'plan', 'not-a-plan'],
  ['a number', 5, 'not-a-plan'],
  ['an empty object', {}, 'not-a-plan'],
  ['a package.json', { name: 'x', version: '1.0.0' }, 'not-a-plan'],
  ['a plan without format version', { ...MINIMAL, format_version: undefined }, 'not-a-plan'],
  ['a plan with a number as format version', { ...MINIMAL, format_version: 1.2 }, 'not-a-plan'],
  ['a plan with an unreadable format version', { ...MINIMAL, format_version: 'hunter2' }, 'not-a-plan'],
  ['only a configuration', { format_version: '1.2', configuration: {} }, 'not-a-plan'],
  ['an event of a log', { '@module': 'terraform.ui', type: 'planned_change' }, 'plan-log'],
  [
    'the pointer to a remote plan',
    { remote_plan_format: 1, run_id: 'run-x', hostname: 'app.terraform.io' },
    'plan-remote',
  ],
  ['an encrypted plan', { meta: {}, encrypted_data: 'AAAA', encryption_version: 'v0' }, 'plan-encrypted'],
  ['a shown state', fixture('state.json'), 'state-not-plan'],
  ['the shown state of an empty workspace', fixture('empty-state.json'), 'state-not-plan'],
  ['a state file', fixture('terraform.tfstate'), 'state-not-plan'],
  ['a state file without resources', { version: 4, lineage: 'x', serial: 1 }, 'state-not-plan'],
])('%s is refused', (_, json, code) => {
  expect(checkPlan(json, 'x.json')).toMatchObject({
    problem: { code, origin: { kind: 'json', path: 'x.json', pointer: '' }, severity: 'fatal' },
  });
});

test('each document that is no plan is called what it is', () => {
  const message = (json: unknown): string | false => {
    const checked = checkPlan(json, 'p');
    return 'problem' in checked && checked.problem.message;
  };
  expect(message([])).toBe('the input is JSON, but not an object');
  expect(message({})).toBe('the input has no `format_version`, so it is not a plan');
  expect(message({ ...MINIMAL, format_version: 'x' })).toBe(
    'the input has an invalid `format_version`, so it is not a plan',
  );
  expect(message(fixture('state.json'))).toBe('the input is a Terraform state, not a plan');
  expect(message({ format_version: '1.2', configuration: {} })).toBe(
    'the input has neither `planned_values` nor `resource_changes`, so it is not a plan',
  );
});

test('a plan that holds a prior state is not taken for a state', () => {
  expect(checkPlan(fixture('destroy.json'), 'p')).toMatchObject({ kind: 'destroy' });
});

test.each([
  [
    'that failed',
    fixture('errored.json'),
    'plan-errored',
    '/errored',
    'planning failed, so the plan holds only a part of the root',
  ],
  [
    'of a target',
    fixture('partial.json'),
    'plan-partial',
    '/complete',
    'the plan is partial: terraform says it is not complete',
  ],
  [
    'with a deferred change',
    {
      ...MINIMAL,
      complete: false,
      deferred_changes: [{ reason: 'instance_count_unknown', resource_change: ENTRY }],
    },
    'plan-partial',
    '/deferred_changes',
    'the plan is partial: it defers one change',
  ],
  [
    'that says it is complete, with deferred changes',
    { ...MINIMAL, complete: true, deferred_changes: [{}, {}] },
    'plan-partial',
    '/deferred_changes',
    'the plan is partial: it defers 2 changes',
  ],
])('a plan %s is refused', (_, json, code, pointer, message) => {
  expect(checkPlan(json, 'p')).toMatchObject({
    problem: { code, message, origin: { pointer }, severity: 'fatal' },
  });
});

test.each([
  ['errored', { ...MINIMAL, errored: 'true' }, 'is not true or false', '/errored'],
  ['variables.a', { ...MINIMAL, variables: { a: 1 } }, 'is not an object', '/variables/a'],
  ['resource_changes[1]', withEntry(null), 'is not an object', '/resource_changes/1'],
  ['resource_changes[1].name', withEntry({ ...ENTRY, name: '' }), 'is empty', '/resource_changes/1/name'],
  ['resource_changes[1].address', withEntry(ENTRY), 'stands in two entries', '/resource_changes/1/address'],
  [
    'configuration.root_module.module_calls["a/b~c"]',
    { ...MINIMAL, configuration: { root_module: { module_calls: { 'a/b~c': 1 } } } },
    'is not an object',
    '/configuration/root_module/module_calls/a~1b~0c',
  ],
  [
    'configuration.root_module.module_calls["a\ufffdb"]',
    { ...MINIMAL, configuration: { root_module: { module_calls: { '\u001b[2Ja\nb': null } } } },
    'is not an object',
    '/configuration/root_module/module_calls/\u001b[2Ja\nb',
  ],
])('a plan is malformed when `%s` %#', (where, json, what, pointer) => {
  expect(checkPlan(json, 'plan.json')).toEqual({
    problem: {
      code: 'plan-malformed',
      message: `\`${where}\` ${what}`,
      remedy: 'the plan is damaged: run `terraform plan -out=tfplan`, then `terraform show -json tfplan`',
      origin: { kind: 'json', path: 'plan.json', pointer },
      severity: 'fatal',
    },
  });
});

test('a deposed object may stand beside the instance itself', () => {
  const deposed = { ...ENTRY, deposed: '0a1b2c3d', change: { actions: ['delete'], after: null } };
  expect(checkPlan(withEntry(deposed), 'p')).toMatchObject({ kind: 'normal' });
});

test('keys that name prototypes are ordinary keys and change no object', () => {
  const hostile = JSON.parse(
    `{"format_version":"1.2","planned_values":{},"__proto__":{"errored":true,"polluted":1},"constructor":{"prototype":{"polluted":1}},
      "variables":{"__proto__":{"value":1}},
      "configuration":{"root_module":{"module_calls":{"__proto__":{"module":{}},"constructor":{}}}},
      "resource_changes":[{"address":"a.b","mode":"managed","type":"a","name":"b","__proto__":{"deposed":"x"},
        "change":{"actions":["create"],"after":{"__proto__":{"polluted":1},"toString":null}}}]}`,
  );
  const checked = checkPlan(hostile, 'p');
  expect(checked).toMatchObject({ kind: 'normal' });
  expect('plan' in checked && Object.keys(checked.plan.variables)).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('a key that hides a part behind a prototype does not count as that part', () => {
  const json = JSON.parse('{"__proto__":{"format_version":"1.2","planned_values":{}}}');
  expect(checkPlan(json, 'p')).toMatchObject({ problem: { code: 'not-a-plan' } });
});

const SECRET = 'hunter2';
function replaced(json: unknown, place: number, by: unknown): unknown {
  let seen = -1;
  return JSON.parse(JSON.stringify(json), (_, value) => {
    seen += 1;
    return seen === place ? by : value;
  });
}

test('whatever stands in one place of a plan, it is accepted or refused without quoting it', () => {
  const names = fc.constantFrom('create.json', 'destroy.json', 'no-change.json', 'private-dns.json');
  const junk = fc.constantFrom<unknown>(SECRET, null, [], {}, [SECRET], { key: SECRET }, 0, true, [null], {
    a: { b: null },
  });
  fc.assert(
    fc.property(names, fc.nat(2000), junk, (name, place, by) => {
      const checked = checkPlan(replaced(fixture(name), place, by), 'p');
      if ('plan' in checked) return Array.isArray(checked.plan.resource_changes);
      const { message, remedy } = checked.problem;
      return checked.problem.severity === 'fatal' && !`${message}${remedy}`.includes(SECRET);
    }),
    { seed: 11, numRuns: 1500 },
  );
});

test.each<[string, Json, boolean]>([
  ['a constant', { constant_value: 80 }, true],
  ['a constant object', { constant_value: { references: [1] } }, true],
  ['references', { references: ['azurerm_lb.web.id', 'azurerm_lb.web'] }, true],
  ['an expression without references', {}, true],
  ['a nested block', { name: { constant_value: 'a' } }, false],
  ['a nested block with an argument called references', { references: { constant_value: 'a' } }, false],
  ['a list of nested blocks', [{ name: {} }], false],
  ['null', null, false],
])('%s is an expression: %#', (_, node, expected) => {
  expect(isExpression(node)).toBe(expected);
});

test.each<[unknown, boolean]>([
  [{ '@module': 'terraform.ui' }, true],
  [{ '@module': 'tofu.ui', type: 'version' }, true],
  [{ type: 'version', terraform: '1.5.0', ui: '1.1' }, true],
  [{ type: 'version' }, false],
  [{ '@module': 'other' }, false],
  [MINIMAL, false],
  [null, false],
])('%j is an event of a log: %s', (json, expected) => {
  expect(isLogEvent(json)).toBe(expected);
});
