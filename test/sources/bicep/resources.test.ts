// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Bicep writes the holes of its strings that way.
import { read } from './plain.ts';

const GROUP = '/subscriptions/sub/resourcegroups/rg/providers';

test('a resource has its type, name, id and body, without what only says which it is', () => {
  const { resources, ids } = read(`
resource lb 'Microsoft.Network/loadBalancers@2023-04-01' = {
  name: 'lb'
  location: 'west'
  sku: { name: 'Standard' }
  properties: { probes: [] }
  dependsOn: []
}
`);
  expect(resources).toEqual({
    'lb Microsoft.Network/loadBalancers lb': {
      location: 'west',
      sku: { name: 'Standard' },
      properties: { probes: [] },
    },
  });
  expect(ids).toEqual({ lb: `${GROUP}/microsoft.network/loadbalancers/lb` });
});

const VNET = "resource vnet 'Microsoft.Network/virtualNetworks@2023-04-01' = {\n  name: 'v'\n";

test.each([
  [
    'by parent',
    `${VNET}}\nresource s 'Microsoft.Network/virtualNetworks/subnets@2023-04-01' = {\n  parent: vnet\n  name: 's'\n}\n`,
    's',
  ],
  [
    'by its name',
    "resource s 'Microsoft.Network/virtualNetworks/subnets@2023-04-01' = {\n  name: 'v/s'\n}\n",
    's',
  ],
  ['nested', `${VNET}  resource s 'subnets' = {\n    name: 's'\n  }\n}\n`, 'vnet::s'],
])('a child %s has the id of its parent before its own', (_how, text, address) => {
  const { ids, resources } = read(text);
  expect(ids[address]).toBe(`${GROUP}/microsoft.network/virtualnetworks/v/subnets/s`);
  expect(Object.keys(resources)).toContain(`${address} Microsoft.Network/virtualNetworks/subnets v/s`);
});

test('nested resources are seen by each other, by their parent, and from outside through the parent', () => {
  const { outputs, problems } = read(`${VNET}
  tags: { of: a.name }
  resource a 'subnets' = {
    name: 'a'
  }
  resource b 'subnets@2024-01-01' = {
    name: '\${a.name}b'
    properties: { x: vnet.name }
  }
}
output id string = vnet::b.id
output name string = vnet::b.name
output version array = [vnet::a.apiVersion, vnet::b.apiVersion]
output tag string = vnet.tags.of
`);
  expect(problems).toEqual([]);
  expect(outputs).toEqual({
    id: '/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/ab',
    name: 'ab',
    version: ['2023-04-01', '2024-01-01'],
    tag: 'a',
  });
});

test('what a body declares is read from it, and what Azure decides is a property of the resource', () => {
  const { outputs, root } = read(`
resource pip 'Microsoft.Network/publicIPAddresses@2023-04-01' = {
  name: 'pip'
  location: 'west'
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}
output location string = pip.location
output sku string = pip.sku.name
output method string = pip.properties.publicIPAllocationMethod
output address string = pip.properties.ipAddress
output type string = pip.type
`);
  expect(outputs).toMatchObject({
    location: 'west',
    sku: 'Standard',
    method: 'Static',
    type: 'Microsoft.Network/publicIPAddresses',
  });
  const id = `${GROUP}/microsoft.network/publicipaddresses/pip`;
  expect(root.outputs?.[3]?.value).toMatchObject({
    kind: 'unknown',
    references: [{ id, property: 'ipAddress' }],
  });
});

test('existing resources give ids and no resource', () => {
  const { resources, outputs, ids } = read(`
resource vnet 'Microsoft.Network/virtualNetworks@2023-04-01' existing = {
  name: 'v'
  scope: resourceGroup('other')
  resource s 'subnets' existing = {
    name: 's'
  }
}
output subnet string = vnet::s.id
output space object = vnet.properties.addressSpace
`);
  expect(Object.keys(resources)).toEqual([
    'vnet Microsoft.Network/virtualNetworks v existing',
    'vnet::s Microsoft.Network/virtualNetworks/subnets v/s existing',
  ]);
  expect(ids['vnet::s']).toBe(
    '/subscriptions/sub/resourcegroups/other/providers/microsoft.network/virtualnetworks/v/subnets/s',
  );
  expect(outputs.subnet).toBe(
    '/subscriptions/sub/resourceGroups/other/providers/Microsoft.Network/virtualNetworks/v/subnets/s',
  );
  expect(outputs.space).toMatch(/^\?reference\(.*\)\.addressspace$/);
});

test.each([
  ['resourceGroup()', 'subscriptions/sub/resourcegroups/rg/'],
  ["resourceGroup('g')", 'subscriptions/sub/resourcegroups/g/'],
  ["resourceGroup('s', 'g')", 'subscriptions/s/resourcegroups/g/'],
  ['subscription()', 'subscriptions/sub/'],
  ["subscription('s')", 'subscriptions/s/'],
  ["managementGroup('m')", 'providers/microsoft.management/managementgroups/m/'],
  ['tenant()', ''],
  ['lb', 'subscriptions/sub/resourcegroups/rg/providers/microsoft.network/loadbalancers/lb/'],
])('scope %s', (scope, prefix) => {
  const { ids, problems } = read(`
resource lb 'Microsoft.Network/loadBalancers@2023-04-01' = {
  name: 'lb'
}
resource r 'A.B/c@1' = {
  name: 'r'
  scope: ${scope}
}
`);
  expect(problems).toEqual([]);
  expect(ids.r).toBe(`/${prefix}providers/a.b/c/r`);
});

test.each([
  ['subscription', '/subscriptions/sub/resourcegroups/g'],
  ['tenant', '/providers/microsoft.resources/resourcegroups/g'],
])('a file whose target is the %s deploys there', (target, id) => {
  const { ids } = read(
    `targetScope = '${target}'\nresource g 'Microsoft.Resources/resourceGroups@2023-04-01' = {\n  name: 'g'\n}\n`,
  );
  expect(ids.g).toBe(id);
});

test('conditions that are known decide, and open ones stay', () => {
  const { resources } = read(`
param on bool
resource a 'A.B/c@1' = if (true) { name: 'a' }
resource b 'A.B/c@1' = if (false) { name: fail('not asked for') }
resource c 'A.B/c@1' = if (on) {
  name: 'c'
  resource d 'd' = { name: 'd' }
  resource e 'd' = if (false) { name: 'e' }
}
`);
  expect(Object.keys(resources)).toEqual([
    'a A.B/c a',
    "c A.B/c c if parameters('on')",
    "c::d A.B/c/d c/d if parameters('on')",
  ]);
});

test('safe steps into what is not deployed give nothing', () => {
  const { outputs } = read(`
resource a 'Microsoft.Network/publicIPAddresses@1' = if (false) { name: 'a' }
output x string = a.?properties.ipAddress ?? 'none'
output id string = a.id
`);
  expect(outputs).toEqual({
    x: 'none',
    id: '/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/a',
  });
});

test('loops give one resource for each item, and filters leave some out', () => {
  const { resources, outputs, ids } = read(`
resource n 'A.B/c@1' = [for (x, i) in ['a', 'b', 'c']: if (x != 'b') {
  name: '\${x}\${i}'
  resource k 'd' = { name: x }
}]
output ids array = [for i in range(0, 3): n[i].name]
output last string = n[2].id
output all array = map(n, r => r.name)
`);
  expect(Object.keys(resources)).toEqual([
    'n[0] A.B/c a0',
    'n[0]::k A.B/c/d a0/a',
    'n[2] A.B/c c2',
    'n[2]::k A.B/c/d c2/c',
  ]);
  expect(outputs.ids).toEqual(['a0', 'b1', 'c2']);
  expect(outputs.last).toBe('/subscriptions/sub/resourceGroups/rg/providers/A.B/c/c2');
  expect(outputs.all).toEqual(['a0', 'b1', 'c2']);
  expect(ids['n[0]::k']).toBe(`${GROUP}/a.b/c/a0/d/a`);
});

test('loops over one list that is not known speak of the same resource', () => {
  const { root, gaps } = read(`
param names array
resource nic 'Microsoft.Network/networkInterfaces@2023-04-01' = [for n in names: {
  name: 'nic-\${n}'
}]
resource vm 'Microsoft.Compute/virtualMachines@2023-03-01' = [for (n, i) in names: {
  name: 'vm-\${n}'
  properties: { networkProfile: { networkInterfaces: [{ id: nic[i].id }] } }
}]
`);
  const [nic, vm] = root.declarations;
  const profile = vm?.body.fields.get('properties');
  expect(nic?.id).toMatchObject({ kind: 'unknown' });
  expect(JSON.stringify(profile, (_, value) => (value instanceof Map ? [...value] : value))).toContain(
    JSON.stringify(nic?.id.kind === 'unknown' ? nic.id.expression : ''),
  );
  expect(gaps).toEqual(['parameter names']);
});

test('one of several resources under an index that is not known is a choice among them', () => {
  const { root } = read(`
param i int
resource n 'A.B/c@1' = [for x in ['a', 'b']: {
  name: x
}]
output id string = n[i].id
`);
  expect(root.outputs?.[0]?.value).toMatchObject({
    kind: 'unknown',
    references: [
      { id: `${GROUP}/a.b/c/a`, property: 'id' },
      { id: `${GROUP}/a.b/c/b`, property: 'id' },
    ],
  });
});

test('names that are not known keep what is known of them', () => {
  const { ids } = read(`
param p string
resource vnet 'Microsoft.Network/virtualNetworks@1' = {
  name: 'v-\${p}'
}
resource s 'Microsoft.Network/virtualNetworks/subnets@1' = {
  parent: vnet
  name: 's'
}
resource t 'Microsoft.Network/virtualNetworks/subnets@1' = {
  name: p
}
`);
  expect(ids.s).toBe(`${GROUP}/microsoft.network/virtualnetworks/v-{parameters('p')}/subnets/s`);
  expect(ids.t).toBe(
    `${GROUP}/microsoft.network/virtualnetworks/{split(parameters('p'), '/')[0]}/subnets/{split(parameters('p'), '/')[1]}`,
  );
});

test('what runs elsewhere than in Azure Resource Manager is no resource', () => {
  const { resources, problems } = read(`
extension kubernetes with { namespace: 'default' } as k8s
resource s 'core/Service@v1' = {
  metadata: { name: 's' }
}
resource g 'Microsoft.Graph/groups@v1.0' = {
  uniqueName: 'g'
}
resource a 'az:A.B/c@1' = { name: 'a' }
assert x = true
`);
  expect(resources).toEqual({ 'a A.B/c a': {} });
  expect(problems).toEqual([]);
});

test('what running resources are asked for is named after the question', () => {
  const { outputs } = read(`
resource st 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: 'st'
}
output a string = st.listKeys().keys[0].value
output b string = st.listKeys('2022-01-01').keys[0].value
output c string = reference(st.id, '2023-01-01').primaryEndpoints.blob
output d string = st.properties.primaryEndpoints.blob
`);
  expect(outputs.a).toMatch(/^\?listkeys\('.*\/st', '2023-01-01'\)\.keys\[0\]\.value$/);
  expect(outputs.b).toMatch(/'2022-01-01'\)\.keys\[0\]\.value$/);
  expect(outputs.c).toBe(outputs.d);
});

test('a part that cannot be read leaves the rest, and says that there may be more', () => {
  const { resources, gaps, problems } = read(`
resource a 'A.B/c@1' = {
  name: 'a'
  properties: {
    x: = 1
    y: 2
  }
}
resource b = {
}
var a = 1
`);
  expect(resources).toEqual({
    'a A.B/c a': { properties: { x: '?an expression that cannot be read', y: 2 } },
  });
  expect(gaps).toEqual(Array(2).fill('unsupported a declaration that cannot be read'));
  expect(problems).toEqual([
    'bicep-not-readable: a value is expected here',
    'bicep-not-readable: a string is expected here',
    'bicep-not-readable: `=` is expected here',
    'bicep-not-readable: a declaration before this one has the same name',
  ]);
});

test('a deployment inside the file may hold anything, unless its template is empty', () => {
  const nested = (resources: string): string =>
    `resource d 'Microsoft.Resources/deployments@2024-03-01' = {\n  name: 'd'\n  properties: { template: { resources: ${resources} } }\n}\n`;
  expect(read(nested('[]')).gaps).toEqual([]);
  expect(read(nested('[{}]')).gaps).toEqual(['unsupported d']);
  expect(read(nested("loadJsonContent('t.json').resources")).gaps).toEqual(['unsupported d']);
});

test('a secret stays one through everything that is made of it', () => {
  const { outputs } = read(
    `
@secure()
param a string
type pass = {
  @secure()
  word: string
  name: string
}
@secure()
type key = string
param c pass = { word: 'w', name: 'n' }
param d key = 'k'
output o array = [a, '\${a}!', toUpper(a), c.word, c.name, d]
`,
    {},
    { parameters: { a: 'x' } },
  );
  expect(outputs.o).toEqual(['secret x', 'secret x!', 'secret X', 'secret w', 'n', 'secret k']);
});
