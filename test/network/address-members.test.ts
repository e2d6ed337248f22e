import { buildNetwork } from '../../src/network/network.ts';
import { unknown } from '../../src/value/value.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule } from '../support/estate.ts';

const UNKNOWN = unknown(
  { kind: 'parameter', name: 'deployed' },
  { kind: 'json', path: 'test.json', pointer: '/parameters/deployed' },
);

/** A second balancer sends to 10.0.1.10 by address; an interface with that address is in the root. */
function verdicts(nic: Record<string, unknown>, options: EstateOptions = {}): readonly unknown[] {
  const own = (path: string): unknown => sub(`loadBalancers/by-address/${path}`);
  const model = estate({
    internal: true,
    ...options,
    more: [
      {
        type: 'networkInterfaces',
        name: 'nic-10',
        properties: {
          ipConfigurations: [
            {
              name: 'ip',
              properties: {
                subnet: sub('virtualNetworks/vnet/subnets/snet'),
                privateIPAddress: '10.0.1.10',
              },
            },
          ],
        },
        ...nic,
      },
      {
        type: 'loadBalancers',
        name: 'by-address',
        sku: { name: 'Standard' },
        properties: {
          frontendIPConfigurations: [
            { name: 'front', properties: { subnet: sub('virtualNetworks/vnet/subnets/snet') } },
          ],
          backendAddressPools: [
            {
              name: 'pool',
              properties: {
                loadBalancerBackendAddresses: [
                  {
                    name: 'a',
                    properties: { ipAddress: '10.0.1.10', virtualNetwork: sub('virtualNetworks/vnet') },
                  },
                ],
              },
            },
          ],
          loadBalancingRules: [
            {
              name: 'r',
              properties: {
                protocol: 'Tcp',
                frontendPort: 80,
                backendPort: 80,
                frontendIPConfiguration: own('frontendIPConfigurations/front'),
                backendAddressPool: own('backendAddressPools/pool'),
              },
            },
          ],
        },
      },
    ],
  });
  return buildNetwork(model)
    .paths.filter(({ name }) => name === 'by-address/r')
    .map(({ data }) => data);
}

test('the interface with the address of a pool decides what happens at that member', () => {
  expect(verdicts({})).toEqual(['open']);
});

test('while that interface may not exist, the address may be that of another machine', () => {
  expect(verdicts({ condition: UNKNOWN })).toEqual(['unknown']);
  expect(verdicts({ condition: UNKNOWN }, { subnetRules: [rule(100, 'Deny')] })).toEqual(['blocked']);
});
