import fc from 'fast-check';
import { buildNetwork } from '../../src/network/network.ts';
import { formatAddress, parseAddress, parsePrefix } from '../../src/network/packets/address.ts';
import { contains } from '../../src/network/packets/interval-set.ts';
import { matchesPrefix } from '../../src/network/rule-match.ts';
import type { Surroundings } from '../../src/network/surroundings.ts';
import { sub } from '../support/arm-model.ts';
import { estate, rule } from '../support/estate.ts';
import { cases, seed } from '../support/property-runs.ts';

const NOWHERE: Surroundings = {
  key: '',
  virtualNetworkId: '/vnet',
  label: 'vnet',
  prefixes: [],
  peerPrefixes: [],
  neighbourPrefixes: [],
  routePrefixes: [],
};

const ADDRESSES = [
  '0.0.0.0',
  '1.2.3.4',
  '1.2.3.9',
  '10.0.0.0',
  '10.0.1.4',
  '255.255.255.255',
  '::1',
  'fe80::1',
  '2001:db8::8',
];

const piece = fc.constantFrom(
  ...ADDRESSES,
  '/',
  '/',
  '-',
  '8',
  '24',
  '32',
  '33',
  '64',
  '128',
  '129',
  '08',
  ' ',
  '%eth0',
  '1',
);
const nearPrefix = fc.oneof(
  fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join('')),
  fc.tuple(fc.constantFrom(...ADDRESSES), fc.nat(130)).map(([address, length]) => `${address}/${length}`),
  fc.tuple(fc.constantFrom(...ADDRESSES), fc.constantFrom(...ADDRESSES)).map(([a, b]) => `${a}-${b}`),
);

test('both engines take the same texts for prefixes, and find the same addresses in them', () => {
  fc.assert(
    fc.property(
      nearPrefix.filter((text) => text !== '0.0.0.0/0' && text !== '::/0'),
      fc.constantFrom(...ADDRESSES),
      (text, address) => {
        const set = parsePrefix(text);
        const bound = parseAddress(address)?.bound ?? 0;
        const expected = set === undefined ? 'maybe' : contains(set, bound) ? 'yes' : 'no';
        return matchesPrefix({ kind: 'ip', text: formatAddress(bound) }, text, NOWHERE) === expected;
      },
    ),
    { numRuns: cases(5000), seed },
  );
});

test('a malformed prefix of the virtual network takes nothing from the others', () => {
  const { paths } = buildNetwork(
    estate({
      internal: true,
      networkElsewhere: true,
      subnetRules: [rule(100, 'Deny', { sourceAddressPrefix: 'VirtualNetwork' })],
      more: [
        {
          type: 'virtualNetworks',
          name: 'vnet',
          properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16', '10.1.0.0/33'] } },
        },
      ],
    }),
  );
  expect(paths.map(({ data }) => data)).toEqual(['blocked']);
});

test.each([
  ['203.0.113.0/24', 'partial', 'unknown'],
  ['AzureCloud', 'unknown', 'unknown'],
  ['10.9.0.0/16', 'partial', 'partial'],
])('a route to %s may bring addresses into the tag VirtualNetwork', (prefix, privately, publicly) => {
  const routed = (rules: readonly unknown[], more: Record<string, unknown>): readonly string[] =>
    buildNetwork(
      estate({
        subnetRules: rules,
        subnet: { routeTable: sub('routeTables/rt') },
        more: [
          {
            type: 'routeTables',
            name: 'rt',
            properties: {
              routes: [{ name: 'r', properties: { addressPrefix: prefix, nextHopType: 'Internet' } }],
            },
          },
        ],
        ...more,
      }),
    ).paths.map(({ data }) => data);
  const deny = rule(100, 'Deny', { sourceAddressPrefix: 'VirtualNetwork' });
  const toTag = rule(100, 'Deny', { destinationAddressPrefix: 'VirtualNetwork' });
  const allow = rule(110, 'Allow', { sourceAddressPrefix: '198.51.100.0/24' });
  expect(routed([deny, allow], {})).toEqual([privately]);
  expect(routed([toTag, allow], { rule: { enableFloatingIP: true } })).toEqual([publicly]);
});

test('a service tag may list the addresses of a network that uses those of the internet', () => {
  const { paths } = buildNetwork(
    estate({
      subnetRules: [rule(100, 'Deny', { destinationAddressPrefix: 'AzureCloud' }), rule(110, 'Allow')],
      networkElsewhere: true,
      subnet: { addressPrefix: '20.5.1.0/24' },
      more: [
        {
          type: 'virtualNetworks',
          name: 'vnet',
          properties: { addressSpace: { addressPrefixes: ['20.5.0.0/16'] } },
        },
      ],
    }),
  );
  expect(paths.map(({ data, probe }) => [data, probe])).toEqual([['unknown', 'unknown']]);
});
