import { linkOf } from '../../../src/model/model.ts';
import { asText, known } from '../../../src/value/value.ts';
import {
  bodyOf,
  GROUP,
  plain,
  readTemplate,
  resourceAt,
  SCOPE,
  SUBSCRIPTION,
} from '../../support/arm-template.ts';

const NETWORK = 'Microsoft.Network';
const group = GROUP.toLowerCase();

function ids(resources: unknown, rest: Record<string, unknown> = {}): readonly string[] {
  return readTemplate({ resources, ...rest }).model.resources.map(({ id }) => id.replace(group, ''));
}

test('a resource has its type, name, id and body', () => {
  const { model } = readTemplate({
    resources: [
      {
        type: 'Microsoft.Network/publicIPAddresses',
        apiVersion: '2023-09-01',
        name: 'Pip',
        location: 'westeurope',
        sku: { name: 'Standard' },
        tags: { owner: 'me' },
        dependsOn: ['x'],
        comments: 'none',
        properties: { publicIPAllocationMethod: 'Static', dnsSettings: null },
      },
    ],
  });
  const [resource] = model.resources;
  expect(resource).toMatchObject({
    type: 'microsoft.network/publicipaddresses',
    id: `${group}/providers/microsoft.network/publicipaddresses/pip`,
    address: 'Microsoft.Network/publicIPAddresses/Pip',
    name: { value: 'Pip' },
  });
  expect(plain(resource?.body)).toEqual({
    location: 'westeurope',
    sku: { name: 'Standard' },
    tags: { owner: 'me' },
    properties: { publicIPAllocationMethod: 'Static', dnsSettings: null },
  });
});

test('children have their parent, inside it and on their own', () => {
  const { model } = readTemplate({
    resources: [
      {
        type: `${NETWORK}/virtualNetworks`,
        name: 'vnet',
        resources: [{ type: 'subnets', name: 'inside', properties: {} }],
      },
      { type: `${NETWORK}/virtualNetworks/subnets`, name: 'vnet/apart', properties: {} },
      { type: `${NETWORK}/virtualNetworks/subnets`, name: 'other/elsewhere', properties: {} },
    ],
  });
  const vnet = `${group}/providers/microsoft.network/virtualnetworks/vnet`;
  const parents = model.ofType(`${NETWORK}/virtualNetworks/subnets`).map(({ id, name, parent }) => ({
    id: id.replace(vnet, ''),
    name: asText(name),
    parent: parent && linkOf(parent),
  }));
  expect(parents).toMatchObject([
    { id: '/subnets/inside', name: { value: 'vnet/inside' }, parent: { kind: 'to', id: vnet } },
    { id: '/subnets/apart', name: { value: 'vnet/apart' }, parent: { kind: 'to', id: vnet } },
    { name: { value: 'other/elsewhere' }, parent: { kind: 'to', id: vnet.replace(/vnet$/, 'other') } },
  ]);
  const parent = model.byId(vnet);
  expect(parent && model.childrenOf(parent, `${NETWORK}/virtualNetworks/subnets`)).toHaveLength(2);
  expect(model.detached(`${NETWORK}/virtualNetworks/subnets`)).toHaveLength(1);
});

test('a condition that is false gives no resource, one that is not known gives it a condition', () => {
  const pip = (name: string, condition?: unknown): Record<string, unknown> => ({
    type: `${NETWORK}/publicIPAddresses`,
    name,
    ...(condition === undefined ? {} : { condition }),
  });
  const { model } = readTemplate({
    parameters: { deploy: { type: 'bool' }, no: { type: 'bool', defaultValue: false } },
    resources: [
      pip('always'),
      pip('yes', true),
      pip('no', "[parameters('no')]"),
      pip('maybe', "[parameters('deploy')]"),
    ],
  });
  expect(
    model.resources.map(({ address, condition }) => [address.split('/')[2], condition?.expression]),
  ).toEqual([
    ['always', undefined],
    ['yes', undefined],
    ['maybe', "parameters('deploy')"],
  ]);
});

test('a loop gives one resource per iteration, and none for zero', () => {
  const nic = (count: unknown): unknown[] => [
    {
      type: `${NETWORK}/networkInterfaces`,
      name: "[format('nic{0}', copyIndex(1))]",
      copy: { name: 'nics', count },
    },
  ];
  expect(ids(nic(3))).toEqual([1, 2, 3].map((n) => `/providers/microsoft.network/networkinterfaces/nic${n}`));
  expect(ids(nic(0))).toEqual([]);
});

test('a loop of which the count is not known gives one resource that may exist, and a gap', () => {
  const { model } = readTemplate({
    parameters: { count: { type: 'int' } },
    resources: [
      {
        type: `${NETWORK}/networkInterfaces`,
        name: "[concat('nic', copyIndex())]",
        copy: { name: 'nics', count: "[parameters('count')]" },
      },
    ],
  });
  expect(model.resources).toMatchObject([
    { name: { kind: 'unknown' }, condition: { reason: { kind: 'parameter', name: 'count' } } },
  ]);
  expect(model.gaps).toMatchObject([{ reason: { kind: 'parameter', name: 'count' } }]);
});

test('loops of properties become lists, and one of which the count is not known leaves the list open', () => {
  const { model } = readTemplate({
    parameters: { count: { type: 'int' } },
    resources: [
      {
        type: 'Microsoft.Compute/virtualMachines',
        name: "[concat('vm', copyIndex())]",
        copy: { name: 'vms', count: 2 },
        properties: {
          copy: [{ name: 'open', count: "[parameters('count')]", input: 1 }],
          storageProfile: {
            copy: [
              {
                name: 'dataDisks',
                count: 2,
                input: { lun: "[copyIndex('dataDisks')]", vm: "[copyIndex('vms')]", same: '[copyIndex()]' },
              },
            ],
          },
        },
      },
    ],
  });
  expect(bodyOf(model, 'Microsoft.Compute/virtualMachines/vm1')).toEqual({
    properties: {
      open: ['...'],
      storageProfile: {
        dataDisks: [
          { lun: 0, vm: 1, same: 1 },
          { lun: 1, vm: 1, same: 1 },
        ],
      },
    },
  });
});

test('data that looks like a loop stays data', () => {
  const template = { copy: [{ name: 'x', count: '[[length(1)]', input: {} }] };
  const { model, problems } = readTemplate({
    resources: [{ type: 'Microsoft.Authorization/policyDefinitions', name: 'p', properties: { template } }],
  });
  expect(bodyOf(model, 'Microsoft.Authorization/policyDefinitions/p')).toEqual({
    properties: { template: { copy: [{ name: 'x', count: '[length(1)]', input: {} }] } },
  });
  expect(problems).toEqual([]);
});

test('more iterations than Azure takes are a problem, and a resource that may exist', () => {
  const { model, problems } = readTemplate({
    resources: [{ type: 'A.B/c', name: 'x', copy: { name: 'l', count: 801 } }],
  });
  expect(problems).toMatchObject([{ message: 'a loop has 801 iterations; Azure takes up to 800' }]);
  expect(model.resources).toMatchObject([{ condition: {} }]);
});

test.each<[string, Record<string, unknown>, string]>([
  [
    'a lock on a resource',
    { type: 'Microsoft.Authorization/locks', name: 'l', scope: "[resourceId('A.B/c', 'x')]" },
    '/providers/a.b/c/x/providers/microsoft.authorization/locks/l',
  ],
  [
    'the same with a relative scope',
    { type: 'Microsoft.Authorization/locks', name: 'l', scope: 'A.B/c/x' },
    '/providers/a.b/c/x/providers/microsoft.authorization/locks/l',
  ],
  [
    'an extension in its long form',
    { type: 'A.B/c/providers/locks', name: 'x/Microsoft.Authorization/l' },
    '/providers/a.b/c/x/providers/microsoft.authorization/locks/l',
  ],
])('%s extends what it names', (_, resource, id) => {
  expect(ids([resource])).toEqual([id]);
});

test.each<[string, string, Record<string, unknown>, string]>([
  [
    'a subscription',
    'subscription',
    { type: 'A.B/c', name: 'x' },
    `/subscriptions/${SUBSCRIPTION}/providers/a.b/c/x`,
  ],
  [
    'a resource group in it',
    'subscription',
    { type: 'Microsoft.Resources/resourceGroups', name: 'G' },
    `/subscriptions/${SUBSCRIPTION}/resourcegroups/g`,
  ],
  [
    'a management group',
    'managementGroup',
    { type: 'A.B/c', name: 'x' },
    '/providers/microsoft.management/managementgroups/mg/providers/a.b/c/x',
  ],
  ['the tenant', 'tenant', { type: 'A.B/c', name: 'x' }, '/providers/a.b/c/x'],
])('the schema tells that a template goes to %s', (_, level, resource, id) => {
  const $schema = `https://schema.management.azure.com/schemas/2018-05-01/${level}DeploymentTemplate.json#`;
  const scope = { ...SCOPE, managementGroup: known('mg', { kind: 'platform', name: '', docs: '' } as const) };
  const { model } = readTemplate({ $schema, resources: [resource] }, { scope });
  expect(model.resources.map((one) => one.id)).toEqual([id]);
});

test('resources with symbolic names are known by them; existing ones and those of extensions are none', () => {
  const { model } = readTemplate({
    languageVersion: '2.0',
    resources: {
      lb: {
        type: `${NETWORK}/loadBalancers`,
        apiVersion: '1',
        name: 'lb',
        properties: { vnet: "[resourceInfo('vnet').id]" },
      },
      nics: {
        type: `${NETWORK}/networkInterfaces`,
        name: "[format('nic{0}', copyIndex())]",
        copy: { name: 'nics', count: 2 },
      },
      vnet: { existing: true, type: `${NETWORK}/virtualNetworks`, name: 'vnet', resourceGroup: 'hub' },
      graph: { import: 'graph', type: 'Microsoft.Graph/groups@v1.0', properties: {} },
    },
  });
  expect(model.resources.map(({ address }) => address)).toEqual(['lb', 'nics[0]', 'nics[1]']);
  expect(bodyOf(model, 'lb')).toEqual({
    properties: {
      vnet: `/subscriptions/${SUBSCRIPTION}/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/vnet`,
    },
  });
});

test('without a known scope the ids still compare', () => {
  const { model } = readTemplate(
    {
      resources: [
        { type: `${NETWORK}/networkSecurityGroups`, name: 'nsg' },
        {
          type: `${NETWORK}/networkInterfaces`,
          name: 'nic',
          properties: {
            networkSecurityGroup: { id: "[resourceId('Microsoft.Network/networkSecurityGroups', 'NSG')]" },
          },
        },
      ],
    },
    { scope: {} },
  );
  const nic = resourceAt(model, `${NETWORK}/networkInterfaces/nic`);
  const properties = nic.body.fields.get('properties');
  const group_ = properties?.kind === 'object' ? properties.fields.get('networksecuritygroup') : undefined;
  const id = group_?.kind === 'object' ? group_.fields.get('id') : undefined;
  const link = id && linkOf(id);
  expect(link).toEqual({
    kind: 'to',
    id: '/subscriptions/{subscription().subscriptionid}/resourcegroups/{resourcegroup().name}/providers/microsoft.network/networksecuritygroups/nsg',
  });
  expect(link?.kind === 'to' && model.byId(link.id)?.address).toBe(`${NETWORK}/networkSecurityGroups/nsg`);
});
