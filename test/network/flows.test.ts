import { buildNetwork } from '../../src/network/network.ts';
import type { Path } from '../../src/network/path.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule, VIP } from '../support/estate.ts';
import { oneOf, reasonsOf, waiting } from '../support/waiting.ts';

const SNET = sub('virtualNetworks/vnet/subnets/snet');

function pathOf(options: EstateOptions, who?: string): Path {
  const clients = [{ name: 'jump', addresses: ['10.0.2.0/24'] }];
  const path = buildNetwork(estate(options), { clients }).paths.find(
    ({ client }) => client === (who ?? client),
  );
  if (path === undefined) throw new Error('there is no path');
  return path;
}

/** The verdict on the data of the one member, and what it waits for. */
function said(options: EstateOptions, who?: string): readonly unknown[] {
  const { members, data, waitsFor } = pathOf(options, who);
  const [member] = members;
  return member === undefined
    ? [data, ...reasonsOf(waitsFor)]
    : [member.data.verdict, ...reasonsOf(member.data.waitsFor)];
}

const ALLOW = { subnetRules: [rule(100, 'Allow')] };
const secret = (value: string) => ({
  kind: 'known',
  value,
  sensitive: true,
  origin: { kind: 'json', path: 'test.json', pointer: '' },
});

// Semantics 3.2 for what an omitted SKU is, 6.5 and 6.7 for gateways and global balancers.
test.each<[what: string, sku: Record<string, unknown>, data: readonly string[], probe: readonly string[]]>([
  ['Standard', { name: 'Standard' }, ['open'], ['open']],
  ['STANDARD', { name: 'STANDARD', tier: 'REGIONAL' }, ['open'], ['open']],
  ['basic', { name: 'basic' }, ['open'], ['open']],
  ['left out', {}, ['open'], ['open']],
  ['not known', { name: waiting('sku'), tier: waiting('tier') }, ['open'], ['open']],
  [
    'Gateway',
    { name: 'Gateway' },
    ['unknown', 'unsupported a Gateway load balancer'],
    ['unknown', 'unsupported a Gateway load balancer'],
  ],
  [
    'global',
    { name: 'Standard', tier: 'Global' },
    ['unknown', 'unsupported a Global load balancer'],
    ['unknown', 'unsupported a Global load balancer'],
  ],
  [
    'neither',
    { name: 'Service', tier: 'Edge' },
    ['unknown', 'unsupported a Service load balancer', 'unsupported a Edge load balancer'],
    ['unknown', 'unsupported a Service load balancer', 'unsupported a Edge load balancer'],
  ],
  [
    'secret',
    { name: secret('Gateway') },
    ['unknown', 'unsupported a load balancer of this SKU'],
    ['unknown', 'unsupported a load balancer of this SKU'],
  ],
])('a balancer whose SKU is %s', (_, balancerSku, data, probe) => {
  const [member] = pathOf({ ...ALLOW, balancerSku }).members;
  const answers = [member?.data, member?.probe].map((each) => [
    each?.verdict,
    ...reasonsOf(each?.waitsFor ?? []),
  ]);
  expect(answers).toEqual([data, probe]);
});

test.each<[what: string, sku: Record<string, unknown>, answer: readonly string[]]>([
  ['standard', { name: 'standard' }, ['blocked']],
  ['BASIC', { name: 'BASIC' }, ['open']],
  ['left out', {}, ['unknown', 'runtime the SKU of lb']],
  ['not known', { name: waiting('sku') }, ['unknown', 'parameter sku']],
])('without a security group, behind a balancer whose SKU is %s', (_, balancerSku, answer) => {
  expect(said({ balancerSku })).toEqual(answer);
});

test.each<[what: string, options: EstateOptions, answer: readonly string[]]>([
  [
    'is of another balancer',
    { rule: { frontendIPConfiguration: sub('loadBalancers/far/frontendIPConfigurations/front') } },
    ['unknown', 'outside /microsoft.network/loadbalancers/far/frontendipconfigurations/front'],
  ],
  [
    'is not named',
    { rule: { frontendIPConfiguration: undefined } },
    ['unknown', 'outside the frontend of lb'],
  ],
  [
    'is not known',
    { rule: { frontendIPConfiguration: { id: waiting('front') } } },
    ['unknown', 'parameter front'],
  ],
  [
    'is one of those that are not known',
    { frontends: waiting('frontends') as never },
    ['unknown', 'parameter frontends'],
  ],
  [
    'is public and internal',
    { frontend: { subnet: SNET } },
    ['unknown', 'known-after-apply whether the frontend of lb is public or internal'],
  ],
  [
    'is neither public nor internal',
    { frontend: { publicIPAddress: undefined } },
    ['unknown', 'known-after-apply whether the frontend of lb is public or internal'],
  ],
])('a rule whose frontend %s', (_, options, answer) => {
  expect(said({ ...ALLOW, ...options })).toEqual(answer);
});

const deny = (protocol: string) => [rule(100, 'Deny', { protocol })];
const allow = (protocol: string) => [rule(100, 'Allow', { protocol }), rule(200, 'Deny')];

// Semantics 0.2 and 4.1: balancers send TCP and UDP, and internal ones ICMP with it where a rule is for everything.
test.each<[named: string, protocol: unknown, options: EstateOptions, answer: readonly string[]]>([
  ['TCP', 'TCP', { subnetRules: allow('Tcp') }, ['open']],
  ['Tcp', 'Tcp', { subnetRules: allow('Udp') }, ['blocked']],
  ['udp', 'udp', { subnetRules: allow('Udp') }, ['open']],
  ['Udp', 'Udp', { subnetRules: allow('Tcp') }, ['blocked']],
  ['Quic', 'Quic', { subnetRules: allow('Udp') }, ['open']],
  ['QUIC', 'QUIC', { subnetRules: allow('Tcp') }, ['blocked']],
  ['All', 'All', { subnetRules: allow('Tcp') }, ['partial']],
  ['ALL', 'ALL', { internal: true, subnetRules: deny('Udp') }, ['partial']],
  ['All', 'All', { internal: true, subnetRules: deny('Icmp') }, ['partial']],
  ['All', 'All', { internal: true, subnetRules: deny('Esp') }, ['open']],
  ['all', 'all', { subnetRules: [...deny('Icmp'), rule(200, 'Allow')] }, ['open']],
  ['nothing', undefined, { subnetRules: allow('Tcp') }, ['unknown', 'unsupported the protocol of lb']],
  ['Gre', 'Gre', { subnetRules: allow('Udp') }, ['unknown', 'unsupported the protocol of lb']],
  [
    'what is not known',
    waiting('protocol'),
    { subnetRules: allow('Tcp') },
    ['unknown', 'parameter protocol'],
  ],
  [
    'what is not known',
    waiting('protocol'),
    { subnetRules: [...deny('Icmp'), rule(200, 'Allow')] },
    ['open'],
  ],
])('a rule for the protocol %s', (_, protocol, options, answer) => {
  expect(said({ rule: { protocol }, ...options })).toEqual(answer);
});

const ports = (...allowed: readonly string[]) => [
  ...allowed.map((destinationPortRange, index) => rule(100 + index, 'Allow', { destinationPortRange })),
  rule(200, 'Deny'),
];
const FLOATS = { enableFloatingIP: true };
const IPV6 = { privateIPAddressVersion: 'IPv6' };

// Semantics 2.1: probes are TCP from the platform to the port of the probe.
test.each<[what: string, options: EstateOptions, answer: readonly unknown[]]>([
  ['of another port', { probe: { protocol: 'Tcp', port: 81 }, subnetRules: ports('81') }, ['open']],
  ['of another port', { probe: { protocol: 'Tcp', port: 81 }, subnetRules: ports('80') }, ['blocked']],
  ['of a UDP rule', { rule: { protocol: 'Udp' }, subnetRules: allow('Tcp') }, ['open']],
  [
    'of a rule that floats',
    { rule: FLOATS, subnetRules: [rule(100, 'Deny', { destinationAddressPrefix: '10.0.1.0/24' })] },
    ['blocked'],
  ],
  [
    'without a port',
    { probe: { protocol: 'Tcp' }, subnetRules: ports('80') },
    ['unknown', 'unsupported a probe without a port'],
  ],
  ['without a port', { probe: { protocol: 'Tcp' }, subnetRules: [] }, ['open']],
  [
    'of a port that is not known',
    { probe: { protocol: 'Tcp', port: waiting('port') }, subnetRules: ports('80') },
    ['unknown', 'parameter port'],
  ],
  [
    'of another balancer',
    { rule: { probe: sub('loadBalancers/far/probes/p') } },
    ['unknown', 'outside /microsoft.network/loadbalancers/far/probes/p'],
  ],
  ['that only a symbol names', { rule: { probe: { id: '{far}' } } }, ['unknown', 'outside the probe of lb']],
  ['that is not known', { rule: { probe: { id: waiting('which') } } }, ['unknown', 'parameter which']],
  [
    'over IPv6',
    {
      frontend: IPV6,
      subnet: { addressPrefix: 'fd00::/64' },
      ipConfiguration: IPV6,
      subnetRules: [rule(100, 'Deny', { sourceAddressPrefix: 'fe80::1234:5678:9abc' })],
    },
    ['blocked'],
  ],
  ['where no group stands', {}, ['open']],
])('a probe %s', (_, options, answer) => {
  const [member] = pathOf(options).members;
  expect([member?.probe?.verdict, ...reasonsOf(member?.probe?.waitsFor ?? [])]).toEqual(answer);
});

test('the port of a probe is hidden where it is a secret', () => {
  const secretPort = { ...secret(''), value: 81 };
  const [member] = pathOf({
    probe: { protocol: 'Tcp', port: secretPort },
    subnetRules: [rule(100, 'Deny')],
  }).members;
  expect(member?.probe?.evidence?.().packet.secrets).toEqual(['destinationPort']);
});

const PREFIX = sub('publicIPPrefixes/prefix');
const FAR = sub('publicIPAddresses/far');
/** The later address of a public IP. */
const addressOf = ({ id }: { id: string }) => ({
  ...waiting('ip'),
  references: [{ id, property: 'ipAddress' }],
});
const toOnly = (destinationAddressPrefix: unknown) => [
  rule(100, 'Allow', { destinationAddressPrefix }),
  rule(200, 'Deny'),
];
const PIP: ArmResource = { type: 'publicIPAddresses', name: 'pip', properties: { ipAddress: '20.1.2.3' } };
const internal = (frontend: Record<string, unknown> = {}): EstateOptions => ({
  internal: true,
  frontend: { privateIPAddress: undefined, ...frontend },
});

// Semantics 1.8: what floats keeps the address of the frontend as its destination.
test.each<[what: string, options: EstateOptions, to: unknown, answer: readonly string[]]>([
  ['a public IP', {}, addressOf(sub('publicIPAddresses/pip')), ['open']],
  ['a public IP', {}, addressOf(FAR), ['blocked']],
  ['a public IP of another root', { frontend: { publicIPAddress: FAR } }, addressOf(FAR), ['open']],
  ['a public IP that is known', { more: [PIP] }, '20.1.2.3', ['open']],
  ['a public IP that is known', { more: [PIP] }, '20.1.2.4', ['blocked']],
  [
    'a prefix',
    { frontend: { publicIPAddress: undefined, publicIPPrefix: PREFIX } },
    addressOf(FAR),
    ['blocked'],
  ],
  ['a prefix', { frontend: { publicIPAddress: undefined, publicIPPrefix: PREFIX } }, '*', ['open']],
  [
    'one of two public IPs',
    {
      frontend: { publicIPAddress: { id: oneOf('which', 'publicIPAddresses/pip', 'publicIPAddresses/far') } },
    },
    '*',
    ['unknown', 'known-after-apply the address of the frontend of lb'],
  ],
  ['a private address', { internal: true }, VIP, ['open']],
  ['a private address', { internal: true }, '10.0.1.101', ['blocked']],
  ['an address of a subnet', internal(), '10.0.1.0/24', ['open']],
  ['an address of a subnet', internal(), '10.0.2.0/24', ['blocked']],
  [
    'an address of a subnet',
    internal(),
    VIP,
    ['unknown', 'known-after-apply the address of the frontend of lb'],
  ],
  [
    'an address of a subnet with both versions',
    { ...internal(), subnet: { addressPrefix: undefined, addressPrefixes: ['10.0.1.0/24', 'fd00::/64'] } },
    '10.0.1.0/24',
    ['open'],
  ],
  [
    'an address of a subnet with other ranges',
    {
      ...internal(),
      subnet: {
        addressPrefix: undefined,
        addressPrefixes: { partial: ['10.0.1.0/24'], more: waiting('more') },
      },
    },
    '10.0.1.0/24',
    ['unknown', 'known-after-apply the address of the frontend of lb'],
  ],
  [
    'an address of a subnet of another root',
    internal({ subnet: sub('virtualNetworks/vnet/subnets/far') }),
    '10.0.0.0/16',
    ['open'],
  ],
  [
    'an address of a subnet of an unknown range in another network',
    {
      ...internal({ subnet: sub('virtualNetworks/other/subnets/second') }),
      more: [
        {
          type: 'virtualNetworks',
          name: 'other',
          properties: {
            addressSpace: { addressPrefixes: ['10.9.0.0/16'] },
            subnets: [{ name: 'second', properties: { addressPrefix: waiting('range') } }],
          },
        },
      ],
    },
    '10.9.0.0/16',
    ['open'],
  ],
  [
    'an address of a subnet of another root',
    internal({ subnet: sub('virtualNetworks/vnet/subnets/far') }),
    '10.0.1.0/24',
    ['unknown', 'known-after-apply the address of the frontend of lb'],
  ],
])('floating to %s', (_, options, to, answer) => {
  expect(said({ ...options, rule: FLOATS, subnetRules: toOnly(to) })).toEqual(answer);
});

test.each<[what: string, frontend: Record<string, unknown>, label: string]>([
  ['a public IP', {}, 'the address of pip'],
  ['a public IP of another root', { publicIPAddress: FAR }, 'the address of the frontend'],
  ['a prefix', { publicIPAddress: undefined, publicIPPrefix: PREFIX }, 'an address of the prefix'],
])('a packet that floats to %s names it', (_, frontend, label) => {
  const [member] = pathOf({ frontend, rule: FLOATS, subnetRules: [rule(100, 'Deny')] }).members;
  expect(member?.data.evidence?.().packet.destination).toMatchObject({ kind: 'public', label });
});
