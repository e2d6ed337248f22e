import { read, readFiles, written } from './read-text.ts';

const A = '{azurerm_lb.a}.id';
const B = '{azurerm_lb.b}.id';
const WEB = '{azurerm_subnet.s["web"]}.id';
const DB = '{azurerm_subnet.s["db"]}.id';

test.each([
  ['azurerm_lb.a.id', A],
  [`"\${azurerm_lb.a.id}"`, A],
  ['(azurerm_lb.a["id"])', A],
  ['[azurerm_lb.a.id][0]', A],
  ['{ x = azurerm_lb.a.id }.x', A],
  ['tolist([azurerm_lb.a.id])[0]', A],
  ['tostring(azurerm_lb.a.id)', A],
  ['element([azurerm_lb.a.id, azurerm_lb.b.id], 3)', B],
  ['lookup({ x = azurerm_lb.a.id }, "x", null)', A],
  ['merge({ x = azurerm_lb.b.id }, { x = azurerm_lb.a.id }).x', A],
  ['concat(["x"], [azurerm_lb.a.id])[1]', A],
  ['flatten([["x"], [azurerm_lb.a.id]])[1]', A],
  ['values({ x = azurerm_lb.a.id })[0]', A],
  ['zipmap(["x"], [azurerm_lb.a.id]).x', A],
  ['reverse([azurerm_lb.a.id, azurerm_lb.b.id])[0]', B],
  ['slice(["x", azurerm_lb.a.id], 1, 2)[0]', A],
  ['compact(["", azurerm_lb.a.id])[0]', A],
  ['distinct([azurerm_lb.a.id, azurerm_lb.a.id])[0]', A],
  ['coalesce(null, "", azurerm_lb.a.id)', A],
  ['try(azurerm_lb.a.id, "x")', A],
  ['try({}.x, azurerm_lb.a.id)', A],
  ['one([azurerm_lb.a.id])', A],
  ['nonsensitive(sensitive(azurerm_lb.a.id))', A],
  ['true ? azurerm_lb.a.id : "x"', A],
  ['[for lb in [azurerm_lb.a, azurerm_lb.b] : lb.id][1]', B],
  ['{ for lb in [azurerm_lb.a, azurerm_lb.b] : lb.name => lb.id }["lb-b"]', B],
  ['([azurerm_lb.a, azurerm_lb.b][*].id)[1]', B],
  ['azurerm_subnet.s["web"].id', WEB],
  ['{ for k, s in azurerm_subnet.s : upper(k) => s.id }["WEB"]', WEB],
  ['values(azurerm_subnet.s)[*].id', [DB, WEB]],
  ['[for s in azurerm_subnet.s : s.id if s.name == "db"]', [DB]],
  ['azurerm_network_interface.n[1].id', '{azurerm_network_interface.n[1]}.id'],
  [
    'azurerm_network_interface.n[*].id',
    ['{azurerm_network_interface.n[0]}.id', '{azurerm_network_interface.n[1]}.id'],
  ],
  [
    'azurerm_network_interface.n.*.id',
    ['{azurerm_network_interface.n[0]}.id', '{azurerm_network_interface.n[1]}.id'],
  ],
  [
    'azurerm_lb.a.frontend_ip_configuration[0].private_ip_address',
    '{azurerm_lb.a}.frontend_ip_configuration[0].private_ip_address',
  ],
  ['azurerm_lb.a.private_ip_addresses[0]', '{azurerm_lb.a}.private_ip_addresses[0]'],
])('%s stays the attribute it is', async (expression, expected) => {
  expect(await written(expression)).toEqual(expected);
});

test.each([
  ['azurerm_lb.a.name', 'lb-a'],
  ['azurerm_lb.a.frontend_ip_configuration[0].name', 'front'],
  ['[for k, s in azurerm_subnet.s : s.name]', ['db', 'web']],
  ['length(azurerm_network_interface.n)', 2],
  ['keys(azurerm_subnet.s)', ['db', 'web']],
])('%s is known, because it is written', async (expression, expected) => {
  expect(await written(expression)).toEqual(expected);
});

test.each([
  [`"\${azurerm_lb.a.id}/probes/x"`, `${A} | ?`],
  ['upper(azurerm_lb.a.id)', `${A} | ?`],
  ['split("/", azurerm_lb.a.id)[2]', `${A} | ?`],
  ['format("%s-%s", azurerm_lb.a.id, azurerm_lb.b.id)', `${A} | ${B} | ?`],
])('%s is made from attributes and is none of them', async (expression, expected) => {
  expect(await written(expression)).toEqual(expected);
});

test.each([
  ['var.flag ? azurerm_lb.a.id : azurerm_lb.b.id', `${A} | ${B}`],
  ['var.flag ? azurerm_lb.a.id : azurerm_lb.a.id', A],
  ['var.flag ? azurerm_lb.a.id : null', `${A} | ?`],
  ['var.flag ? azurerm_lb.a.id : "/subscriptions/x"', `${A} | ?`],
  ['azurerm_subnet.s[var.text].id', `${DB} | ${WEB}`],
  ['coalesce(var.text, azurerm_lb.a.id)', `${A} | ?`],
  ['[azurerm_lb.a.id, azurerm_lb.b.id][var.flag ? 0 : 1]', `${A} | ${B}`],
])('%s is one of several, or none', async (expression, expected) => {
  expect(await written(expression)).toEqual(expected);
});

test.each([
  ['var.flag ? 80 : 443', '?parameter var.flag'],
  ['var.flag && false', false],
  ['var.flag || true', true],
  ['var.text == null', '?parameter var.text'],
  ['azurerm_lb.a.sku == null', '{azurerm_lb.a}.sku | ?'],
  ['azurerm_lb.a.id == azurerm_lb.a.id', true],
  ['var.text == var.text', true],
  ['[var.text] == []', false],
  ['length([var.text, var.text])', 2],
  ['contains(["a", var.text], "a")', true],
  ['contains(["a"], var.text)', '?parameter var.text'],
  ['(var.flag ? 1 : 0) > 5', false],
  ['length(var.flag ? ["a"] : ["b"])', 1],
  ['(var.flag ? "a" : "b") == "c"', false],
  ['can(azurerm_lb.a.id)', true],
  ['timestamp()', '?known-after-apply timestamp()'],
])('%s is as certain as it can be', async (expression, expected) => {
  expect(await written(expression)).toEqual(expected);
});

test('a function of a provider is a gap that is told', async () => {
  const { root, problems } = await readFiles('resource "test" "x" {\n  v = provider::x::f(1)\n}\n');
  expect(read(root, 'test.x', 'v')).toBe('?unsupported function provider::x::f');
  expect(problems).toMatchObject([{ code: 'not-evaluated', origin: { line: 2 } }]);
});

test.each([
  ['concat(["a"], var.list)', ['a', { more: '?parameter var.list' }]],
  ['flatten([["a"], var.list])', ['a', { more: '?parameter var.list' }]],
  ['[for x in concat(["a"], var.list) : upper(x)]', ['A', { more: '?parameter var.list' }]],
  ['[for x in ["a", "b"] : x if x == "a" || var.on]', ['a', { more: '?parameter var.on' }]],
  ['merge({ a = 1 }, var.map)', { a: '?parameter var.map', '*': '?parameter var.map' }],
  ['merge(var.map, { a = 1 })', { a: 1, '*': '?parameter var.map' }],
  ['{ (var.name) = 1, b = 2 }', { b: 2, '*': '?parameter var.name' }],
  ['merge(var.map, { a = 1 }).a', 1],
  ['contains(concat(["a"], var.list), "a")', true],
  ['length(concat(["a"], var.list))', '?parameter var.list'],
])('%s keeps what is known of it', async (expression, expected) => {
  const variables = `
variable "list" {}
variable "map" {}
variable "name" {}
variable "on" {}
`;
  expect(await written(expression, variables)).toEqual(expected);
});
