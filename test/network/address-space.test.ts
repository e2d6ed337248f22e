import { virtualNetworks } from '../../src/model/azure/virtual-network.ts';
import { holdsAddress } from '../../src/network/address-space.ts';
import { modelOf } from '../support/arm-model.ts';
import { waiting } from '../support/waiting.ts';

function holds(address: string, addressPrefixes: unknown, more: Record<string, unknown> = {}): unknown {
  const properties = { addressSpace: { addressPrefixes } };
  const model = modelOf({ type: 'virtualNetworks', name: 'vnet', properties, ...more });
  return virtualNetworks(model).map((network) => holdsAddress(network, address));
}

test.each<[address: string, prefixes: unknown, expected: boolean | undefined]>([
  ['10.0.255.255', ['10.0.0.0/16'], true],
  ['10.1.0.0', ['10.0.0.0/16'], false],
  ['10.1.0.0', ['10.0.0.0/16', '10.1.0.0/24'], true],
  ['fd00::1', ['10.0.0.0/16'], false],
  ['10.0.0.01', ['10.0.0.0/16'], undefined],
  ['10.0.0.1', [], undefined],
  ['10.0.0.1', waiting('space'), undefined],
  ['10.1.0.1', ['10.0.0.0/16', waiting('prefix')], undefined],
  ['10.1.0.1', ['10.0.0.0/16', '10.1.0.0/33'], undefined],
  ['10.1.0.1', { partial: ['10.0.0.0/16'], more: waiting('rest') }, undefined],
])('whether %s lies in %j is %s', (address, prefixes, expected) => {
  expect(holds(address, prefixes)).toEqual([expected]);
});

test('a virtual network that may be another one settles nothing', () => {
  expect(holds('10.1.0.0', ['10.0.0.0/16'], { condition: waiting('deployed') })).toEqual([undefined]);
});
