import { frontendNames, isAddressOf } from '../../src/network/frontend-names.ts';
import { buildTopology } from '../../src/network/topology.ts';
import { absent, type Evaluated, known, type Unknown } from '../../src/value/value.ts';
import { type ArmResource, modelOf, sub } from '../support/arm-model.ts';
import { waiting } from '../support/waiting.ts';

const FRONT = 'loadBalancers/lb/frontendIPConfigurations/front';
const PIP = 'publicIPAddresses/pip';
const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' } as const;
const secret = (value: string) => ({ kind: 'known', value, sensitive: true, origin: ORIGIN });

function namesOf(frontend: Record<string, unknown>, ...resources: readonly ArmResource[]) {
  const topology = buildTopology(
    modelOf(
      {
        type: 'loadBalancers',
        name: 'lb',
        properties: { frontendIPConfigurations: [{ name: 'front', properties: frontend }] },
      },
      ...resources,
    ),
  );
  const found = topology.frontends.get(sub(FRONT).id);
  if (found === undefined) throw new Error('there is no frontend');
  return frontendNames(topology, found.frontend);
}

/** A property of a resource that deployment settles. */
function property(path: string, name: string, more: Partial<Unknown> = {}): Unknown {
  return { ...waiting('address'), references: [{ id: sub(path).id, property: name }], ...more };
}

const pip = (
  properties: Record<string, unknown>,
  more: Record<string, unknown> = { location: 'West Europe' },
): ArmResource => ({
  type: 'publicIPAddresses',
  name: 'pip',
  ...more,
  properties,
});
const PUBLIC = { publicIPAddress: sub(PIP) };

test.each<
  [
    what: string,
    frontend: Record<string, unknown>,
    resources: readonly ArmResource[],
    addresses: readonly string[],
  ]
>([
  ['its private address', { privateIPAddress: '10.0.1.100' }, [], ['10.0.1.100']],
  ['its private address of IPv6', { privateIPAddress: 'fd00::5' }, [], ['fd00::5']],
  ['its public address', PUBLIC, [pip({ ipAddress: '20.1.2.3' })], ['20.1.2.3']],
  ['no address that is not known', { privateIPAddress: waiting('ip'), ...PUBLIC }, [pip({})], []],
  ['no address of another root', PUBLIC, [], []],
  ['no text that is no address', { privateIPAddress: 'dynamic' }, [], []],
])('a frontend goes by %s', (_, frontend, resources, addresses) => {
  expect(namesOf(frontend, ...resources).addresses).toEqual(addresses);
});

const label = (domainNameLabel: unknown) => ({ dnsSettings: { domainNameLabel } });

test.each<[what: string, resource: ArmResource, names: readonly string[]]>([
  ['a label and a region', pip(label('Shop')), ['shop.westeurope.cloudapp.azure.com']],
  [
    'a label and a short region',
    pip(label('shop'), { location: 'westeurope' }),
    ['shop.westeurope.cloudapp.azure.com'],
  ],
  ['no label', pip({}), []],
  ['an empty label', pip(label('')), []],
  ['a label that is not known', pip(label(waiting('label'))), []],
  ['a secret label', pip(label(secret('shop'))), []],
  ['no region', pip(label('shop'), {}), []],
  ['a region that is not known', pip(label('shop'), { location: waiting('where') }), []],
])('a public address with %s has a name', (_, resource, names) => {
  expect(namesOf(PUBLIC, resource).names).toEqual(names);
});

const record = (name: string, ...addresses: readonly unknown[]): ArmResource => ({
  type: 'privateDnsZones/corp.example/A',
  name,
  parent: sub('privateDnsZones/corp.example').id,
  properties: { aRecords: addresses.map((ipv4Address) => ({ ipv4Address })) },
});

test('names of private zones that lead to an address of the frontend are its names', () => {
  const { names } = namesOf(
    { privateIPAddress: '10.0.1.100', ...PUBLIC },
    { type: 'privateDnsZones', name: 'corp.example' },
    record('own', '10.0.1.9', '10.0.1.100'),
    record('later', property(FRONT, 'privateIPAddress')),
    record('other', '10.0.1.101'),
    record('unknown', waiting('ip')),
    record('nothing'),
    pip({ ...label('shop') }),
  );
  expect(names).toEqual(['own.corp.example', 'later.corp.example', 'shop.westeurope.cloudapp.azure.com']);
});

const twice = (...paths: readonly string[]): Partial<Unknown> => ({
  references: paths.map((path) => ({ id: sub(path).id, property: 'privateIPAddress' })),
});

test.each<[what: string, value: Unknown, isReference: boolean]>([
  ['its private address', property(FRONT, 'privateIPAddress'), true],
  ['its private address, in other letters', property(FRONT, 'PRIVATEIPADDRESS'), true],
  ['the address of its public IP', property(PIP, 'ipAddress'), true],
  ['the name of its public IP', property(PIP, 'dnsSettings.fqdn'), true],
  ['the name of its public IP, in Terraform', property(PIP, 'fqdn'), true],
  ['its id', property(FRONT, 'id'), false],
  ['another name of its public IP', property(PIP, 'dnsSettings.reverseFqdn'), false],
  ['something about its address', property(FRONT, 'privateIPAddressVersion'), false],
  ['something whose address it is', property(FRONT, 'oldPrivateIPAddress'), false],
  ['the address of another frontend', property(`${FRONT}2`, 'privateIPAddress'), false],
  ['the address of another public IP', property(`${PIP}2`, 'ipAddress'), false],
  ['its address or another', property(FRONT, 'privateIPAddress', { open: true }), false],
  ['its address or that of another frontend', property(FRONT, '', twice(FRONT, `${FRONT}2`)), false],
  ['nothing in particular', waiting('address'), false],
  [
    'its address, beside what is no address',
    {
      ...waiting('address'),
      references: [
        { id: sub(PIP).id, property: 'id' },
        { id: sub(FRONT).id, property: 'privateIPAddress' },
      ],
    },
    true,
  ],
])('a value that only deployment settles refers to a frontend: %s', (_, value, isReference) => {
  expect(namesOf(PUBLIC).isReference(value)).toBe(isReference);
});

test('without a public address a frontend is only referred to by itself', () => {
  const { isReference } = namesOf({});
  expect([isReference(property(FRONT, 'privateIPAddress')), isReference(property(PIP, 'ipAddress'))]).toEqual(
    [true, false],
  );
});

test.each<[what: string, value: Evaluated<string>, isAddress: boolean]>([
  ['the address', known('10.0.1.100', ORIGIN), true],
  ['another address', known('10.0.1.10', ORIGIN), false],
  ['a reference', property(FRONT, 'privateIPAddress'), true],
  ['another reference', waiting('ip'), false],
  ['nothing', absent(ORIGIN), false],
])('%s is that of a frontend or not', (_, value, isAddress) => {
  const isReference = ({ references }: Unknown): boolean => references !== undefined;
  expect(isAddressOf(value, ['10.0.1.100'], isReference)).toBe(isAddress);
});
