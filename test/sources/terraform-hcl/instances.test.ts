import { instanceIn, read, readFiles, rootOf } from './read-text.ts';

function addresses(root: Awaited<ReturnType<typeof rootOf>>): readonly string[] {
  return root.instances.map(({ address, condition }) =>
    condition === undefined ? address : `${address} if ${condition.reason.name}`,
  );
}

test.each([
  ['count = 2', ['test.x[0]', 'test.x[1]']],
  ['count = "1"', ['test.x[0]']],
  ['count = 0', []],
  ['count = length([1, 2]) > 1 ? 1 : 0', ['test.x[0]']],
  ['for_each = toset(["b", "a"])', ['test.x["a"]', 'test.x["b"]']],
  ['for_each = { x = 1, "y z" = 2 }', ['test.x["x"]', 'test.x["y z"]']],
  ['for_each = {}', []],
  ['count = var.n', ['test.x[*] if var.n']],
  ['for_each = toset(var.names)', ['test.x[*] if var.names']],
  ['for_each = merge({ a = 1 }, var.map)', ['test.x["a"]', 'test.x[*] if var.map']],
  ['for_each = toset(concat(["a"], var.names))', ['test.x["a"]', 'test.x[*] if var.names']],
  [
    'for_each = { for k in ["a", "b"] : k => k if k == "a" || var.on }',
    ['test.x["a"]', 'test.x[*] if var.on'],
  ],
  ['count = var.on ? 1 : 0', ['test.x[0] if var.on']],
  ['count = var.on ? 3 : 1', ['test.x[0]', 'test.x[1] if var.on', 'test.x[2] if var.on']],
  ['for_each = var.on ? toset(["a", "b"]) : toset(["a"])', ['test.x["a"]', 'test.x["b"] if var.on']],
  ['for_each = toset(var.on ? ["a"] : [])', ['test.x["a"] if var.on']],
  ['count = length(var.on ? ["a"] : [])', ['test.x[0] if var.on']],
  ['for_each = toset([test.y.id])', ['test.x[*] if test.y.id']],
])('%s makes the instances it makes', async (repetition, expected) => {
  const root = await rootOf(`
variable "n" { type = number }
variable "names" { type = list(string) }
variable "map" { type = map(string) }
variable "on" { type = bool }
resource "test" "y" {}
resource "test" "x" {
  ${repetition}
}
`);
  expect(addresses(root).filter((address) => address !== 'test.y')).toEqual(expected);
});

test.each([
  ['count = 1.5', 'a number as a `count`'],
  ['count = -1', 'a number as a `count`'],
  ['count = null', 'null where a number is needed'],
  ['count = "many"', 'text where a number is needed'],
  ['for_each = ["a"]', 'a list as a `for_each`'],
  ['for_each = toset([null])', 'null in a `for_each`'],
  ['for_each = 3', 'a number as a `for_each`'],
])('%s is a problem and stands for any number of instances', async (repetition, message) => {
  const { root, problems } = await readFiles(`resource "test" "x" {\n  ${repetition}\n}\n`);
  expect(root?.instances.map(({ address }) => address)).toEqual(['test.x[*]']);
  expect(problems).toMatchObject([
    { code: 'expression-refused', message: `Terraform would refuse this: ${message}`, origin: { line: 2 } },
  ]);
});

test('keys and values are there in the instance', async () => {
  const root = await rootOf(`
resource "test" "c" {
  count = 2
  v     = "n\${count.index}"
}
resource "test" "e" {
  for_each = { a = { port = 80 } }
  v        = "\${each.key}-\${each.value.port}"
}
`);
  expect(read(root, 'test.c[1]', 'v')).toBe('n1');
  expect(read(root, 'test.e["a"]', 'v')).toBe('a-80');
});

test('an instance that stands for any number does not know its key', async () => {
  const root = await rootOf(`
variable "apps" {}
resource "test" "e" {
  for_each = var.apps
  name     = "nic-\${each.key}"
  port     = each.value.port
}
resource "test" "use" {
  ids  = values(test.e)[*].id
  each = [for k, v in test.e : v.id]
}
`);
  expect(read(root, 'test.e[*]', 'name')).toBe('?parameter var.apps');
  expect(read(root, 'test.e[*]', 'port')).toBe('?parameter var.apps');
  expect(read(root, 'test.use', 'ids')).toBe('{test.e[*]}.id | ?');
  expect(read(root, 'test.use', 'each')).toBe('{test.e[*]}.id | ?');
});

test('an instance that may not exist is still the one that is meant', async () => {
  const root = await rootOf(`
variable "on" { type = bool }
resource "test" "x" {
  count = var.on ? 1 : 0
}
resource "test" "use" {
  direct = test.x[0].id
  one    = one(test.x[*].id)
  choice = var.on ? test.x[0].id : null
  length = length(test.x)
}
`);
  expect(read(root, 'test.use', 'direct')).toBe('{test.x[0]}.id');
  expect(read(root, 'test.use', 'one')).toBe('{test.x[0]}.id | ?');
  expect(read(root, 'test.use', 'choice')).toBe('{test.x[0]}.id | ?');
  expect(read(root, 'test.use', 'length')).toBe('?parameter var.on');
});

test('addresses that differ in nothing but case have two ids', async () => {
  const root = await rootOf('resource "test" "x" {\n  for_each = { A = 1, a = 2 }\n}\n');
  expect(new Set(root.instances.map(({ id }) => id)).size).toBe(2);
});

test('data sources are outside and keep what they are', async () => {
  const root = await rootOf(`
data "azurerm_subnet" "s" {
  name = "snet"
}
resource "test" "x" {
  id   = data.azurerm_subnet.s.id
  name = data.azurerm_subnet.s.name
}
`);
  const instance = instanceIn(root, 'data.azurerm_subnet.s');
  expect(instance).toMatchObject({ mode: 'data', created: false, id: '{data.azurerm_subnet.s}' });
  expect(instance.attribute('id').kind).toBe('absent');
  expect(read(root, 'test.x', 'id')).toBe('{data.azurerm_subnet.s}.id');
  expect(instanceIn(root, 'test.x').attribute('id')).toMatchObject({ reason: { kind: 'outside' } });
  expect(read(root, 'test.x', 'name')).toBe('snet');
});

test('blocks are lists of objects in the order of the source, static and dynamic ones alike', async () => {
  const root = await rootOf(`
resource "test" "x" {
  rule {
    name = "first"
  }
  dynamic "rule" {
    for_each = { b = 2, a = 1 }
    iterator = it
    content {
      name = "\${it.key}\${it.value}"
      dynamic "inner" {
        for_each = [it.key, "x"]
        content {
          v = inner.value
          i = inner.key
        }
      }
    }
  }
  rule {
    name = "last"
    none = null
  }
}
`);
  const inner = (key: string) => [
    { v: key, i: 0 },
    { v: 'x', i: 1 },
  ];
  expect(read(root, 'test.x', 'rule')).toEqual([
    { name: 'first' },
    { name: 'a1', inner: inner('a') },
    { name: 'b2', inner: inner('b') },
    { name: 'last' },
  ]);
});

test.each([
  ['var.rules', '?parameter var.rules'],
  ['concat(["a"], var.rules)', [{ name: 'a' }, { more: '?parameter var.rules' }]],
  ['var.on ? ["a", "b"] : ["a"]', [{ name: 'a' }, { more: '?parameter var.on' }]],
  ['var.on ? [1] : []', '?parameter var.on'],
  ['[]', []],
])('dynamic blocks over %s', async (each, expected) => {
  const root = await rootOf(`
variable "rules" {}
variable "on" { type = bool }
resource "test" "x" {
  dynamic "rule" {
    for_each = ${each}
    content {
      name = rule.value
    }
  }
}
`);
  expect(read(root, 'test.x', 'rule')).toEqual(expected);
});

test('what is not written, and what is null, is absent; what reads it gets a reference', async () => {
  const root = await rootOf(`
variable "none" { default = null }
resource "test" "x" {
  empty = var.none
}
resource "test" "use" {
  unwritten = test.x.other
  empty     = test.x.empty
}
`);
  expect(read(root, 'test.x', 'other')).toBeNull();
  expect(read(root, 'test.x', 'empty')).toBeNull();
  expect(read(root, 'test.use', 'unwritten')).toBe('{test.x}.other');
  expect(read(root, 'test.use', 'empty')).toBe('{test.x}.empty');
});

test('a name that is not known is still the name of its resource', async () => {
  const root = await rootOf(`
variable "prefix" {}
resource "azurerm_network_security_group" "g" {
  name = "\${var.prefix}-nsg"
}
resource "test" "x" {
  group = azurerm_network_security_group.g.name
}
`);
  expect(read(root, 'test.x', 'group')).toBe('{azurerm_network_security_group.g}.name');
  expect(instanceIn(root, 'test.x').attribute('group')).toMatchObject({
    reason: { kind: 'parameter', name: 'var.prefix' },
    expression: `"\${var.prefix}-nsg"`,
    parts: [{ expression: 'var.prefix' }, '-nsg'],
  });
});

test('locations are written as azurerm plans them', async () => {
  const root = await rootOf(`
resource "azurerm_lb" "x" {
  location = "West Europe"
}
resource "test" "x" {
  v = azurerm_lb.x.location
}
`);
  expect(read(root, 'azurerm_lb.x', 'location')).toBe('westeurope');
  expect(read(root, 'test.x', 'v')).toBe('westeurope');
});

test.each([
  ['admin_password', true],
  ['custom_data', true],
  ['protected_settings', true],
  ['marked', true],
  ['derived', true],
  ['plain', false],
])('%s is a secret: %s', async (attribute, secret) => {
  const root = await rootOf(`
variable "s" {
  default   = "x"
  sensitive = true
}
resource "azurerm_linux_virtual_machine" "x" {
  admin_password     = "x"
  custom_data        = base64encode("x")
  protected_settings = "{}"
  marked             = sensitive("x")
  derived            = upper("\${var.s}-y")
  plain              = nonsensitive(var.s)
}
`);
  const value = instanceIn(root, 'azurerm_linux_virtual_machine.x').attribute(attribute);
  expect(value).toMatchObject({ kind: 'known' });
  expect('sensitive' in value).toBe(secret);
});

test('keys of maps keep their spelling beside the lower-case name', async () => {
  const root = await rootOf('resource "test" "x" {\n  tags = { Env = "p", team = "t" }\n}\n');
  const tags = instanceIn(root, 'test.x').attribute('tags');
  expect(tags.kind === 'object' && [...tags.fields.keys()]).toEqual(['env', 'team']);
  expect(tags.kind === 'object' && [...(tags.names ?? [])]).toEqual([['env', 'Env']]);
});

test('what leaves through outputs is listed with what it refers to', async () => {
  const { root } = await readFiles(`
resource "azurerm_lb" "a" {}
resource "azurerm_lb" "b" {}
module "m" { source = "registry/module/azurerm" }
output "id" { value = { x = [azurerm_lb.a.id] } }
output "whole" { value = azurerm_lb.b }
output "text" { value = "id: \${azurerm_lb.a.id}" }
output "known" { value = 1 }
output "module" { value = module.m.id }
`);
  const shown = root?.outputs.map(({ name, references, open }) => [
    name,
    references.map(({ id, property }) => `${id}.${property}`),
    open,
  ]);
  expect(shown).toEqual([
    ['id', ['{azurerm_lb.a}.id'], false],
    ['whole', ['{azurerm_lb.b}.'], false],
    ['text', ['{azurerm_lb.a}.id'], true],
    ['known', [], false],
    ['module', [], true],
  ]);
});

test('moved, removed, import and check blocks change nothing', async () => {
  const root = await rootOf(`
resource "test" "x" {}
moved {
  from = test.y
  to   = test.x
}
removed {
  from = test.z
  lifecycle {
    destroy = false
  }
}
import {
  to = test.x
  id = "/subscriptions/s"
}
check "up" {
  data "http" "probe" {
    url = "https://example.org"
  }
  assert {
    condition     = data.http.probe.status_code == 200
    error_message = "down"
  }
}
`);
  expect(addresses(root)).toEqual(['test.x', 'data.http.probe']);
});
