import { access } from '../../../src/arm/functions/access.ts';
import { callFunction, FUNCTION_NAMES } from '../../../src/arm/functions/call-function.ts';
import { isLazy } from '../../../src/arm/functions/call-operator.ts';
import { known, type Value } from '../../../src/value/value.ts';
import {
  CALL_ORIGIN,
  DATA_ORIGIN,
  parameter,
  plain,
  testCall,
  toValue,
} from '../../support/arm-functions.ts';

const given = {
  subscription: known('0000', DATA_ORIGIN),
  resourceGroup: known('rg', DATA_ORIGIN),
  tenant: known('1111', DATA_ORIGIN),
  managementGroup: known('mg', DATA_ORIGIN),
  location: known('westeurope', DATA_ORIGIN),
  deployment: known('main', DATA_ORIGIN),
};

function member(call: ReturnType<typeof testCall>, path: string, ...args: readonly unknown[]): unknown {
  const [name = '', ...members] = path.split('.');
  let value: Value =
    callFunction(
      name,
      args.map((arg) => toValue(arg)),
      call,
    ) ?? call.fail('no function');
  for (const key of members) value = access(value, toValue(key), call);
  return call.faults.length > 0 ? call.faults : plain(value);
}

test.each<[string, readonly unknown[], unknown]>([
  // Bicep scope functions (learn.microsoft.com, bicep-functions-scope).
  ['resourceGroup.id', [], '/subscriptions/0000/resourceGroups/rg'],
  ['resourceGroup.name', [], 'rg'],
  ['resourceGroup.type', [], 'Microsoft.Resources/resourceGroups'],
  ['resourceGroup.location', [], 'westeurope'],
  ['resourceGroup.tags', [], '{resourcegroup().tags}'],
  ['resourceGroup.id', ['other'], '/subscriptions/0000/resourceGroups/other'],
  ['resourceGroup.location', ['other'], "{resourcegroup('other').location}"],
  ['resourceGroup.id', ['2222', 'other'], '/subscriptions/2222/resourceGroups/other'],
  ['subscription.id', [], '/subscriptions/0000'],
  ['subscription.subscriptionId', [], '0000'],
  ['subscription.tenantId', [], '1111'],
  ['subscription.displayName', [], '{subscription().displayname}'],
  ['subscription.id', ['2222'], '/subscriptions/2222'],
  ['tenant.tenantId', [], '1111'],
  ['tenant.id', [], '/tenants/1111'],
  ['managementGroup.id', [], '/providers/Microsoft.Management/managementGroups/mg'],
  ['managementGroup.name', ['other'], 'other'],
  ['managementGroup.type', [], '/providers/Microsoft.Management/managementGroups'],
  ['deployment.name', [], 'main'],
  ['deployment.properties.template', [], '{deployment().properties.template}'],
  ['environment.suffixes.storage', [], '{environment().suffixes.storage}'],
  ['deployer.objectId', [], '{deployer().objectid}'],
  [
    'pickZones',
    ['Microsoft.Network', 'publicIPAddresses', 'westeurope'],
    "{pickzones('Microsoft.Network', 'publicIPAddresses', 'westeurope')}",
  ],
])('%s of %j', (path, args, expected) => {
  expect(member(testCall(given), path, ...args)).toEqual(expected);
});

test('without options the parts of the scope have stable expressions', () => {
  const call = testCall();
  expect(member(call, 'resourceGroup.id')).toBe(
    "{concat('/subscriptions/', subscription().subscriptionid, '/resourceGroups/', resourcegroup().name)}",
  );
  expect(member(call, 'resourceGroup.location')).toBe('{resourcegroup().location}');
  expect(member(testCall({ level: 'subscription' }), 'deployment.location')).toBe('{deployment().location}');
  expect(
    access(callFunction('subscription', [], call) ?? parameter('x'), toValue('displayName'), call),
  ).toMatchObject({
    reason: { kind: 'runtime', name: 'subscription()' },
  });
});

test('the time is one value in one deployment, an identifier one at each place', () => {
  const place = { ...CALL_ORIGIN, pointer: '/other' } as const;
  const expression = (name: string, call = testCall(given)): string | undefined => {
    const value = callFunction(name, [], call);
    return value?.kind === 'unknown' ? value.expression : undefined;
  };
  expect(expression('utcNow')).toBe(expression('utcNow', testCall(given, place)));
  expect(expression('newGuid')).toBe(expression('newGuid'));
  expect(expression('newGuid')).not.toBe(expression('newGuid', testCall(given, place)));
  const inner = { ...given, deployment: known('inner', DATA_ORIGIN) };
  expect(expression('utcNow')).not.toBe(expression('utcNow', testCall(inner)));
  expect(expression('newGuid')).not.toBe(expression('newGuid', testCall(inner)));
});

test('a template can fail on purpose, and its secrets stay unsaid', () => {
  const call = testCall();
  callFunction('fail', [toValue('no \u001b[31mzone')], call);
  callFunction('fail', [{ ...known('hidden', DATA_ORIGIN), sensitive: true }], call);
  expect(call.faults).toEqual(['the template fails on purpose: `no zone`', 'the template fails on purpose']);
});

// SystemNamespaceType.cs and AzNamespaceType.cs of Azure/bicep, and the functions compiled templates use.
const LANGUAGE =
  'add and any array base64 base64ToJson base64ToString bool buildUri cidrHost cidrSubnet coalesce concat contains createArray createObject dataUri dataUriToString dateTimeAdd dateTimeFromEpoch dateTimeToEpoch deployer deployment distinct div empty endsWith environment equals extensionResourceId externalInput fail false filter first flatten float format greater greaterOrEquals groupBy guid if indexFromEnd indexOf int intersection items join json last lastIndexOf length less lessOrEquals like managementGroup managementGroupResourceId map mapValues max min mod mul newGuid not null objectKeys or padLeft parseCidr parseUri pickZones providers range reduce replace resourceGroup resourceId roleDefinitions shallowMerge skip sort split startsWith string sub subscription subscriptionResourceId substring take tenant tenantResourceId toLogicalZone toLogicalZones toLower toObject toPhysicalZone toPhysicalZones toUpper trim true tryGet tryIndexFromEnd union uniqueString uri uriComponent uriComponentToString utcNow';

test('every function of the language is here but those only a source can answer', () => {
  expect([...FUNCTION_NAMES].sort()).toEqual(LANGUAGE.split(' ').sort());
  expect(callFunction('parameters', [toValue('x')], testCall())).toBeUndefined();
  expect(['if', 'And', 'or', 'coalesce', 'equals'].map(isLazy)).toEqual([true, true, true, true, false]);
});
