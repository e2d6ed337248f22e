import { buildNetwork } from '../../src/network/network.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { estate, rule, VIP } from '../support/estate.ts';

/** The verdict about members with dynamic addresses, where only this address is allowed as the destination. */
function verdictFor(destinationAddressPrefix: string, ...more: readonly ArmResource[]): unknown {
  const subnetRules = [rule(100, 'Allow', { destinationAddressPrefix }), rule(4096, 'Deny')];
  const [path] = buildNetwork(estate({ internal: true, subnetRules, more })).paths;
  return [path?.data, path?.diagnosis?.id];
}

const NEIGHBOUR: ArmResource = {
  type: 'networkInterfaces',
  name: 'neighbour',
  properties: {
    ipConfigurations: [
      {
        name: 'ip',
        properties: { subnet: sub('virtualNetworks/vnet/subnets/snet'), privateIPAddress: '10.0.1.9' },
      },
    ],
  },
};

test('a member never gets an address that a frontend or another interface has', () => {
  expect(verdictFor(VIP)).toEqual(['blocked', 'allows-frontend-address']);
  expect(verdictFor('10.0.1.9', NEIGHBOUR)).toEqual(['blocked', 'explicit-deny']);
});

test('an address that nobody is known to have may be that of the member', () => {
  expect(verdictFor('10.0.1.9')).toEqual(['unknown', undefined]);
});
