import { policy as blocksDataPort } from '../../policies/nsg-blocks-data-port/policy.ts';
import { policy as blocksNatRule } from '../../policies/nsg-blocks-nat-rule/policy.ts';
import { policy } from '../../policies/vnet-tag-undefined/policy.ts';
import { buildNetwork, type NetworkOptions } from '../../src/network/network.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule } from '../support/estate.ts';

const INTERNET_80 = { protocol: 'Tcp', sourceAddressPrefix: 'Internet', destinationPortRange: '80' };
const VIRTUAL_NETWORK = { sourceAddressPrefix: 'VirtualNetwork' };
const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' } as const;
const UNKNOWN = { kind: 'unknown', reason: { kind: 'known-after-apply', name: 'x' }, origin: ORIGIN };

function routed(addressPrefix: unknown = '0.0.0.0/0'): EstateOptions {
  const table: ArmResource = {
    type: 'routeTables',
    name: 'rt',
    properties: {
      routes: [
        {
          name: 'd',
          properties: { addressPrefix, nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.9.4' },
        },
      ],
    },
  };
  return { subnet: { routeTable: sub('routeTables/rt') }, more: [table] };
}

function said(options: EstateOptions, network: NetworkOptions = {}): readonly string[] {
  const built = buildNetwork(estate(options), network);
  return [policy, blocksDataPort, blocksNatRule].flatMap((each) =>
    each.run(built).findings.map(({ policy: id, status, message }) => `${id} ${status}: ${message}`),
  );
}

test('a public rule that only VirtualNetwork may open is undefined, and no question besides (vector 17, 1.6)', () => {
  expect(said({ ...routed(), subnetRules: [rule(100, 'Allow', VIRTUAL_NETWORK)] })).toEqual([
    'vnet-tag-undefined violation: whether `Allow100` of `nsg-subnet` lets the internet reach tcp/80 of `lb/r` is undefined: beside the default route `d` its tag VirtualNetwork may hold every address',
  ]);
});

test('the default rule relies on the tag as well, and is told at its group', () => {
  const network = buildNetwork(estate({ ...routed(), subnetRules: [] }));
  const [finding] = policy.run(network).findings;
  expect(finding?.message).toContain('whether `AllowVnetInBound` of `nsg-subnet` lets the internet reach');
  expect(finding?.location).toEqual(network.topology.securityGroups.values().next().value?.origin);
  expect(finding?.remedy).toBe(
    'add an inbound allow or deny for the internet to `nsg-subnet` with a free priority such as 100: protocol Tcp, destination port 80',
  );
});

test('a deny for VirtualNetwork may be one for everybody', () => {
  const [only, ...others] = said({
    ...routed(),
    subnetRules: [rule(100, 'Deny', VIRTUAL_NETWORK), rule(200, 'Allow', INTERNET_80)],
  });
  expect(others).toEqual([]);
  expect(only).toContain(
    'whether `Deny100` of `nsg-subnet` keeps the internet from tcp/80 of `lb/r` is undefined',
  );
});

test('nothing is said when the answer is the same either way', () => {
  const before = [rule(100, 'Allow', INTERNET_80), rule(200, 'Deny', VIRTUAL_NETWORK)];
  expect(said({ ...routed(), subnetRules: before })).toEqual([]);
  const inside = { ...routed(), internal: true };
  const allowed = [rule(100, 'Allow', VIRTUAL_NETWORK), rule(200, 'Deny')];
  for (const subnetRules of [[], allowed]) {
    expect(said({ ...inside, subnetRules })).toEqual([
      'nsg-blocks-data-port unknown: cannot decide whether tcp/80 of `lb/r` is open to the virtual network',
    ]);
  }
  expect(said({ ...routed('192.168.0.0/16'), subnetRules: [rule(100, 'Allow', INTERNET_80)] })).toEqual([]);
  const [closed, ...others] = said({ ...routed(), subnetRules: [rule(100, 'Deny')] });
  expect(others).toEqual([]);
  expect(closed).toContain('nsg-blocks-data-port violation');
});

test('what waits for something else as well is the question of nsg-blocks-data-port', () => {
  const rules = [rule(90, 'Deny', { destinationPortRange: UNKNOWN }), rule(100, 'Allow', VIRTUAL_NETWORK)];
  expect(said({ ...routed(), subnetRules: rules })).toEqual([
    'nsg-blocks-data-port unknown: cannot decide whether tcp/80 of `lb/r` is open to the internet',
  ]);
  const elsewhere = { subnet: { routeTable: sub('routeTables/elsewhere') } };
  const [only] = said({ ...elsewhere, subnetRules: [rule(100, 'Allow', VIRTUAL_NETWORK)] });
  expect(only).toContain('nsg-blocks-data-port unknown');
});

test('a client that may or may not be connected to the network is asked about as before', () => {
  const clients = [{ name: 'branch', addresses: ['192.168.5.0/24'] }];
  const both = said({ ...routed(), internal: true, subnetRules: [] }, { clients });
  expect(both).toHaveLength(2);
  for (const each of both) expect(each).toContain('nsg-blocks-data-port unknown');
});

test('with floating IP the tag as a destination is in doubt, too', () => {
  const rules = [rule(100, 'Allow', { ...INTERNET_80, destinationAddressPrefix: 'VirtualNetwork' })];
  const [only, ...others] = said({ ...routed(), rule: { enableFloatingIP: true }, subnetRules: rules });
  expect(others).toEqual([]);
  expect(only).toContain(
    'vnet-tag-undefined violation: whether `Allow100` of `nsg-subnet` lets the internet reach',
  );
});

test('inbound NAT rules are asked about alike', () => {
  const ssh = {
    name: 'ssh',
    properties: {
      protocol: 'Tcp',
      frontendPort: 2222,
      backendPort: 22,
      frontendIPConfiguration: sub('loadBalancers/lb/frontendIPConfigurations/front'),
    },
  };
  const options = {
    ...routed(),
    natRules: [ssh],
    ipConfiguration: { loadBalancerInboundNatRules: [sub('loadBalancers/lb/inboundNatRules/ssh')] },
    rules: [],
    subnetRules: [],
  };
  const [only, ...others] = said(options);
  expect(others).toEqual([]);
  expect(only).toContain('lets the internet reach tcp/22 of `lb/nat:ssh` is undefined');
});
