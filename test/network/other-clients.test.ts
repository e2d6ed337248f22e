import { buildNetwork } from '../../src/network/network.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, otherMember, rule } from '../support/estate.ts';
import { waiting } from '../support/waiting.ts';

const UNKNOWN = waiting('later');
const ON_PREMISES = '192.168.0.0/16';
const PEER = '10.9.0.0/16';

/** Rules that let these sources in and nobody else. */
function only(...sources: readonly string[]): readonly unknown[] {
  const allow = { sourceAddressPrefix: undefined, sourceAddressPrefixes: sources };
  return [rule(100, 'Allow', allow), rule(4096, 'Deny')];
}

function network(name: string, addressSpace: string, subnetName = `snet-${name}`): ArmResource {
  return {
    type: 'virtualNetworks',
    name,
    properties: {
      addressSpace: { addressPrefixes: [addressSpace] },
      subnets: [{ name: subnetName, properties: { addressPrefix: addressSpace } }],
    },
  };
}

function peering(from: string, to: unknown, more: Record<string, unknown> = {}): ArmResource {
  return {
    type: `virtualNetworks/${from}/virtualNetworkPeerings`,
    name: 'peering',
    parent: sub(`virtualNetworks/${from}`).id,
    properties: { remoteVirtualNetwork: { id: to }, allowVirtualNetworkAccess: true, ...more },
  };
}

function gateway(...subnets: readonly unknown[]): ArmResource {
  const ipConfigurations = subnets.map((id, index) => ({
    name: `ip${index}`,
    properties: { subnet: { id } },
  }));
  return { type: 'virtualNetworkGateways', name: 'vpn', properties: { ipConfigurations } };
}

const OWN = sub('virtualNetworks/vnet').id;
const SNET = `${OWN}/subnets/snet`;
const HUB = network('hub', PEER);
const PEERED = [HUB, peering('vnet', sub('virtualNetworks/hub').id), peering('hub', OWN)];
const OTHER_GATEWAY = [
  network('far', '10.8.0.0/16'),
  gateway(sub('virtualNetworks/far/subnets/snet-far').id),
];
const SIX = sub('virtualNetworks/six/subnets/snet-six');
/** Frontend and member in a network with IPv6 addresses, which has a gateway. */
const IPV6: EstateOptions = {
  frontend: { subnet: SIX, privateIPAddressVersion: 'IPv6', privateIPAddress: 'fd00:0:0:1::100' },
  ipConfiguration: { subnet: SIX, privateIPAddressVersion: 'IPv6' },
  more: [network('six', 'fd00:0:0:1::/64'), gateway(SIX.id)],
};

function others(options: EstateOptions): string | undefined {
  const { paths, otherClientsOf } = buildNetwork(estate({ internal: true, ...options }));
  return paths[0] === undefined ? 'no path' : otherClientsOf(paths[0]);
}

// Semantics 0.2: the clients of an internal frontend are in the network, in a peered one, or on premises.
test.each<[what: string, options: EstateOptions, expected: 'peered' | 'elsewhere' | undefined]>([
  ['the network certainly is peered with', { subnetRules: only(PEER), more: PEERED }, 'peered'],
  ['both that one and on premises', { subnetRules: only(ON_PREMISES, PEER), more: PEERED }, 'peered'],
  ['on premises, behind a peering', { subnetRules: only(ON_PREMISES), more: PEERED }, 'elsewhere'],
  [
    'a network that is peered one way',
    { subnetRules: only(PEER), more: [HUB, peering('vnet', sub('virtualNetworks/hub').id)] },
    'elsewhere',
  ],
  ['on premises, behind a gateway', { subnetRules: only(ON_PREMISES), more: [gateway(SNET)] }, 'elsewhere'],
  [
    'on premises, behind the second address of a gateway',
    {
      subnetRules: only(ON_PREMISES),
      more: [...OTHER_GATEWAY.slice(0, 1), gateway(sub('virtualNetworks/far/subnets/snet-far').id, SNET)],
    },
    'elsewhere',
  ],
  [
    'on premises, where it is open where the gateway is',
    { subnetRules: only(ON_PREMISES), more: [gateway(UNKNOWN)] },
    'elsewhere',
  ],
  [
    'on premises, where the gateway is in a subnet that is not seen',
    { subnetRules: only(ON_PREMISES), more: [gateway(`${OWN}/subnets/GatewaySubnet`)] },
    'elsewhere',
  ],
  [
    'on premises, while the IP version of the frontend is open',
    { subnetRules: only(ON_PREMISES), frontend: { privateIPAddressVersion: UNKNOWN }, more: [gateway(SNET)] },
    'elsewhere',
  ],
  [
    'IPv6 addresses elsewhere, while the IP version of the frontend is open',
    {
      ...IPV6,
      frontend: { ...IPV6.frontend, privateIPAddressVersion: UNKNOWN },
      nicRules: only('fd12::/16'),
    },
    'elsewhere',
  ],
  [
    'on premises, of a network that may lie there',
    { subnetRules: only(ON_PREMISES), networkElsewhere: true },
    undefined,
  ],
  ['IPv6 addresses elsewhere', { ...IPV6, nicRules: only('fd12::/16') }, 'elsewhere'],
  ['IPv4 addresses elsewhere, at an IPv6 frontend', { ...IPV6, nicRules: only(ON_PREMISES) }, undefined],
  [
    'IPv6 addresses elsewhere, at an IPv4 frontend',
    { subnetRules: only('fd12::/16'), more: [gateway(SNET)] },
    undefined,
  ],
  ['on premises, with nothing that leads there', { subnetRules: only(ON_PREMISES) }, undefined],
  [
    'on premises, with a gateway of another network',
    { subnetRules: only(ON_PREMISES), more: OTHER_GATEWAY },
    undefined,
  ],
  ['public addresses', { subnetRules: only('203.0.113.0/24'), more: PEERED }, undefined],
  ['nobody', { subnetRules: [rule(100, 'Deny')], more: [...PEERED, gateway(SNET)] }, undefined],
  [
    'some of the network itself',
    { subnetRules: only('10.0.1.0/28', PEER, ON_PREMISES), more: PEERED },
    undefined,
  ],
  [
    'on premises, of a public frontend',
    { internal: false, subnetRules: only(ON_PREMISES), more: [gateway(SNET)] },
    undefined,
  ],
  [
    'on premises, before one member of two',
    {
      subnetRules: only(ON_PREMISES),
      more: [gateway(SNET), ...otherMember('shut', { rules: [rule(100, 'Deny')] })],
    },
    'elsewhere',
  ],
  [
    'peers, before the last member of two',
    {
      subnetRules: only(PEER, ON_PREMISES),
      more: [...PEERED, ...otherMember('a', { rules: [rule(100, 'Deny', { sourceAddressPrefix: PEER })] })],
    },
    'peered',
  ],
  [
    'what may pass a deny',
    {
      subnetRules: [
        rule(90, 'Deny', { sourceAddressPrefix: ON_PREMISES, access: UNKNOWN }),
        ...only(ON_PREMISES),
      ],
      more: [gateway(SNET)],
    },
    undefined,
  ],
])(
  'on an internal path that is closed to its network the others who get in are %s',
  (_what, options, expected) => {
    expect(others(options)).toBe(expected);
  },
);

test('what a member with several places lets in is not certain', () => {
  const references = ['snet', 'two'].map((name) => ({ id: `${OWN}/subnets/${name}`, property: 'id' }));
  const two: ArmResource = {
    type: 'virtualNetworks/vnet/subnets',
    name: 'two',
    parent: OWN,
    properties: { addressPrefix: '10.0.2.0/24', networkSecurityGroup: sub('networkSecurityGroups/shut') },
  };
  const shut: ArmResource = {
    type: 'networkSecurityGroups',
    name: 'shut',
    properties: { securityRules: [rule(100, 'Deny')] },
  };
  const ipConfiguration = { subnet: { id: { ...(UNKNOWN as object), references } } };
  expect(others({ subnetRules: only(PEER), ipConfiguration, more: [...PEERED, two, shut] })).toBe(undefined);
});

test('a network whose peerings are a list that may be longer may be reached', () => {
  const listed = (virtualNetworkPeerings: unknown): ArmResource => ({
    type: 'virtualNetworks',
    name: 'vnet',
    properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, virtualNetworkPeerings },
  });
  const closed = { subnetRules: only(ON_PREMISES), networkElsewhere: true };
  expect(others({ ...closed, more: [listed([])] })).toBe(undefined);
  expect(others({ ...closed, more: [listed({ partial: [], more: UNKNOWN })] })).toBe('elsewhere');
});
