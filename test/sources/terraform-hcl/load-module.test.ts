import { instanceIn, read, readFiles, rootOf } from './read-text.ts';

test('override files replace attributes and all blocks of a type', async () => {
  const root = await rootOf({
    'main.tf': `
resource "test" "x" {
  kept     = 1
  replaced = 1
  rule {
    name = "a"
  }
  rule {
    name = "b"
  }
  other {
    name = "o"
  }
}
locals {
  a = 1
  b = 1
}
variable "v" {
  type    = number
  default = 1
}
resource "test" "y" {
  v = [local.a, local.b, var.v]
}
`,
    'x_override.tf': `
resource "test" "x" {
  replaced = 2
  dynamic "rule" {
    for_each = ["c"]
    content {
      name = rule.value
    }
  }
}
locals {
  b = 2
}
variable "v" {
  default = 2
}
`,
    'override.tf.json': '{"resource": {"test": {"x": {"added": 3}}}}',
  });
  expect(['kept', 'replaced', 'added'].map((name) => read(root, 'test.x', name))).toEqual([1, 2, 3]);
  expect(read(root, 'test.x', 'rule')).toEqual([{ name: 'c' }]);
  expect(read(root, 'test.x', 'other')).toEqual([{ name: 'o' }]);
  expect(read(root, 'test.y', 'v')).toEqual([1, 2, 2]);
  expect(instanceIn(root, 'test.x').attribute('replaced').origin).toMatchObject({
    path: 'x_override.tf',
    line: 3,
  });
});

test('a file for OpenTofu stands in for the one of the same name', async () => {
  const root = await rootOf({
    'a.tf': 'resource "test" "terraform" {}\n',
    'a.tofu': 'resource "test" "tofu" {}\n',
    'b.tf': 'resource "test" "both" {}\n',
  });
  expect(root.instances.map(({ address }) => address)).toEqual(['test.tofu', 'test.both']);
});

test('backups and hidden files are not configuration', async () => {
  const root = await rootOf({
    'main.tf': 'resource "test" "x" {}\n',
    '.#main.tf': 'x',
    'main.tf~': 'x',
    'main.tf.bak': 'x',
  });
  expect(root.instances).toHaveLength(1);
});

test.each([
  ['nothing at all', {}, 'module-empty'],
  ['a text that is not UTF-8', { 'main.tf': 'x' }, 'hcl-syntax'],
  ['a brace too few', { 'main.tf': 'resource "a" "b" {\n' }, 'hcl-syntax'],
  ['an attribute twice', { 'main.tf': 'locals {\n  a = 1\n  a = 2\n}\n' }, 'hcl-syntax'],
  [
    'an attribute and a block of one name',
    { 'main.tf': 'resource "a" "b" {\n  c = 1\n  c {}\n}\n' },
    'hcl-syntax',
  ],
])('%s is a fatal problem', async (_, files, code) => {
  const { root, problems } = await readFiles(files);
  expect(root).toBeUndefined();
  expect(problems).toMatchObject([{ code, severity: 'fatal' }]);
});

test('the place of a syntax error is that of hcl2json', async () => {
  const { problems } = await readFiles('resource "a" "b" {\n  c = 1\n  c = 2\n}\n');
  expect(problems).toMatchObject([{ origin: { path: 'main.tf', line: 3, column: 3 } }]);
});

test('origins are lines and columns of the smallest part that is written', async () => {
  const root = await rootOf(`# note
resource "azurerm_lb" "x" {
  name = "lb" # note
  tags = {
    a = "é€",  b = [1,
      2]
  }
  frontend_ip_configuration {
    name = <<-EOT
      text
    EOT
  }
}
`);
  const place = (origin: unknown) => {
    const { line, column, endLine, endColumn } = origin as Record<string, number>;
    return [line, column, endLine, endColumn];
  };
  const instance = instanceIn(root, 'azurerm_lb.x');
  const tags = instance.attribute('tags');
  const field = (name: string) => (tags.kind === 'object' ? tags.fields.get(name)?.origin : undefined);
  const list = tags.kind === 'object' ? tags.fields.get('b') : undefined;
  const blocks = instance.attribute('frontend_ip_configuration');
  const block = blocks.kind === 'list' ? blocks.items[0] : undefined;
  expect(place(instance.origin)).toEqual([2, 1, 2, 26]);
  expect(place(instance.attribute('name').origin)).toEqual([3, 3, 3, 14]);
  expect(place(tags.origin)).toEqual([4, 3, 7, 4]);
  expect(place(field('a'))).toEqual([5, 5, 5, 13]);
  expect(place(list?.kind === 'list' ? list.items[1]?.origin : undefined)).toEqual([6, 7, 6, 8]);
  expect(place(block?.origin)).toEqual([8, 3, 8, 28]);
  expect(place(block?.kind === 'object' ? block.fields.get('name')?.origin : undefined)).toEqual([
    9, 5, 11, 8,
  ]);
});

/** A reference as JSON writes it. */
function ref(expression: string): string {
  return `\${${expression}}`;
}

test('the JSON syntax means the same', async () => {
  const json = {
    '//': 'a note',
    variable: { port: { type: 'number', default: '8080' } },
    locals: { name: 'web', rules: { a: { priority: 100 } } },
    resource: {
      azurerm_lb: {
        main: {
          name: `${ref('local.name')}-lb`,
          tags: { port: ref('var.port'), text: `p${ref('var.port')}` },
          frontend_ip_configuration: { name: 'front', subnet_id: ref('azurerm_subnet.s.id') },
        },
      },
      azurerm_subnet: [{ s: { name: 'snet' } }],
      azurerm_network_security_group: {
        g: {
          security_rule: [{ name: 'one' }],
          dynamic: {
            security_rule: { for_each: ref('local.rules'), content: { name: ref('security_rule.key') } },
          },
        },
      },
      test: { x: { count: ref('var.port > 80 ? 2 : 1'), items: [ref('local.name'), 1, null, true] } },
    },
    module: { m: { source: './m', v: ref('azurerm_lb.main.id') } },
    output: { o: { value: ref('azurerm_lb.main.id') } },
  };
  const root = await rootOf({
    'main.tf.json': JSON.stringify(json, undefined, 2),
    'm/main.tf.json': JSON.stringify({ variable: { v: {} }, resource: { test: { y: { v: ref('var.v') } } } }),
  });
  expect(read(root, 'azurerm_lb.main', 'name')).toBe('web-lb');
  expect(read(root, 'azurerm_lb.main', 'tags')).toEqual({ port: 8080, text: 'p8080' });
  expect(read(root, 'azurerm_lb.main', 'frontend_ip_configuration')).toEqual([
    { name: 'front', subnet_id: '{azurerm_subnet.s}.id' },
  ]);
  expect(read(root, 'azurerm_network_security_group.g', 'security_rule')).toEqual([
    { name: 'one' },
    { name: 'a' },
  ]);
  expect(read(root, 'test.x[1]', 'items')).toEqual(['web', 1, null, true]);
  expect(read(root, 'module.m.test.y', 'v')).toBe('{azurerm_lb.main}.id');
  expect(root.outputs).toMatchObject([{ name: 'o', references: [{ id: '{azurerm_lb.main}' }] }]);
  expect(instanceIn(root, 'azurerm_lb.main').attribute('name').origin).toMatchObject({
    path: 'main.tf.json',
  });
});

test.each([
  ['{"resource": }', 'it is not JSON'],
  ['[]', 'it is not a JSON object'],
  ['{"nope": 1}', '`nope` is no block of Terraform'],
  [`{"locals": ${'['.repeat(200)}`, 'nested deeper than 100 levels'],
])('%.20s is refused as JSON', async (text, message) => {
  const { problems } = await readFiles({ 'main.tf.json': text });
  expect(problems).toMatchObject([
    { code: 'hcl-syntax', message: `\`main.tf.json\` cannot be read: ${message}` },
  ]);
});
