import { couplingOf } from '../../src/network/frontend-coupling.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, otherMember, rule, SUBNET, VIP } from '../support/estate.ts';
import { waiting } from '../support/waiting.ts';

const UNKNOWN = waiting('later');
const FRONT = sub('loadBalancers/lb/frontendIPConfigurations/front').id;

/** An unknown value that is a property of one or more resources. */
function refersTo(property: string, ...ids: readonly string[]): unknown {
  return { ...(UNKNOWN as object), references: ids.map((id) => ({ id, property })) };
}

/** An outbound allow for packets to the frontend; `match` overrides it. */
function out(match: Record<string, unknown> = {}, name = 'ToFront'): Record<string, unknown> {
  const { properties } = rule(100, 'Allow', {
    direction: 'Outbound',
    destinationAddressPrefix: VIP,
    destinationPortRange: '80',
    ...match,
  });
  return { name, properties };
}

function toList(prefixes: unknown): Record<string, unknown> {
  return { destinationAddressPrefix: undefined, destinationAddressPrefixes: prefixes };
}

/** A machine that is no member. */
function machine(
  ipConfiguration: Record<string, unknown>,
  properties: Record<string, unknown> = {},
): ArmResource {
  return {
    type: 'networkInterfaces',
    name: 'nic-other',
    properties: { ...properties, ipConfigurations: [{ name: 'ip', properties: ipConfiguration }] },
  };
}

function subnet(name: string, network: unknown, properties: Record<string, unknown> = {}): ArmResource {
  return {
    type: `virtualNetworks/vnet/subnets`,
    name,
    parent: network,
    properties: { addressPrefix: '10.0.2.0/24', ...properties },
  };
}

const VNET = sub('virtualNetworks/vnet').id;
const VNET2 = sub('virtualNetworks/vnet2').id;
const GROUP = { networkSecurityGroup: sub('networkSecurityGroups/nsg-subnet') };
const inSubnet = (name: string) => ({ subnet: sub(`virtualNetworks/vnet/subnets/${name}`) });

/** `security-rule ToFront` or `dns-record app.corp.test`. */
function sign(options: EstateOptions): string | undefined {
  const { topology, paths } = buildNetwork(estate({ internal: true, members: 2, ...options }));
  const coupling = paths[0] === undefined ? undefined : couplingOf(paths[0], topology);
  return coupling === undefined ? undefined : `${coupling.kind} ${coupling.name}`;
}

test.each<[what: string, match: Record<string, unknown>, options?: EstateOptions]>([
  ['the frontend', {}],
  ['the frontend as a prefix', { destinationAddressPrefix: `${VIP}/32` }],
  ['the frontend in a list', toList([VIP])],
  ['every port', { destinationPortRange: '*' }],
  ['a list with the port', { destinationPortRange: undefined, destinationPortRanges: ['81', '80'] }],
  [
    'a list with the port and an open one',
    { destinationPortRange: undefined, destinationPortRanges: [UNKNOWN, '80'] },
  ],
  ['the frontend, in other letters', { direction: 'OUTBOUND', access: 'allow' }],
  [
    'the later address of the frontend',
    { destinationAddressPrefix: refersTo('privateIPAddress', FRONT) },
    { frontend: { privateIPAddress: undefined } },
  ],
])('an outbound allow for %s is a sign that members call it', (_what, match, options = {}) => {
  expect(sign({ ...options, subnetRules: [out({ access: 'Deny' }, 'No'), out(match)] })).toBe(
    'security-rule ToFront',
  );
});

test.each<[what: string, match: Record<string, unknown>, options?: EstateOptions]>([
  ['that lets packets in', { direction: 'Inbound' }],
  ['whose direction is open', { direction: UNKNOWN }],
  ['that denies', { access: 'Deny' }],
  ['whose access is open', { access: UNKNOWN }],
  ['for the subnet', { destinationAddressPrefix: SUBNET }],
  ['for a range that begins like the address', { destinationAddressPrefix: `${VIP}/321` }],
  ['for another address', { destinationAddressPrefix: '10.0.1.101' }],
  ['for an open address', { destinationAddressPrefix: UNKNOWN }],
  [
    'for the address of another frontend',
    { destinationAddressPrefix: refersTo('privateIPAddress', `${FRONT}2`) },
  ],
  ['for one more address', toList([VIP, '10.0.1.101'])],
  ['for a list that may be longer', toList({ partial: [VIP], more: UNKNOWN })],
  [
    'for an application security group',
    {
      destinationAddressPrefix: undefined,
      destinationApplicationSecurityGroups: [sub('applicationSecurityGroups/asg')],
    },
  ],
  ['for another port', { destinationPortRange: '81' }],
  ['for an open port', { destinationPortRange: UNKNOWN }],
  ['while the port of the rule is open', {}, { rule: { frontendPort: UNKNOWN } }],
  [
    'while others may belong to the pool',
    {},
    { more: otherMember('c', { ipConfiguration: { loadBalancerBackendAddressPools: UNKNOWN } }) },
  ],
])('an outbound rule %s is no sign', (_what, match, options = {}) => {
  expect(sign({ ...options, subnetRules: [out(match)] })).toBe(undefined);
});

test('a public frontend is nobody to be let out to, and a group that is not seen says nothing', () => {
  const publicIPAddress = sub('publicIPAddresses/known');
  const known: ArmResource = {
    type: 'publicIPAddresses',
    name: 'known',
    properties: { ipAddress: '20.1.2.3' },
  };
  const toPublic = out({ destinationAddressPrefix: '20.1.2.3' });
  expect(
    sign({ internal: false, frontend: { publicIPAddress }, subnetRules: [toPublic], more: [known] }),
  ).toBe(undefined);
  expect(sign({ subnet: { networkSecurityGroup: sub('networkSecurityGroups/elsewhere') } })).toBe(undefined);
});

test('a rule that only may exist is no sign', () => {
  const perhaps: ArmResource = {
    type: 'networkSecurityGroups/nsg-subnet/securityRules',
    name: 'ToFront',
    parent: sub('networkSecurityGroups/nsg-subnet').id,
    condition: UNKNOWN,
    properties: out().properties,
  };
  expect(sign({ subnetRules: [], more: [perhaps] })).toBe(undefined);
});

test.each<[what: string, other: ArmResource, more?: readonly ArmResource[]]>([
  ['in the subnet', machine(inSubnet('snet'))],
  ['in a second subnet with the same group', machine(inSubnet('two')), [subnet('two', VNET, GROUP)]],
  [
    'in a subnet that may have the group',
    machine(inSubnet('two')),
    [subnet('two', VNET, { networkSecurityGroup: { id: UNKNOWN } })],
  ],
  ['with the same group', machine(inSubnet('two'), GROUP), [subnet('two', VNET)]],
  [
    'that may have the group',
    machine(inSubnet('two'), { networkSecurityGroup: { id: UNKNOWN } }),
    [subnet('two', VNET)],
  ],
  ['in a subnet that is open', machine({ subnet: { id: UNKNOWN } })],
])('a machine %s may be whom the rule is for', (_what, other, more = []) => {
  expect(sign({ subnetRules: [out()], more: [other, ...more] })).toBe(undefined);
});

test.each<[what: string, other: ArmResource, more?: readonly ArmResource[]]>([
  ['in another subnet', machine(inSubnet('two')), [subnet('two', VNET)]],
  [
    'in a subnet with another group',
    machine(inSubnet('two')),
    [subnet('two', VNET, { networkSecurityGroup: sub('networkSecurityGroups/b') })],
  ],
  ['in a subnet that is not seen', machine(inSubnet('unseen'))],
  ['without an IP configuration', { type: 'networkInterfaces', name: 'bare', properties: {} }],
])('a machine %s is not whom the rule is for', (_what, other, more = []) => {
  expect(sign({ subnetRules: [out()], more: [other, ...more] })).toBe('security-rule ToFront');
});

test('the rule may stand at the interface of one member', () => {
  expect(sign({ nicRules: [out()] })).toBe('security-rule ToFront');
  expect(sign({ nicRules: [out()], more: [machine(inSubnet('snet'))] })).toBe('security-rule ToFront');
  expect(sign({ subnetRules: [], more: otherMember('c', { rules: [out()] }) })).toBe('security-rule ToFront');
  const used = machine(inSubnet('snet'), { networkSecurityGroup: sub('networkSecurityGroups/nsg-nic') });
  expect(sign({ nicRules: [out()], more: [used] })).toBe(undefined);
});

const zone = (name: string): ArmResource => ({ type: 'privateDnsZones', name });
const record = (zoneName: string, ...addresses: readonly unknown[]): ArmResource => ({
  type: `privateDnsZones/${zoneName}/A`,
  name: 'app',
  parent: sub(`privateDnsZones/${zoneName}`).id,
  properties: { aRecords: addresses.map((ipv4Address) => ({ ipv4Address })) },
});
const linkTo = (
  network: unknown,
  parent: unknown = sub('privateDnsZones/corp.test').id,
  name = 'link',
): ArmResource => ({
  type: 'privateDnsZones/corp.test/virtualNetworkLinks',
  name,
  parent,
  properties: { virtualNetwork: { id: network } },
});
const NAMED = [zone('corp.test'), record('corp.test', VIP)];
const NETWORK2: ArmResource = {
  type: 'virtualNetworks',
  name: 'vnet2',
  properties: {
    addressSpace: { addressPrefixes: ['10.2.0.0/16'] },
    subnets: [{ name: 'far', properties: { addressPrefix: '10.2.0.0/24' } }],
  },
};
const FAR = { subnet: sub('virtualNetworks/vnet2/subnets/far') };

test.each<[what: string, more: readonly ArmResource[], options?: EstateOptions]>([
  ['in a zone of the network', [...NAMED, linkTo(VNET)]],
  ['among other addresses', [zone('corp.test'), record('corp.test', '10.0.1.101', VIP), linkTo(VNET)]],
  [
    'as the later address of the frontend',
    [zone('corp.test'), record('corp.test', refersTo('privateIPAddress', FRONT)), linkTo(VNET)],
    { frontend: { privateIPAddress: undefined } },
  ],
  [
    'behind one in a zone that is linked nowhere',
    [zone('a.test'), record('a.test', VIP), ...NAMED, linkTo(VNET)],
  ],
  [
    'while other zones have other links',
    [...NAMED, linkTo(VNET), linkTo(VNET2, sub('privateDnsZones/b.test').id, 'b')],
  ],
  ['while a machine is in another network', [...NAMED, linkTo(VNET), NETWORK2, machine(FAR)]],
])('a private name for the frontend %s is a sign', (_what, more, options = {}) => {
  expect(sign({ ...options, more })).toBe('dns-record app.corp.test');
});

test.each<[what: string, more: readonly ArmResource[]]>([
  ['of another address', [zone('corp.test'), record('corp.test', '10.0.1.101'), linkTo(VNET)]],
  ['in a zone that is linked nowhere', NAMED],
  ['in a zone of another network', [...NAMED, linkTo(VNET2)]],
  ['in a zone of two networks', [...NAMED, linkTo(VNET), linkTo(VNET2, undefined, 'b')]],
  ['in a zone of which a link is open', [...NAMED, linkTo(VNET), linkTo(UNKNOWN, undefined, 'b')]],
  ['in a zone that may have a second link', [...NAMED, linkTo(VNET), linkTo(VNET2, UNKNOWN, 'b')]],
  [
    'while a machine is elsewhere in the network',
    [...NAMED, linkTo(VNET), subnet('two', VNET), machine(inSubnet('two'))],
  ],
  ['while a machine is in a subnet that is not seen', [...NAMED, linkTo(VNET), machine(inSubnet('unseen'))]],
  [
    'while a machine is in a network that is open',
    [...NAMED, linkTo(VNET), subnet('two', UNKNOWN), machine(inSubnet('two'))],
  ],
  ['while the subnet of a machine is open', [...NAMED, linkTo(VNET), machine({ subnet: { id: UNKNOWN } })]],
  [
    'while a second address of a machine is there',
    [
      ...NAMED,
      linkTo(VNET),
      NETWORK2,
      {
        ...machine({}),
        properties: {
          ipConfigurations: [
            { name: 'a', properties: FAR },
            { name: 'b', properties: inSubnet('snet') },
          ],
        },
      },
    ],
  ],
  [
    'of members in two networks',
    [...NAMED, linkTo(VNET), NETWORK2, ...otherMember('z', { ipConfiguration: FAR })],
  ],
])('a private name %s is no sign', (_what, more) => {
  expect(sign({ more })).toBe(undefined);
});

test('members whose subnet is open are in no network that a zone could be linked to alone', () => {
  const ipConfiguration = { subnet: { id: UNKNOWN } };
  expect(sign({ ipConfiguration, more: [...NAMED, linkTo(VNET)] })).toBe(undefined);
});
