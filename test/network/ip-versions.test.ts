import { buildNetwork } from '../../src/network/network.ts';
import { unknown } from '../../src/value/value.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule } from '../support/estate.ts';

const UNKNOWN = unknown({ kind: 'parameter', name: 'p' }, { kind: 'json', path: 'test.json', pointer: '' });
const IPV6 = {
  subnet: { addressPrefix: 'fd00:0:0:1::/64' },
  ipConfiguration: { privateIPAddressVersion: 'IPv6' },
};
const PIP6 = {
  more: [
    {
      type: 'publicIPAddresses',
      name: 'pip6',
      sku: { name: 'Standard' },
      properties: { publicIPAddressVersion: 'IPv6' },
    },
  ],
  frontend: { publicIPAddress: sub('publicIPAddresses/pip6') },
};

function verdicts(options: EstateOptions): readonly string[] {
  return buildNetwork(estate(options)).paths.flatMap(({ data, probe }) => [data, probe]);
}

test('a public frontend has the IP version of its public IP', () => {
  const subnetRules = [rule(100, 'Allow', { sourceAddressPrefix: '2000::/3' })];
  expect(verdicts({ ...IPV6, ...PIP6, subnetRules })).toEqual(['open', 'unknown']);
});

test('where the public IP is not part of the root, the members tell the IP version', () => {
  const frontend = { publicIPAddress: sub('publicIPAddresses/elsewhere') };
  const subnetRules = [rule(100, 'Allow', { sourceAddressPrefix: '2000::/3' })];
  expect(verdicts({ ...IPV6, frontend, subnetRules })).toEqual(['open', 'unknown']);
  expect(verdicts({ frontend, subnetRules })).toEqual(['blocked', 'open']);
});

test('the probe of an IPv6 member comes from the IPv6 address, also when the frontend is not known', () => {
  const subnetRules = [rule(100, 'Deny', { sourceAddressPrefix: 'fe80::/10' })];
  expect(verdicts({ ...IPV6, subnetRules, rule: { frontendIPConfiguration: UNKNOWN } })).toEqual([
    'unknown',
    'blocked',
  ]);
});

test('a frontend and members whose IP versions are all unknown leave everything undecided', () => {
  const unknownVersion = { privateIPAddressVersion: UNKNOWN };
  expect(
    verdicts({ frontend: unknownVersion, ipConfiguration: unknownVersion, subnetRules: [rule(100, 'Deny')] }),
  ).toEqual(['unknown', 'unknown']);
});
