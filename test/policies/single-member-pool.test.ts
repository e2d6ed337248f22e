import { policy } from '../../policies/single-member-pool/policy.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { unknown } from '../../src/value/value.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate } from '../support/estate.ts';

function said(options: EstateOptions): readonly string[] {
  return policy.run(buildNetwork(estate(options))).findings.map(({ message }) => message);
}

const SINGLE = '`nic0/ip` is the only member of pool `lb/pool`: when it fails, nobody answers';

test('one machine is too few, two are enough, none is asked elsewhere', () => {
  expect(said({ members: 1 })).toEqual([SINGLE]);
  expect(said({ members: 2 })).toEqual([]);
  expect(said({ members: 0 })).toEqual([]);
});

// Golden vector 27: one node of an availability group or of a cluster answers at a time.
test.each([59_999, 62_000])('a cluster whose probe asks %d may have one member', (port) => {
  const rule = { enableFloatingIP: true, frontendPort: 1433, backendPort: 1433 };
  const probe = { protocol: 'Tcp', port };
  expect(said({ internal: true, rule, probe })).toEqual([]);
  expect(said({ internal: true, rule, probe: { protocol: 'Tcp', port: 80 } })).toEqual([SINGLE]);
});

test('a pool that no rule uses is not asked about', () => {
  expect(said({ rules: [] })).toEqual([]);
});

test('a second member that only may be one is enough', () => {
  const origin = { kind: 'json', path: 'test.json', pointer: '' } as const;
  const open = unknown({ kind: 'parameter', name: 'pools' }, origin);
  const maybe: ArmResource = {
    type: 'networkInterfaces',
    name: 'maybe',
    properties: { ipConfigurations: [{ name: 'ip', properties: { loadBalancerBackendAddressPools: open } }] },
  };
  expect(said({ more: [maybe] })).toEqual([]);
});

test('two IP versions of one machine are one machine, and one finding over both pools', () => {
  const both = [
    sub('loadBalancers/lb/backendAddressPools/pool'),
    sub('loadBalancers/six/backendAddressPools/pool'),
  ];
  const six: ArmResource = {
    type: 'loadBalancers',
    name: 'six',
    sku: { name: 'Standard' },
    properties: {
      frontendIPConfigurations: [
        { name: 'front', properties: { publicIPAddress: sub('publicIPAddresses/pip') } },
      ],
      backendAddressPools: [{ name: 'pool' }],
      loadBalancingRules: [
        {
          name: 'r',
          properties: {
            frontendIPConfiguration: sub('loadBalancers/six/frontendIPConfigurations/front'),
            backendAddressPool: both[1],
          },
        },
      ],
    },
  };
  expect(said({ ipConfiguration: { loadBalancerBackendAddressPools: both }, more: [six] })).toEqual([SINGLE]);
});

test.each([
  [['10.0.1.8'], ['`10.0.1.8` is the only member of pool `lb/pool`: when it fails, nobody answers']],
  [['10.0.1.8', '10.0.1.9'], []],
])('the addresses %j in the list of a pool are a machine each', (addresses, findings) => {
  const loadBalancerBackendAddresses = addresses.map((ipAddress) => ({
    name: ipAddress,
    properties: { ipAddress, virtualNetwork: sub('virtualNetworks/vnet') },
  }));
  const pool: ArmResource = {
    type: 'loadBalancers/lb/backendAddressPools',
    name: 'pool',
    parent: sub('loadBalancers/lb').id,
    properties: { loadBalancerBackendAddresses },
  };
  expect(said({ internal: true, members: 0, more: [pool] })).toEqual(findings);
});
