import { policy } from '../../policies/sku-mismatch/policy.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { unknown } from '../../src/value/value.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate } from '../support/estate.ts';

function said(options: EstateOptions): readonly string[] {
  return policy.run(buildNetwork(estate(options))).findings.map(({ message }) => message);
}

const POOLS = [
  sub('loadBalancers/lb/backendAddressPools/pool'),
  sub('loadBalancers/inner/backendAddressPools/pool'),
];

function inner(sku: unknown): ArmResource {
  return {
    type: 'loadBalancers',
    name: 'inner',
    sku: { name: sku },
    properties: { backendAddressPools: [{ name: 'pool' }] },
  };
}

const address = (sku: string): ArmResource => ({
  type: 'publicIPAddresses',
  name: 'own',
  sku: { name: sku },
});

test('load balancers in front of one machine have one SKU, and one finding for all machines', () => {
  const ipConfiguration = { loadBalancerBackendAddressPools: POOLS };
  expect(said({ ipConfiguration, members: 3, more: [inner('Standard')] })).toEqual([]);
  expect(said({ ipConfiguration, members: 3, more: [inner('basic')] })).toEqual([
    'Azure refuses `inner`: it is Basic, and `lb`, the other load balancer of its machines, is Standard',
  ]);
});

test('a gateway load balancer is compared with nothing', () => {
  expect(
    said({ ipConfiguration: { loadBalancerBackendAddressPools: POOLS }, more: [inner('Gateway')] }),
  ).toEqual([]);
});

test('the public IP of a machine has the SKU of its load balancer', () => {
  const ipConfiguration = { publicIPAddress: sub('publicIPAddresses/own') };
  expect(said({ ipConfiguration, more: [address('Standard')] })).toEqual([]);
  expect(said({ ipConfiguration, more: [address('Basic')] })).toEqual([
    'Azure refuses `own`: it is Basic, and `lb`, the load balancer of its machine, is Standard',
  ]);
});

test('nothing Basic is in a subnet with a NAT gateway', () => {
  const nat: ArmResource = { type: 'natGateways', name: 'nat', properties: {} };
  const subnet = { natGateway: sub('natGateways/nat') };
  expect(said({ internal: true, subnet, more: [nat] })).toEqual([]);
  expect(said({ internal: true, sku: 'Basic', subnet, more: [nat] })).toEqual([
    'Azure refuses `lb`: it is Basic, and `nat`, the NAT gateway of its subnet, is Standard',
  ]);
});

test('one value that is not known is equal to itself', () => {
  const origin = { kind: 'json', path: 'test.json', pointer: '' } as const;
  const sku = (expression: string) => ({
    ...unknown({ kind: 'parameter', name: expression }, origin),
    expression,
  });
  const ipConfiguration = { loadBalancerBackendAddressPools: POOLS };
  const waits = (expression: string): number =>
    policy.run(
      buildNetwork(
        estate({
          ipConfiguration: { loadBalancerBackendAddressPools: POOLS.slice(1) },
          more: [
            inner(sku('sku')),
            {
              type: 'networkInterfaces',
              name: 'both',
              properties: {
                ipConfigurations: [
                  {
                    name: 'ip',
                    properties: {
                      loadBalancerBackendAddressPools: [
                        sub('loadBalancers/inner/backendAddressPools/pool'),
                        sub('loadBalancers/third/backendAddressPools/pool'),
                      ],
                    },
                  },
                ],
              },
            },
            { ...inner(sku(expression)), name: 'third' },
          ],
        }),
      ),
    ).findings.length;
  expect(waits('sku')).toBe(0);
  expect(waits('other')).toBe(1);
  expect(said({ ipConfiguration, more: [inner('StandardV2')] })).toEqual([]);
});
