import fc from 'fast-check';
import { callsOf, formatPath, mentionsOf } from '../../../src/sources/terraform-plan/references.ts';

function textsOf(references: readonly string[], prefixed = true): readonly string[] {
  return mentionsOf({ references }, prefixed).map(({ text }) => text);
}

test.each([
  ['a property', ['azurerm_subnet.a.id', 'azurerm_subnet.a'], ['azurerm_subnet.a.id']],
  [
    'a property of one instance',
    ['azurerm_subnet.a["x"].id', 'azurerm_subnet.a["x"]', 'azurerm_subnet.a'],
    ['azurerm_subnet.a["x"].id'],
  ],
  [
    'the whole resource behind a property of it',
    ['azurerm_subnet.a.id', 'azurerm_subnet.a', 'azurerm_subnet.a', 'each.key'],
    ['azurerm_subnet.a.id', 'azurerm_subnet.a', 'each.key'],
  ],
  [
    'the whole resource behind one instance of it',
    ['azurerm_subnet.a[0].id', 'azurerm_subnet.a[0]', 'azurerm_subnet.a', 'azurerm_subnet.a', 'count.index'],
    ['azurerm_subnet.a[0].id', 'azurerm_subnet.a', 'count.index'],
  ],
  [
    'a path into a property',
    [
      'azurerm_lb.a.frontend_ip_configuration[0].id',
      'azurerm_lb.a.frontend_ip_configuration[0]',
      'azurerm_lb.a.frontend_ip_configuration',
      'azurerm_lb.a',
    ],
    ['azurerm_lb.a.frontend_ip_configuration[0].id'],
  ],
  ['a data source', ['data.azurerm_subnet.a.id', 'data.azurerm_subnet.a'], ['data.azurerm_subnet.a.id']],
  ['an output', ['module.m.out', 'module.m'], ['module.m.out']],
  [
    'a part of an output',
    ['module.m.out["k"].id', 'module.m.out["k"]', 'module.m.out', 'module.m'],
    ['module.m.out["k"].id'],
  ],
  ['an output of one instance', ['module.m["x"].out', 'module.m["x"]'], ['module.m["x"].out']],
  [
    'the whole module behind an output of one instance',
    ['module.m["x"].out', 'module.m["x"]', 'module.m', 'each.key'],
    ['module.m["x"].out', 'module.m', 'each.key'],
  ],
  ['one instance of a module', ['module.m["x"]', 'module.m'], ['module.m["x"]']],
  ['variables', ['var.a.b', 'var.a', 'var.a'], ['var.a.b', 'var.a']],
  ['local values', ['local.a.b["c"]', 'local.a.b', 'local.a', 'local.b'], ['local.a.b["c"]', 'local.b']],
  ['values of for_each', ['each.value.a', 'each.value', 'each.value'], ['each.value.a', 'each.value']],
  [
    'names that begin alike',
    ['azurerm_subnet.ab.id', 'azurerm_subnet.ab', 'azurerm_subnet.a'],
    ['azurerm_subnet.ab.id', 'azurerm_subnet.a'],
  ],
])('leaves out the prefixes behind %s', (_, references, expected) => {
  expect(textsOf(references)).toEqual(expected);
});

test('takes every entry of format 0.1 for a mention', () => {
  expect(textsOf(['azurerm_subnet.a["x"]', 'azurerm_subnet.a'], false)).toEqual([
    'azurerm_subnet.a["x"]',
    'azurerm_subnet.a',
  ]);
});

test.each([
  ['azurerm_subnet.a', { to: 'resource', mode: 'managed', name: 'azurerm_subnet.a', path: [] }],
  [
    'azurerm_subnet.a[2].tags["x y"]',
    { to: 'resource', mode: 'managed', name: 'azurerm_subnet.a', key: 2, path: ['tags', 'x y'] },
  ],
  [
    'data.azurerm_lb.a["k"].id',
    { to: 'resource', mode: 'data', name: 'azurerm_lb.a', key: 'k', path: ['id'] },
  ],
  ['var.a.b[0]', { to: 'variable', name: 'a', path: ['b', 0] }],
  ['module.m', { to: 'module', call: 'm', path: [] }],
  ['module.m["a.b"].out.id', { to: 'module', call: 'm', key: 'a.b', output: 'out', path: ['id'] }],
  ['each.key', { to: 'each-key' }],
  ['each.value.a', { to: 'each-value', path: ['a'] }],
  ['count.index', { to: 'count-index' }],
  ['path.module', { to: 'nothing' }],
  ['terraform.workspace', { to: 'nothing' }],
  ['local.a', { to: 'other' }],
  ['ephemeral.random_password.a', { to: 'other' }],
])('reads %s', (text, expected) => {
  expect(mentionsOf({ references: [text] }, true)).toEqual([{ text, ...expected }]);
});

test.each([
  '',
  'azurerm_subnet',
  'data.azurerm_subnet',
  'azurerm_subnet.a[',
  'a..b',
  '["a"]',
  'module',
  'each',
  'azurerm_subnet.a["x]',
])('takes %j for something a plan does not explain', (text) => {
  expect(mentionsOf({ references: [text] }, true)).toEqual([{ to: 'other', text }]);
});

test.each([
  ['azurerm_a.b["\\"q\\" \\\\ \\n"]', '"q" \\ \n'],
  ['azurerm_a.b["$${x} %%{y}"]', '\x24{x} %{y}'],
  ['azurerm_a.b["\\u00ad\\U0001f600"]', '\u00ad\u{1f600}'],
  ['azurerm_a.b["a]b"]', 'a]b'],
])('unescapes the key in %s', (text, key) => {
  expect(mentionsOf({ references: [text] }, true)).toEqual([expect.objectContaining({ key })]);
});

test('an expression without references mentions nothing', () => {
  expect(mentionsOf({}, true)).toEqual([]);
  expect(mentionsOf({ constant_value: 'azurerm_subnet.a.id' }, true)).toEqual([]);
});

test('any text is read as some mention', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom(...'ab.[]"0\\ud$'), maxLength: 12 })),
      (references) => {
        return mentionsOf({ references }, true).every(({ text }) => references.includes(text));
      },
    ),
    { seed: 1 },
  );
});

test.each([
  ['', []],
  ['module.a', [{ call: 'a' }]],
  ['module.a["x.y"].module.b[0].module.c', [{ call: 'a', key: 'x.y' }, { call: 'b', key: 0 }, { call: 'c' }]],
  ['module.module["module"]', [{ call: 'module', key: 'module' }]],
])('finds the calls on the way to %j', (address, calls) => {
  expect(callsOf(address)).toEqual(calls);
});

test.each([
  [[], ''],
  [['id'], 'id'],
  [['frontend_ip_configuration', 0, 'private_ip_address'], 'frontend_ip_configuration[0].private_ip_address'],
  [['tags', 'x y'], 'tags["x y"]'],
])('writes the path %j as %j', (path, text) => {
  expect(formatPath(path)).toBe(text);
});
