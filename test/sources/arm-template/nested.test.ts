import { networkInterfaces } from '../../../src/model/azure/network-interface.ts';
import {
  bodyOf,
  evaluateIn,
  GROUP,
  plain,
  readTemplate,
  resourceAt,
  SUBSCRIPTION,
  type Template,
  templateText,
} from '../../support/arm-template.ts';

const DEPLOYMENTS = 'Microsoft.Resources/deployments';

/** A nested deployment as Bicep compiles a module. */
function module(
  name: string,
  template: Template,
  parameters: Record<string, unknown> = {},
  rest: Template = {},
): Record<string, unknown> {
  return {
    type: DEPLOYMENTS,
    apiVersion: '2022-09-01',
    name,
    ...rest,
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'inner' },
      parameters,
      template: JSON.parse(templateText(template)),
    },
  };
}

const BALANCER = module('balancer', {
  parameters: { name: { type: 'string', defaultValue: 'lb' } },
  resources: [
    {
      type: 'Microsoft.Network/loadBalancers',
      name: "[parameters('name')]",
      properties: { backendAddressPools: [{ name: 'Pool' }] },
    },
  ],
  outputs: {
    poolId: {
      type: 'string',
      value:
        "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', parameters('name'), 'pool')]",
    },
  },
});
const POOL_ID =
  "[reference(resourceId('Microsoft.Resources/deployments', 'balancer'), '2022-09-01').outputs.poolId.value]";

function machines(rest: Template = {}): Record<string, unknown> {
  return module(
    'machines',
    {
      parameters: { settings: { type: 'object' } },
      variables: { pools: [{ id: "[parameters('settings').pool]" }] },
      resources: [
        {
          type: 'Microsoft.Network/networkInterfaces',
          name: 'nic',
          properties: {
            ipConfigurations: [
              { name: 'ip', properties: { loadBalancerBackendAddressPools: "[variables('pools')]" } },
            ],
          },
        },
      ],
    },
    { settings: { value: { pool: POOL_ID } } },
    rest,
  );
}

test.each([
  ['a known scope', undefined],
  ['no known scope', {}],
])(
  'an interface of one module finds the pool of another through outputs and parameters, with %s',
  (_, scope) => {
    const { model, problems } = readTemplate(
      { resources: [BALANCER, machines()] },
      scope === undefined ? {} : { scope },
    );
    expect(problems).toEqual([]);
    const [lb] = model.ofType('Microsoft.Network/loadBalancers');
    const [nic] = networkInterfaces(model);
    expect(nic?.ipConfigurations.items.flatMap(({ pools }) => pools.items)).toEqual([
      { kind: 'to', id: `${lb?.id}/backendaddresspools/pool` },
    ]);
  },
);

test('an inner template sees its own definitions, an outer one those around it', () => {
  const resource = {
    type: 'A.B/c',
    name: 'x',
    properties: { v: "[variables('v')]", g: '[resourceGroup().name]' },
  };
  const nested = (scope: string): Template => ({
    variables: { v: 'around' },
    resources: [
      {
        type: DEPLOYMENTS,
        name: 'nested',
        resourceGroup: 'other',
        properties: {
          ...(scope === 'default' ? {} : { expressionEvaluationOptions: { scope } }),
          template: JSON.parse(templateText({ variables: { v: 'own' }, resources: [resource] })),
        },
      },
    ],
  });
  const inner = readTemplate(nested('inner')).model;
  expect(bodyOf(inner, 'A.B/c/x')).toEqual({ properties: { v: 'own', g: 'other' } });
  for (const scope of ['outer', 'default']) {
    const { model } = readTemplate(nested(scope));
    expect(bodyOf(model, 'A.B/c/x')).toEqual({ properties: { v: 'around', g: 'rg' } });
    expect(model.resources[0]?.id).toBe(
      `/subscriptions/${SUBSCRIPTION}/resourcegroups/other/providers/a.b/c/x`,
    );
  }
});

test.each<[string, Template, string]>([
  ['a resource group', { resourceGroup: 'g2' }, `/subscriptions/${SUBSCRIPTION}/resourcegroups/g2`],
  [
    'another subscription',
    { subscriptionId: 's2', resourceGroup: 'g2' },
    '/subscriptions/s2/resourcegroups/g2',
  ],
  ['a whole subscription', { subscriptionId: 's2', location: 'x' }, '/subscriptions/s2'],
  ['the tenant', { scope: '/', location: 'x' }, ''],
  [
    'a management group',
    { scope: 'Microsoft.Management/managementGroups/mg', location: 'x' },
    '/providers/microsoft.management/managementgroups/mg',
  ],
])('a nested deployment goes to %s', (_, rest, prefix) => {
  const { model } = readTemplate({
    resources: [module('nested', { resources: [{ type: 'A.B/c', name: 'x' }] }, {}, rest)],
  });
  expect(model.resources.map(({ id }) => id)).toEqual([`${prefix}/providers/a.b/c/x`]);
});

test('what a nested template does not get is unknown for each of them apart', () => {
  const nested = (name: string): Template =>
    module(name, {
      parameters: { p: { type: 'string' } },
      outputs: { p: { type: 'string', value: "[parameters('p')]" } },
    });
  const { value } = evaluateIn(
    "[equals(reference('one').outputs.p.value, reference('two').outputs.p.value)]",
    {
      resources: [nested('one'), nested('two')],
    },
  );
  expect(value.kind).toBe('unknown');
});

test.each<[string, unknown, unknown]>([
  ['a value', { value: 'given' }, 'given'],
  ['null, which asks for the default', { value: null }, 'default'],
  ['nothing', undefined, 'default'],
  [
    'an expression as a whole',
    "[if(true(), createObject('value', 'chosen'), createObject('value', null()))]",
    'chosen',
  ],
  ['a loop', { copy: [{ name: 'value', count: 2, input: "[copyIndex('value')]" }] }, [0, 1]],
  ['a secret of a key vault', { reference: { keyVault: { id: 'x' }, secretName: 's' } }, '?p'],
])('a parameter of a nested template can be %s', (_, argument, expected) => {
  const nested = module(
    'nested',
    {
      parameters: { p: { type: 'string', defaultValue: 'default' } },
      outputs: { p: { type: 'string', value: "[parameters('p')]" } },
    },
    argument === undefined ? {} : { p: argument },
  );
  const { value } = evaluateIn("[reference('nested').outputs.p.value]", { resources: [nested] });
  expect(plain(value)).toEqual(expected);
});

test('outputs may be loops, secret, or left out by a condition', () => {
  const nested = module('nested', {
    outputs: {
      list: { type: 'array', copy: { count: 2, input: '[copyIndex()]' } },
      secret: { type: 'securestring', value: 'hidden' },
      no: { type: 'string', condition: false, value: 'x' },
    },
  });
  const at = (name: string): ReturnType<typeof evaluateIn> =>
    evaluateIn(`[reference('nested').outputs.${name}.value]`, { resources: [nested] });
  expect(plain(at('list').value)).toEqual([0, 1]);
  expect(at('secret').value).toMatchObject({ value: 'hidden', sensitive: true });
  expect(at('no').problems).toEqual([expect.stringContaining('no member')]);
  const listed = evaluateIn("[listOutputsWithSecureValues('nested', '1').secret]", { resources: [nested] });
  expect(listed.value).toMatchObject({ value: 'hidden', sensitive: true });
});

test('conditions of nested deployments hold for everything in them', () => {
  const inside = { resources: [{ type: 'A.B/c', name: 'x' }] };
  const { model } = readTemplate({
    parameters: { p: { type: 'bool' } },
    resources: [
      module('off', inside, {}, { condition: false }),
      module('maybe', inside, {}, { condition: "[parameters('p')]" }),
    ],
  });
  expect(model.resources).toMatchObject([{ condition: { expression: "parameters('p')" } }]);
});

test('modules with symbolic names give addresses', () => {
  const inner = { languageVersion: '2.0', resources: { lb: { type: 'A.B/c', name: 'x' } } };
  const { model } = readTemplate({
    languageVersion: '2.0',
    resources: {
      network: module('n', inner),
      apps: module(
        "[format('a{0}', copyIndex())]",
        inner,
        {},
        { copy: { name: 'apps', count: 2 }, resourceGroup: "[format('g{0}', copyIndex())]" },
      ),
    },
  });
  expect(model.resources.map(({ address }) => address)).toEqual(['network.lb', 'apps[0].lb', 'apps[1].lb']);
});

const LINKED = templateText({
  parameters: { name: { type: 'string' } },
  resources: [{ type: 'A.B/c', name: "[parameters('name')]" }],
  outputs: { file: { type: 'string', value: '[deployment().properties.templateLink.uri]' } },
});
const linked = (templateLink: unknown): Template => ({
  parameters: {
    _artifactsLocation: { type: 'string', defaultValue: '[deployment().properties.templateLink.uri]' },
    _artifactsLocationSasToken: { type: 'securestring', defaultValue: '' },
  },
  resources: [
    { type: DEPLOYMENTS, name: 'linked', properties: { templateLink, parameters: { name: { value: 'x' } } } },
  ],
  outputs: { o: { type: 'string', value: "[reference('linked').outputs.file.value]" } },
});

test.each([
  ['a relative path', { relativePath: 'nested/inner.json' }],
  [
    'the address of the template',
    { uri: "[uri(deployment().properties.templateLink.uri, 'nested/inner.json')]" },
  ],
  [
    'the location of its artifacts',
    {
      uri: "[uri(parameters('_artifactsLocation'), concat('nested/inner.json', parameters('_artifactsLocationSasToken')))]",
    },
  ],
])('a linked template is read by %s', (_, templateLink) => {
  const { model, problems } = readTemplate(linked(templateLink), { files: { 'nested/inner.json': LINKED } });
  expect(model.resources.map(({ address }) => address)).toEqual(['A.B/c/x']);
  expect(resourceAt(model, 'A.B/c/x').origin).toMatchObject({ path: 'nested/inner.json' });
  expect(model.gaps).toEqual([]);
  expect(problems).toEqual([]);
});

test.each([
  ['at an address', { uri: 'https://example.com/t.json' }, 'https://example.com/t.json'],
  ['that is not there', { relativePath: '../missing.json' }, '../missing.json'],
  ['that is a template spec', { id: '/subscriptions/s/x' }, '/subscriptions/s/x'],
])('a linked template %s leaves a gap, and its outputs are unknown', (_, templateLink, name) => {
  const { model } = readTemplate(linked(templateLink));
  expect(model.gaps).toMatchObject([{ reason: { kind: 'module', name } }]);
  const { value } = evaluateIn("[reference('linked').outputs.anything.value]", linked(templateLink));
  expect(value).toMatchObject({ kind: 'unknown', reason: { kind: 'module', name } });
});

test('a linked template that is no JSON is a warning and a gap', () => {
  const { model, problems } = readTemplate(linked({ relativePath: 'a.json' }), { files: { 'a.json': '{' } });
  expect(model.gaps).toHaveLength(1);
  expect(problems).toMatchObject([
    { code: 'json-not-readable', severity: 'warning', origin: { path: 'a.json' } },
  ]);
});

test('a template in a resource of another type is data', () => {
  const { model } = readTemplate({
    resources: [
      {
        type: 'Microsoft.Resources/templateSpecs/versions',
        name: 's/1',
        properties: { mainTemplate: { resources: [{ type: 'A.B/c', name: 'x' }] } },
      },
    ],
  });
  expect(model.resources.map(({ id }) => id)).toEqual([
    `${GROUP.toLowerCase()}/providers/microsoft.resources/templatespecs/s/versions/1`,
  ]);
});
