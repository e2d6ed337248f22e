import { policy } from '../../policies/frontend-address-invalid/policy.ts';
import type { ArmResource } from '../support/arm-model.ts';
import { sub } from '../support/arm-model.ts';
import { internalBalancer, internalFrontend, say } from '../support/say.ts';
import { waiting } from '../support/waiting.ts';

const STATIC = { privateIPAllocationMethod: 'Static' };

function network(subnet: Record<string, unknown> = { addressPrefix: '10.0.1.0/24' }): ArmResource {
  const subnets = [{ name: 'snet', properties: subnet }];
  return {
    type: 'virtualNetworks',
    name: 'vnet',
    properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, subnets },
  };
}

function at(
  privateIPAddress: unknown,
  subnet?: Record<string, unknown>,
  more: readonly ArmResource[] = [],
): readonly string[] {
  const frontend = internalFrontend('front', { ...STATIC, privateIPAddress });
  return say(policy, network(subnet), internalBalancer({ frontendIPConfigurations: [frontend] }), ...more);
}

// The FAQ of virtual networks: the first four addresses of a subnet and the last.
test('five addresses of a subnet are reserved, and their neighbours are free', () => {
  const reserved = [0, 1, 2, 3, 4, 254, 255].map((last) => at(`10.0.1.${last}`).length);
  expect(reserved).toEqual([1, 1, 1, 1, 0, 0, 1]);
});

test('an address may lie in any prefix of its subnet', () => {
  const prefixes = { addressPrefixes: ['10.0.1.0/24', '10.0.7.0/24'] };
  expect([at('10.0.7.10', prefixes), at('10.0.2.10', prefixes)]).toEqual([
    [],
    ['violation error: Azure refuses `lb/front`: 10.0.2.10 is not in 10.0.1.0/24, 10.0.7.0/24 of `snet`'],
  ]);
});

test('nothing is said of an address that is open or no address, and of a subnet of another root', () => {
  expect(at(waiting('address'))).toEqual([]);
  expect(at('10.0.1.0/28')).toEqual([]);
  expect(at('front.internal')).toEqual([]);
  const frontend = internalFrontend('front', { ...STATIC, privateIPAddress: '10.9.9.9' });
  expect(say(policy, internalBalancer({ frontendIPConfigurations: [frontend] }))).toEqual([]);
});

test('an address with no Static beside it is a wish that Azure may pass over', () => {
  const frontend = internalFrontend('front', { privateIPAddress: '10.9.9.9' });
  expect(say(policy, network(), internalBalancer({ frontendIPConfigurations: [frontend] }))).toEqual([]);
});

test('prefixes that are open leave the address open, and prefixes that are none say nothing', () => {
  const asked = 'unknown error: cannot decide whether 10.0.1.10 of `lb/front` is an address of `snet`';
  expect(at('10.0.1.10', { addressPrefix: waiting('prefix') })).toEqual([asked]);
  expect(at('10.0.1.10', { addressPrefixes: waiting('prefixes') })).toEqual([asked]);
  expect(at('10.0.1.10', { addressPrefix: 'wrong' })).toEqual([]);
  expect(at('10.0.1.10', {})).toEqual([]);
});

test('a Static address of another frontend is taken, and the address of a Dynamic interface is not', () => {
  const frontends = ['a', 'b'].map((name) =>
    internalFrontend(name, { ...STATIC, privateIPAddress: '10.0.1.10' }),
  );
  expect(say(policy, network(), internalBalancer({ frontendIPConfigurations: frontends }))).toEqual([
    'violation error: Azure refuses `lb/b`: 10.0.1.10 belongs to `lb/a`',
  ]);
  const nic = (properties: Record<string, unknown>): ArmResource => ({
    type: 'networkInterfaces',
    name: 'nic',
    properties: {
      ipConfigurations: [
        {
          name: 'ip',
          properties: {
            subnet: sub('virtualNetworks/vnet/subnets/snet'),
            privateIPAddress: '10.0.1.10',
            ...properties,
          },
        },
      ],
    },
  });
  expect(at('10.0.1.10', undefined, [nic(STATIC)])).toEqual([
    'violation error: Azure refuses `lb/front`: 10.0.1.10 belongs to `nic`',
  ]);
  expect(at('10.0.1.10', undefined, [nic({ privateIPAllocationMethod: 'Dynamic' })])).toEqual([]);
});

test('a frontend in IPv6 must lie in its subnet, and may have its first addresses', () => {
  const six = { addressPrefixes: ['10.0.1.0/24', 'fd00::/64'] };
  expect(at('fd00::2', six)).toEqual([]);
  expect(at('fd01::10', six).length).toBe(1);
});

test('only an address space that holds the address of the probes is reported', () => {
  const space = (prefix: unknown): number =>
    say(policy, {
      type: 'virtualNetworks',
      name: 'v',
      properties: { addressSpace: { addressPrefixes: [prefix] } },
    }).length;
  expect(['168.63.129.0/24', '168.63.128.0/24', '10.0.0.0/8', waiting('space')].map(space)).toEqual([
    1, 0, 0, 0,
  ]);
});
