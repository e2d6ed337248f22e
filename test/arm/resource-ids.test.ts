import { callFunction } from '../../src/arm/functions/call-function.ts';
import { idText, namesIn, parseResourceId } from '../../src/arm/resource-ids.ts';
import { known, type Value } from '../../src/value/value.ts';
import {
  DATA_ORIGIN,
  evaluate,
  parameter,
  plain,
  secret,
  testCall,
  toValue,
} from '../support/arm-functions.ts';

const SUBSCRIPTION = known('ffffffff-ffff-ffff-ffff-ffffffffffff', DATA_ORIGIN);
const OTHER = '00000000-0000-0000-0000-000000000000';
const GROUP = known('ps-rule-test-rg', DATA_ORIGIN);
const BELOW = {
  subscription: SUBSCRIPTION,
  resourceGroup: GROUP,
  managementGroup: known('mg1', DATA_ORIGIN),
};

function ids(
  level: 'resource-group' | 'subscription' | 'management-group' | 'tenant',
  name: string,
  ...args: readonly unknown[]
): unknown {
  const call = testCall({ ...BELOW, level });
  const value = callFunction(
    name,
    args.map((arg) => toValue(arg)),
    call,
  );
  return call.faults.length > 0 ? `faults: ${call.faults.join('; ')}` : plain(value);
}

const HERE = '/subscriptions/ffffffff-ffff-ffff-ffff-ffffffffffff';

test.each<[readonly string[], string]>([
  // Azure/PSRule.Rules.Azure, FunctionTests.cs, ResourceId.
  [
    ['Microsoft.Network/virtualNetworks', 'vnet-001'],
    `${HERE}/resourceGroups/ps-rule-test-rg/providers/Microsoft.Network/virtualNetworks/vnet-001`,
  ],
  [
    ['rg-test', 'Microsoft.Network/virtualNetworks', 'vnet-001'],
    `${HERE}/resourceGroups/rg-test/providers/Microsoft.Network/virtualNetworks/vnet-001`,
  ],
  [
    [OTHER, 'rg-test', 'Microsoft.Network/virtualNetworks', 'vnet-001'],
    `/subscriptions/${OTHER}/resourceGroups/rg-test/providers/Microsoft.Network/virtualNetworks/vnet-001`,
  ],
  [
    ['Microsoft.Network/virtualNetworks/subnets', 'vnet-001', 'subnet-001'],
    `${HERE}/resourceGroups/ps-rule-test-rg/providers/Microsoft.Network/virtualNetworks/vnet-001/subnets/subnet-001`,
  ],
  [
    [OTHER, 'rg-test', 'Microsoft.Network/virtualNetworks/subnets', 'vnet-001', 'subnet-001'],
    `/subscriptions/${OTHER}/resourceGroups/rg-test/providers/Microsoft.Network/virtualNetworks/vnet-001/subnets/subnet-001`,
  ],
])('resourceId%j in a resource group', (args, expected) => {
  expect(ids('resource-group', 'resourceId', ...args)).toBe(expected);
});

test('resourceId at the other levels takes a subscription, and gives ids of that level', () => {
  expect(ids('subscription', 'resourceId', 'Unit.Test/type', 'a')).toBe(`${HERE}/providers/Unit.Test/type/a`);
  expect(ids('subscription', 'resourceId', OTHER, 'Unit.Test/type', 'a')).toBe(
    `/subscriptions/${OTHER}/providers/Unit.Test/type/a`,
  );
  expect(ids('subscription', 'resourceId', 'Microsoft.Resources/resourceGroups', 'rg')).toBe(
    `${HERE}/resourceGroups/rg`,
  );
  expect(ids('management-group', 'resourceId', 'Unit.Test/type', 'a')).toBe('/providers/Unit.Test/type/a');
  expect(ids('tenant', 'resourceId', 'Unit.Test/type', 'a')).toBe('/providers/Unit.Test/type/a');
});

test.each<[string, readonly unknown[], unknown]>([
  // Azure/PSRule.Rules.Azure, FunctionTests.cs.
  ['subscriptionResourceId', ['Unit.Test/type', 'a'], `${HERE}/providers/Unit.Test/type/a`],
  [
    'subscriptionResourceId',
    [OTHER, 'Unit.Test/type/subtype', 'a', 'b'],
    `/subscriptions/${OTHER}/providers/Unit.Test/type/a/subtype/b`,
  ],
  [
    'tenantResourceId',
    ['Unit.Test/type/subtype/subsubtype', 'a', 'b', 'c'],
    '/providers/Unit.Test/type/a/subtype/b/subsubtype/c',
  ],
  [
    'extensionResourceId',
    [`/subscriptions/${OTHER}/providers/Unit.Test/type/a`, 'Extension.Test/type/subtype', 'a', 'b'],
    `/subscriptions/${OTHER}/providers/Unit.Test/type/a/providers/Extension.Test/type/a/subtype/b`,
  ],
  // Azure/bicep, EvaluationTests.cs: the id of a resource of a management group.
  [
    'managementGroupResourceId',
    ['2e518a80-f860-4467-a00e-d81aaf1ff42e', 'My.Rp/parent/child', 'myParent', 'myChild'],
    '/providers/Microsoft.Management/managementGroups/2e518a80-f860-4467-a00e-d81aaf1ff42e/providers/My.Rp/parent/myParent/child/myChild',
  ],
  [
    'managementGroupResourceId',
    ['My.Rp/type', 'a'],
    '/providers/Microsoft.Management/managementGroups/mg1/providers/My.Rp/type/a',
  ],
  ['resourceId', ['Unit.Test/type', 'a', 'b'], 'faults: `resourceId` takes 1 names for this type, not 2'],
  ['resourceId', ['Unit.Test/type'], 'faults: `resourceId` takes at least 2 arguments, not 1'],
  ['resourceId', ['a', 'b'], 'faults: `resourceId` has no resource type'],
  [
    'resourceId',
    ['a', 'b', 'c', 'Unit.Test/type', 'd'],
    'faults: `resourceId` has too many arguments before the resource type',
  ],
  ['resourceId', ['Unit.Test/type', 1], 'faults: argument 2 of `resourceId` is a number, not a text'],
  [
    'tenantResourceId',
    [OTHER, 'Unit.Test/type', 'a'],
    'faults: `tenantResourceId` has too many arguments before the resource type',
  ],
])('%s%j', (name, args, expected) => {
  expect(ids('resource-group', name, ...args)).toBe(expected);
});

test('an id with unknown scope and names keeps what is known, and equal expressions make equal ids', () => {
  const id = evaluate('resourceId', ['Microsoft.Network/loadBalancers', parameter('name')]);
  expect(id).toMatchObject({
    parts: [
      '/subscriptions/',
      { expression: 'subscription().subscriptionid' },
      '/resourceGroups/',
      { expression: 'resourcegroup().name' },
      '/providers/Microsoft.Network/loadBalancers/',
      { expression: "parameters('name')" },
    ],
  });
  expect(
    plain(
      evaluate('equals', [
        id,
        evaluate('resourceId', ['Microsoft.Network/loadBalancers', parameter('Name')]),
      ]),
    ),
  ).toBe(true);
  expect(plain(evaluate('resourceId', [parameter('type'), 'a']))).toBe(
    "{resourceid(parameters('type'), 'a')}",
  );
});

const SCOPE = '/subscriptions/{subscription().subscriptionid}/resourcegroups/{resourcegroup().name}';

function lb(name: unknown): Value {
  return evaluate('resourceId', ['Microsoft.Network/loadBalancers', name]);
}

const reference: Value = {
  kind: 'unknown',
  reason: { kind: 'runtime', name: 'lb' },
  origin: DATA_ORIGIN,
  references: [{ id: '/lb', property: 'id' }],
};

test.each<[string, Value, string | undefined]>([
  ['an id with unknown parts', lb('LB'), `${SCOPE}/providers/microsoft.network/loadbalancers/lb`],
  [
    'a changed case',
    lb(evaluate('toLower', [parameter('n')])),
    `${SCOPE}/providers/microsoft.network/loadbalancers/{parameters('n')}`,
  ],
  ['a written id', toValue('/Subscriptions/S/resourceGroups/G'), '/subscriptions/s/resourcegroups/g'],
  ['a part of one resource', evaluate('concat', [reference, '/probes/Http']), '/lb/probes/http'],
  ['one resource', reference, '/lb'],
  ['a name', toValue('lb-web'), undefined],
  ['a name in part', evaluate('concat', ['lb-', parameter('n')]), undefined],
  ['a number', toValue(7), undefined],
  ['a secret part', lb(evaluate('concat', [secret('s'), parameter('n')])), undefined],
])('the canonical text of %s', (_, value, expected) => {
  expect(idText(value)).toBe(expected);
});

test('expressions that differ in the case of a literal are different ids', () => {
  const [a, b] = ['A', 'a'].map((text) => idText(lb(evaluate('uniqueString', [text, parameter('n')]))));
  expect(a).toBe(a?.toLowerCase());
  expect(a).not.toBe(b);
});

test.each<[string, Value, unknown]>([
  [
    'a child resource',
    evaluate('resourceId', ['Microsoft.Network/loadBalancers/Probes', 'LB', parameter('probe')]),
    { scope: SCOPE, type: 'microsoft.network/loadbalancers/probes', names: ['LB', "{parameters('probe')}"] },
  ],
  [
    'an extension of a resource',
    toValue('/subscriptions/S/providers/A.B/types/x/providers/C.D/locks/y'),
    { scope: '/subscriptions/s/providers/a.b/types/x', type: 'c.d/locks', names: ['y'] },
  ],
  [
    'a resource of the tenant',
    toValue('/providers/A.B/types/x'),
    { scope: '', type: 'a.b/types', names: ['x'] },
  ],
  [
    'a name around an unknown',
    lb(evaluate('format', ['lb-{0}', parameter('n')])),
    { scope: SCOPE, type: 'microsoft.network/loadbalancers', names: ["{concat('lb-', parameters('n'))}"] },
  ],
])('%s is taken apart', (_, value, expected) => {
  const id = parseResourceId(value);
  expect(id && { ...id, names: id.names.map(plain) }).toEqual(expected);
});

test.each([
  '',
  'lb',
  '/subscriptions/s/resourceGroups/g',
  '/providers/A.B/types',
  '/providers/A.B/types/x/children',
  '/providers/A.B/types/',
  '/providers//types/x',
])('%j is the id of no resource', (text) => {
  expect(parseResourceId(toValue(text))).toBeUndefined();
});

test('the names of a resource are counted by its type', () => {
  expect(namesIn(toValue('vnet/web'), 2)?.map(plain)).toEqual(['vnet', 'web']);
  expect(namesIn(evaluate('format', ['{0}/web', parameter('vnet')]), 2)?.map(plain)).toEqual([
    "{parameters('vnet')}",
    'web',
  ]);
  expect(namesIn(parameter('name'), 2)).toBeUndefined();
  expect(namesIn(toValue('a/b/c'), 2)).toBeUndefined();
  expect(namesIn(secret('a/b'), 2)).toMatchObject([{ sensitive: true }, { sensitive: true }]);
});
