import { policy } from '../../policies/two-load-balancers-of-one-kind/policy.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { type ArmResource, modelOf, sub } from '../support/arm-model.ts';

function balancer(name: string, frontend: Record<string, unknown>, sku = 'Standard'): ArmResource {
  return {
    type: 'loadBalancers',
    name,
    sku: { name: sku },
    properties: {
      frontendIPConfigurations: [{ name: 'front', properties: frontend }],
      backendAddressPools: [{ name: 'pool' }, { name: 'second' }],
    },
  };
}

const INTERNAL = { subnet: sub('virtualNetworks/vnet/subnets/snet') };
const PUBLIC = { publicIPAddress: sub('publicIPAddresses/pip') };
const pool = (name: string, of = 'pool') => sub(`loadBalancers/${name}/backendAddressPools/${of}`);

function nic(name: string, ...pools: readonly unknown[]): ArmResource {
  return {
    type: 'networkInterfaces',
    name,
    properties: {
      ipConfigurations: [{ name: 'ip', properties: { loadBalancerBackendAddressPools: pools } }],
    },
  };
}

function said(...resources: readonly ArmResource[]): readonly string[] {
  return policy.run(buildNetwork(modelOf(...resources))).findings.map(({ message }) => message);
}

test('the same two load balancers are one finding, in whatever order interfaces name them', () => {
  const two = [balancer('a', INTERNAL), balancer('b', INTERNAL)];
  expect(said(...two, nic('one', pool('a'), pool('b')), nic('two', pool('b'), pool('a')))).toEqual([
    'Azure refuses `one` and 1 more: behind 2 internal load balancers, `a` and `b`',
  ]);
});

test('two pools of one load balancer are one load balancer', () => {
  expect(said(balancer('a', INTERNAL), nic('one', pool('a'), pool('a', 'second')))).toEqual([]);
});

test('one public, one internal and a gateway load balancer go together', () => {
  const all = [balancer('a', INTERNAL), balancer('b', PUBLIC), balancer('c', INTERNAL, 'Gateway')];
  expect(said(...all, nic('one', pool('a'), pool('b'), pool('c')))).toEqual([]);
  expect(said(...all, balancer('d', PUBLIC), nic('one', pool('b'), pool('d')))).toHaveLength(1);
});

test('two interfaces in a pool each are one behind each', () => {
  const two = [balancer('a', INTERNAL), balancer('b', INTERNAL)];
  expect(said(...two, nic('front', pool('a')), nic('back', pool('b')))).toEqual([]);
});
