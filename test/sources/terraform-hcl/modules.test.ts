import { instanceIn, read, readFiles, rootOf } from './read-text.ts';

test('a local module gets its arguments and gives its outputs', async () => {
  const root = await rootOf({
    'main.tf': `
module "app" {
  source   = "./modules/app"
  for_each = { web = 80, db = 5432 }
  port     = each.value
  subnet   = azurerm_subnet.s.id
}
resource "azurerm_subnet" "s" {}
resource "test" "x" {
  ids = { for k, m in module.app : k => m.lb_id }
  one = module.app["web"].lb_id
}
`,
    'modules/app/main.tf': `
variable "port" { type = number }
variable "subnet" {}
resource "azurerm_lb" "this" {
  port   = var.port
  subnet = var.subnet
  path   = path.module
}
output "lb_id" { value = azurerm_lb.this.id }
`,
  });
  expect(root.instances.map(({ address }) => address)).toEqual([
    'azurerm_subnet.s',
    'test.x',
    'module.app["db"].azurerm_lb.this',
    'module.app["web"].azurerm_lb.this',
  ]);
  expect(read(root, 'module.app["web"].azurerm_lb.this', 'port')).toBe(80);
  expect(read(root, 'module.app["web"].azurerm_lb.this', 'subnet')).toBe('{azurerm_subnet.s}.id');
  expect(read(root, 'module.app["web"].azurerm_lb.this', 'path')).toBe('modules/app');
  expect(read(root, 'test.x', 'one')).toBe('{module.app["web"].azurerm_lb.this}.id');
  expect(read(root, 'test.x', 'ids')).toEqual({
    web: '{module.app["web"].azurerm_lb.this}.id',
    db: '{module.app["db"].azurerm_lb.this}.id',
  });
});

test('everything in a module that may not exist may not exist', async () => {
  const root = await rootOf({
    'main.tf': `
variable "on" { type = bool }
module "m" {
  source = "./m"
  count  = var.on ? 1 : 0
}
`,
    'm/main.tf': 'module "n" { source = "./n" }\n',
    'm/n/main.tf': 'resource "test" "x" {}\n',
  });
  expect(instanceIn(root, 'module.m[0].module.n.test.x').condition).toMatchObject({
    reason: { kind: 'parameter', name: 'var.on' },
    origin: { path: 'main.tf', line: 2 },
  });
});

test('a module beside the root module is read, and its files say where it is', async () => {
  const files = {
    'env/prod/main.tf': 'module "m" { source = "../../shared" }\n',
    'shared/main.tf': 'resource "test" "x" {\n  path = path.module\n}\n',
  };
  const { root, problems, files: seen } = await readFiles(files, {}, 'env/prod');
  expect(problems).toEqual([]);
  expect(read(root, 'module.m.test.x', 'path')).toBe('../../shared');
  expect(instanceIn(root, 'module.m.test.x').origin).toMatchObject({ path: 'shared/main.tf', line: 1 });
  expect(seen).toEqual(['env/prod/main.tf', 'shared/main.tf']);
});

test('a module that terraform init has installed is read where it lies', async () => {
  const root = await rootOf({
    'main.tf':
      'module "net" { source = "Azure/network/azurerm" }\nresource "test" "x" {\n  v = module.net.id\n}\n',
    '.terraform/modules/modules.json': JSON.stringify({
      Modules: [
        { Key: '', Source: '', Dir: '.' },
        { Key: 'net', Source: 'registry.terraform.io/Azure/network/azurerm', Dir: '.terraform/modules/net' },
        { Key: 'net.inner', Source: './inner', Dir: '.terraform/modules/net/inner' },
      ],
    }),
    '.terraform/modules/net/main.tf':
      'module "inner" { source = "./inner" }\noutput "id" { value = module.inner.id }\n',
    '.terraform/modules/net/inner/main.tf': 'resource "test" "n" {}\noutput "id" { value = test.n.id }\n',
  });
  expect(read(root, 'test.x', 'v')).toBe('{module.net.module.inner.test.n}.id');
});

test.each([
  ['registry.terraform.io/Azure/network/azurerm', 'registry.terraform.io/Azure/network/azurerm'],
  ['Azure/network/azurerm', 'registry.opentofu.org/Azure/network/azurerm'],
  ['github.com/acme/net//modules/a?ref=v1', 'git::https://github.com/acme/net.git//modules/a?ref=v1'],
  ['git@github.com:acme/net.git?ref=v1', 'git::ssh://git@github.com/acme/net.git?ref=v1'],
])('the source %s is the one installed as %s', async (source, installed) => {
  const { root, problems } = await readFiles({
    'main.tf': `module "net" { source = "${source}" }\n`,
    '.terraform/modules/modules.json': JSON.stringify({
      Modules: [{ Key: 'net', Source: installed, Dir: '.terraform/modules/net' }],
    }),
    '.terraform/modules/net/main.tf': 'resource "test" "x" {}\n',
  });
  expect(problems).toEqual([]);
  expect(root?.instances).toHaveLength(1);
});

test('an entry of another source is stale and not used', async () => {
  const { root } = await readFiles({
    'main.tf': 'module "net" { source = "Azure/other/azurerm" }\n',
    '.terraform/modules/modules.json': JSON.stringify({
      Modules: [{ Key: 'net', Source: 'registry.terraform.io/Azure/network/azurerm', Dir: 'old' }],
    }),
    'old/main.tf': 'resource "test" "x" {}\n',
  });
  expect(root?.instances).toEqual([]);
  expect(root?.unread).toHaveLength(1);
});

test('a module that is not there says what it is given, and its outputs are unknown', async () => {
  const { root, problems } = await readFiles(`
resource "azurerm_subnet" "s" {}
module "vm" {
  source  = "Azure/compute/azurerm"
  version = "~> 5.0"
  count   = 2
  name    = "vm\${count.index}"
  subnet  = azurerm_subnet.s.id
}
resource "test" "x" {
  v = module.vm[0].nic_id
}
`);
  expect(problems).toMatchObject([{ code: 'module-not-available', origin: { line: 4 } }]);
  expect(read(root, 'test.x', 'v')).toBe('?module module.vm[0]');
  expect(root?.unread?.map(({ address }) => address)).toEqual(['module.vm[0]', 'module.vm[1]']);
  expect(root?.unread?.[1]?.given).toMatchObject([
    { kind: 'known', value: 'vm1' },
    { references: [{ id: '{azurerm_subnet.s}', property: 'id' }] },
  ]);
});

test.each([
  ['module-outside-root', 'module "m" { source = "../../.." }'],
  ['module-not-available', 'module "m" { source = "./nowhere" }'],
  ['module-source-unknown', 'variable "v" {}\nmodule "m" { source = var.v }'],
  ['module-source-unknown', 'module "m" {}'],
])('%s', async (code, text) => {
  const { root, problems } = await readFiles(text);
  expect(problems).toMatchObject([{ code, severity: 'warning' }]);
  expect(root?.unread?.map(({ address }) => address)).toEqual(['module.m']);
});

test('a module that calls itself, over any number of steps, is not read again', async () => {
  const { root, problems } = await readFiles({
    'main.tf': 'module "a" { source = "./m" }\n',
    'm/main.tf': 'resource "test" "x" {}\nmodule "b" { source = "../" }\n',
  });
  expect(problems).toMatchObject([{ code: 'module-cycle' }]);
  expect(root?.instances.map(({ address }) => address)).toEqual(['module.a.test.x']);
});

test('a module with a file that cannot be read is not available as a whole', async () => {
  const { root, problems } = await readFiles({
    'main.tf': 'module "a" { source = "./m" }\n',
    'm/good.tf': 'resource "test" "x" {}\n',
    'm/bad.tf': 'resource "test" {\n',
  });
  expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
    ['hcl-syntax', 'warning'],
    ['module-not-available', 'warning'],
  ]);
  expect(root?.instances).toEqual([]);
  expect(root?.unread).toHaveLength(1);
});

test('a root with a file that cannot be read is not read', async () => {
  const { root, problems } = await readFiles({ 'a.tf': 'resource "test" "x" {}\n', 'b.tf': 'x = [\n' });
  expect(root).toBeUndefined();
  expect(problems).toMatchObject([
    { code: 'hcl-syntax', severity: 'fatal', origin: { path: 'b.tf', line: 1 } },
  ]);
});

test('variables are converted to their types', async () => {
  const root = await rootOf({
    'main.tf': `
module "m" {
  source  = "./m"
  number  = "8080"
  list    = toset(["b", "a"])
  object  = { port = "80", extra = 1 }
  nothing = null
}
`,
    'm/main.tf': `
variable "number" { type = number }
variable "list" { type = list(string) }
variable "object" {
  type = object({
    port  = number
    probe = optional(number)
    name  = optional(string, "web")
    inner = optional(object({ x = optional(bool, true) }), {})
  })
}
variable "nothing" {
  type     = string
  default  = "fallback"
  nullable = false
}
variable "absent" {
  type    = map(number)
  default = { a = "1" }
}
resource "test" "x" {
  number  = var.number
  list    = var.list
  object  = jsonencode(var.object)
  nothing = var.nothing
  absent  = var.absent
}
`,
  });
  const values = ['number', 'list', 'object', 'nothing', 'absent'].map((name) =>
    read(root, 'module.m.test.x', name),
  );
  expect(values).toEqual([
    8080,
    ['a', 'b'],
    '{"inner":{"x":true},"name":"web","port":80,"probe":null}',
    'fallback',
    { a: 1 },
  ]);
});

test('a value that does not fit its type is a problem where it is given', async () => {
  const { root, problems } = await readFiles({
    'main.tf': 'module "m" {\n  source = "./m"\n  port   = "many"\n}\n',
    'm/main.tf': 'variable "port" { type = number }\nresource "test" "x" {\n  v = var.port\n}\n',
  });
  expect(read(root, 'module.m.test.x', 'v')).toBe('?unsupported an expression that Terraform would refuse');
  expect(problems).toMatchObject([
    { code: 'expression-refused', origin: { path: 'main.tf', line: 3, column: 3, endColumn: 18 } },
  ]);
});
