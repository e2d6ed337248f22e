import type { Unknown } from '../../../src/value/value.ts';
import {
  block,
  change,
  constant,
  created,
  formatReference,
  instanceOf,
  kept,
  linksOf,
  refs,
  rootOf,
  type TinyPlan,
} from './tiny-plan.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** What the unknown attribute `link` of an instance is linked to. */
function linkOf(plan: TinyPlan, address = 'azurerm_x.a'): readonly string[] {
  return linksOf(instanceOf(rootOf(plan), address).attribute('link'));
}

function linked(address: string): JsonObject {
  return created(address, {}, { link: true });
}

/** A resource whose only argument is `link`. */
function linking(expression: JsonObject, repetition: JsonObject = {}): JsonObject {
  return block('azurerm_x.a', { link: expression }, repetition);
}

function created3(resource: string): readonly JsonObject[] {
  return [0, 1, 2].map((index) => created(`${resource}[${index}]`));
}

function keyed(resource: string, ...keys: readonly string[]): readonly JsonObject[] {
  return keys.map((key) => created(`${resource}["${key}"]`, { name: `name-of-${key}` }));
}

const SUBNETS = keyed('azurerm_subnet.s', 'web', 'db', 'mgmt');
const ALL_SUBNETS = ['azurerm_subnet.s["web"]', 'azurerm_subnet.s["db"]', 'azurerm_subnet.s["mgmt"]'];

test.each([
  ['a property', refs('azurerm_lb.b.id'), ['azurerm_lb.b.id']],
  [
    'a property of a block',
    refs('azurerm_lb.b.frontend_ip_configuration[0].private_ip_address'),
    ['azurerm_lb.b.frontend_ip_configuration[0].private_ip_address'],
  ],
  ['a literal key', refs('azurerm_subnet.s["db"].id'), ['azurerm_subnet.s["db"].id']],
  ['a literal index', refs('azurerm_nic.n[1].id'), ['azurerm_nic.n[1].id']],
  ['all instances', refs('azurerm_nic.n'), ['azurerm_nic.n[0]', 'azurerm_nic.n[1]', 'azurerm_nic.n[2]']],
  ['the only instance', refs('azurerm_one.o'), ['azurerm_one.o[0]']],
  ['a key of an object that is not repeated', refs('azurerm_lb.b["id"]'), ['azurerm_lb.b.id']],
  [
    'a data source that is read later',
    refs('data.azurerm_subnet.later.id'),
    ['data.azurerm_subnet.later.id'],
  ],
  [
    'two branches',
    refs('var.c', 'azurerm_lb.b.id', 'azurerm_nic.n[0].id'),
    ['azurerm_lb.b.id', 'azurerm_nic.n[0].id'],
  ],
  ['the same twice', refs('azurerm_lb.b.id', 'azurerm_lb.b.id'), ['azurerm_lb.b.id']],
  ['a local value', refs('local.x'), ['open']],
  ['a local value beside a resource', refs('local.x', 'azurerm_lb.b.id'), ['azurerm_lb.b.id', 'open']],
  ['an instance that does not exist', refs('azurerm_one.o[1].id', 'azurerm_lb.b.id'), ['azurerm_lb.b.id']],
  ['a resource without instances', refs('azurerm_none.n[0].id', 'azurerm_lb.b.id'), ['azurerm_lb.b.id']],
  [
    'known things beside a resource',
    refs('path.module', 'terraform.workspace', 'var.x', 'azurerm_lb.b.id'),
    ['azurerm_lb.b.id'],
  ],
  ['a module that is not called', refs('module.none.out'), ['open']],
])('follows %s', (_, expression, expected) => {
  const plan: TinyPlan = {
    resource_changes: [
      linked('azurerm_x.a'),
      created('azurerm_lb.b', {}, { frontend_ip_configuration: [{ private_ip_address: true }] }),
      ...SUBNETS,
      ...created3('azurerm_nic.n'),
      created('azurerm_one.o[0]'),
      change('data.azurerm_subnet.later', ['read'], { after_unknown: { id: true } }),
    ],
    configuration: { resources: [linking(expression)] },
  };
  expect(linkOf(plan)).toEqual(expected);
});

test('in format 0.1 references have no property', () => {
  const plan: TinyPlan = {
    format_version: '0.1',
    resource_changes: [linked('azurerm_x.a'), created('azurerm_lb.b'), created('azurerm_lb.c')],
    configuration: { resources: [linking({ references: ['azurerm_lb.b', 'azurerm_lb.c'] })] },
  };
  expect(linkOf(plan)).toEqual(['azurerm_lb.b', 'azurerm_lb.c']);
});

// What is known is not the source of an unknown.

test.each([
  ['a known branch', refs('azurerm_lb.old.id', 'azurerm_lb.b.id'), ['azurerm_lb.b.id']],
  ['a data source that was read', refs('data.azurerm_lb.read.id', 'azurerm_lb.b.id'), ['azurerm_lb.b.id']],
  ['known instances of a resource', refs('azurerm_subnet.s'), ['azurerm_subnet.s["new"]']],
  ['another known property', refs('azurerm_lb.b.name', 'azurerm_lb.b.id'), ['azurerm_lb.b.id']],
])('leaves out %s', (_, expression, expected) => {
  expect(linkOf(updated(expression))).toEqual(expected);
});

test('keeps what is known where something else that is unknown may be the condition', () => {
  const expression = refs('azurerm_public_ip.p.ip_address', 'azurerm_lb.old.id', 'azurerm_lb.b.id');
  expect(linkOf(updated(expression))).toEqual([
    'azurerm_public_ip.p.ip_address',
    '/lb/old.id',
    'azurerm_lb.b.id',
  ]);
});

test('an output of which all is known is not the source either', () => {
  const outputs = {
    old: { expression: refs('azurerm_lb.old.id') },
    new: { expression: refs('azurerm_lb.new.id') },
  };
  const plan: TinyPlan = {
    resource_changes: [
      linked('azurerm_x.a'),
      kept('module.m.azurerm_lb.old', { id: '/lb/old' }),
      created('module.m.azurerm_lb.new'),
    ],
    configuration: { resources: [linking(refs('module.m'))], module_calls: { m: { module: { outputs } } } },
  };
  expect(linkOf(plan)).toEqual(['module.m.azurerm_lb.new.id']);
});

function updated(expression: JsonObject): TinyPlan {
  return {
    resource_changes: [
      linked('azurerm_x.a'),
      kept('azurerm_lb.old', { id: '/lb/old', name: 'old' }),
      created('azurerm_lb.b', { name: 'b' }),
      created('azurerm_public_ip.p', {}, { ip_address: true }),
      kept('azurerm_subnet.s["old"]', { id: '/subnets/old' }),
      created('azurerm_subnet.s["new"]'),
    ],
    prior_state: {
      values: {
        root_module: {
          resources: [
            {
              address: 'data.azurerm_lb.read',
              mode: 'data',
              type: 'azurerm_lb',
              name: 'read',
              values: { id: '/lb/read' },
            },
          ],
        },
      },
    },
    configuration: { resources: [linking(expression)] },
  };
}

// Keys.

/** The links of `azurerm_x.a["web"]`, one of the instances with these keys. */
function eachLink(
  expression: JsonObject,
  keys: readonly string[],
  more: Partial<TinyPlan> = {},
  forEach: JsonObject = {},
): readonly string[] {
  const plan: TinyPlan = {
    ...more,
    resource_changes: [
      ...keys.map((key) => linked(`azurerm_x.a["${key}"]`)),
      ...SUBNETS,
      ...(more.resource_changes ?? []),
    ],
    configuration: { resources: [linking(expression, forEach)], ...more.configuration },
  };
  return linkOf(plan, 'azurerm_x.a["web"]');
}

test('each.key finds the instance with the same key', () => {
  expect(eachLink(refs('azurerm_subnet.s', 'each.key'), ['web', 'db'])).toEqual(['azurerm_subnet.s["web"]']);
});

test.each([
  ['it is looked up in a variable', refs('azurerm_subnet.s', 'var.map', 'each.key')],
  ['something else may be a part of the key', refs('azurerm_subnet.s', 'each.key', 'var.suffix')],
  ['a local value may be', refs('azurerm_subnet.s', 'each.key', 'local.suffix')],
  ['it stands before the resource', refs('each.key', 'azurerm_subnet.s')],
])('each.key does not count when %s', (_, expression) => {
  expect(eachLink(expression, ['web', 'db']).filter((link) => link !== 'open')).toEqual(ALL_SUBNETS);
});

test('each.key does not count when all keys with the same text behind them are keys as well', () => {
  const plan = { resource_changes: keyed('azurerm_vnet.v', 'web', 'db', 'web-pe', 'db-pe') };
  const all = ['web', 'db', 'web-pe', 'db-pe'].map((key) => `azurerm_vnet.v["${key}"]`);
  expect(eachLink(refs('azurerm_vnet.v', 'each.key'), ['web', 'db'], plan)).toEqual(all);
  expect(eachLink(refs('azurerm_vnet.v', 'each.key'), ['web', 'db', 'web-pe'], plan)).toEqual([
    'azurerm_vnet.v["web"]',
  ]);
});

test('a key that another instance has as its name does not count', () => {
  const subnets = [
    created('azurerm_vnet.v["web"]', { name: 'first' }),
    created('azurerm_vnet.v["other"]', { name: 'web' }),
  ];
  const links = eachLink(refs('azurerm_vnet.v', 'each.key'), ['web'], { resource_changes: subnets });
  expect(links).toEqual(['azurerm_vnet.v["web"]', 'azurerm_vnet.v["other"]']);
});

test('a key that only a name fits means the instance with that name', () => {
  const subnets = [
    created('azurerm_vnet.v[0]', { name: 'db' }),
    created('azurerm_vnet.v[1]', { name: 'web' }),
  ];
  expect(eachLink(refs('azurerm_vnet.v', 'each.key'), ['web'], { resource_changes: subnets })).toEqual([
    'azurerm_vnet.v[1]',
  ]);
});

test('each.value is read from a constant for_each', () => {
  const forEach = {
    for_each_expression: { constant_value: { web: { subnet: 'mgmt' }, db: { subnet: 'web' } } },
  };
  expect(eachLink(refs('azurerm_subnet.s', 'each.value.subnet'), ['web', 'db'], {}, forEach)).toEqual([
    'azurerm_subnet.s["mgmt"]',
  ]);
});

test.each([
  ['a map', { web: { subnet: 'mgmt' }, db: { subnet: 'db' } }],
  [
    'a list of objects with names',
    [
      { name: 'db', subnet: 'db' },
      { name: 'web', subnet: 'mgmt' },
    ],
  ],
])('each.value is read from a variable that holds %s', (_, value) => {
  const more = { variables: { vms: { value } } };
  const forEach = { for_each_expression: refs('var.vms') };
  expect(eachLink(refs('azurerm_subnet.s', 'each.value.subnet'), ['web', 'db'], more, forEach)).toEqual([
    'azurerm_subnet.s["mgmt"]',
  ]);
});

test('each.value of a set is its key', () => {
  const more = { variables: { names: { value: ['web', 'db'] } } };
  const forEach = { for_each_expression: refs('var.names') };
  expect(eachLink(refs('azurerm_subnet.s', 'each.value'), ['web', 'db'], more, forEach)).toEqual([
    'azurerm_subnet.s["web"]',
  ]);
  expect(eachLink(refs('azurerm_subnet.s', 'each.value'), ['web', 'db'])).toEqual([
    'azurerm_subnet.s["web"]',
  ]);
});

test('a variable is an index as well', () => {
  const more = { variables: { key: { value: 'db' } } };
  expect(eachLink(refs('azurerm_subnet.s', 'var.key'), ['web'], more)).toEqual(['azurerm_subnet.s["db"]']);
});

test('each.value of local values stays open', () => {
  const forEach = { for_each_expression: refs('local.vms') };
  expect(eachLink(refs('azurerm_subnet.s', 'each.value.subnet'), ['web', 'db'], {}, forEach)).toEqual([
    ...ALL_SUBNETS,
    'open',
  ]);
});

test('each.value of a chained resource is the instance with the same key', () => {
  const forEach = { for_each_expression: refs('azurerm_subnet.s') };
  expect(eachLink(refs('each.value.id'), ['web', 'db', 'mgmt'], {}, forEach)).toEqual([
    'azurerm_subnet.s["web"].id',
  ]);
  expect(eachLink(refs('each.value'), ['web', 'db', 'mgmt'], {}, forEach)).toEqual([
    'azurerm_subnet.s["web"]',
  ]);
});

test('each.value of a for_each with several sources is any of them', () => {
  const forEach = { for_each_expression: refs('azurerm_subnet.s["web"].id', 'azurerm_subnet.s["db"].id') };
  expect(eachLink(refs('each.value'), ['web', 'db'], {}, forEach)).toEqual([
    'azurerm_subnet.s["web"].id',
    'azurerm_subnet.s["db"].id',
  ]);
});

test.each([
  ['as many instances', 3, ['azurerm_nic.n[1]']],
  ['fewer instances', 2, ['azurerm_nic.n[0]', 'azurerm_nic.n[1]', 'azurerm_nic.n[2]']],
  ['more instances', 4, ['azurerm_nic.n[0]', 'azurerm_nic.n[1]', 'azurerm_nic.n[2]']],
])('count.index with %s than the resource it indexes', (_, count, expected) => {
  const self = Array.from({ length: count }, (_unused, index) => linked(`azurerm_x.a[${index}]`));
  const plan: TinyPlan = {
    resource_changes: [...self, ...created3('azurerm_nic.n')],
    configuration: { resources: [linking(refs('azurerm_nic.n', 'count.index'))] },
  };
  expect(linkOf(plan, 'azurerm_x.a[1]')).toEqual(expected);
});

test('a computed number does not count', () => {
  const self = [0, 1, 2].map((index) => linked(`azurerm_x.a[${index}]`));
  const plan: TinyPlan = {
    variables: { zones: { value: 2 } },
    resource_changes: [...self, ...created3('azurerm_nic.n')],
    configuration: { resources: [linking(refs('azurerm_nic.n', 'count.index', 'var.zones'))] },
  };
  expect(linkOf(plan, 'azurerm_x.a[1]')).toHaveLength(3);
});

// Modules.

interface ModuleParts {
  readonly passed?: JsonObject;
  readonly repetition?: JsonObject;
  readonly module?: JsonObject;
}

function call({ passed = {}, repetition = {}, module = {} }: ModuleParts): JsonObject {
  return { expressions: passed, ...repetition, module };
}

test.each([
  ['a resource', refs('azurerm_subnet.s["db"].id'), 'var.subnet', ['azurerm_subnet.s["db"].id']],
  ['an object', refs('azurerm_subnet.s["db"]'), 'var.subnet.id', ['azurerm_subnet.s["db"].id']],
  [
    'an object around one',
    refs('azurerm_subnet.s["db"]'),
    'var.subnet.wrapped.id',
    ['azurerm_subnet.s["db"]'],
  ],
  ['a map', refs('azurerm_subnet.s'), 'var.subnet["db"]', ['azurerm_subnet.s["db"]']],
  ['a map of objects', refs('azurerm_subnet.s'), 'var.subnet["db"].id', ['azurerm_subnet.s["db"].id']],
  ['a map by names', refs('azurerm_subnet.s'), 'var.subnet["name-of-db"]', ['azurerm_subnet.s["db"]']],
  ['a map without that key', refs('azurerm_subnet.s'), 'var.subnet["other"]', ALL_SUBNETS],
  ['a map of several sources', refs('azurerm_subnet.s', 'var.more'), 'var.subnet["db"]', ALL_SUBNETS],
  [
    'a list',
    refs('azurerm_nic.n'),
    'var.subnet[0]',
    ['azurerm_nic.n[0]', 'azurerm_nic.n[1]', 'azurerm_nic.n[2]'],
  ],
  ['nothing', undefined, 'var.subnet', ['open']],
])('follows a variable that is passed %s', (_, passed, read, expected) => {
  const plan: TinyPlan = {
    resource_changes: [linked('module.m.azurerm_x.a'), ...SUBNETS, ...created3('azurerm_nic.n')],
    configuration: {
      module_calls: {
        m: call({
          passed: passed === undefined ? {} : { subnet: passed },
          module: { resources: [linking(refs(read))] },
        }),
      },
    },
  };
  expect(linkOf(plan, 'module.m.azurerm_x.a')).toEqual(expected);
});

test('a key of a module call counts for the variables it passes', () => {
  const unknown = { link: true, other: true };
  const plan: TinyPlan = {
    resource_changes: [
      created('module.m["web"].azurerm_x.a', {}, unknown),
      created('module.m["db"].azurerm_x.a', {}, unknown),
      ...SUBNETS,
    ],
    configuration: {
      module_calls: {
        m: call({
          passed: {
            subnet: refs('azurerm_subnet.s', 'each.key'),
            subnets: refs('azurerm_subnet.s'),
            key: refs('each.value'),
          },
          repetition: { for_each_expression: { constant_value: { web: 'mgmt', db: 'web' } } },
          module: {
            resources: [
              block('azurerm_x.a', { link: refs('var.subnet'), other: refs('var.subnets', 'var.key') }),
            ],
          },
        }),
      },
    },
  };
  const instance = instanceOf(rootOf(plan), 'module.m["db"].azurerm_x.a');
  expect(linksOf(instance.attribute('link'))).toEqual(['azurerm_subnet.s["db"]']);
  expect(linksOf(instance.attribute('other'))).toEqual(['azurerm_subnet.s["web"]']);
});

test.each([
  ['a constant', { key: constant('db') }, {}, ['azurerm_subnet.s["db"]']],
  ['a variable of the caller', { key: refs('var.stage["subnet"]') }, {}, ['azurerm_subnet.s["mgmt"]']],
  ['its default', {}, { key: { default: 'web' } }, ['azurerm_subnet.s["web"]']],
  ['something of several parts', { key: refs('var.stage', 'var.stage') }, {}, ALL_SUBNETS],
  ['something a plan does not show', { key: refs('local.key') }, {}, [...ALL_SUBNETS, 'open']],
  ['a key that does not exist', { key: constant('other') }, {}, ALL_SUBNETS],
])('an index that is a variable is %s', (_, passed, variables, expected) => {
  const plan: TinyPlan = {
    variables: { stage: { value: { subnet: 'mgmt' } } },
    resource_changes: [linked('module.m.azurerm_x.a'), ...SUBNETS],
    configuration: {
      module_calls: {
        m: call({
          passed: { ...passed, subnets: refs('azurerm_subnet.s') },
          module: { variables, resources: [linking(refs('var.subnets', 'var.key'))] },
        }),
      },
    },
  };
  expect(linkOf(plan, 'module.m.azurerm_x.a')).toEqual(expected);
});

const NET = {
  outputs: {
    ids: { expression: refs('azurerm_subnet.s') },
    first: { expression: refs('azurerm_subnet.s["web"].id') },
    lb: { expression: refs('azurerm_lb.b') },
    passed: { expression: refs('var.given') },
  },
};

function network(module: string): readonly JsonObject[] {
  return [
    ...['web', 'db'].map((key) =>
      created(`${module}.azurerm_subnet.s["${key}"]`, { name: `name-of-${key}` }),
    ),
    created(`${module}.azurerm_lb.b`, {}, { frontend_ip_configuration: [{ id: true }] }),
  ];
}

test.each([
  ['an output', 'module.net.first', ['module.net.azurerm_subnet.s["web"].id']],
  ['a map', 'module.net.ids["db"]', ['module.net.azurerm_subnet.s["db"]']],
  ['a map as an object', 'module.net.ids.db.id', ['module.net.azurerm_subnet.s["db"].id']],
  [
    'an object',
    'module.net.lb.frontend_ip_configuration[0].id',
    ['module.net.azurerm_lb.b.frontend_ip_configuration[0].id'],
  ],
  ['a variable that is passed on', 'module.net.passed', ['azurerm_given.g.id']],
  ['an output that does not exist', 'module.net.none', ['open']],
])('follows %s of a module', (_, read, expected) => {
  const plan: TinyPlan = {
    resource_changes: [linked('azurerm_x.a'), created('azurerm_given.g'), ...network('module.net')],
    configuration: {
      resources: [linking(refs(read))],
      module_calls: { net: call({ passed: { given: refs('azurerm_given.g.id') }, module: NET }) },
    },
  };
  expect(linkOf(plan)).toEqual(expected);
});

test('a computed index into an output is followed with its key', () => {
  const more: Partial<TinyPlan> = {
    resource_changes: network('module.net'),
    configuration: { module_calls: { net: call({ module: NET }) } },
  };
  expect(eachLink(refs('module.net.ids', 'each.key'), ['web'], more)).toEqual([
    'module.net.azurerm_subnet.s["web"]',
  ]);
});

test.each([
  ['a literal key', refs('module.net["b"].first'), ['module.net["b"].azurerm_subnet.s["web"].id']],
  [
    'a whole module, for whatever it outputs',
    refs('module.net["b"]'),
    [
      'module.net["b"].azurerm_subnet.s["web"]',
      'module.net["b"].azurerm_subnet.s["db"]',
      'module.net["b"].azurerm_subnet.s["web"].id',
      'module.net["b"].azurerm_lb.b',
    ],
  ],
])('follows %s to one instance of a module', (_, expression, expected) => {
  const plan: TinyPlan = {
    resource_changes: [linked('azurerm_x.a'), ...network('module.net["a"]'), ...network('module.net["b"]')],
    configuration: { resources: [linking(expression)], module_calls: { net: call({ module: NET }) } },
  };
  expect(linkOf(plan)).toEqual(expected);
});

test('each.key finds the module instance with the same key, and without it all are possible', () => {
  const outputs = { id: { expression: refs('azurerm_lb.b.id') } };
  const more: Partial<TinyPlan> = {
    resource_changes: [created('module.net["web"].azurerm_lb.b'), created('module.net["db"].azurerm_lb.b')],
    configuration: { module_calls: { net: call({ module: { outputs } }) } },
  };
  expect(eachLink(refs('module.net', 'each.key'), ['web', 'db'], more)).toEqual([
    'module.net["web"].azurerm_lb.b.id',
  ]);
  expect(eachLink(refs('module.net'), ['web', 'db'], more)).toEqual([
    'module.net["web"].azurerm_lb.b.id',
    'module.net["db"].azurerm_lb.b.id',
  ]);
});

test('a module instance without resources still passes on what it is given', () => {
  const outputs = { id: { expression: refs('var.given') } };
  const calls = { net: call({ passed: { given: refs('azurerm_lb.b.id') }, module: { outputs } }) };
  const plan = (expression: JsonObject): TinyPlan => ({
    resource_changes: [linked('azurerm_x.a'), created('azurerm_lb.b')],
    configuration: { resources: [linking(expression)], module_calls: calls },
  });
  expect(linkOf(plan(refs('module.net.id')))).toEqual(['azurerm_lb.b.id']);
  expect(linkOf(plan(refs('module.net["a"].id')))).toEqual(['azurerm_lb.b.id']);
});

test('modules in modules are told apart by all their keys', () => {
  const inner = call({
    passed: { given: refs('azurerm_lb.b.id') },
    module: { resources: [linking(refs('var.given'))] },
  });
  const plan: TinyPlan = {
    resource_changes: ['x', 'y'].flatMap((key) => [
      created(`module.a["${key}"].azurerm_lb.b`),
      linked(`module.a["${key}"].module.b[0].azurerm_x.a`),
    ]),
    configuration: { module_calls: { a: call({ module: { module_calls: { b: inner } } }) } },
  };
  expect(linkOf(plan, 'module.a["y"].module.b[0].azurerm_x.a')).toEqual(['module.a["y"].azurerm_lb.b.id']);
});

test('a cycle through modules ends, and stays open', () => {
  const passing = { outputs: { out: { expression: refs('var.in') } } };
  const plan: TinyPlan = {
    resource_changes: [linked('azurerm_x.a'), created('azurerm_lb.b')],
    configuration: {
      resources: [linking(refs('module.p'))],
      module_calls: {
        p: call({ passed: { in: refs('module.q', 'azurerm_lb.b.id') }, module: passing }),
        q: call({ passed: { in: refs('module.p') }, module: passing }),
      },
    },
  };
  expect(linkOf(plan)).toEqual(['azurerm_lb.b.id', 'open']);
});

test.each([
  [5, ['azurerm_lb.b.id']],
  [7, ['open']],
])('a chain through %i modules', (length, expected) => {
  // Each module of the chain is two steps: its output, and the variable that the output passes on.
  const calls = Array.from({ length }, (_, index) => {
    const source = index === 0 ? 'azurerm_lb.b.id' : `module.m${index - 1}.out`;
    return [
      `m${index}`,
      call({ passed: { in: refs(source) }, module: { outputs: { out: { expression: refs('var.in') } } } }),
    ];
  });
  const plan: TinyPlan = {
    resource_changes: [linked('azurerm_x.a'), created('azurerm_lb.b')],
    configuration: {
      resources: [linking(refs(`module.m${length - 1}.out`))],
      module_calls: Object.fromEntries(calls),
    },
  };
  expect(linkOf(plan)).toEqual(expected);
});

// What an unknown waits for.

test.each([
  ['the property', refs('var.x', 'random_integer.port.result'), 'random_integer.port.result'],
  ['a resource', refs('azurerm_subnet.s'), 'azurerm_subnet.s'],
  ['a local value', refs('local.x'), 'local.x'],
  ['itself, without anything better', refs('var.x'), 'azurerm_x.a.link'],
  ['what is behind an output', refs('module.net.first'), 'module.net.azurerm_subnet.s["web"].id'],
  ['a local value in a module', refs('module.net.hidden'), 'module.net.local.x'],
])('an unknown names %s', (_, expression, name) => {
  const hidden = { expression: refs('local.x') };
  const plan: TinyPlan = {
    resource_changes: [
      linked('azurerm_x.a'),
      created('random_integer.port', {}, { result: true }),
      ...SUBNETS,
      ...network('module.net'),
    ],
    configuration: {
      resources: [linking(expression)],
      module_calls: { net: call({ module: { outputs: { ...NET.outputs, hidden } } }) },
    },
  };
  const value = instanceOf(rootOf(plan), 'azurerm_x.a').attribute('link') as Unknown;
  expect(value.reason).toEqual({ kind: 'known-after-apply', name });
});

// Outputs of the root.

test('outputs refer to what they hold, known or not, through modules', () => {
  const root = rootOf({
    resource_changes: [
      created('azurerm_lb.main'),
      kept('azurerm_lb.old', { id: '/lb/Old' }),
      ...network('module.net'),
    ],
    configuration: {
      outputs: {
        whole: { expression: refs('azurerm_lb.main') },
        old: { expression: refs('azurerm_lb.old.id') },
        inner: { expression: refs('module.net.lb') },
        hidden: { expression: refs('local.x', 'azurerm_lb.main.id') },
        text: { expression: { constant_value: 'x' } },
        'a/b': {},
      },
      module_calls: { net: call({ module: NET }) },
    },
  });
  expect(
    root.outputs.map(({ name, references, open }) => [name, references.map(formatReference), open]),
  ).toEqual([
    ['whole', ['azurerm_lb.main'], false],
    ['old', ['/lb/old.id'], false],
    ['inner', ['module.net.azurerm_lb.b'], false],
    ['hidden', ['azurerm_lb.main.id'], true],
    ['text', [], false],
    ['a/b', [], false],
  ]);
  expect(root.outputs.at(-1)?.origin).toEqual({
    kind: 'json',
    path: 'plan.json',
    pointer: '/configuration/root_module/outputs/a~1b',
  });
});

// Size.

test('a thousand instances share one list of candidates', () => {
  const keys = Array.from({ length: 1_000 }, (_, index) => `k${index}`);
  const root = rootOf({
    resource_changes: [
      ...keys.map((key) => linked(`azurerm_x.a["${key}"]`)),
      ...keyed('azurerm_subnet.s', ...keys),
    ],
    configuration: { resources: [linking(refs('azurerm_subnet.s', 'var.map', 'each.key'))] },
  });
  const lists = new Set(
    root.instances.slice(0, 1_000).map((instance) => {
      const value = instance.attribute('link');
      return value.kind === 'unknown' ? value.references : undefined;
    }),
  );
  expect([...lists].map((list) => list?.length)).toEqual([1_000]);
});

test('a plan in which every module mentions every other one is read', () => {
  const names = Array.from({ length: 40 }, (_, index) => `m${index}`);
  const all = refs(...names.map((name) => `module.${name}`), 'each.key');
  const calls = names.map((name) => [
    name,
    call({ passed: { in: all }, module: { outputs: { out: { expression: refs('var.in') } } } }),
  ]);
  const plan: TinyPlan = {
    resource_changes: [linked('azurerm_x.a'), created('azurerm_lb.b')],
    configuration: { resources: [linking(refs('module.m0.out'))], module_calls: Object.fromEntries(calls) },
  };
  expect(linkOf(plan)).toEqual(['open']);
});
