import { type ArmResource, sub } from '../support/arm-model.ts';
import { ask, client, later, perhaps, said, story } from '../support/ask.ts';
import { type EstateOptions, rule } from '../support/estate.ts';

const OPEN = { subnetRules: [rule(100, 'Allow')] };
const OWN = sub('publicIPAddresses/own');

/** The machine of the estate with a public IP of its own. */
function withAddress(publicIPAddress: unknown, sku?: unknown): EstateOptions {
  const resource = { type: 'publicIPAddresses', name: 'own', ...(sku === undefined ? {} : { sku }) };
  return { ipConfiguration: { publicIPAddress }, more: [resource] };
}

// Semantics 3.1: an instance-level Standard address is closed without a group, a Basic one is open.
test.each<[options: EstateOptions, answer: string, withGroup: string]>([
  [withAddress(OWN, { name: 'Standard' }), 'dropped: secure by default', 'delivered: no security group'],
  [withAddress(OWN, { name: 'BASIC' }), 'delivered: no security group', 'delivered: no security group'],
  [withAddress(OWN, { name: later() }), 'unknown: later', 'delivered: no security group'],
  [withAddress(OWN), 'unknown: the SKU of the public IP of nic0/ip', 'delivered: no security group'],
  [
    withAddress(sub('publicIPAddresses/elsewhere')),
    'unknown: the SKU of the public IP of nic0/ip',
    'delivered: no security group',
  ],
  [
    withAddress({ id: later('publicIPAddresses/own', 'publicIPAddresses/pip') }, { name: 'Standard' }),
    'unknown: the SKU of the public IP of nic0/ip',
    'delivered: no security group',
  ],
  // It may have no address at all.
  [withAddress({ id: later() }), 'unknown: later', 'unknown: later'],
  [
    withAddress({ id: perhaps('publicIPAddresses/own') }, { name: 'Standard' }),
    'unknown: later',
    'unknown: later',
  ],
  [{}, 'dropped: no public IP', 'dropped: no public IP'],
])('a packet from the internet to a machine with the address %j', (options, answer, withGroup) => {
  expect(said({ estate: options, from: 'internet', to: 'vm0' })).toBe(answer);
  expect(said({ estate: { ...options, ...OPEN }, from: 'internet', to: 'vm0' })).toBe(withGroup);
});

test('a machine without a public IP is not reached, and its configuration says so', () => {
  const asked = { estate: OPEN, from: 'internet', to: 'vm0' };
  expect(story(asked)).toEqual(['nic0/ip: deny by no public IP (route)', 'dropped by no public IP']);
  expect(ask(asked).packet).toEqual({
    protocol: 'tcp',
    source: { kind: 'inside', id: '', label: 'internet' },
    sourcePort: 50_000,
    destination: { kind: 'inside', id: '', label: 'nic0/ip' },
    destinationPort: 80,
  });
});

function scaleSet(capacity: unknown, ipConfiguration: Record<string, unknown>): ArmResource {
  const properties = { subnet: sub('virtualNetworks/vnet/subnets/snet'), ...ipConfiguration };
  const configuration = { name: 'nic', properties: { ipConfigurations: [{ name: 'ip', properties }] } };
  return {
    type: 'virtualMachineScaleSets',
    name: 'vmss',
    sku: { capacity },
    properties: {
      virtualMachineProfile: { networkProfile: { networkInterfaceConfigurations: [configuration] } },
    },
  };
}

test.each<[publicIPAddressConfiguration: unknown, answer: string, withGroup: string]>([
  [undefined, 'dropped: no public IP', 'dropped: no public IP'],
  [later(), 'unknown: later', 'unknown: later'],
  [{ name: 'pip' }, 'unknown: the SKU of the public IP of vmss/nic/ip', 'delivered: no security group'],
])('instances of a scale set with the address %j', (publicIPAddressConfiguration, answer, withGroup) => {
  const more = [scaleSet(2, { publicIPAddressConfiguration })];
  expect(said({ estate: { more }, from: 'internet', to: 'vmss' })).toBe(answer);
  expect(said({ estate: { more, ...OPEN }, from: 'internet', to: 'vmss' })).toBe(withGroup);
});

test('a packet to the machine itself stays inside, one to another instance does not', () => {
  const options = { subnetRules: [rule(100, 'Deny', { direction: 'Outbound' })], more: [scaleSet(2, {})] };
  expect(story({ estate: options, from: 'vm0', to: 'nic0' })).toEqual([
    'unknown: runtime a packet from nic0/ip to nic0/ip: it stays in the machine',
  ]);
  expect(story({ estate: options, from: 'vm0', to: 'vmss' })).toEqual([
    'nic0: allow by no security group (security-group)',
    'snet: deny by Deny100 (security-group)',
    'dropped by Deny100',
  ]);
  expect(ask({ estate: options, from: 'vm0', to: 'vmss' }).packet.secrets).toBeUndefined();
  expect(said({ estate: options, from: 'vmss', to: 'vmss' })).toBe('dropped: Deny100');
  expect(said({ estate: options, from: 'vmss', to: 'nic0' })).toBe('dropped: Deny100');
});

test('so do packets between the interfaces of one machine', () => {
  const both = ['one', 'two'].map((name) => sub(`networkInterfaces/${name}`));
  const machine = {
    type: 'virtualMachines',
    name: 'both',
    properties: { networkProfile: { networkInterfaces: both } },
  };
  const options = {
    subnetRules: [rule(100, 'Deny')],
    more: [client('one'), client('two'), client('alone'), machine],
  };
  expect(said({ estate: options, from: 'one', to: 'two' })).toBe(
    'unknown: a packet from one/ip to two/ip: it stays in the machine',
  );
  expect(said({ estate: options, from: 'alone', to: 'alone' })).toBe(
    'unknown: a packet from alone/ip to alone/ip: it stays in the machine',
  );
  expect(said({ estate: options, from: 'one', to: 'alone' })).toBe('dropped: Deny100');
});

test.each<[from: string, answer: string]>([
  ['8.8.8.8', 'unknown: /microsoft.network/virtualnetworks/vnet'],
  ['192.168.4.4', 'delivered: no security group'],
  ['internet', 'dropped: no public IP'],
])('where the network is not seen, %s may be inside', (from, answer) => {
  expect(said({ estate: { networkElsewhere: true }, from, to: 'nic0' })).toBe(answer);
});

test('a network may use public addresses of its own', () => {
  const far = {
    type: 'virtualNetworks',
    name: 'far',
    properties: {
      addressSpace: { addressPrefixes: ['8.8.0.0/16'] },
      subnets: [{ name: 's', properties: { addressPrefix: '8.8.8.0/24' } }],
    },
  };
  const more = [far, client('box', { subnet: sub('virtualNetworks/far/subnets/s') })];
  expect(said({ estate: { more }, from: '8.8.9.9', to: 'box' })).toBe('delivered: no security group');
  expect(said({ estate: { more }, from: '8.9.9.9', to: 'box' })).toBe('dropped: no public IP');
});

test('the IP version of a machine must be known', () => {
  const version = (privateIPAddressVersion: unknown) => ({
    ipConfiguration: { privateIPAddressVersion },
    subnet: { addressPrefixes: ['10.0.1.0/24', 'fd00:0:0:1::/64'], addressPrefix: undefined },
  });
  expect(said({ estate: version(later()), from: 'vnet', to: 'nic0' })).toBe(
    'unknown: the IP version of nic0/ip',
  );
  expect(said({ estate: version('IPv4'), from: '10.0.9.9', to: 'nic0' })).toBe(
    'delivered: no security group',
  );
  expect(said({ estate: version('IPv4'), from: 'fd00::9', to: 'nic0' })).toBe(
    'unknown: the address of the sender',
  );
  expect(said({ estate: version('IPv6'), from: 'fd00::9', to: 'nic0' })).toBe('delivered: no security group');
  expect(said({ estate: version('IPv6'), from: '10.0.9.9', to: 'nic0' })).toBe(
    'unknown: the address of the sender',
  );
  expect(story({ estate: version('IPv4'), from: 'fd00::9', to: 'nic0' })).toEqual([
    'unknown: known-after-apply the address of the sender',
  ]);
  const six = client('six', { privateIPAddressVersion: 'IPv6' });
  expect(said({ estate: { ...version('IPv4'), more: [six] }, from: 'six', to: 'nic0' })).toBe(
    'unknown: the address of the sender',
  );
});

test('the hops of a sender come before those of the receiver', () => {
  const rules = [
    rule(100, 'Deny', { destinationPortRange: '22' }),
    rule(110, 'Allow', { direction: 'Outbound' }),
  ];
  const options = { subnetRules: rules, more: [client('pc')] };
  expect(story({ estate: options, from: 'pc', to: 'nic0', port: 22 })).toEqual([
    'pc: allow by no security group (security-group)',
    'snet: allow by Allow110 (security-group)',
    'snet: deny by Deny100 (security-group)',
    'dropped by Deny100',
  ]);
  expect(story({ estate: options, from: 'pc', to: 'nic0' })).toEqual([
    'pc: allow by no security group (security-group)',
    'snet: allow by Allow110 (security-group)',
    'snet: allow by AllowVnetInBound (security-group)',
    'nic0: allow by no security group (security-group)',
    'delivered',
  ]);
});

test('a machine in a subnet that is not known may be in any network, unless its address tells', () => {
  const to = (ipConfiguration: Record<string, unknown>, subnetRules: readonly unknown[] = []): string => {
    const more = [client('pc', { subnet: { id: later() }, ...ipConfiguration })];
    return said({ estate: { subnetRules, more }, from: 'nic0', to: 'pc' });
  };
  expect(to({})).toBe('unknown: later');
  expect(to({ privateIPAddress: '10.0.1.50' })).toBe('unknown: later');
  expect(to({}, [rule(100, 'Deny', { direction: 'Outbound' })])).toBe('dropped: Deny100');
});
