import { policy as blocksDataPort } from '../../policies/nsg-blocks-data-port/policy.ts';
import { policy } from '../../policies/nsg-blocks-nat-rule/policy.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule } from '../support/estate.ts';

const SSH = { protocol: 'Tcp', sourceAddressPrefix: 'Internet', destinationPortRange: '22' };

/** A rule for one machine, unless `properties` make it one over a pool. */
function nat(properties: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'ssh',
    properties: {
      protocol: 'Tcp',
      frontendPort: 2222,
      backendPort: 22,
      frontendIPConfiguration: sub('loadBalancers/lb/frontendIPConfigurations/front'),
      ...properties,
    },
  };
}

const ATTACHED = {
  loadBalancerInboundNatRules: [sub('loadBalancers/lb/inboundNatRules/ssh')],
};

function said(options: EstateOptions): readonly string[] {
  const network = buildNetwork(
    estate({ natRules: [nat()], ipConfiguration: ATTACHED, rules: [], probe: null, ...options }),
  );
  return policy
    .run(network)
    .findings.map(({ status, message, remedy }) => `${status}: ${message} -- ${remedy}`);
}

test('the groups see the backend port: the frontend port opens nothing (1.8)', () => {
  const frontend = rule(100, 'Allow', { ...SSH, destinationPortRange: '2222' });
  expect(said({ subnetRules: [frontend] })).toEqual([
    'violation: tcp/22 behind `lb/nat:ssh` is closed to the internet: `Allow100` allows the frontend port 2222, but packets arrive on the backend port -- add port 22 to the destination ports of `Allow100`',
  ]);
  expect(said({ subnetRules: [rule(100, 'Allow', SSH)] })).toEqual([]);
});

test('the remedy names the clients and not the whole internet', () => {
  expect(said({ subnetRules: [] })).toEqual([
    'violation: tcp/22 behind `lb/nat:ssh` is closed to the internet: no rule allows it, so `DenyAllInBound` of `nsg-subnet` drops it -- add an inbound allow to `nsg-subnet` with a free priority such as 100: protocol Tcp, source the addresses of the clients, destination port 22',
  ]);
});

test('an allow for every port from elsewhere is not taken for the rule that was meant', () => {
  const rules = [rule(100, 'Allow', { sourceAddressPrefix: 'VirtualNetwork' }), rule(200, 'Deny', SSH)];
  const [message] = said({ subnetRules: rules });
  expect(message).toContain('`Deny200` of `nsg-subnet` denies it');
});

test('some clients are enough, and a rule that no machine names sends nothing anywhere', () => {
  const office = rule(100, 'Allow', { ...SSH, sourceAddressPrefix: '203.0.113.7/32' });
  expect(said({ subnetRules: [office] })).toEqual([]);
  expect(said({ subnetRules: [], ipConfiguration: {} })).toEqual([]);
});

test('a rule over a pool is asked about at every member, a pool without members is not', () => {
  const range = {
    frontendPort: 0,
    frontendPortRangeStart: 5000,
    frontendPortRangeEnd: 5001,
    backendAddressPool: sub('loadBalancers/lb/backendAddressPools/pool'),
  };
  const options = { natRules: [nat(range)], ipConfiguration: {}, subnetRules: [] };
  expect(said({ ...options, members: 2 })).toHaveLength(1);
  expect(said({ ...options, members: 0 })).toEqual([]);
});

test('an internal rule is open to the virtual network by default, and floating IP keeps the frontend as destination', () => {
  expect(said({ internal: true, subnetRules: [] })).toEqual([]);
  const toSubnet = rule(100, 'Allow', { ...SSH, destinationAddressPrefix: '10.0.1.0/24' });
  const floating = { frontendPort: 22, enableFloatingIP: true };
  const [message] = said({ subnetRules: [toSubnet], natRules: [nat(floating)] });
  expect(message).toContain('with floating IP packets keep the address of the frontend');
});

test('NAT rules and rules are two questions, and a member without group belongs to neither', () => {
  const both = estate({ natRules: [nat()], ipConfiguration: ATTACHED, subnetRules: [] });
  const network = buildNetwork(both);
  expect(policy.run(network).findings.map(({ subject }) => subject.name)).toEqual(['lb/nat:ssh']);
  expect(blocksDataPort.run(network).findings.map(({ subject }) => subject.name)).toEqual(['lb/r']);
  expect(said({})).toEqual([]);
});

test('what is not settled stays open', () => {
  const later = {
    kind: 'unknown',
    reason: { kind: 'known-after-apply', name: 'port' },
    origin: { kind: 'json', path: 'test.json', pointer: '' },
  };
  const [message] = said({ subnetRules: [rule(100, 'Allow', { ...SSH, destinationPortRange: later })] });
  expect(message).toContain('unknown: cannot decide whether tcp/22 of `lb/nat:ssh` is open to the internet');
});
