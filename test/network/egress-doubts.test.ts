import { sub } from '../support/arm-model.ts';
import { linkToOneOf, linkToPerhaps } from '../support/links.ts';
import { waiting } from '../support/waiting.ts';
import { type WayOutOptions, wayOut, wayOutOf } from '../support/way-out.ts';

const PIP = sub('publicIPAddresses/pip');
const DEFAULT = 'default-outbound-access @ vnet/properties/subnets/0';
const ROUTED = { routeTable: sub('routeTables/rt') };
const BEHIND_NAT = { natGateway: sub('natGateways/nat') };

function routes(...all: readonly (readonly [prefix: string, hop: string])[]) {
  return {
    type: 'routeTables',
    name: 'rt',
    properties: {
      routes: all.map(([addressPrefix, nextHopType], index) => ({
        name: `route${index}`,
        properties: { addressPrefix, nextHopType },
      })),
    },
  };
}

function nat(properties: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return { type: 'natGateways', name: 'nat', ...more, properties };
}

const NAT = nat({ publicIpAddresses: [PIP] });

// Semantics 3.3 and 6.2.
test.each<[name: string, WayOutOptions, expected: string]>([
  [
    'a route decides before the NAT gateway',
    { subnet: { ...ROUTED, ...BEHIND_NAT }, more: [routes(['0.0.0.0/0', 'VirtualAppliance']), NAT] },
    'appliance @ rt/properties/routes/0',
  ],
  [
    'the longest prefix of the internet decides, wherever it stands',
    { subnet: ROUTED, more: [routes(['0.0.0.0/0', 'None'], ['128.0.0.0/1', 'VirtualNetworkGateway'])] },
    'gateway @ rt/properties/routes/1',
  ],
  [
    'a route to the internet leaves it to what comes next',
    { subnet: { ...ROUTED, ...BEHIND_NAT }, more: [routes(['0.0.0.0/0', 'Internet']), NAT] },
    'nat-gateway @ nat',
  ],
  [
    'routes of another root may come first',
    { subnet: { ...ROUTED, ...BEHIND_NAT }, more: [NAT] },
    'open: /microsoft.network/routetables/rt, or else nat-gateway @ nat',
  ],
  [
    'a route to some addresses decides for these',
    {
      subnet: ROUTED,
      more: [routes(['0.0.0.0/0', 'Internet'], ['198.51.100.0/24', 'None'])],
      destination: '198.51.100.9',
    },
    'none, black-hole @ rt/properties/routes/1',
  ],
  [
    'a route to some addresses does not decide for all others',
    { subnet: ROUTED, more: [routes(['0.0.0.0/0', 'Internet'], ['198.51.100.0/24', 'None'])] },
    DEFAULT,
  ],
  [
    'a service tag may hold an address',
    { subnet: ROUTED, more: [routes(['AzureCloud', 'None'])], destination: '198.51.100.9' },
    `open: whether route0 is the route to the address, or else ${DEFAULT}`,
  ],
  [
    'a service tag is not the internet as a whole',
    { subnet: ROUTED, more: [routes(['AzureCloud', 'None'])] },
    DEFAULT,
  ],
  [
    'private addresses outside of the network lead nowhere',
    { destination: '192.168.1.1' },
    'none, black-hole @ vnet/properties/subnets/0',
  ],
])('routes: %s', (_, options, expected) => {
  expect(wayOut(options)).toBe(expected);
});

test.each<[name: string, properties: Record<string, unknown>, expected: string]>([
  ['an address', { publicIpAddresses: [PIP] }, 'nat-gateway @ nat'],
  ['a prefix', { publicIpPrefixes: [sub('publicIPPrefixes/p')] }, 'nat-gateway @ nat'],
  [
    'one of two addresses',
    { publicIpAddresses: [linkToOneOf('p', 'publicIPAddresses/a', 'publicIPAddresses/b')] },
    'nat-gateway @ nat',
  ],
  [
    'an address among others that are not known',
    { publicIpAddresses: { partial: [PIP], more: waiting('more') } },
    'nat-gateway @ nat',
  ],
  ['no address', {}, 'open: a public IP of nat'],
  ['an address without an id', { publicIpAddresses: [{}] }, 'open: a public IP of nat'],
  ['addresses that are not known', { publicIpAddresses: waiting('addresses') }, 'open: addresses'],
])('a NAT gateway with %s', (_, properties, expected) => {
  expect(wayOut({ subnet: BEHIND_NAT, more: [nat(properties)] })).toBe(expected);
});

test('a NAT gateway of another root leads out, and one that may not be there leaves it open', () => {
  expect(wayOut({ subnet: BEHIND_NAT })).toBe('nat-gateway @ vnet/properties/subnets/0');
  const either = { natGateway: linkToOneOf('which', 'natGateways/nat', 'natGateways/other') };
  expect(wayOut({ subnet: either, more: [NAT] })).toBe('open: which');
  const condition = waiting('enabled');
  const more = [nat({ publicIpAddresses: [PIP] }, { condition })];
  expect(wayOut({ subnet: BEHIND_NAT, more })).toBe('open: enabled');
  expect(wayOut({ subnet: BEHIND_NAT, more, nic: { condition } })).toBe('nat-gateway @ nat');
});

const OWN = 'public-ip @ nic/properties/ipConfigurations/0';

test.each<[name: string, WayOutOptions, expected: string]>([
  ['its own', { configuration: { publicIPAddress: PIP } }, OWN],
  [
    'that of another configuration of the interface',
    { others: [{ name: 'second' }, { name: 'third', properties: { publicIPAddress: PIP } }] },
    'public-ip @ nic/properties/ipConfigurations/2',
  ],
  [
    'that of another configuration, which is for IPv6 only',
    { others: [{ name: 'six', properties: { privateIPAddressVersion: 'IPv6', publicIPAddress: PIP } }] },
    DEFAULT,
  ],
  [
    'that of another configuration, which may be for IPv6 only',
    {
      others: [
        { name: 'six', properties: { privateIPAddressVersion: waiting('version'), publicIPAddress: PIP } },
      ],
    },
    'open: version',
  ],
  [
    'one of two',
    {
      configuration: { publicIPAddress: linkToOneOf('which', 'publicIPAddresses/a', 'publicIPAddresses/b') },
    },
    'open: which',
  ],
  ['one that is not known', { configuration: { publicIPAddress: { id: waiting('pip') } } }, 'open: pip'],
  [
    'one that is not known, beside one that is',
    {
      configuration: { publicIPAddress: { id: waiting('pip') } },
      others: [{ name: 'second', properties: { publicIPAddress: PIP } }],
    },
    'public-ip @ nic/properties/ipConfigurations/1',
  ],
])('a public IP: %s', (_, options, expected) => {
  expect(wayOut(options)).toBe(expected);
});

test('configurations that are not known may have a public IP', () => {
  const partial = [{ name: 'ip', properties: { subnet: sub('virtualNetworks/vnet/subnets/snet') } }];
  const nic = (ipConfigurations: unknown) => [
    { type: 'virtualNetworks', name: 'vnet', properties: { subnets: [{ name: 'snet' }] } },
    { type: 'networkInterfaces', name: 'nic', properties: { ipConfigurations } },
  ];
  expect(wayOutOf(nic(partial))).toBe(DEFAULT);
  expect(wayOutOf(nic({ partial, more: waiting('more') }))).toBe('open: more');
});

/** The way out of the instances of a scale set. */
function ofInstances(
  properties: Record<string, unknown>,
  configuration: Record<string, unknown> = {},
  subnet: Record<string, unknown> = {},
): string {
  const own = { subnet: sub('virtualNetworks/vnet/subnets/snet'), ...configuration };
  const networkInterfaceConfigurations = [
    { name: 'nic', properties: { ipConfigurations: [{ name: 'ip', properties: own }] } },
  ];
  return wayOutOf([
    {
      type: 'virtualNetworks',
      name: 'vnet',
      properties: { subnets: [{ name: 'snet', properties: subnet }] },
    },
    {
      type: 'virtualMachineScaleSets',
      name: 'vmss',
      properties: {
        ...properties,
        virtualMachineProfile: { networkProfile: { networkInterfaceConfigurations } },
      },
    },
  ]);
}

const CONFIGURATION =
  'vmss/properties/virtualMachineProfile/networkProfile/networkInterfaceConfigurations/0/properties/ipConfigurations/0';

test('instances may each get a public IP', () => {
  const place = `${CONFIGURATION}/properties/publicIPAddressConfiguration`;
  expect(ofInstances({}, { publicIPAddressConfiguration: { name: 'pip' } })).toBe(`public-ip @ ${place}`);
  expect(ofInstances({}, { publicIPAddressConfiguration: waiting('ip') })).toBe('open: ip');
});

const PRIVATE = { defaultOutboundAccess: false };
const OPEN = { defaultOutboundAccess: true };
const ACCESS = 'vnet/properties/subnets/0/properties/defaultOutboundAccess';

test.each<[mode: unknown, subnet: Record<string, unknown>, expected: string]>([
  ['Flexible', {}, `none, flexible-scale-set @ ${CONFIGURATION}`],
  ['flexible', OPEN, `none, flexible-scale-set @ ${CONFIGURATION}`],
  ['Uniform', {}, DEFAULT],
  ['Uniform', PRIVATE, `none, private-subnet @ ${ACCESS}`],
  [waiting('mode'), {}, 'open: mode'],
  [waiting('mode'), OPEN, 'open: mode'],
  [waiting('mode'), PRIVATE, `none, private-subnet @ ${ACCESS}`],
])('instances of a scale set of mode %j in a subnet with %j', (orchestrationMode, subnet, expected) => {
  expect(ofInstances({ orchestrationMode }, {}, subnet)).toBe(expected);
});

// Semantics 3.3 and 11.13.
test.each<[access: unknown, apiVersion: string | undefined, expected: string]>([
  [undefined, undefined, DEFAULT],
  [undefined, '2025-05-01', DEFAULT],
  [undefined, '2025-05-01-preview', DEFAULT],
  [undefined, '2025-07-01', 'open: whether subnets of API version 2025-07-01 are private by default'],
  [undefined, '2025-09-01', 'open: whether subnets of API version 2025-09-01 are private by default'],
  [true, '2025-09-01', `default-outbound-access @ ${ACCESS}`],
  [false, '2025-05-01', `none, private-subnet @ ${ACCESS}`],
  [waiting('access'), '2025-05-01', 'open: access'],
])(
  'default outbound access %j of a subnet of API version %s',
  (defaultOutboundAccess, apiVersion, expected) => {
    const network = apiVersion === undefined ? {} : { apiVersion };
    expect(wayOut({ subnet: { defaultOutboundAccess }, network })).toBe(expected);
  },
);

test('the subnet has to be known', () => {
  const missing = sub('virtualNetworks/vnet/subnets/other');
  expect(wayOut({ configuration: { subnet: undefined } })).toBe('open: the subnet of the IP configuration');
  expect(wayOut({ configuration: { subnet: missing } })).toBe(`open: ${missing.id}`);
  expect(wayOut({ configuration: { subnet: { id: '{secret}' } } })).toBe('open: a subnet');
  expect(
    wayOut({ configuration: { subnet: linkToPerhaps('which', 'virtualNetworks/vnet/subnets/snet') } }),
  ).toBe('open: which');
  const condition = waiting('enabled');
  expect(wayOut({ network: { condition } })).toBe('open: enabled');
  expect(wayOut({ network: { condition }, nic: { condition } })).toBe(DEFAULT);
});
