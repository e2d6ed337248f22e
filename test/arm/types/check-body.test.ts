import { checkBody } from '../../../src/arm/types/check-body.ts';
import { modelledTypes } from '../../../src/arm/types/modelled-types.ts';
import { absent, list, object, type Unknown, unknown } from '../../../src/value/value.ts';
import { at, bodyOf, dataValue } from './body-value.ts';

const LOAD_BALANCER = 'Microsoft.Network/loadBalancers';
const NETWORK_INTERFACE = 'Microsoft.Network/networkInterfaces';
const SECURITY_RULE = 'Microsoft.Network/networkSecurityGroups/securityRules';

const parameter: Unknown = unknown({ kind: 'parameter', name: 'p' }, at('/parameters/p'));

/** `apiVersion` undefined is one that is not known. */
function check(type: string, apiVersion: string | undefined, body: object): readonly object[] {
  const version = apiVersion === undefined ? {} : { apiVersion };
  return checkBody({ type, ...version, body: bodyOf(body), origin: at('') }, modelledTypes());
}

function checkProbe(probe: object, apiVersion = '2024-05-01'): readonly object[] {
  return check(LOAD_BALANCER, apiVersion, { properties: { probes: [{ name: 'http', ...probe }] } });
}

/** A fault that is certain, at the place its path leads to. */
function fault(kind: string, path: string, detail: object = {}): object {
  const pointer = `/${path.replace(/\[(\d+)\]/g, '/$1').replaceAll('.', '/')}`;
  const property = path.slice(path.lastIndexOf('.') + 1);
  return { kind, path, property, origin: at(pointer), isCertain: true, ...detail };
}

const HTTP = { protocol: 'Http', port: 80, requestPath: '/' };

test('a property that does not exist is unknown, with what was probably meant', () => {
  expect(checkProbe({ properties: { ...HTTP, intervalInSecond: 5 } })).toEqual([
    fault('unknown', 'properties.probes[0].properties.intervalInSecond', {
      suggestion: 'intervalInSeconds',
    }),
  ]);
});

test('a property that is like no other has no suggestion', () => {
  expect(checkProbe({ properties: { ...HTTP, colour: 'green' } })).toEqual([
    fault('unknown', 'properties.probes[0].properties.colour'),
  ]);
});

test('what is below a property that does not exist is not looked at', () => {
  const body = { properties: { probe: [{ properties: { prot: 1 } }] } };
  expect(check(LOAD_BALANCER, '2024-05-01', body)).toEqual([
    fault('unknown', 'properties.probe', { suggestion: 'probes' }),
  ]);
});

test('the spelling of Terraform is close to that of Azure', () => {
  const body = { properties: { frontend_ip_configurations: [] } };
  expect(check(LOAD_BALANCER, '2024-05-01', body)).toEqual([
    fault('unknown', 'properties.frontend_ip_configurations', { suggestion: 'frontendIPConfigurations' }),
  ]);
});

test('nobody is told to write what only Azure sets', () => {
  expect(check(LOAD_BALANCER, '2024-05-01', { properties: { provisioningStat: 'x' } })).toEqual([
    fault('unknown', 'properties.provisioningStat'),
  ]);
});

test('a required property is missing beside one that is like no other', () => {
  expect(checkProbe({ properties: { protocol: 'Tcp', colour: 80 } })).toMatchObject([
    { kind: 'unknown', property: 'colour' },
    { kind: 'missing', property: 'port' },
  ]);
});

test('a required property that is misspelt is not missing too', () => {
  expect(checkProbe({ properties: { protocol: 'Tcp', prot: 80 } })).toEqual([
    fault('unknown', 'properties.probes[0].properties.prot', { suggestion: 'port' }),
  ]);
});

test('a property one level too high is misplaced and not missing too', () => {
  expect(checkProbe({ port: 80, properties: { protocol: 'Tcp' } })).toEqual([
    fault('misplaced', 'properties.probes[0].port', { belongsIn: 'properties.probes[0].properties' }),
  ]);
});

// https://github.com/Azure/azure-quickstart-templates/issues/719: the machine never joined the pool, and nobody said so.
test('the pools of an interface beside its `properties` are misplaced', () => {
  const body = {
    properties: { ipConfigurations: [{ name: 'a', properties: {}, loadBalancerBackendAddressPools: [] }] },
  };
  expect(check(NETWORK_INTERFACE, '2024-05-01', body)).toEqual([
    fault('misplaced', 'properties.ipConfigurations[0].loadBalancerBackendAddressPools', {
      belongsIn: 'properties.ipConfigurations[0].properties',
    }),
  ]);
});

test('a property one level too low is misplaced', () => {
  const body = { properties: { sku: { name: 'Standard' } } };
  expect(check(LOAD_BALANCER, '2024-05-01', body)).toEqual([
    fault('misplaced', 'properties.sku', { belongsIn: '' }),
  ]);
});

test('a property that belongs in the only other object that has it is misplaced', () => {
  const body = { properties: { domainNameLabel: 'web' } };
  expect(check('Microsoft.Network/publicIPAddresses', '2024-05-01', body)).toEqual([
    fault('misplaced', 'properties.domainNameLabel', { belongsIn: 'properties.dnsSettings' }),
  ]);
});

test('a property of the object around and of `properties` belongs in `properties`', () => {
  const body = { properties: { subnets: [{ name: 'web', properties: {}, ipAllocations: [] }] } };
  expect(check('Microsoft.Network/virtualNetworks', '2024-05-01', body)).toEqual([
    fault('misplaced', 'properties.subnets[0].ipAllocations', {
      belongsIn: 'properties.subnets[0].properties',
    }),
  ]);
});

test('a required property beside the object it belongs in is not missing too', () => {
  const body = { properties: { bgpCommunities: {}, virtualNetworkCommunity: '12076:20000' } };
  expect(check('Microsoft.Network/virtualNetworks', '2024-05-01', body)).toEqual([
    fault('misplaced', 'properties.virtualNetworkCommunity', { belongsIn: 'properties.bgpCommunities' }),
  ]);
});

test('where several objects have a property, none is named', () => {
  const body = { properties: { addressPrefixes: ['10.0.0.0/8'] } };
  expect(check('Microsoft.Network/virtualNetworks', '2025-09-01', body)).toEqual([
    fault('unknown', 'properties.addressPrefixes'),
  ]);
});

test('a property of another resource that is only named there does not belong in it', () => {
  const frontend = { name: 'f', properties: { sku: { name: 'Standard' } } };
  const body = { properties: { frontendIPConfigurations: [frontend] } };
  expect(check(LOAD_BALANCER, '2024-05-01', body)).toEqual([
    fault('unknown', 'properties.frontendIPConfigurations[0].properties.sku'),
  ]);
});

test('a property that is not set is missing where it is required', () => {
  const properties = { priority: 100, direction: 'Inbound', access: 'Allow', protocol: null };
  expect(check(SECURITY_RULE, '2024-05-01', { properties })).toEqual([
    { kind: 'missing', path: 'properties', property: 'protocol', origin: at('/properties'), isCertain: true },
  ]);
});

test('nothing is missing where there may be further properties', () => {
  const rule = { ...bodyOf({ priority: 100 }, '/properties'), more: parameter };
  expect(check(SECURITY_RULE, '2024-05-01', { properties: rule })).toEqual([]);
});

test('what Azure sets is read-only', () => {
  const body = { properties: { provisioningState: 'Succeeded', resourceGuid: null } };
  expect(check(LOAD_BALANCER, '2024-05-01', body)).toEqual([
    fault('read-only', 'properties.provisioningState'),
  ]);
});

test('nothing is read-only in the API versions before 2019-09-01, which did not say so', () => {
  const stateOf = (provisioningState: unknown): object => ({ properties: { provisioningState } });
  expect(check(LOAD_BALANCER, '2019-08-01', stateOf('Succeeded'))).toEqual([]);
  expect(check(LOAD_BALANCER, '2019-08-01', stateOf([]))).toMatchObject([{ kind: 'wrong-kind' }]);
});

test('the type of a security rule is read-only since 2025-05-01', () => {
  const rule = { name: 'r', type: 'Microsoft.Network/networkSecurityGroups/securityRules' };
  const body = { properties: { securityRules: [rule] } };
  const group = 'Microsoft.Network/networkSecurityGroups';
  expect(check(group, '2025-03-01', body)).toEqual([]);
  expect(check(group, '2025-05-01', body)).toEqual([fault('read-only', 'properties.securityRules[0].type')]);
});

test.each([
  ['a list', 'text', { sourceAddressPrefix: ['10.0.0.0/8'] }, 'text', 'list'],
  ['text', 'a list', { sourceAddressPrefixes: '10.0.0.0/8' }, 'list', 'text'],
  ['a word', 'a number', { priority: 'high' }, 'integer', 'text'],
  ['a fraction', 'a whole number', { priority: 1.5 }, 'integer', 'number'],
  ['a truth value', 'a number', { priority: true }, 'integer', 'boolean'],
  ['an object', 'a list', { destinationPortRanges: {} }, 'list', 'object'],
  ['text that ends in a number', 'a number', { priority: 'p100' }, 'integer', 'text'],
  ['text that begins with a number', 'a number', { priority: '100 or so' }, 'integer', 'text'],
])('%s is no %s', (_found, _expected, property, expected, found) => {
  const properties = { priority: 100, direction: 'Inbound', access: 'Allow', protocol: 'Tcp', ...property };
  const [name = ''] = Object.keys(property);
  expect(check(SECURITY_RULE, '2024-05-01', { properties })).toEqual([
    fault('wrong-kind', `properties.${name}`, { expected, found }),
  ]);
});

test('the items of a list are looked at one by one', () => {
  const body = { zones: ['1', ['2'], 3] };
  expect(check('Microsoft.Network/publicIPAddresses', '2024-05-01', body)).toEqual([
    fault('wrong-kind', 'zones[1]', { property: 'zones', expected: 'text', found: 'list' }),
  ]);
});

test.each([
  ['a number as text', { port: '8080' }],
  ['a number with a sign and spaces', { port: ' +8080 ' }],
  ['a number for text', { requestPath: 7 }],
])('Azure converts %s', (_, property) => {
  expect(checkProbe({ properties: { ...HTTP, ...property } })).toEqual([]);
});

test('Azure reads an empty text as a value that is left out', () => {
  expect(check('Microsoft.Network/publicIPAddresses', '2024-05-01', { zones: '' })).toEqual([]);
});

test.each(['true', 'False', ' TRUE ', 1, 0])('Azure takes %j for a truth value', (value) => {
  const body = { properties: { enableIPForwarding: value } };
  expect(check(NETWORK_INTERFACE, '2024-05-01', body)).toEqual([]);
});

test.each(['yes', 'true enough', 'untrue'])('`%s` is no truth value', (word) => {
  const body = { properties: { enableIPForwarding: word } };
  expect(check(NETWORK_INTERFACE, '2024-05-01', body)).toEqual([
    fault('wrong-kind', 'properties.enableIPForwarding', { expected: 'boolean', found: 'text' }),
  ]);
});

test('an id where Azure wants an object that holds it is of the wrong kind, also when it is not known in full', () => {
  const origin = at('/subnet');
  const id: Unknown = { ...parameter, origin, references: [{ id: 'x', property: 'id' }] };
  const text: Unknown = { ...parameter, origin, parts: ['/subscriptions/', parameter] };
  for (const subnet of ['/subscriptions/s', id, text]) {
    const body = { properties: { ipConfigurations: [{ name: 'a', properties: { subnet } }] } };
    expect(check(NETWORK_INTERFACE, '2024-05-01', body)).toMatchObject([
      { kind: 'wrong-kind', expected: 'object', found: 'text', isCertain: true },
    ]);
  }
});

test('a link that may be none, and a property that may be anything, are not of the wrong kind', () => {
  const open: Unknown = { ...parameter, references: [{ id: 'x', property: 'id' }], open: true };
  const other: Unknown = { ...parameter, references: [{ id: 'x', property: 'subnet' }] };
  const mixed: Unknown = { ...other, references: [...(open.references ?? []), ...(other.references ?? [])] };
  for (const subnet of [open, other, mixed, parameter]) {
    const body = { properties: { ipConfigurations: [{ name: 'a', properties: { subnet } }] } };
    expect(check(NETWORK_INTERFACE, '2024-05-01', body)).toEqual([]);
  }
});

test('text that is not known may spell a number or a truth value', () => {
  const text: Unknown = { ...parameter, parts: ['80', parameter] };
  expect(checkProbe({ properties: { ...HTTP, port: text } })).toEqual([]);
  expect(check(NETWORK_INTERFACE, '2024-05-01', { properties: { enableIPForwarding: text } })).toEqual([]);
});

test('a property that does not exist is reported with a value that is not known, but not as certain', () => {
  const found = checkProbe({ properties: { ...HTTP, prot: parameter } });
  expect(found).toMatchObject([{ kind: 'unknown', property: 'prot', isCertain: false }]);
});

test('what only Azure sets, and what came later, is reported so too', () => {
  expect(
    check(LOAD_BALANCER, '2024-05-01', { properties: { resourceGuid: parameter, mode: parameter } }),
  ).toMatchObject([
    { kind: 'read-only', isCertain: false },
    { kind: 'newer', isCertain: false },
  ]);
});

test('a property that is not set is no fault, whatever its name', () => {
  expect(checkProbe({ properties: { ...HTTP, colour: null, provisioningState: null } })).toEqual([]);
});

test('a property of a later API version is newer', () => {
  expect(checkProbe({ properties: { ...HTTP, probeThreshold: 2 } }, '2022-01-01')).toEqual([
    fault('newer', 'properties.probes[0].properties.probeThreshold', {
      apiVersion: '2022-01-01',
      has: '2022-05-01',
    }),
  ]);
});

test('what is below a property of another API version is not looked at', () => {
  const body = { properties: { sourceVirtualNetwork: { colour: 1 } } };
  expect(check('Microsoft.Network/natGateways', '2024-05-01', body)).toMatchObject([{ kind: 'newer' }]);
  const settings = { properties: { ddosSettings: { protectedIP: [] } } };
  expect(check('Microsoft.Network/publicIPAddresses', '2024-05-01', settings)).toMatchObject([
    { kind: 'retired', last: '2022-01-01' },
  ]);
});

test('the last API version that is described settles what exists', () => {
  expect(check(LOAD_BALANCER, '2025-09-01', { properties: { colour: 'green' } })).toEqual([
    fault('unknown', 'properties.colour'),
  ]);
});

test('a preview may have what its date does not promise', () => {
  expect(checkProbe({ properties: { ...HTTP, probeThreshold: 2 } }, '2022-01-01-preview')).toEqual([]);
  expect(checkProbe({ properties: { ...HTTP, colour: 2 } }, '2022-01-01-preview')).toEqual([]);
});

test('a property that went away is retired', () => {
  const body = { properties: { outboundNatRules: [] } };
  expect(check(LOAD_BALANCER, '2018-06-01', body)).toEqual([]);
  expect(check(LOAD_BALANCER, '2018-06-01-preview', body)).toEqual([]);
  expect(check(LOAD_BALANCER, '2018-07-01', body)).toEqual([
    fault('retired', 'properties.outboundNatRules', { apiVersion: '2018-07-01', last: '2018-06-01' }),
  ]);
});

test.each([['2031-01-01'], [undefined]])(
  'in API version %s only what is close to a known name is reported',
  (version) => {
    const body = { properties: { probe: [], colour: 'green' } };
    expect(check(LOAD_BALANCER, version, body)).toEqual([
      fault('unknown', 'properties.probe', { suggestion: 'probes', isCertain: false }),
    ]);
  },
);

test('nothing is newer when the API version is not known', () => {
  const body = { properties: { mode: 'Advanced' } };
  expect(check(LOAD_BALANCER, undefined, body)).toEqual([]);
});

test.each([
  // azure-semantics 9.1
  'Microsoft.Network/loadBalancers/frontendIPConfigurations',
  'Microsoft.Network/loadBalancers/loadBalancingRules',
  'Microsoft.Network/loadBalancers/outboundRules',
  'Microsoft.Network/loadBalancers/probes',
  'Microsoft.Network/networkInterfaces/ipConfigurations',
  'Microsoft.Network/networkSecurityGroups/defaultSecurityRules',
])('%s is only a part of another resource', (type) => {
  const property = type.slice(type.lastIndexOf('/') + 1);
  const readOnly = { kind: 'read-only-type', path: '', property, origin: at(''), isCertain: true };
  expect(check(type.toLowerCase(), '2025-09-01', { properties: { colour: 1 } })).toEqual([readOnly]);
});

test('pools are resources of their own since 2020-04-01', () => {
  const pool = 'Microsoft.Network/loadBalancers/backendAddressPools';
  expect(check(pool, '2020-03-01', {})).toMatchObject([{ kind: 'read-only-type' }]);
  expect(check(pool, '2020-04-01', {})).toEqual([]);
});

test('what belongs to every declaration is no fault', () => {
  const body = {
    type: LOAD_BALANCER,
    apiVersion: '2024-05-01',
    name: 'lb',
    id: 'x',
    location: 'westeurope',
    tags: { any: 'thing' },
    dependsOn: [],
    condition: true,
    copy: { name: 'c', count: 2 },
    comments: 'c',
    metadata: {},
    scope: 's',
    resources: [{ type: 'probes' }],
  };
  for (const type of [
    LOAD_BALANCER,
    'Microsoft.Network/virtualNetworks/subnets',
    'Microsoft.Compute/virtualMachines',
  ])
    expect(check(type, '2024-05-01', body)).toEqual([]);
});

test('what belongs to a declaration does not belong inside it', () => {
  expect(checkProbe({ comments: 'c', properties: HTTP })).toEqual([
    fault('unknown', 'properties.probes[0].comments'),
  ]);
});

test('a loop over the items of a list is no property', () => {
  const body = { properties: { copy: [{ name: 'probes', count: 2, input: {} }] } };
  expect(check(LOAD_BALANCER, '2024-05-01', body)).toEqual([]);
});

test('what a machine has besides its network is taken as it is', () => {
  const properties = { hardwareProfile: { vmSize: 'Standard_D2s_v5' }, anything: [1] };
  const machine = 'Microsoft.Compute/virtualMachines';
  expect(check(machine, '2024-07-01', { location: 'westeurope', properties })).toEqual([]);
});

test('a type that is not described has no faults', () => {
  expect(check('Microsoft.Storage/storageAccounts', '2024-01-01', { colour: 'green' })).toEqual([]);
});

test('a body whose spelling is not kept is named in lower case', () => {
  const body = object({ properties: object({ probe: list([], at('/p')) }, at('')) }, at(''));
  const resource = { type: LOAD_BALANCER, apiVersion: '2024-05-01', body, origin: at('') };
  expect(checkBody(resource, modelledTypes())).toMatchObject([{ path: 'properties.probe' }]);
});

test('a body of nothing has no faults', () => {
  expect(check(LOAD_BALANCER, '2024-05-01', { properties: absent(at('')), sku: dataValue(null) })).toEqual(
    [],
  );
});
