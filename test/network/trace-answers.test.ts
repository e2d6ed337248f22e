import { sub } from '../support/arm-model.ts';
import { type Asked, ask, later, said } from '../support/ask.ts';
import { otherMember, rule, VIP } from '../support/estate.ts';

const table = (...routes: readonly object[]) => ({
  subnet: { routeTable: sub('routeTables/rt') },
  more: [
    {
      type: 'routeTables',
      name: 'rt',
      properties: { routes: routes.map((properties, index) => ({ name: `route${index}`, properties })) },
    },
  ],
});
const PUBLIC_IP = {
  ipConfiguration: { publicIPAddress: sub('publicIPAddresses/own') },
  more: [{ type: 'publicIPAddresses', name: 'own', sku: { name: 'Standard' } }],
};
const NAT = {
  subnet: { natGateway: sub('natGateways/nat') },
  more: [
    {
      type: 'natGateways',
      name: 'nat',
      properties: { publicIpAddresses: [sub('publicIPAddresses/pip')] },
    },
  ],
};
const OPEN = { subnetRules: [rule(100, 'Allow')] };
const CLOSED = { subnetRules: [] };
const FRONT = sub('loadBalancers/lb/frontendIPConfigurations/front');
const POOL = sub('loadBalancers/lb/backendAddressPools/pool');
const UNKNOWN = later();
/** One rule for every port and one for port 80 alone, which leads to 8080. */
const BOTH = {
  internal: true,
  rules: [
    { name: 'every', properties: { protocol: 'All', frontendPort: 0, backendPort: 0 } },
    { name: 'one', properties: { protocol: 'Tcp', frontendPort: 80, backendPort: 8080 } },
  ].map(({ name, properties }) => ({
    name,
    properties: { ...properties, frontendIPConfiguration: FRONT, backendAddressPool: POOL },
  })),
};
const onlyTo = (match: Record<string, unknown>) => ({
  subnetRules: [
    rule(100, 'Allow', { sourceAddressPrefix: 'AzureLoadBalancer' }),
    rule(110, 'Allow', match),
    rule(120, 'Deny'),
  ],
});
const RANGE = {
  ...onlyTo({ destinationPortRange: '22' }),
  natRules: [
    {
      name: 'ssh',
      properties: {
        protocol: 'Tcp',
        frontendPortRangeStart: 500,
        frontendPortRangeEnd: 599,
        backendPort: 22,
        frontendIPConfiguration: FRONT,
        backendAddressPool: POOL,
      },
    },
  ],
};
const FLOATING = { internal: true, rule: { enableFloatingIP: true } };
const EVERY_PORT = { internal: true, rule: { protocol: 'All', frontendPort: 0, backendPort: 0 } };

test.each<[asked: Asked, answer: string]>([
  // Semantics 3.1: what no group lets in does not come in from the internet.
  [{ estate: OPEN, from: 'internet', to: 'lb' }, 'delivered: no security group'],
  [{ estate: CLOSED, from: 'internet', to: 'lb' }, 'dropped: DenyAllInBound'],
  [{ estate: {}, from: 'internet', to: 'lb' }, 'dropped: secure by default'],
  [{ estate: { sku: 'Basic' }, from: 'internet', to: 'lb' }, 'delivered: no security group'],
  [{ estate: OPEN, from: '8.8.8.8', to: 'lb' }, 'delivered: no security group'],
  [{ estate: OPEN, from: 'internet', to: 'lb', port: 443 }, 'dropped: no load-balancing rule'],
  [{ estate: OPEN, from: 'internet', to: 'lb', protocol: 'udp' }, 'dropped: no load-balancing rule'],
  // Semantics 0.2: packets to an internal frontend come from inside; those from inside to a public one are translated.
  [{ estate: { ...OPEN, internal: true }, from: 'internet', to: 'lb' }, 'dropped: no public frontend'],
  [{ estate: { ...OPEN, internal: true }, from: '8.8.8.8', to: 'lb' }, 'dropped: no public frontend'],
  [{ estate: { ...CLOSED, internal: true }, from: 'vnet', to: 'lb' }, 'delivered: no security group'],
  [{ estate: { ...CLOSED, internal: true }, from: '10.0.9.9', to: 'lb' }, 'delivered: no security group'],
  [
    { estate: CLOSED, from: 'vnet', to: 'lb' },
    'unknown: the public address that the virtual network calls from',
  ],
  [{ estate: CLOSED, from: '10.0.9.9', to: 'lb' }, 'unknown: the public address that 10.0.9.9 calls from'],
  [
    { estate: { ...CLOSED, members: 2 }, from: 'vm0', to: 'lb' },
    'unknown: the public address that nic0/ip calls from',
  ],
  // Semantics 1.6 and 2: probes go to the members, and 168.63.129.16 is let in everywhere unless a rule denies it.
  [{ estate: CLOSED, from: 'probe', to: 'nic0' }, 'delivered: no security group'],
  [{ estate: {}, from: 'probe', to: 'nic0' }, 'delivered: no security group'],
  [{ estate: {}, from: 'probe', to: 'lb' }, 'unknown: a probe to lb: probes go to the members themselves'],
  [
    {
      estate: { subnetRules: [rule(100, 'Deny', { sourceAddressPrefix: 'AzureLoadBalancer' })] },
      from: 'probe',
      to: 'nic0',
    },
    'dropped: Deny100',
  ],
  // Semantics 0.2: a rule for every port keeps the port of the packet.
  [
    {
      estate: {
        ...EVERY_PORT,
        subnetRules: [
          rule(100, 'Allow', { sourceAddressPrefix: 'AzureLoadBalancer' }),
          rule(110, 'Allow', { destinationPortRange: '443' }),
          rule(120, 'Deny'),
        ],
      },
      from: 'vnet',
      to: 'lb',
      port: 443,
    },
    'delivered: no security group',
  ],
  [
    {
      estate: {
        ...EVERY_PORT,
        subnetRules: [
          rule(100, 'Allow', { sourceAddressPrefix: 'AzureLoadBalancer' }),
          rule(110, 'Allow', { destinationPortRange: '443' }),
          rule(120, 'Deny'),
        ],
      },
      from: 'vnet',
      to: 'lb',
      port: 444,
    },
    'dropped: Deny120',
  ],
  [
    { estate: { ...EVERY_PORT, ...OPEN }, from: 'vnet', to: 'lb', port: 0, protocol: 'icmp' },
    'delivered: no security group',
  ],
  [
    { estate: { ...EVERY_PORT, ...OPEN }, from: 'vnet', to: 'lb', port: 0, protocol: 'esp' },
    'unknown: whether lb/r takes esp',
  ],
  [
    { estate: OPEN, from: 'internet', to: 'lb', port: 0, protocol: 'icmp' },
    'unknown: whether lb answers pings',
  ],
  // A rule for one port comes before the rule for every port.
  [
    { estate: { ...BOTH, ...onlyTo({ destinationPortRange: '8080' }) }, from: 'vnet', to: 'lb' },
    'delivered: no security group',
  ],
  [
    { estate: { ...BOTH, ...onlyTo({ destinationPortRange: '8080' }) }, from: 'vnet', to: 'lb', port: 81 },
    'dropped: Deny120',
  ],
  [
    {
      estate: { ...BOTH, ...onlyTo({ destinationPortRange: '53' }) },
      from: 'vnet',
      to: 'lb',
      port: 53,
      protocol: 'udp',
    },
    'delivered: no security group',
  ],
  // Semantics 4.4: inbound NAT rules take a port or a range, in which the ports beyond the number of members lead nowhere.
  [
    { estate: RANGE, from: 'internet', to: 'lb', port: 500 },
    'unknown: whether port 500 of lb/nat:ssh leads to an instance',
  ],
  [
    { estate: RANGE, from: 'internet', to: 'lb', port: 599 },
    'unknown: whether port 599 of lb/nat:ssh leads to an instance',
  ],
  [{ estate: RANGE, from: 'internet', to: 'lb', port: 499 }, 'dropped: no load-balancing rule'],
  [{ estate: RANGE, from: 'internet', to: 'lb', port: 600 }, 'dropped: no load-balancing rule'],
  // Semantics 0.2: with a floating IP address packets keep the address of the frontend.
  [
    { estate: { ...FLOATING, ...onlyTo({ destinationAddressPrefix: VIP }) }, from: 'vnet', to: 'lb' },
    'delivered: no security group',
  ],
  [
    {
      estate: { ...FLOATING, ...onlyTo({ destinationAddressPrefix: '10.0.1.0/26' }) },
      from: 'vnet',
      to: 'lb',
    },
    'dropped: Deny120',
  ],
  // What the code leaves open.
  [
    {
      estate: {
        ...onlyTo({ destinationPortRange: '80' }),
        internal: true,
        rule: { enableFloatingIP: UNKNOWN },
      },
      from: 'vnet',
      to: 'lb',
    },
    'unknown: later',
  ],
  [{ estate: { ...OPEN, rule: { frontendPort: UNKNOWN } }, from: 'internet', to: 'lb' }, 'unknown: later'],
  [
    { estate: { sku: 'Standard', subnet: { networkSecurityGroup: UNKNOWN } }, from: 'internet', to: 'lb' },
    'unknown: later',
  ],
  // Semantics 2.3: without a healthy member nobody gets new connections, unless the probe says otherwise.
  [
    {
      estate: {
        subnetRules: [rule(100, 'Deny', { sourceAddressPrefix: 'AzureLoadBalancer' }), rule(110, 'Allow')],
      },
      from: 'internet',
      to: 'lb',
    },
    'dropped: no member answers the probe',
  ],
  [
    {
      estate: {
        probe: { protocol: 'Tcp', port: 80, noHealthyBackendsBehavior: 'AllProbedUp' },
        subnetRules: [rule(100, 'Deny', { sourceAddressPrefix: 'AzureLoadBalancer' }), rule(110, 'Allow')],
      },
      from: 'internet',
      to: 'lb',
    },
    'delivered: no security group',
  ],
  // Members that fare differently.
  [
    {
      estate: {
        ...OPEN,
        more: otherMember('other', { rules: [rule(100, 'Deny', { sourceAddressPrefix: 'Internet' })] }),
      },
      from: 'internet',
      to: 'lb',
    },
    'unknown: which member of lb/r the load balancer picks',
  ],
  // Semantics 5.1: a member that calls its own internal frontend gets its packets back.
  [{ estate: { ...CLOSED, internal: true }, from: 'vm0', to: 'lb' }, 'dropped: loops back to its sender'],
  // Machines.
  [{ estate: { ...CLOSED, members: 2 }, from: 'vm0', to: 'vm1', port: 22 }, 'delivered: no security group'],
  [
    {
      estate: { members: 2, subnetRules: [rule(100, 'Deny', { direction: 'Outbound' })] },
      from: 'vm0',
      to: 'vm1',
      port: 22,
    },
    'dropped: Deny100',
  ],
  [{ estate: OPEN, from: 'internet', to: 'vm0' }, 'dropped: no public IP'],
  [{ estate: OPEN, from: '8.8.8.8', to: 'vm0' }, 'dropped: no public IP'],
  [{ estate: { ...OPEN, ...PUBLIC_IP }, from: 'internet', to: 'vm0' }, 'delivered: no security group'],
  [{ estate: { ...CLOSED, ...PUBLIC_IP }, from: 'internet', to: 'vm0' }, 'dropped: DenyAllInBound'],
  [{ estate: PUBLIC_IP, from: 'internet', to: 'vm0' }, 'dropped: secure by default'],
  // Semantics 3.3: the ways out, and what they carry.
  [{ estate: {}, from: 'vm0', to: 'internet' }, 'delivered: SNAT of a load-balancing rule'],
  [
    { estate: {}, from: 'vm0', to: 'internet', protocol: 'udp' },
    'unknown: whether SNAT of a load-balancing rule carries udp',
  ],
  [
    { estate: { rule: { protocol: 'Udp' } }, from: 'vm0', to: 'internet', protocol: 'udp' },
    'delivered: SNAT of a load-balancing rule',
  ],
  [{ estate: NAT, from: 'vm0', to: '8.8.8.8', protocol: 'udp' }, 'delivered: the NAT gateway'],
  [
    { estate: NAT, from: 'vm0', to: '8.8.8.8', port: 0, protocol: 'icmp' },
    'unknown: whether the NAT gateway carries icmp',
  ],
  [
    { estate: PUBLIC_IP, from: 'vm0', to: '8.8.8.8', port: 0, protocol: 'icmp' },
    'delivered: its own public IP',
  ],
  [
    { estate: { internal: true }, from: 'vm0', to: 'internet' },
    'dropped: no way out: internal load balancer',
  ],
  [
    { estate: { subnetRules: [rule(100, 'Deny', { direction: 'Outbound' })] }, from: 'vm0', to: 'internet' },
    'dropped: Deny100',
  ],
  [{ estate: {}, from: 'internet', to: '8.8.8.8' }, 'unknown: 8.8.8.8, which is no address of this root'],
  [{ estate: {}, from: 'vm0', to: '172.16.0.1' }, 'unknown: what is behind the routes to 172.16.0.1'],
  // Semantics 6.1: the longest prefix decides.
  [
    {
      estate: table({ addressPrefix: '8.8.8.0/24', nextHopType: 'None' }),
      from: 'vm0',
      to: '8.8.8.8',
    },
    'dropped: no way out: black hole',
  ],
  [
    {
      estate: table({ addressPrefix: '8.8.8.0/24', nextHopType: 'None' }),
      from: 'vm0',
      to: '8.8.9.9',
    },
    'delivered: SNAT of a load-balancing rule',
  ],
  [
    {
      estate: table(
        { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.9.4' },
        { addressPrefix: '8.8.8.0/24', nextHopType: 'Internet' },
      ),
      from: 'vm0',
      to: '8.8.8.8',
    },
    'delivered: SNAT of a load-balancing rule',
  ],
  [
    {
      estate: table({
        addressPrefix: '0.0.0.0/0',
        nextHopType: 'VirtualAppliance',
        nextHopIpAddress: '10.0.9.4',
      }),
      from: 'vm0',
      to: 'internet',
    },
    'unknown: what happens behind the appliance',
  ],
  [
    { estate: table({ addressPrefix: 'Storage', nextHopType: 'None' }), from: 'vm0', to: '8.8.8.8' },
    'unknown: whether route0 is the route to the address',
  ],
  [
    {
      estate: {
        ...table({ addressPrefix: '10.0.1.0/24', nextHopType: 'None' }),
        ...CLOSED,
        members: 2,
        ipConfiguration: { privateIPAddress: '10.0.1.9', privateIPAllocationMethod: 'Static' },
      },
      from: 'nic0',
      to: 'nic1',
    },
    'dropped: route0',
  ],
])('trace answers %j with "%s"', (asked, answer) => {
  expect(said(asked)).toBe(answer);
});

test('an answer shows the packet, every hop and the rule that decides', () => {
  const { packet, hops, decisive } = ask({ estate: CLOSED, from: 'internet', to: 'lb' });
  expect(packet).toMatchObject({ source: { text: '203.0.113.7' }, destinationPort: 80 });
  expect(hops.map(({ at, stage, decidedBy }) => [at, stage, decidedBy?.name])).toEqual([
    ['lb', 'load-balancer', 'lb/r'],
    ['snet', 'security-group', 'DenyAllInBound'],
  ]);
  expect(decisive).toMatchObject({ name: 'DenyAllInBound', priority: 65_500, effect: 'deny' });
});
