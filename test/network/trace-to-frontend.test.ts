import { type ArmResource, sub } from '../support/arm-model.ts';
import { ask, client, later, said, story } from '../support/ask.ts';
import { type EstateOptions, rule, VIP } from '../support/estate.ts';

const FRONT = sub('loadBalancers/lb/frontendIPConfigurations/front');
const OPEN = { subnetRules: [rule(100, 'Allow')] };
const OUTSIDE = { loadBalancerBackendAddressPools: [] };
const DELIVERED = 'delivered: no security group';
const FLOATING = { enableFloatingIP: true };

/** Lets in probes and one kind of data, and nothing else. */
const onlyTo = (match: Record<string, unknown>): EstateOptions => ({
  nicRules: [
    rule(100, 'Allow', { sourceAddressPrefix: 'AzureLoadBalancer' }),
    rule(110, 'Allow', match),
    rule(120, 'Deny'),
  ],
});

function inside(estate: EstateOptions, from = 'vnet'): string {
  return said({ estate: { internal: true, ...estate }, from, to: 'lb' });
}

function outside(estate: EstateOptions, from = 'internet'): string {
  return said({ estate, from, to: 'lb' });
}

test('a packet is followed through the rule of the balancer into the groups of the member', () => {
  const more = [client('pc')];
  expect(story({ estate: { internal: true, ...OPEN, more }, from: 'pc', to: 'lb' })).toEqual([
    'pc: allow by no security group (security-group)',
    'snet: allow by AllowVnetOutBound (security-group)',
    'lb: allow by lb/r (load-balancer)',
    'snet: allow by Allow100 (security-group)',
    'nic0: allow by no security group (security-group)',
    'delivered',
  ]);
});

test('a packet from outside to a frontend inside is dropped before anything else', () => {
  const asked = { estate: { internal: true }, from: '8.8.8.8', to: 'lb' };
  expect(story(asked)).toEqual(['lb: deny by no public frontend (route)', 'dropped by no public frontend']);
  expect(ask(asked).packet).toMatchObject({
    source: { kind: 'ip', text: '8.8.8.8' },
    destination: { kind: 'inside', label: 'lb' },
    destinationPort: 80,
  });
  expect(inside({ networkElsewhere: true }, '8.8.8.8')).toBe(
    'unknown: /microsoft.network/virtualnetworks/vnet',
  );
});

// Semantics 1.8: outbound rules of a client see the address and the port of the frontend.
test.each<[match: Record<string, unknown>, answer: string]>([
  [{ destinationAddressPrefix: VIP, destinationPortRange: '80' }, 'dropped: Deny100'],
  [{ destinationAddressPrefix: VIP, destinationPortRange: '8080' }, DELIVERED],
  [{ destinationAddressPrefix: '10.0.1.9' }, DELIVERED],
])('an outbound rule of a client that denies %j', (match, answer) => {
  const subnetRules = [rule(100, 'Deny', { direction: 'Outbound', ...match })];
  const estate = {
    subnetRules,
    rule: { backendPort: 8080 },
    ipConfiguration: { privateIPAddress: '10.0.1.9' },
    more: [client('pc')],
  };
  expect(inside(estate, 'pc')).toBe(answer);
});

test('an outbound rule may name the later address of the frontend', () => {
  const address = { ...later(), references: [{ ...FRONT, property: 'privateIPAddress' }] };
  const subnetRules = [
    rule(100, 'Allow', { direction: 'Outbound', destinationAddressPrefix: address }),
    rule(110, 'Deny', { direction: 'Outbound' }),
  ];
  const estate = { subnetRules, frontend: { privateIPAddress: undefined }, more: [client('pc')] };
  expect(inside(estate, 'pc')).toBe(DELIVERED);
});

// Semantics 0.2, 1.8 and 4.3: with a floating IP address the destination stays that of the frontend.
test.each<[what: string, estate: EstateOptions, answer: string]>([
  [
    'a public address is not in the network',
    { ...onlyTo({ destinationAddressPrefix: 'VirtualNetwork' }), rule: FLOATING },
    'dropped: Deny120',
  ],
  [
    'nor in the subnet',
    { ...onlyTo({ destinationAddressPrefix: '10.0.1.0/24' }), rule: FLOATING },
    'dropped: Deny120',
  ],
  [
    'without it the member is',
    { ...onlyTo({ destinationAddressPrefix: '10.0.1.0/24' }) },
    'delivered: Allow110',
  ],
  [
    'an address of a prefix is public as well',
    {
      ...onlyTo({ destinationAddressPrefix: 'VirtualNetwork' }),
      rule: FLOATING,
      frontend: { publicIPAddress: undefined, publicIPPrefix: sub('publicIPPrefixes/range') },
    },
    'dropped: Deny120',
  ],
  [
    'a rule may name it',
    {
      ...onlyTo({
        destinationAddressPrefix: {
          ...later(),
          references: [{ ...sub('publicIPAddresses/pip'), property: 'ipAddress' }],
        },
      }),
      rule: FLOATING,
    },
    'delivered: Allow110',
  ],
  [
    'it must be known',
    { ...OPEN, rule: FLOATING, frontend: { publicIPAddress: { id: later() } } },
    'unknown: the address of the receiver',
  ],
])('floating IP: %s', (_, estate, answer) => {
  expect(outside(estate)).toBe(answer);
});

// Semantics 11.6: the pages disagree whether floating IP translates the port.
test.each<[rule: Record<string, unknown>, answer: string]>([
  [{ backendPort: 8080 }, 'delivered: Allow110'],
  [{ backendPort: 80 }, 'dropped: Deny120'],
  [{ backendPort: later() }, 'unknown: later'],
  [{ backendPort: undefined }, 'unknown: the backend port of lb/r'],
  [{ ...FLOATING, backendPort: 8080 }, 'unknown: whether floating IP translates the port'],
  [{ ...FLOATING, frontendPort: 8080, backendPort: 8080 }, 'dropped: no load-balancing rule'],
  [{ enableFloatingIP: later(), backendPort: 8080 }, 'unknown: later'],
])('a rule with %j to members that let in port 8080', (properties, answer) => {
  expect(inside({ ...onlyTo({ destinationPortRange: '8080' }), rule: properties })).toBe(answer);
});

test('a rule for every port keeps the port, and the frontend knows it', () => {
  const properties = { protocol: 'All', frontendPort: 0, backendPort: 0, ...FLOATING };
  expect(inside({ ...onlyTo({ destinationPortRange: '80' }), rule: properties })).toBe('delivered: Allow110');
  expect(inside({ ...onlyTo({ destinationPortRange: '81' }), rule: properties })).toBe('dropped: Deny120');
});

// Semantics 3.1: what no group guards.
test.each<[sku: unknown, answer: string]>([
  ['standard', 'dropped: secure by default'],
  ['BASIC', DELIVERED],
  [later(), 'unknown: whether nic0/ip is closed without a security group'],
  ['Gateway', 'unknown: a Gateway load balancer'],
])('a public balancer of the SKU %j without a group', (sku, answer) => {
  expect(outside({ sku })).toBe(answer);
  const open = { ...OPEN, sku };
  expect(outside(open)).toBe(sku === 'Gateway' ? answer : DELIVERED);
});

function addresses(...texts: readonly string[]): ArmResource {
  return {
    type: 'loadBalancers/lb/backendAddressPools',
    name: 'pool',
    parent: sub('loadBalancers/lb').id,
    properties: {
      loadBalancerBackendAddresses: texts.map((ipAddress, index) => ({
        name: `a${index}`,
        properties: { ipAddress, virtualNetwork: sub('virtualNetworks/vnet') },
      })),
    },
  };
}

test('the pages do not say how a pool of addresses is guarded without a group', () => {
  const estate = {
    ipConfiguration: { ...OUTSIDE, privateIPAddress: '10.0.1.9' },
    more: [addresses('10.0.1.9')],
  };
  expect(outside(estate)).toBe('unknown: whether 10.0.1.9 is closed without a security group');
  expect(inside(estate)).toBe(DELIVERED);
  expect(outside({ ...estate, ...OPEN })).toBe(DELIVERED);
  const stranger = { ipConfiguration: OUTSIDE, more: [addresses('10.0.1.77'), client('pc')] };
  expect(inside(stranger, 'pc')).toBe('unknown: the network interface of 10.0.1.77');
});

test.each<[what: string, estate: EstateOptions, answer: string]>([
  [
    'a frontend of neither kind',
    { frontend: { publicIPAddress: undefined } },
    'unknown: whether the frontend of lb is public or internal',
  ],
  ['a pool without members', { ipConfiguration: OUTSIDE }, 'unknown: a member that lb sends packets to'],
  [
    'members of another version',
    { ...OPEN, ipConfiguration: { privateIPAddressVersion: later() } },
    'unknown: which member of lb/r the load balancer picks, later, the IP version of nic0/ip',
  ],
  [
    'a chain',
    { ...OPEN, frontend: { gatewayLoadBalancer: sub('loadBalancers/gw/frontendIPConfigurations/f') } },
    'unknown: what the appliances behind the gateway load balancer of lb do',
  ],
  [
    'a closed chain',
    { nicRules: [], frontend: { gatewayLoadBalancer: sub('loadBalancers/gw/frontendIPConfigurations/f') } },
    'dropped: DenyAllInBound',
  ],
])('what the code leaves open: %s', (_, estate, answer) => {
  expect(outside(estate)).toBe(answer);
});

test.each<[estate: EstateOptions, from: string, answer: string]>([
  [{ sku: 'Gateway' }, 'internet', 'unsupported a Gateway load balancer'],
  [
    { frontend: { publicIPAddress: undefined } },
    'internet',
    'known-after-apply whether the frontend of lb is public or internal',
  ],
  [{ rule: { frontendPort: later() } }, 'internet', 'parameter later'],
  [{ internal: true, networkElsewhere: true }, '8.8.8.8', 'outside /microsoft.network/virtualnetworks/vnet'],
])('what is open from the start shows no hop: %j', (estate, from, answer) => {
  expect(story({ estate, from, to: 'lb' })).toEqual([`unknown: ${answer}`]);
});

test('appliances in front of the members stand outside of what is seen', () => {
  const frontend = { gatewayLoadBalancer: sub('loadBalancers/gw/frontendIPConfigurations/f') };
  expect(story({ estate: { ...OPEN, frontend }, from: 'internet', to: 'lb' }).at(-1)).toBe(
    'unknown: outside what the appliances behind the gateway load balancer of lb do',
  );
});

test('a packet that its sender drops goes no further', () => {
  const subnetRules = [rule(100, 'Deny', { direction: 'Outbound' })];
  const asked = { estate: { internal: true, subnetRules, more: [client('pc')] }, from: 'pc', to: 'lb' };
  expect(story(asked)).toEqual([
    'pc: allow by no security group (security-group)',
    'snet: deny by Deny100 (security-group)',
    'dropped by Deny100',
  ]);
  expect(ask(asked).packet).toMatchObject({ destination: { text: VIP } });
  expect('secrets' in ask(asked).packet).toBe(false);
});

test('a pool without members is closed to those who cannot call it', () => {
  expect(inside({ ipConfiguration: OUTSIDE }, 'internet')).toBe('dropped: no public frontend');
  expect(inside({ ipConfiguration: OUTSIDE })).toBe('unknown: a member that lb sends packets to');
  const subnetRules = [rule(100, 'Deny', { direction: 'Outbound' })];
  expect(inside({ ipConfiguration: OUTSIDE, subnetRules }, 'nic0')).toBe('dropped: Deny100');
});
