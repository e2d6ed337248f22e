import { policy } from '../../policies/return-path-blackholed/policy.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule } from '../support/estate.ts';

function said(
  routes: readonly (readonly [prefix: string, hop: string])[],
  options: EstateOptions = {},
  clients: readonly { readonly name: string; readonly addresses: readonly string[] }[] = [],
): readonly string[] {
  const table = {
    type: 'routeTables',
    name: 'rt',
    properties: {
      disableBgpRoutePropagation: true,
      routes: routes.map(([addressPrefix, nextHopType], index) => ({
        name: `route${index}`,
        properties: { addressPrefix, nextHopType },
      })),
    },
  };
  const model = estate({
    subnetRules: [rule(100, 'Allow')],
    ...options,
    subnet: { routeTable: sub('routeTables/rt') },
    more: [table],
  });
  return policy
    .run(buildNetwork(model, { clients }))
    .findings.map(({ status, severity, message }) => `${status} ${severity}: ${message}`);
}

test('the whole virtual network may lose its replies', () => {
  expect(said([['10.0.0.0/16', 'None']], { internal: true })).toEqual([
    'violation error: replies of `lb/r` to the virtual network are dropped: the route `route0` to 10.0.0.0/16 in `snet` has the next hop None',
  ]);
});

test('a system route to nowhere is not the user’s', () => {
  expect(said([], { internal: true }, [{ name: 'branch', addresses: ['192.168.7.0/24'] }])).toEqual([]);
});

test('clients of several kinds are named together', () => {
  const partner = { name: 'partner', addresses: ['203.0.113.0/24'] };
  expect(said([['0.0.0.0/0', 'None']], {}, [partner])).toEqual([
    expect.stringContaining('replies of `lb/r` to their clients are dropped'),
  ]);
});

test('where it is open who gets in, a part that is dropped is no finding', () => {
  const subnetRules = [
    rule(100, 'Allow', { sourceAddressPrefix: 'AzureFrontDoor.Backend' }),
    rule(200, 'Deny'),
  ];
  expect(said([['203.0.113.0/24', 'None']], { subnetRules })).toEqual([]);
  expect(said([['203.0.113.0/24', 'None']])).toEqual([expect.stringMatching(/^violation warning: /)]);
});
