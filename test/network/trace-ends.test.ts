import { buildNetwork } from '../../src/network/network.ts';
import { sub } from '../support/arm-model.ts';
import { ask, client, later, said, story } from '../support/ask.ts';
import { type EstateOptions, estate, rule, VIP } from '../support/estate.ts';

const SNET = sub('virtualNetworks/vnet/subnets/snet');

/** What a word means: the label of an end, or the names it could mean. */
function meaning(word: string, options: EstateOptions): string {
  const end = buildNetwork(estate(options)).findEnd(word);
  if ('names' in end) return `${end.kind}: ${end.names.join(', ')}`;
  if ('label' in end) return `${end.kind} ${end.label}`;
  return 'text' in end ? `ip ${end.text}` : end.kind;
}

test.each([
  ['internet', 'internet'],
  ['VNet', 'vnet'],
  ['probe', 'probe'],
  ['lb', 'frontends lb'],
  ['LB/front', 'frontends lb/front'],
  [VIP, 'frontends lb/front'],
  ['own', 'machine nic0/ip'],
  ['vm0', 'machine nic0/ip'],
  ['nic0', 'machine nic0/ip'],
  ['nic0/ip', 'machine nic0/ip'],
  ['10.0.1.9', 'machine nic0/ip'],
  ['8.8.8.8', 'ip 8.8.8.8'],
  ['8.8.8.08', 'not-found: lb, nic0'],
  ['elsewhere', 'not-found: lb, nic0'],
])('the end %s of a packet is %s', (word, expected) => {
  const ipConfiguration = { publicIPAddress: sub('publicIPAddresses/own'), privateIPAddress: '10.0.1.9' };
  const more = [{ type: 'publicIPAddresses', name: 'own', sku: { name: 'Standard' } }];
  expect(meaning(word, { internal: true, ipConfiguration, more })).toBe(expected);
});

test('a word that names two things is ambiguous', () => {
  const frontends = ['front', 'second'].map((name) => ({
    name,
    properties: { publicIPAddress: sub('publicIPAddresses/pip') },
  }));
  expect(meaning('pip', { frontends })).toBe('ambiguous: lb/front, lb/second');
});

const publicIp = (name: string, ipAddress: string) => ({
  type: 'publicIPAddresses',
  name,
  sku: { name: 'Standard' },
  properties: { ipAddress },
});

const ADDRESSES: EstateOptions = {
  frontends: ['front', 'second'].map((name) => ({
    name,
    properties: { publicIPAddress: sub(`publicIPAddresses/${name}`) },
  })),
  more: [
    publicIp('front', '20.1.1.1'),
    publicIp('second', '20.1.1.2'),
    publicIp('own', '20.1.1.3'),
    client('six', { privateIPAddress: 'fd00:0:0:1::9', privateIPAddressVersion: 'IPv6' }),
    client('pc', { publicIPAddress: sub('publicIPAddresses/own'), privateIPAddress: '10.0.1.50' }),
    client('twin', { privateIPAddress: '10.0.1.50' }),
    client('dynamic', { privateIPAddress: later() }),
  ],
};

test.each([
  ['20.1.1.1', 'frontends lb/front'],
  ['20.1.1.2', 'frontends lb/second'],
  ['20.1.1.3', 'machine pc/ip'],
  ['20.1.1.4', 'ip 20.1.1.4'],
  ['fd00:0:0:1::9', 'machine six/ip'],
  ['FD00:0000:0:1:0::9', 'machine six/ip'],
  ['10.0.1.50', 'ambiguous: pc/ip, twin/ip'],
  ['10.0.1.50/32', 'not-found: dynamic, lb, nic0, pc, six, twin'],
  ['fe80::1%eth0', 'not-found: dynamic, lb, nic0, pc, six, twin'],
])('the address %s is %s', (word, expected) => {
  expect(meaning(word, ADDRESSES)).toBe(expected);
});

/** An interface with two configurations, which say whether they are the primary one. */
const dual = (a: unknown, b: unknown): EstateOptions => ({
  more: [
    {
      type: 'networkInterfaces',
      name: 'dual',
      properties: {
        ipConfigurations: [
          { name: 'a', properties: { subnet: SNET, primary: a } },
          { name: 'b', properties: { subnet: SNET, primary: b } },
        ],
      },
    },
  ],
});

test.each<[a: unknown, b: unknown, expected: string]>([
  [true, false, 'machine dual/a'],
  [false, true, 'machine dual/b'],
  [later(), true, 'machine dual/b'],
  [undefined, undefined, 'machine dual/a'],
  [false, later(), 'machine dual/b'],
  [later(), later(), 'ambiguous: dual/a, dual/b'],
])('the primary configuration stands for the whole machine: %j and %j', (a, b, expected) => {
  expect(meaning('dual', dual(a, b))).toBe(expected);
  expect(meaning('dual/a', dual(a, b))).toBe('machine dual/a');
});

test('what has no name that is known goes by what it is', () => {
  const unnamed: EstateOptions = {
    internal: true,
    frontends: [{ name: later(), properties: { subnet: SNET } }],
    more: [
      {
        ...client('nic'),
        properties: { ipConfigurations: [{ name: later(), properties: { subnet: SNET } }] },
      },
    ],
  };
  expect(meaning('nic', unnamed)).toBe('machine nic/ip configuration');
  expect(meaning('lb/frontend', unnamed)).toBe('frontends lb/frontend');
});

test('an interface that no machine carries is found by its own name', () => {
  expect(meaning('pc', { more: [client('pc')] })).toBe('machine pc/ip');
  expect(meaning('vm', { more: [client('pc')] })).toBe('not-found: lb, nic0, pc');
});

test('the name of a public IP means whatever has it, and no more', () => {
  const more = [
    publicIp('own', '20.1.1.3'),
    client('pc', { publicIPAddress: sub('publicIPAddresses/own') }),
    client('maybe', { publicIPAddress: { id: later() } }),
  ];
  expect(meaning('own', { more })).toBe('machine pc/ip');
  expect(meaning('own', { more, frontend: { publicIPAddress: { id: later() } } })).toBe('machine pc/ip');
  expect(meaning('pip', { more })).toBe('frontends lb/front');
});

test.each<[from: string, to: string, answer: string]>([
  ['lb', 'vm0', 'a packet from lb: a frontend sends none'],
  ['probe', 'lb', 'a probe to lb: probes go to the members themselves'],
  ['internet', 'vnet', 'a packet to vnet, which is no single address'],
  ['vm0', 'probe', 'a packet to probe, which is no single address'],
])('a packet from %s to %s is no question', (from, to, answer) => {
  expect(story({ estate: {}, from, to })).toEqual([`unknown: runtime ${answer}`]);
});

test('a packet that no group has seen shows who was asked about', () => {
  const { packet } = ask({ estate: {}, from: 'lb', to: 'vm0' });
  expect(packet).toMatchObject({
    source: { kind: 'inside', id: '', label: 'lb' },
    destination: { kind: 'inside', label: 'nic0/ip' },
    sourcePort: 50_000,
  });
  const ping = ask({ estate: {}, from: '8.8.4.4', to: '8.8.8.8', protocol: 'icmp', port: 0 });
  expect(ping.packet).toEqual({
    protocol: 'icmp',
    source: { kind: 'ip', text: '8.8.4.4' },
    sourcePort: 0,
    destination: { kind: 'ip', text: '8.8.8.8' },
    destinationPort: 0,
  });
});

test('the internet is anybody on it, and a single address is itself', () => {
  const subnetRules = [rule(100, 'Deny', { sourceAddressPrefix: '8.8.8.8' }), rule(110, 'Allow')];
  expect(said({ estate: { subnetRules }, from: 'internet', to: 'lb' })).toBe('delivered: no security group');
  expect(said({ estate: { subnetRules }, from: '8.8.8.8', to: 'lb' })).toBe('dropped: Deny100');
});

test('answers that are settled wait for nothing, and only drops have a rule that decides', () => {
  const subnetRules = [rule(100, 'Allow')];
  const delivered = ask({ estate: { subnetRules }, from: 'internet', to: 'lb' });
  expect(delivered).toMatchObject({ verdict: 'delivered', waitsFor: [] });
  expect('decisive' in delivered).toBe(false);
  const dropped = ask({ estate: { subnetRules: [] }, from: 'internet', to: 'lb' });
  expect(dropped).toMatchObject({ verdict: 'dropped', waitsFor: [], decisive: { name: 'DenyAllInBound' } });
});

test('where a pool has no member, nobody knows whether an address is inside', () => {
  const estate = { internal: true, ipConfiguration: { loadBalancerBackendAddressPools: [] } };
  expect(said({ estate, from: '8.8.8.8', to: 'lb' })).toBe('unknown: a member that lb sends packets to');
});
