import type { Value } from '../../../src/value/value.ts';
import { evaluateIn, GROUP, plain } from '../../support/arm-template.ts';

const group = GROUP.toLowerCase();
const network = `${group}/providers/microsoft.network`;

const RESOURCES = [
  {
    type: 'Microsoft.Network/publicIPAddresses',
    name: 'pip',
    apiVersion: '1',
    location: 'westeurope',
    sku: { name: 'Standard' },
    properties: { publicIPAllocationMethod: 'Static', dnsSettings: { domainNameLabel: 'web' } },
  },
  {
    type: 'Microsoft.Network/loadBalancers',
    name: 'lb',
    apiVersion: '1',
    properties: {
      frontendIPConfigurations: [
        {
          name: 'Dynamic',
          properties: { privateIPAllocationMethod: 'Dynamic', privateIPAddress: '10.0.0.9' },
        },
        { name: 'static', properties: { privateIPAllocationMethod: 'Static', privateIPAddress: '10.0.0.4' } },
      ],
      probes: [{ name: 'http', properties: { port: 8080, protocol: 'Http' } }],
    },
  },
  {
    type: 'Microsoft.Network/networkInterfaces',
    name: 'nic',
    apiVersion: '1',
    properties: { ipConfigurations: [{ name: 'ip', properties: {} }] },
  },
];

const LB = "reference(resourceId('Microsoft.Network/loadBalancers', 'lb'), '1')";
const PIP = "reference(resourceId('Microsoft.Network/publicIPAddresses', 'pip'))";

function valueOfReference(expression: string, rest: Record<string, unknown> = {}): Value {
  const { value, problems } = evaluateIn(`[${expression}]`, { resources: RESOURCES, ...rest });
  expect(problems).toEqual([]);
  return value;
}

test.each<[string, unknown]>([
  [`${LB}.probes[0].properties.port`, 8080],
  [`${LB}.frontendIPConfigurations[1].properties.privateIPAddress`, '10.0.0.4'],
  [`${LB}.probes[0].id`, `${GROUP}/providers/Microsoft.Network/loadBalancers/lb/probes/http`],
  [`${LB}.frontendIPConfigurations[0].name`, 'Dynamic'],
  [`${PIP}.dnsSettings.domainNameLabel`, 'web'],
  ["reference('pip', '1', 'Full').sku.name", 'Standard'],
  ["reference('pip', '1', 'full').location", 'westeurope'],
  ["reference('pip').publicIPAllocationMethod", 'Static'],
])('%s is what is declared', (expression, expected) => {
  expect(plain(valueOfReference(expression))).toBe(expected);
});

test.each<[string, string, string]>([
  [`${PIP}.ipAddress`, `${network}/publicipaddresses/pip`, 'ipAddress'],
  [
    `${LB}.frontendIPConfigurations[0].properties.privateIPAddress`,
    `${network}/loadbalancers/lb/frontendipconfigurations/dynamic`,
    'privateIPAddress',
  ],
  [
    "reference('nic').ipConfigurations[0].properties.privateIPAddress",
    `${network}/networkinterfaces/nic/ipconfigurations/ip`,
    'privateIPAddress',
  ],
  [
    "reference(resourceId('other', 'Microsoft.Network/publicIPAddresses', 'elsewhere')).ipAddress",
    `${network.replace('/rg/', '/other/')}/publicipaddresses/elsewhere`,
    'ipAddress',
  ],
])('%s is the address Azure gives', (expression, id, property) => {
  expect(valueOfReference(expression)).toMatchObject({ kind: 'unknown', references: [{ id, property }] });
});

test('what Azure decides is unknown, and equal where it is the same', () => {
  const value = valueOfReference(`${LB}.provisioningState`);
  expect(value).toMatchObject({
    kind: 'unknown',
    reason: { kind: 'runtime' },
    expression: `reference('${network}/loadbalancers/lb').provisioningstate`,
  });
  const other = valueOfReference("reference('lb').provisioningState");
  expect(other).toMatchObject({ expression: value.kind === 'unknown' ? value.expression : '' });
  expect(plain(valueOfReference(`equals(${LB}.provisioningState, reference('lb').provisioningState)`))).toBe(
    true,
  );
  expect(valueOfReference(`equals(${LB}.provisioningState, ${LB}.resourceGuid)`).kind).toBe('unknown');
});

test('keys and lists of keys are known at run time only', () => {
  const keys = "listKeys(resourceId('A.B/c', 'x'), '1').keys[0].value";
  expect(valueOfReference(keys)).toMatchObject({
    kind: 'unknown',
    reason: { kind: 'runtime', name: 'listkeys()' },
  });
});

test('a resource that asks about itself gets what was there before', () => {
  const subnet = "resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet', 'snet')";
  const resources = [
    {
      type: 'Microsoft.Network/virtualNetworks/subnets',
      name: 'vnet/snet',
      properties: { addressPrefix: `[reference(${subnet}, '1').addressPrefix]` },
    },
  ];
  const value = valueOfReference(`reference(${subnet}).addressPrefix`, { resources });
  expect(value).toMatchObject({ kind: 'unknown', reason: { kind: 'runtime' } });
});

const SYMBOLIC = {
  languageVersion: '2.0',
  parameters: { n: { type: 'int' } },
  resources: {
    lb: RESOURCES[1],
    nics: {
      type: 'Microsoft.Network/networkInterfaces',
      name: "[format('nic{0}', copyIndex())]",
      copy: { name: 'nics', count: 2 },
      properties: { ipConfigurations: [{ name: 'ip', properties: {} }], index: '[copyIndex()]' },
    },
    open: {
      type: 'A.B/c',
      name: "[format('open{0}', copyIndex())]",
      copy: { name: 'open', count: "[parameters('n')]" },
      properties: { index: '[copyIndex()]' },
    },
    old: { existing: true, type: 'A.B/c', name: 'old', properties: { ignored: 1 } },
  },
};

test.each<[string, unknown]>([
  ["reference('lb').probes[0].properties.port", 8080],
  ["reference('nics[1]').index", 1],
  ["reference(format('nics[{0}]', 0)).index", 0],
  ["reference('open[5]').index", 5],
  ["map(references('nics', 'full'), lambda('n', lambdaVariables('n').properties.index))", [0, 1]],
  ["references('open')", ['...']],
  ["length(references('nics'))", 2],
  ["resourceInfo('nics[1]').id", `${GROUP}/providers/Microsoft.Network/networkInterfaces/nic1`],
  ["reference('old').ignored", `?reference('${group}/providers/a.b/c/old').ignored`],
  ["reference(format('nics[{0}]', parameters('n'))).index", "?parameters('n')"],
])('with symbolic names, %s is %s', (expression, expected) => {
  expect(plain(valueOfReference(expression, SYMBOLIC))).toEqual(expected);
});

test('of two declarations of one resource, the answer is that of the one that is deployed', () => {
  const pip = (condition: unknown, label: string): Record<string, unknown> => ({
    type: 'A.B/c',
    name: 'x',
    condition,
    properties: { label },
  });
  const choice = (a: unknown, b: unknown): Record<string, unknown> => ({
    parameters: { p: { type: 'bool' } },
    resources: [pip(a, 'first'), pip(b, 'second')],
  });
  const ask = "reference(resourceId('A.B/c', 'x')).label";
  expect(plain(valueOfReference(ask, choice(false, true)))).toBe('second');
  expect(plain(valueOfReference(ask, choice(true, false)))).toBe('first');
  expect(valueOfReference(ask, choice("[parameters('p')]", "[not(parameters('p'))]"))).toMatchObject({
    kind: 'unknown',
    reason: { kind: 'parameter', name: 'p' },
  });
});

test.each<[string, unknown]>([
  [
    "resourceId('A.B/c/d', split(format('{0}/{1}', parameters('p'), 'x'), '/')[0], split(format('{0}/{1}', parameters('p'), 'x'), '/')[1])",
    `?concat('${GROUP}/providers/A.B/c/', parameters('p'), '/d/x')`,
  ],
  [
    "resourceId('A.B/c/d', split(format('{0}/x', parameters('p')), '/')[1], split(format('{0}/x', parameters('p')), '/')[0])",
    expect.stringContaining('split('),
  ],
  [
    "resourceId('A.B/c/d', split(parameters('p'), '/')[0], split(parameters('p'), '/')[1])",
    expect.stringContaining('split('),
  ],
])('a name that compiled Bicep takes apart keeps its segments: %s', (expression, expected) => {
  const template = { parameters: { p: { type: 'string' } } };
  expect(plain(evaluateIn(`[${expression}]`, template).value)).toEqual(expected);
});
