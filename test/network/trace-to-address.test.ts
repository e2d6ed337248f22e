import { type ArmResource, sub } from '../support/arm-model.ts';
import { ask, client, later, routeTable, said, story } from '../support/ask.ts';
import { type EstateOptions, rule } from '../support/estate.ts';

const POOL = sub('loadBalancers/lb/backendAddressPools/pool');
const FRONT = sub('loadBalancers/lb/frontendIPConfigurations/front');

function routed(nextHopType: string, addressPrefix = '0.0.0.0/0'): EstateOptions {
  const nextHopIpAddress = nextHopType === 'VirtualAppliance' ? '10.0.9.4' : undefined;
  return {
    subnet: { routeTable: sub('routeTables/rt') },
    more: [routeTable('rt', { addressPrefix, nextHopType, nextHopIpAddress })],
  };
}

function outboundRule(protocol: string): ArmResource {
  return {
    type: 'loadBalancers/lb/outboundRules',
    name: 'out',
    parent: sub('loadBalancers/lb').id,
    properties: { protocol, frontendIPConfigurations: [FRONT], backendAddressPool: POOL },
  };
}

const OUTBOUND = { more: [outboundRule('All')], rule: { disableOutboundSnat: true } };
const OWN = {
  ipConfiguration: { publicIPAddress: sub('publicIPAddresses/own') },
  more: [{ type: 'publicIPAddresses', name: 'own', sku: { name: 'Standard' } }],
};

// Semantics 3.3: each way out, the last hop of a packet that takes it, and what it carries.
test.each<[estate: EstateOptions, tcp: string, udp: string, icmp: string]>([
  [{}, 'delivered', 'unknown', 'unknown'],
  [{ rule: { protocol: 'UDP' } }, 'unknown', 'delivered', 'unknown'],
  [{ rule: { protocol: 'All', frontendPort: 0, backendPort: 0 } }, 'delivered', 'delivered', 'unknown'],
  [{ rule: { protocol: later() } }, 'unknown', 'unknown', 'unknown'],
  [OUTBOUND, 'delivered', 'delivered', 'unknown'],
  [{ ...OUTBOUND, more: [outboundRule('Tcp')] }, 'delivered', 'unknown', 'unknown'],
  [OWN, 'delivered', 'delivered', 'delivered'],
  [{ ipConfiguration: { loadBalancerBackendAddressPools: [] } }, 'delivered', 'delivered', 'unknown'],
])('the way out of a machine of %j', (estate, ...verdicts) => {
  const protocols = ['tcp', 'udp', 'icmp'] as const;
  for (const to of ['internet', '8.8.8.8']) {
    const found = protocols.map(
      (protocol) => ask({ estate, from: 'vm0', to, protocol, port: protocol === 'icmp' ? 0 : 53 }).verdict,
    );
    expect(found).toEqual(verdicts);
  }
});

const OUT_OF_GROUPS = [
  'nic0: allow by no security group (security-group)',
  'snet: allow by no security group (security-group)',
];

test.each<[estate: EstateOptions, ...end: readonly string[]]>([
  [{}, 'nic0/ip: allow by SNAT of a load-balancing rule (outbound)', 'delivered'],
  [OUTBOUND, 'nic0/ip: allow by an outbound rule (outbound)', 'delivered'],
  [OWN, 'nic0/ip: allow by its own public IP (outbound)', 'delivered'],
  [
    { ipConfiguration: { loadBalancerBackendAddressPools: [] } },
    'nic0/ip: allow by default outbound access (outbound)',
    'delivered',
  ],
  [
    routed('VirtualAppliance'),
    'nic0/ip: allow by an appliance (outbound)',
    'unknown: outside what happens behind the appliance',
  ],
  [
    routed('VirtualNetworkGateway'),
    'nic0/ip: allow by the gateway (outbound)',
    'unknown: outside what happens behind the gateway',
  ],
  [routed('None'), 'nic0/ip: deny by no way out: black hole (outbound)', 'dropped by no way out: black hole'],
  [{ rule: { disableOutboundSnat: later() } }, 'unknown: parameter later'],
])('the hops of a packet to the internet from a machine of %j', (estate, ...end) => {
  expect(story({ estate, from: 'vm0', to: 'internet' })).toEqual([...OUT_OF_GROUPS, ...end]);
});

test('what no way out carries for certain is shown up to it', () => {
  expect(story({ estate: {}, from: 'vm0', to: 'internet', protocol: 'udp' })).toEqual([
    ...OUT_OF_GROUPS,
    'nic0/ip: allow by SNAT of a load-balancing rule (outbound)',
    'unknown: runtime whether SNAT of a load-balancing rule carries udp',
  ]);
});

test('the rules of another balancer carry nothing', () => {
  const properties = { protocol: 'Udp', frontendPort: 53, backendPort: 53, frontendIPConfiguration: FRONT };
  const other = {
    type: 'loadBalancers',
    name: 'a-first',
    sku: { name: 'Standard' },
    properties: { loadBalancingRules: [{ name: 'dns', properties }] },
  };
  expect(said({ estate: { more: [other] }, from: 'vm0', to: 'internet', protocol: 'udp' })).toBe(
    'unknown: whether SNAT of a load-balancing rule carries udp',
  );
});

test('the groups of the sender come first', () => {
  const subnetRules = [rule(100, 'Deny', { direction: 'Outbound', destinationAddressPrefix: '8.8.8.8' })];
  const asked = { estate: { subnetRules }, from: 'vm0' };
  expect(story({ ...asked, to: '8.8.8.8' })).toEqual([
    'nic0: allow by no security group (security-group)',
    'snet: deny by Deny100 (security-group)',
    'dropped by Deny100',
  ]);
  expect(ask({ ...asked, to: '8.8.8.8' }).packet.destination).toEqual({ kind: 'ip', text: '8.8.8.8' });
  expect(said({ ...asked, to: '8.8.4.4' })).toBe('delivered: SNAT of a load-balancing rule');
  expect(said({ ...asked, to: 'internet' })).toBe('delivered: SNAT of a load-balancing rule');
});

test.each<[from: string, to: string, answer: string]>([
  ['internet', '8.8.8.8', 'unknown: outside 8.8.8.8, which is no address of this root'],
  ['vnet', '10.0.9.9', 'unknown: outside 10.0.9.9, which is no address of this root'],
  ['probe', 'internet', 'unknown: outside 203.0.113.7, which is no address of this root'],
])('nobody knows how a packet gets from %s to %s', (from, to, answer) => {
  expect(story({ estate: {}, from, to })).toEqual([answer]);
});

test.each<[to: string, answer: string]>([
  ['172.16.0.1', 'unknown: outside what is behind the routes to 172.16.0.1'],
  ['2001:db8::1', 'unknown: runtime the way of IPv6 packets out of nic0/ip'],
])('what is behind the routes to %s is not seen', (to, answer) => {
  expect(story({ estate: {}, from: 'vm0', to })).toEqual([...OUT_OF_GROUPS, answer]);
});

test('the way of an IPv6 configuration is not told', () => {
  const six = client('six', { privateIPAddressVersion: 'IPv6' });
  const subnet = { addressPrefixes: ['10.0.1.0/24', 'fd00:0:0:1::/64'], addressPrefix: undefined };
  expect(said({ estate: { subnet, more: [six] }, from: 'six', to: '8.8.8.8' })).toBe(
    'unknown: the way of IPv6 packets out of six/ip',
  );
});

// Semantics 1.10: machines reach their host past groups and routes.
test.each(['168.63.129.16', '169.254.169.254'])('nothing that is seen stops packets to %s', (to) => {
  const subnetRules = [rule(100, 'Deny', { direction: 'Outbound' })];
  expect(story({ estate: { subnetRules }, from: 'vm0', to })).toEqual([
    `unknown: runtime what the platform does with packets to ${to}`,
  ]);
});

test('a network may use public addresses, also those for the whole internet', () => {
  const far = {
    type: 'virtualNetworks',
    name: 'far',
    properties: {
      addressSpace: { addressPrefixes: ['8.8.0.0/16', '203.0.113.0/24'] },
      subnets: [{ name: 's', properties: { addressPrefix: '8.8.8.0/24' } }],
    },
  };
  const estate = { more: [far, client('box', { subnet: sub('virtualNetworks/far/subnets/s') })] };
  const to = (word: string): string => said({ estate, from: 'box', to: word });
  expect(to('8.8.9.9')).toBe('unknown: what has 8.8.9.9 in the virtual network');
  expect(to('8.9.9.9')).toBe('delivered: default outbound access');
  expect(to('203.0.113.7')).toBe('unknown: what has 203.0.113.7 in the virtual network');
  expect(to('internet')).toBe('delivered: default outbound access');
});

test('where the network is not seen, any address may be inside', () => {
  const estate = { networkElsewhere: true };
  expect(said({ estate, from: 'vm0', to: '8.8.8.8' })).toBe(
    'unknown: /microsoft.network/virtualnetworks/vnet',
  );
  expect(said({ estate, from: 'vm0', to: 'internet' })).toBe('delivered: SNAT of a load-balancing rule');
});
