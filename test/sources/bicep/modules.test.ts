// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Bicep writes the holes of its strings that way.
import { read } from './plain.ts';

const NET = `
param name string
param prefix string = '10.0.0.0/16'
param tag string?
resource vnet 'Microsoft.Network/virtualNetworks@2023-04-01' = {
  name: name
  properties: { addressSpace: { addressPrefixes: [prefix] }, tag: tag }
}
output id string = vnet.id
output next string = '\${name}-next'
`;

test('a module gets its parameters by name, and gives its outputs', () => {
  const { resources, outputs, problems, root } = read(
    "module a 'm/net.bicep' = {\n  params: { name: 'x', Prefix: '10.1.0.0/16' }\n}\nmodule b 'm/net.bicep' = {\n  params: { name: a.outputs.next }\n}\noutput id string = b.outputs.id\n",
    { 'm/net.bicep': NET },
  );
  expect(problems).toEqual([]);
  expect(resources).toEqual({
    'a.vnet Microsoft.Network/virtualNetworks x': {
      properties: { addressSpace: { addressPrefixes: ['10.1.0.0/16'] }, tag: null },
    },
    'b.vnet Microsoft.Network/virtualNetworks x-next': {
      properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, tag: null },
    },
  });
  expect(outputs.id).toBe(
    '/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/x-next',
  );
  expect(root.files).toEqual(['main.bicep', 'm/net.bicep'].filter((path) => path !== 'bicepconfig.json'));
});

test('null for a parameter with a default is its default, also where a condition decides', () => {
  const { resources } = read(
    "param on bool\nmodule a 'n.bicep' = { params: { name: 'a', prefix: null } }\nmodule b 'n.bicep' = { params: { name: 'b', prefix: on ? null : '10.0.0.0/16' } }\nmodule c 'n.bicep' = { params: { name: 'c', prefix: on ? null : '10.9.0.0/16' } }\n",
    { 'n.bicep': NET },
  );
  const prefixes = Object.values(resources).map((body) => JSON.stringify(body));
  expect(prefixes[0]).toContain('10.0.0.0/16');
  expect(prefixes[1]).toContain('"10.0.0.0/16"');
  expect(prefixes[2]).toContain("?if(parameters('on')");
});

test('a parameter that a module needs and nobody gives is unknown', () => {
  const { resources } = read("module a 'n.bicep' = {}\n", { 'n.bicep': NET });
  expect(Object.keys(resources)).toEqual(["a.vnet Microsoft.Network/virtualNetworks ?parameters('a.name')"]);
});

test('parameters may come as a whole, and parts of them from elsewhere', () => {
  const { resources } = read(
    "var all = { name: 'x', prefix: '10.2.0.0/16' }\nmodule a 'n.bicep' = { params: all }\nmodule b 'n.bicep' = { params: { ...all, name: 'y' } }\n",
    { 'n.bicep': NET },
  );
  expect(Object.keys(resources)).toEqual([
    'a.vnet Microsoft.Network/virtualNetworks x',
    'b.vnet Microsoft.Network/virtualNetworks y',
  ]);
});

test('modules loop, have conditions, and lie in each other', () => {
  const { resources, outputs } = read(
    `
param on bool
module m 'outer.bicep' = [for (n, i) in ['a', 'b']: if (n == 'a' || on) {
  params: { names: [n, '\${n}\${i}'] }
}]
module never 'outer.bicep' = if (false) {
  params: { names: fail('not asked for') }
}
output ids array = [for i in range(0, 2): m[i].outputs.names]
output none string = never.?outputs.?names ?? 'none'
`,
    {
      'outer.bicep':
        "param names array\nmodule inner 'n.bicep' = [for n in names: {\n  params: { name: n }\n}]\noutput names array = [for (n, i) in names: last(split(inner[i].outputs.id, '/'))]\n",
      'n.bicep': NET,
    },
  );
  expect(Object.keys(resources)).toEqual([
    'm[0].inner[0].vnet Microsoft.Network/virtualNetworks a',
    'm[0].inner[1].vnet Microsoft.Network/virtualNetworks a0',
    "m[1].inner[0].vnet Microsoft.Network/virtualNetworks b if parameters('on')",
    "m[1].inner[1].vnet Microsoft.Network/virtualNetworks b1 if parameters('on')",
  ]);
  expect(outputs).toEqual({
    ids: [
      ['a', 'a0'],
      ['b', 'b1'],
    ],
    none: 'none',
  });
});

test.each([
  ["scope: resourceGroup('g')", 'subscriptions/sub/resourcegroups/g/'],
  ["scope: resourceGroup('s', 'g')", 'subscriptions/s/resourcegroups/g/'],
  ['scope: group', 'subscriptions/sub/resourcegroups/made/'],
  ['', 'subscriptions/sub/resourcegroups/rg/'],
])('a module with %s deploys there', (scope, prefix) => {
  const text = `
resource group 'Microsoft.Resources/resourceGroups@2023-04-01' existing = {
  name: 'made'
  scope: subscription()
}
module a 'n.bicep' = {
  ${scope}
  params: { name: 'x' }
}
`;
  const { ids } = read(text, { 'n.bicep': NET });
  expect(ids['a.vnet']).toBe(`/${prefix}providers/microsoft.network/virtualnetworks/x`);
});

test('a module in a group that is declared has the location of that group', () => {
  const { outputs } = read(
    `
targetScope = 'subscription'
resource group 'Microsoft.Resources/resourceGroups@2023-04-01' = {
  name: 'g'
  location: 'west'
}
module m 'm.bicep' = { scope: group }
module n 'm.bicep' = { scope: resourceGroup('other') }
output here string = m.outputs.location
output there string = n.outputs.location
`,
    { 'm.bicep': 'output location string = resourceGroup().location\n' },
  );
  expect(outputs).toEqual({ here: 'west', there: "?resourcegroup('other').location" });
});

test.each([
  ['a file that is not there', 'gone.bicep', 'gone.bicep'],
  ['a registry', 'br:example.azurecr.io/net:v1', 'br:example.azurecr.io/net:v1'],
  ['an alias that nobody declares', 'br/own:net:v1', 'br/own:net:v1'],
  ['a template spec', 'ts:s/g/t:1', 'ts:s/g/t:1'],
])('of %s nothing is known, and everything may be in it', (_what, path, name) => {
  const { resources, outputs, gaps, problems } = read(
    `module m '${path}' = { params: { a: 1 } }\noutput id string = m.outputs.id\n`,
  );
  expect(resources).toEqual({});
  expect(gaps).toEqual([`module ${name}`]);
  expect(outputs.id).toBe(
    "?reference(concat('/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Resources/deployments/m-', uniquestring('m', deployment().name))).outputs.id.value",
  );
  expect(problems).toEqual([`module-not-available: the module \`m\` is not available: \`${name}\``]);
});

const TEMPLATE = JSON.stringify({
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  parameters: { name: { type: 'string' }, sku: { type: 'string', defaultValue: 'Standard' } },
  resources: [
    {
      type: 'Microsoft.Network/publicIPAddresses',
      apiVersion: '2023-04-01',
      name: "[parameters('name')]",
      sku: { name: "[parameters('sku')]" },
    },
  ],
  outputs: {
    id: { type: 'string', value: "[resourceId('Microsoft.Network/publicIPAddresses', parameters('name'))]" },
  },
});

test.each([
  ['a template beside it', 'pip.json', 'pip.json', {}],
  [
    'a registry',
    'br:Example.azurecr.io:5000/net/pip:V1b',
    '~/.bicep/br/example.azurecr.io$5000/net$pip/V1b$1/main.json',
    {},
  ],
  ['a digest', 'br:a.io/p@sha256:0af', '~/.bicep/br/a.io/p/sha256#0af/main.json', {}],
  [
    'the public registry',
    'br/public:avm/res/x:0.1.0',
    '~/.bicep/br/mcr.microsoft.com/bicep$avm$res$x/0.1.0$/main.json',
    {},
  ],
  [
    'an alias',
    'br/own:pip:1',
    'cache/br/own.azurecr.io/net$pip/1$/main.json',
    {
      moduleAliases: { br: { own: { registry: 'own.azurecr.io', modulePath: 'net' } } },
      cacheRootDirectory: './cache',
    },
  ],
  ['a template spec', 'ts:S/G/T:1.0', '~/.bicep/ts/s/g/t/1.0/main.json', {}],
  [
    'an alias of template specs',
    'ts/own:T:1',
    '/c/ts/s/g/t/1/main.json',
    { moduleAliases: { ts: { own: { subscription: 's', resourceGroup: 'g' } } }, cacheRootDirectory: '/c' },
  ],
])('a module of %s is read where it was restored', (_what, path, restored, configuration) => {
  const { resources, outputs, problems } = read(
    `module m '${path}' = { params: { name: 'x' } }\noutput id string = m.outputs.id\n`,
    { [restored]: TEMPLATE, 'bicepconfig.json': `// c\n${JSON.stringify(configuration)}` },
  );
  expect(problems).toEqual([]);
  expect(Object.values(resources)).toEqual([{ sku: { name: 'Standard' } }]);
  expect(Object.keys(resources)[0]).toMatch(/Microsoft\.Network\/publicIPAddresses x$/);
  expect(outputs.id).toBe(
    '/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/x',
  );
});

test('the nearest configuration counts, and one that cannot be read is told', () => {
  const files = {
    'infra/net/bicepconfig.json': '{ "moduleAliases": { "br": { "own": { "registry": "near.io" } } } }',
    'bicepconfig.json': '{ "moduleAliases": { "br": { "own": { "registry": "far.io" } } } }',
    '~/.bicep/br/near.io/p/1$/main.json': TEMPLATE,
  };
  const text = "module m 'br/own:p:1' = { params: { name: 'x' } }\n";
  expect(read(text, files, { path: 'infra/net/main.bicep' }).problems).toEqual([]);
  const broken = read(
    text,
    { ...files, 'infra/net/bicepconfig.json': '{' },
    { path: 'infra/net/main.bicep' },
  );
  expect(broken.problems[0]).toMatch(/^json-not-readable/);
});

test('a module that contains itself is a problem', () => {
  const files = { 'a.bicep': "module b 'b.bicep' = {}\n", 'b.bicep': "module a './a.bicep' = {}\n" };
  const { problems, gaps } = read("module a 'a.bicep' = {}\n", files);
  expect(problems[0]).toBe('module-cycle: the module `./a.bicep` contains itself');
  expect(gaps).toEqual(['unsupported ./a.bicep']);
});

test('modules whose number is not known are shown once, with a gap when they hold members of pools', () => {
  const nic = "param n string\nresource nic 'Microsoft.Network/networkInterfaces@1' = {\n  name: n\n}\n";
  const loop = "param l array\nmodule m 'm.bicep' = [for x in l: {\n  params: { n: x }\n}]\n";
  const withMembers = read(loop, { 'm.bicep': nic });
  expect(Object.keys(withMembers.resources)).toHaveLength(1);
  expect(withMembers.gaps).toEqual(['parameter l']);
  const without = read(loop, { 'm.bicep': nic.replace('networkInterfaces', 'publicIPAddresses') });
  expect(Object.keys(without.resources)).toEqual([
    "m[*].nic Microsoft.Network/publicIPAddresses ?parameters('l')[copyindex(parameters('l'))] if parameters('l')",
  ]);
  expect(without.gaps).toEqual([]);
});

test('variables, functions and types are imported, under other names and from imports again', () => {
  const files = {
    'shared/a.bicep': `
import { base as root } from '../b.bicep'
@export()
var ports = { web: root + 80 }
@export()
func name(x string) string => '\${prefix}-\${x}'
var prefix = 'p'
@export()
type optional = string?
`,
    'b.bicep': '@export()\nvar base = 8000\n',
  };
  const { outputs, problems } = read(
    `
import { ports, name as nameOf, optional } from 'shared/a.bicep'
import * as a from 'shared/a.bicep'
param x optional
output port int = ports.web
output same int = a.ports.web
output name string = nameOf('y')
output also string = a.name('z')
output none string = x ?? 'none'
`,
    files,
  );
  expect(problems).toEqual([]);
  expect(outputs).toEqual({ port: 8080, same: 8080, name: 'p-y', also: 'p-z', none: 'none' });
});

test('types of a registry do not matter, values of it are unknown', () => {
  const { outputs, problems } = read(`
import { lockType, names } from 'br/public:avm/utl/types/avm-common-types:0.5.1'
param lock lockType?
output lock object? = lock
output name string = names.web
`);
  expect(problems).toEqual([]);
  expect(outputs).toEqual({ lock: null, name: '?br/public:avm/utl/types/avm-common-types:0.5.1' });
});

test('a file that is imported and not there, or that imports itself, is a problem', () => {
  const files = {
    'a.bicep': "import { y } from 'b.bicep'\n@export()\nvar x = y\n",
    'b.bicep': "import { x } from 'a.bicep'\n@export()\nvar y = x\n",
  };
  expect(read("import { x } from 'a.bicep'\noutput o int = x\n", files)).toMatchObject({
    outputs: { o: '?a.bicep' },
    problems: ['file-not-available: the file `a.bicep` cannot be imported into itself'],
  });
  expect(read("import { x } from 'gone.bicep'\noutput o int = x\n")).toMatchObject({
    outputs: { o: '?gone.bicep' },
    problems: ['file-not-available: the file `gone.bicep` cannot be read'],
  });
});
