import { bodyFault, expressionFault, headerFault } from '../../../src/sources/terraform-plan/plan-shape.ts';

const CHANGE = { actions: ['create'], before: null, after: { port: 80 }, after_unknown: { id: true } };
const ENTRY = { address: 'azurerm_lb.web', mode: 'managed', type: 'azurerm_lb', name: 'web', change: CHANGE };
const BLOCK = { address: 'azurerm_lb.web', mode: 'managed', type: 'azurerm_lb', name: 'web' };

const NO_OBJECT = 'is not an object';
const NO_LIST = 'is not a list';
const NO_STRING = 'is not a string';
const TOO_DEEP = 'is nested deeper than 256 levels';

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { x: value };
  return value;
}

type Row = readonly [at: readonly (string | number)[], value: unknown, what: string];

test.each<Row>([
  [['errored'], { errored: 'true' }, 'is not true or false'],
  [['complete'], { complete: 0 }, 'is not true or false'],
  [['deferred_changes'], { deferred_changes: {} }, NO_LIST],
  [['terraform_version'], { terraform_version: 1 }, NO_STRING],
])('the header has a fault at %j', (at, value, what) => {
  expect(headerFault(value)).toEqual({ at, what });
});

test('a header of nulls, and one without any key, has no fault', () => {
  const nulls = { errored: null, complete: null, deferred_changes: null, terraform_version: null };
  expect([headerFault(nulls), headerFault({})]).toEqual([undefined, undefined]);
});

test.each<Row>([
  [[], null, NO_OBJECT],
  [['change'], { ...ENTRY, change: undefined }, 'is missing'],
  [['address'], { ...ENTRY, address: undefined }, 'is missing'],
  [['address'], { ...ENTRY, address: '' }, 'is empty'],
  [['address'], { ...ENTRY, address: {} }, NO_STRING],
  [['mode'], { ...ENTRY, mode: undefined }, 'is missing'],
  [['type'], { ...ENTRY, type: 7 }, NO_STRING],
  [['name'], { ...ENTRY, name: null }, NO_STRING],
  [['index'], { ...ENTRY, index: {} }, 'is not a string or a number'],
  [['index'], { ...ENTRY, index: Number.POSITIVE_INFINITY }, 'is not a string or a number'],
  [['module_address'], { ...ENTRY, module_address: 1 }, NO_STRING],
  [['previous_address'], { ...ENTRY, previous_address: 1 }, NO_STRING],
  [['provider_name'], { ...ENTRY, provider_name: [] }, NO_STRING],
  [['action_reason'], { ...ENTRY, action_reason: {} }, NO_STRING],
  [['deposed'], { ...ENTRY, deposed: true }, NO_STRING],
])('an entry of resource_changes has a fault at %j: %#', (at, entry, what) => {
  expect(bodyFault({ resource_changes: [ENTRY, entry] })).toEqual({
    at: ['resource_changes', 1, ...at],
    what,
  });
});

test.each<Row>([
  [['actions'], { actions: undefined }, 'is missing'],
  [['actions'], { actions: 'create' }, NO_LIST],
  [['actions'], { actions: [] }, 'is empty'],
  [['actions', 1], { actions: ['create', 'destroy'] }, 'is not an action this version of Portcullis knows'],
  [['actions', 0], { actions: [['create']] }, 'is not an action this version of Portcullis knows'],
  [['before'], { before: 1 }, NO_OBJECT],
  [['after'], { after: [] }, NO_OBJECT],
  [['after'], { after: 'x' }, NO_OBJECT],
  [['after_unknown'], { after_unknown: 'x' }, NO_OBJECT],
  [['after_sensitive'], { after_sensitive: [] }, NO_OBJECT],
  [['after'], { after: null, after_unknown: {} }, 'is missing, although the instance stays'],
  [['after'], { after: undefined, after_unknown: false }, 'is missing, although the instance stays'],
  [
    ['after'],
    { after: null, after_unknown: {}, actions: ['delete', 'create'] },
    'is missing, although the instance stays',
  ],
  [[], { before: { x: nested(300) } }, TOO_DEEP],
  [[], { after_sensitive: { x: nested(300) } }, TOO_DEEP],
])('a change has a fault at %j: %#', (at, change, what) => {
  const entry = { ...ENTRY, change: { ...CHANGE, ...Object(change) } };
  expect(bodyFault({ resource_changes: [entry] })).toEqual({
    at: ['resource_changes', 0, 'change', ...at],
    what,
  });
});

test.each([
  ['that is unknown as a whole', { after: undefined, after_unknown: true }],
  ['of which no part is known', { after: null, after_unknown: { id: true } }],
  ['that is deleted', { actions: ['delete'], after: null, after_unknown: {} }],
  ['that is forgotten', { actions: ['forget'], after: undefined, after_unknown: undefined }],
  ['that is replaced and forgotten', { actions: ['create', 'forget'] }],
  ['that is secret as a whole', { after_sensitive: true, before_sensitive: true }],
  ['nested as deep as Azure ever needs', { after: { body: nested(100) } }],
])('a change of a value %s has no fault', (_, change) => {
  expect(bodyFault({ resource_changes: [{ ...ENTRY, change: { ...CHANGE, ...change } }] })).toBeUndefined();
});

test.each([0, 'a', '', undefined])('the instance key %j has no fault', (index) => {
  expect(bodyFault({ resource_changes: [{ ...ENTRY, index }] })).toBeUndefined();
});

test.each<Row>([
  [['resources'], { resources: {} }, NO_LIST],
  [['resources', 0, 'address'], { resources: [{}] }, 'is missing'],
  [['resources', 0, 'expressions'], { resources: [{ ...BLOCK, expressions: [] }] }, NO_OBJECT],
  [['resources', 0, 'depends_on', 0], { resources: [{ ...BLOCK, depends_on: [1] }] }, NO_STRING],
  [
    ['resources', 0, 'count_expression', 'references', 1],
    { resources: [{ ...BLOCK, count_expression: { references: ['var.n', 1] } }] },
    NO_STRING,
  ],
  [
    ['resources', 0, 'for_each_expression'],
    { resources: [{ ...BLOCK, for_each_expression: 'x' }] },
    NO_OBJECT,
  ],
  [['outputs', 'x', 'expression'], { outputs: { x: { expression: 'a' } } }, NO_OBJECT],
  [['outputs', 'x', 'sensitive'], { outputs: { x: { sensitive: 1 } } }, 'is not true or false'],
  [['variables', 'x'], { variables: { x: null } }, NO_OBJECT],
  [['module_calls'], { module_calls: [] }, NO_OBJECT],
  [['module_calls', 'a', 'source'], { module_calls: { a: { source: 1 } } }, NO_STRING],
  [
    ['module_calls', 'a', 'module', 'module_calls', 'b', 'module', 'resources'],
    { module_calls: { a: { module: { module_calls: { b: { module: { resources: 1 } } } } } } },
    NO_LIST,
  ],
])('a module of the configuration has a fault at %j', (at, root_module, what) => {
  expect(bodyFault({ configuration: { root_module } })).toEqual({
    at: ['configuration', 'root_module', ...at],
    what,
  });
});

test.each<Row>([
  [['resources', 0, 'type'], { resources: [{ address: 'a', mode: 'data' }] }, 'is missing'],
  [['resources', 0, 'values'], { resources: [{ ...BLOCK, values: [] }] }, NO_OBJECT],
  [['child_modules'], { child_modules: {} }, NO_LIST],
  [
    ['child_modules', 0, 'child_modules', 0, 'address'],
    { child_modules: [{ child_modules: [{ address: 1 }] }] },
    NO_STRING,
  ],
])('a module of the prior state has a fault at %j', (at, root_module, what) => {
  const fault = bodyFault({ prior_state: { values: { root_module } } });
  expect(fault).toEqual({ at: ['prior_state', 'values', 'root_module', ...at], what });
});

test.each<Row>([
  [['variables'], { variables: [] }, NO_OBJECT],
  [['variables', 'a'], { variables: { a: 1 } }, NO_OBJECT],
  [['variables'], { variables: { a: { value: nested(300) } } }, TOO_DEEP],
  [['resource_changes'], { resource_changes: {} }, NO_LIST],
  [['configuration'], { configuration: 'x' }, NO_OBJECT],
  [
    ['configuration'],
    { configuration: { root_module: { variables: { a: { default: nested(300) } } } } },
    TOO_DEEP,
  ],
  [
    ['configuration', 'provider_config', 'azurerm', 'version_constraint'],
    { configuration: { provider_config: { azurerm: { version_constraint: 4 } } } },
    NO_STRING,
  ],
  [['prior_state', 'values'], { prior_state: { values: [] } }, NO_OBJECT],
  [['prior_state'], { prior_state: { values: { root_module: { x: nested(300) } } } }, TOO_DEEP],
])('the body has a fault at %j: %#', (at, body, what) => {
  expect(bodyFault(body)).toEqual({ at, what });
});

test('a body of nulls, one without any key, and parts nobody names have no fault', () => {
  const nulls = { variables: null, resource_changes: null, configuration: null, prior_state: null };
  const unnamed = {
    relevant_attributes: nested(300),
    configuration: { root_module: { module_calls: { a: {} } } },
  };
  expect([nulls, {}, unnamed].map((body) => bodyFault(body))).toEqual([undefined, undefined, undefined]);
});

test('the deepest nesting allowed is 256 levels, counted from the part', () => {
  // `variables` and its entry are two levels themselves.
  expect(bodyFault({ variables: { a: { value: nested(254) } } })).toBeUndefined();
  expect(bodyFault({ variables: { a: { value: nested(255) } } })).toEqual({
    at: ['variables'],
    what: TOO_DEEP,
  });
});

test('an expression is a constant, references or neither', () => {
  expect([{}, { constant_value: null }, { references: ['a'] }].map((node) => expressionFault(node))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(expressionFault({ references: 'a' })).toEqual({ at: ['references'], what: NO_LIST });
});
