import { policy } from '../../policies/nsg-blocks-some-members/policy.ts';
import { policy as withoutGroup } from '../../policies/public-backend-without-nsg/policy.ts';
import { buildNetwork, type NetworkOptions } from '../../src/network/network.ts';
import type { Finding } from '../../src/policy/finding.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, otherMember, rule } from '../support/estate.ts';

const INTERNET_80 = { protocol: 'Tcp', sourceAddressPrefix: 'Internet', destinationPortRange: '80' };
const OPEN = [rule(100, 'Allow', INTERNET_80)];
const OFFICE = { ...INTERNET_80, sourceAddressPrefix: '203.0.113.0/28' };
const PARTNER = { ...INTERNET_80, sourceAddressPrefix: '198.51.100.0/28' };
const HA_PORTS = { protocol: 'All', frontendPort: 0, backendPort: 0 };

function findings(options: EstateOptions, network: NetworkOptions = {}): readonly Finding[] {
  return policy.run(buildNetwork(estate(options), network)).findings;
}

function messages(options: EstateOptions): readonly string[] {
  return findings(options).map(({ status, message }) => `${status}: ${message}`);
}

test('a choice that is the same at every member is no finding: one client, or some of all ports (vectors 13, 20)', () => {
  expect(messages({ members: 2, subnetRules: [rule(100, 'Allow', OFFICE)] })).toEqual([]);
  const some = [rule(100, 'Allow', { protocol: 'Tcp', destinationPortRange: '443' }), rule(4096, 'Deny')];
  expect(messages({ internal: true, rule: HA_PORTS, members: 2, subnetRules: some })).toEqual([]);
});

test('a closed member is reported even while it is open who else belongs to the pool', () => {
  const elsewhere = { kind: 'unknown', reason: { kind: 'known-after-apply', name: 'pools' }, origin: ORIGIN };
  const stray = otherMember('stray', { ipConfiguration: { loadBalancerBackendAddressPools: elsewhere } });
  const options = {
    subnetRules: OPEN,
    more: [...otherMember('shut', { rules: [rule(100, 'Deny')] }), ...stray],
  };
  const network = buildNetwork(estate(options));
  expect(network.paths[0]?.data).toBe('partial');
  const closed = { subnetRules: [rule(100, 'Deny')], more: stray };
  expect(buildNetwork(estate(closed)).paths[0]?.data).toBe('unknown');
  expect(messages(closed)).toEqual([
    'violation: tcp/80 of `lb/r` is closed to the internet at `nic0/ip`: `Deny100` of `nsg-subnet` denies it',
  ]);
});

test('a member that only may belong to the pool is no proof', () => {
  const pool = sub('loadBalancers/lb/backendAddressPools/pool').id;
  const maybe = {
    kind: 'unknown',
    reason: { kind: 'known-after-apply', name: 'pool' },
    references: [{ id: pool, property: 'id' }],
    open: true,
    origin: ORIGIN,
  };
  const more = otherMember('shut', {
    rules: [rule(100, 'Deny')],
    ipConfiguration: { loadBalancerBackendAddressPools: [{ id: maybe }] },
  });
  expect(messages({ subnetRules: OPEN, more })).toEqual([]);
});

test('a member without a group is left to public-backend-without-nsg', () => {
  const options = { nicRules: OPEN, more: otherMember('bare') };
  const network = buildNetwork(estate(options));
  expect(network.paths[0]?.data).toBe('partial');
  expect(policy.run(network).findings).toEqual([]);
  expect(withoutGroup.run(network).findings).toHaveLength(1);
});

test('clients and probe that are dropped at one member are one finding about the clients', () => {
  const more = otherMember('shut', { rules: [rule(4096, 'Deny')] });
  expect(messages({ subnetRules: [rule(100, 'Allow')], more })).toEqual([
    'violation: tcp/80 of `lb/r` is closed to the internet at `shut/ip`: `Deny4096` of `nsg-shut` denies it',
  ]);
});

test('two members that let different clients in are told apart, with a packet that one drops and the other does not', () => {
  const more = otherMember('b', { rules: [rule(100, 'Allow', PARTNER)] });
  const [finding, ...others] = findings({ nicRules: [rule(100, 'Allow', OFFICE)], more });
  expect(others).toEqual([]);
  expect(finding?.message).toBe(
    'packets of `lb/r` that other members let in are dropped at `b/ip` and `nic0/ip`: `DenyAllInBound` of `nsg-b` denies them',
  );
  expect(finding?.diagnosis).toBe('client-not-in-source');
  expect(finding?.evidence?.packet.source).toEqual({ kind: 'ip', text: '203.0.113.7' });
  expect(finding?.evidence?.decisive?.name).toBe('DenyAllInBound');
});

test('members that let the same clients in by different rules are alike', () => {
  const halves = ['203.0.113.0/29', '203.0.113.8/29'];
  const more = otherMember('b', {
    rules: [rule(100, 'Allow', { ...OFFICE, sourceAddressPrefix: undefined, sourceAddressPrefixes: halves })],
  });
  expect(messages({ nicRules: [rule(100, 'Allow', OFFICE)], more })).toEqual([]);
});

test('of a rule for every port a member that drops one of them is reported', () => {
  const more = otherMember('b', {
    rules: [rule(100, 'Deny', { protocol: 'Tcp', destinationPortRange: '22' })],
  });
  const [finding] = findings({ internal: true, rule: HA_PORTS, subnetRules: [], more });
  expect(finding?.message).toBe(
    'packets of `lb/r` that other members let in are dropped at `b/ip`: `Deny100` of `nsg-b` denies them',
  );
  expect([finding?.diagnosis, finding?.evidence?.packet.destinationPort]).toEqual(['explicit-deny', 22]);
});

test('many members are named in short', () => {
  const names = ['b', 'c', 'd', 'e'];
  const more = names.flatMap((name) => otherMember(name, { rules: [rule(100, 'Deny')] }));
  expect(messages({ subnetRules: OPEN, more })).toEqual([
    'violation: tcp/80 of `lb/r` is closed to the internet at `b/ip`, `c/ip` and 2 others: `Deny100` of `nsg-b` denies it',
  ]);
});

test('two levels that block some clients each are defence, and a level that narrows the other is too', () => {
  const open = rule(200, 'Allow', INTERNET_80);
  const lists = {
    subnetRules: [rule(100, 'Deny', OFFICE), open],
    nicRules: [rule(100, 'Deny', PARTNER), open],
  };
  expect(buildNetwork(estate(lists)).paths[0]?.data).toBe('partial');
  expect(messages(lists)).toEqual([]);
  expect(messages({ subnetRules: [open], nicRules: [rule(100, 'Allow', OFFICE)] })).toEqual([]);
});

test('two levels that name different clients are a conflict, also with a deny for the rest', () => {
  const both = { ...OFFICE, sourceAddressPrefix: '192.88.99.0/24' };
  const subnetRules = [rule(100, 'Allow', OFFICE), rule(110, 'Allow', both), rule(4096, 'Deny')];
  const nicRules = [rule(100, 'Allow', PARTNER), rule(110, 'Allow', both)];
  expect(messages({ subnetRules, nicRules })).toEqual([
    'violation: tcp/80 of `lb/r` is open only to clients that two groups name: `nsg-nic` drops what `Allow100` of `nsg-subnet` lets in, and `nsg-subnet` drops what `Allow100` of `nsg-nic` lets in',
  ]);
  expect(messages({ subnetRules, nicRules, rule: { enableFloatingIP: UNKNOWN } })).toEqual([]);
});

test('a range of NAT ports is asked about like a rule', () => {
  const nat = {
    name: 'ssh',
    properties: {
      protocol: 'Tcp',
      frontendPortRangeStart: 5000,
      frontendPortRangeEnd: 5010,
      backendPort: 22,
      frontendIPConfiguration: sub('loadBalancers/lb/frontendIPConfigurations/front'),
      backendAddressPool: sub('loadBalancers/lb/backendAddressPools/pool'),
    },
  };
  const ssh = { ...INTERNET_80, destinationPortRange: '22' };
  const more = otherMember('b', { rules: [rule(100, 'Deny', ssh), rule(200, 'Allow')] });
  expect(messages({ subnetRules: [rule(100, 'Allow')], natRules: [nat], more })).toEqual([
    'violation: tcp/22 of `lb/nat:ssh` is closed to the internet at `b/ip`: `Deny100` of `nsg-b` denies it before `Allow200` can allow it',
  ]);
});

test('a probe that one member does not get is told once, however many clients are declared', () => {
  const more = otherMember('b', {
    rules: [rule(100, 'Allow', INTERNET_80), rule(4096, 'Deny', { destinationPortRange: '8080' })],
  });
  const options = { subnetRules: OPEN, probe: { protocol: 'Tcp', port: 8080 }, more };
  const clients = [{ name: 'office', addresses: ['203.0.113.0/28'] }];
  expect(findings(options, { clients }).map(({ message }) => message)).toEqual([
    'the probe of `lb/r` on tcp/8080 never gets an answer from `b/ip`: `Deny4096` of `nsg-b` denies 168.63.129.16',
  ]);
});

const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' } as const;
const UNKNOWN = { kind: 'unknown', reason: { kind: 'known-after-apply', name: 'x' }, origin: ORIGIN };
