import { buildNetwork } from '../../../src/network/network.ts';
import { looksLikeWhatIf, readWhatIf } from '../../../src/sources/arm-what-if/read-what-if.ts';
import { bodyOf, resourceAt } from '../../support/arm-template.ts';

const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg';
const idOf = (path: string): string => `${GROUP}/providers/Microsoft.Network/${path}`;

type Change = Record<string, unknown>;

function change(changeType: string, path: string, payload: Change = {}): Change {
  return { changeType, resourceId: idOf(path), before: null, after: null, delta: null, ...payload };
}

/** The payload of a resource as what-if shows it. */
function payload(path: string, properties: unknown): Change {
  const segments = path.split('/');
  return {
    apiVersion: '2023-09-01',
    id: idOf(path),
    name: segments.at(-1),
    type: `Microsoft.Network/${segments.filter((_, index) => index % 2 === 0).join('/')}`,
    location: 'westeurope',
    resourceGroup: 'rg',
    properties,
  };
}

function read(changes: readonly unknown[], rest: Change = {}): ReturnType<typeof readWhatIf> {
  return readWhatIf({
    path: 'what-if.json',
    text: JSON.stringify({ changes, error: null, status: 'Succeeded', ...rest }),
  });
}

function modelOf(
  changes: readonly unknown[],
  rest: Change = {},
): Extract<ReturnType<typeof readWhatIf>, { model: unknown }> {
  const outcome = read(changes, rest);
  if ('problem' in outcome) throw new Error(outcome.problem.message);
  return outcome;
}

test('the model is what there is after the deployment', () => {
  const { model, problems } = modelOf([
    change('Create', 'publicIPAddresses/new', { after: payload('publicIPAddresses/new', { a: 1 }) }),
    change('Modify', 'publicIPAddresses/changed', {
      before: payload('publicIPAddresses/changed', { a: 1 }),
      after: payload('publicIPAddresses/changed', { a: 2 }),
      delta: [{ path: 'properties.a', propertyChangeType: 'Modify', before: 1, after: 2 }],
    }),
    change('NoChange', 'publicIPAddresses/same', { before: payload('publicIPAddresses/same', { a: 3 }) }),
    change('Ignore', 'publicIPAddresses/other', { before: payload('publicIPAddresses/other', { a: 4 }) }),
    change('Delete', 'publicIPAddresses/gone', { before: payload('publicIPAddresses/gone', { a: 5 }) }),
  ]);
  expect(problems).toEqual([]);
  const properties = model.resources.map(({ address }) => [address.split('/')[2], bodyOf(model, address)]);
  expect(properties).toEqual([
    ['new', { location: 'westeurope', properties: { a: 1 } }],
    ['changed', { location: 'westeurope', properties: { a: 2 } }],
    ['same', { location: 'westeurope', properties: { a: 3 } }],
    ['other', { location: 'westeurope', properties: { a: 4 } }],
  ]);
  expect(model.resources[0]).toMatchObject({
    id: idOf('publicipaddresses/new').toLowerCase(),
    type: 'microsoft.network/publicipaddresses',
    name: { value: 'new' },
    origin: { path: 'what-if.json', line: 1 },
  });
});

test('a child has its parent, and its address is its symbolic name where there is one', () => {
  const { model } = modelOf([
    change('NoChange', 'virtualNetworks/vnet', { after: payload('virtualNetworks/vnet', {}) }),
    change('Create', 'virtualNetworks/vnet/subnets/snet', {
      after: payload('virtualNetworks/vnet/subnets/snet', {}),
      symbolicName: 'snet',
    }),
  ]);
  const subnet = resourceAt(model, 'snet');
  expect(subnet).toMatchObject({
    name: { value: 'vnet/snet' },
    type: 'microsoft.network/virtualnetworks/subnets',
  });
  const [vnet] = model.ofType('Microsoft.Network/virtualNetworks');
  expect(vnet && model.childrenOf(vnet, subnet.type)).toEqual([{ resource: subnet, certain: true }]);
});

test('without a payload the resource is there and nothing of it is known', () => {
  const { model, problems } = modelOf([change('Deploy', 'publicIPAddresses/pip')]);
  const [pip] = model.resources;
  expect(pip?.body.fields.get('properties')).toMatchObject({ kind: 'unknown', reason: { kind: 'outside' } });
  expect(problems).toMatchObject([{ code: 'what-if-without-payloads', severity: 'warning' }]);
});

test('expressions that Azure could not evaluate are unknown', () => {
  const expression = "reference('x', '2023-09-01').ipAddress";
  const { model } = modelOf([
    change('Create', 'routeTables/r', {
      after: payload('routeTables/r', { a: `[${expression}]`, b: '[[text]' }),
    }),
  ]);
  const properties = model.resources[0]?.body.fields.get('properties');
  expect(properties?.kind === 'object' && Object.fromEntries(properties.fields)).toMatchObject({
    a: { kind: 'unknown', reason: { kind: 'runtime' }, expression },
    b: { kind: 'known' },
  });
});

test('what Azure cannot look into leaves a gap, and says why', () => {
  const { model, problems } = modelOf([
    {
      changeType: 'Unsupported',
      resourceId: idOf('routeTables/r'),
      unsupportedReason: 'the id cannot be calculated',
    },
    { changeType: 'Unsupported', resourceId: "[resourceId('A.B/c', parameters('x'))]" },
  ]);
  expect(model.resources).toEqual([]);
  expect(model.gaps).toMatchObject([{ reason: { kind: 'module' } }, { reason: { kind: 'module' } }]);
  expect(problems.map(({ message }) => message)).toEqual([
    `Azure does not predict \`${idOf('routeTables/r')}\`: the id cannot be calculated`,
    "Azure does not predict `[resourceId('A.B/c', parameters('x'))]`",
  ]);
});

test('potential changes have a condition, warnings of Azure are problems', () => {
  const { model, problems } = modelOf([], {
    potentialChanges: [change('Create', 'routeTables/r', { after: payload('routeTables/r', {}) })],
    diagnostics: [
      {
        level: 'Warning',
        code: 'NestedDeploymentShortCircuited',
        message: 'a nested deployment was not expanded',
      },
      { level: 'Info', code: 'X', message: 'nothing' },
    ],
  });
  expect(model.resources).toMatchObject([{ condition: { reason: { kind: 'runtime' } } }]);
  expect(problems.map(({ message }) => message)).toEqual([
    'Azure warns: a nested deployment was not expanded',
  ]);
});

test('the answer of the REST API reads the same', () => {
  const changes = [change('Create', 'routeTables/r', { after: payload('routeTables/r', {}) })];
  const outcome = readWhatIf({
    path: 'a.json',
    text: JSON.stringify({ status: 'Succeeded', properties: { changes } }),
  });
  expect('model' in outcome && outcome.model.resources).toHaveLength(1);
});

test.each<[string, string, string]>([
  ['no JSON', '{', 'json-not-readable'],
  ['something else', '{"a": 1}', 'not-a-what-if-result'],
  ['other changes', '{"changes": [{"type": "x"}]}', 'not-a-what-if-result'],
  [
    'a failure',
    '{"changes": null, "status": "Failed", "error": {"code": "InvalidTemplate", "message": "no such type"}}',
    'what-if-failed',
  ],
])('%s is fatal', (_, text, code) => {
  expect(readWhatIf({ path: 'a.json', text })).toMatchObject({ problem: { code, severity: 'fatal' } });
});

test.each([
  [JSON.stringify({ status: 'Succeeded', changes: [change('Ignore', 'x/y')] }), true],
  [JSON.stringify({ properties: { changes: [change('Ignore', 'x/y')] } }), true],
  ['{"changes": [], "status": "Succeeded"}', true],
  ['{"changes": [{"changeKind": 1}]}', false],
  ['{"note": "\\"changeType\\""}', false],
  ['"changeType"', false],
])('%s looks like a what-if result: %s', (text, expected) => {
  expect(looksLikeWhatIf(text)).toBe(expected);
});

test('the network of a what-if result has its paths', () => {
  const lb = idOf('loadBalancers/lb');
  const { model } = modelOf([
    change('Create', 'loadBalancers/lb', {
      after: {
        ...payload('loadBalancers/lb', {
          frontendIPConfigurations: [
            { name: 'f', properties: { subnet: { id: idOf('virtualNetworks/v/subnets/s') } } },
          ],
          backendAddressPools: [{ name: 'p' }],
          loadBalancingRules: [
            {
              name: 'r',
              properties: {
                frontendIPConfiguration: { id: `${lb}/frontendIPConfigurations/f` },
                backendAddressPool: { id: `${lb}/backendAddressPools/p` },
                protocol: 'Tcp',
                frontendPort: 80,
                backendPort: 80,
              },
            },
          ],
        }),
        sku: { name: 'Standard' },
      },
    }),
    change('Ignore', 'virtualNetworks/v', {
      before: payload('virtualNetworks/v', {
        addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
        subnets: [{ name: 's', properties: { addressPrefix: '10.0.0.0/24' } }],
      }),
    }),
    change('Modify', 'networkInterfaces/n', {
      after: payload('networkInterfaces/n', {
        ipConfigurations: [
          {
            name: 'ip',
            properties: {
              subnet: { id: idOf('virtualNetworks/v/subnets/s') },
              loadBalancerBackendAddressPools: [{ id: `${lb}/backendAddressPools/p` }],
            },
          },
        ],
      }),
    }),
  ]);
  expect(buildNetwork(model).paths).toMatchObject([
    { scheme: 'internal', data: 'open', membersComplete: true },
  ]);
});
