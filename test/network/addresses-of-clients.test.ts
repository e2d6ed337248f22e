import { createAddressBook } from '../../src/network/address-book.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { formatAddress, parsePrefix } from '../../src/network/packets/address.ts';
import { type AddressSet, isSubset, unionAll } from '../../src/network/packets/interval-set.ts';
import type { Placement, PrivateAddress } from '../../src/network/placement.ts';
import type { Surroundings } from '../../src/network/surroundings.ts';
import { type EstateOptions, estate, rule } from '../support/estate.ts';
import { waiting } from '../support/waiting.ts';

const HERE: Surroundings = {
  key: 'here',
  virtualNetworkId: '/vnet',
  label: 'vnet',
  prefixes: ['10.0.0.0/24', '20.5.0.0/24', 'fd00::/64'],
  peerPrefixes: ['10.1.0.0/24', '10.0.0.0/24', 'fd01::/64'],
  neighbourPrefixes: ['30.2.0.0/24'],
  routePrefixes: [],
};
const LATER: Surroundings = { ...HERE, key: 'later', morePrefixes: waiting('space') };

const setOf = (...prefixes: readonly string[]): AddressSet =>
  unionAll(prefixes.map((each) => parsePrefix(each) ?? []));

/** The lowest and the highest address of every range. */
function ranges(set: AddressSet): readonly string[] {
  return set.flatMap((bound, index) => {
    const next = set[index + 1];
    if (index % 2 === 1 || next === undefined) return [];
    const last = typeof next === 'number' ? next - 1 : next - 1n;
    return [`${formatAddress(bound)} to ${formatAddress(last)}`];
  });
}

// Azure keeps the first four addresses of a subnet, and the last one in IPv4.
test.each<[address: PrivateAddress, expected: readonly string[]]>([
  [{ kind: 'settled', text: '10.0.0.9' }, ['10.0.0.9 to 10.0.0.9']],
  [{ kind: 'settled', text: '10.0.0.09' }, ranges(setOf(...HERE.prefixes))],
  [{ kind: 'unknown', waitsFor: waiting('address') }, ranges(setOf(...HERE.prefixes))],
  [{ kind: 'within', prefixes: ['10.0.0.0/24'] }, ['10.0.0.4 to 10.0.0.254']],
  [{ kind: 'within', prefixes: ['10.0.0.0/29'] }, ['10.0.0.4 to 10.0.0.6']],
  [{ kind: 'within', prefixes: ['10.0.0.0/30'] }, ['10.0.0.0 to 10.0.0.3']],
  [
    { kind: 'within', prefixes: ['10.0.0.0/29', '10.0.1.0/29'] },
    ['10.0.0.4 to 10.0.0.6', '10.0.1.4 to 10.0.1.6'],
  ],
  [{ kind: 'within', prefixes: ['fd00::/125'] }, ['fd00::4 to fd00::7']],
  [{ kind: 'within', prefixes: ['fd00::/126'] }, ['fd00:: to fd00::3']],
  [{ kind: 'within', prefixes: ['10.0.0.0/33'] }, ranges(setOf(...HERE.prefixes))],
  [
    { kind: 'within', prefixes: ['10.0.0.0/29'], taken: ['10.0.0.4', '10.0.0.6', '10.0.0.06'] },
    ['10.0.0.5 to 10.0.0.5'],
  ],
  [
    { kind: 'within', prefixes: ['10.0.0.0/29'], taken: ['10.0.0.4', '10.0.0.5', '10.0.0.6'] },
    ['10.0.0.4 to 10.0.0.6'],
  ],
])('the private address %j is one of %j', (address, expected) => {
  expect(ranges(createAddressBook().privateAddress(address, HERE))).toEqual(expected);
});

test.each([
  [4, ['10.0.0.0 to 10.0.0.255', '20.5.0.0 to 20.5.0.255']],
  [6, ['fd00:: to fd00::ffff:ffff:ffff:ffff']],
] as const)('clients in the virtual network have its IPv%i addresses', (family, expected) => {
  const book = createAddressBook();
  expect(ranges(book.virtualNetworkClients(HERE, family))).toEqual(expected);
  const later = book.virtualNetworkClients(LATER, family);
  expect(later).toHaveLength(2 * expected.length + 2);
  expect(isSubset(book.virtualNetworkClients(HERE, family), later)).toBe(true);
});

test('private clients outside the virtual network are those of its peers, and the rest', () => {
  const { peered, elsewhere } = createAddressBook().clientsOutside(HERE, 4);
  expect(ranges(peered)).toEqual(['10.1.0.0 to 10.1.0.255']);
  expect(ranges(elsewhere)).toEqual([
    '10.0.1.0 to 10.0.255.255',
    '10.1.1.0 to 10.255.255.255',
    '30.2.0.0 to 30.2.0.255',
    '100.64.0.0 to 100.127.255.255',
    '172.16.0.0 to 172.31.255.255',
    '192.168.0.0 to 192.168.255.255',
  ]);
});

test('so are those over IPv6', () => {
  const { peered, elsewhere } = createAddressBook().clientsOutside(HERE, 6);
  expect(ranges(peered)).toEqual(['fd01:: to fd01::ffff:ffff:ffff:ffff']);
  expect(ranges(elsewhere)).toHaveLength(3);
  expect(isSubset(elsewhere, setOf('fc00::/7'))).toBe(true);
});

test('clients from the internet have none of the addresses of the network, of its peers or of what may be a peer', () => {
  const book = createAddressBook();
  const clients = book.internetClients({ ...HERE, peerPrefixes: ['30.1.0.0/24'] }, 4);
  expect(['20.5.0.0/24', '30.1.0.0/24', '30.2.0.0/24'].map((each) => isSubset(setOf(each), clients))).toEqual(
    [false, false, false],
  );
  expect(isSubset(setOf('20.5.1.0/24', '30.3.0.0/24'), clients)).toBe(true);
});

function placement(options: EstateOptions): Placement {
  const [found] = buildNetwork(estate(options)).paths[0]?.members[0]?.member.placements ?? [];
  if (found === undefined) throw new Error('there is a member');
  return found;
}

const IPV6 = { privateIPAddressVersion: 'IPv6' };
const DUAL = { addressPrefix: undefined, addressPrefixes: ['10.0.1.0/29', 'fd00::/125'] };

test.each<[options: EstateOptions, expected: readonly string[]]>([
  [{ subnet: { addressPrefix: '10.0.1.0/28' } }, ['10.0.1.5 to 10.0.1.14']],
  [
    { subnet: { addressPrefix: '10.0.1.0/28' }, ipConfiguration: { privateIPAddress: '10.0.1.9' } },
    ['10.0.1.4 to 10.0.1.8', '10.0.1.10 to 10.0.1.14'],
  ],
  [
    { subnet: DUAL, ipConfiguration: { privateIPAddress: '10.0.1.9x' } },
    ['10.0.1.5 to 10.0.1.6', 'fd00::4 to fd00::7'],
  ],
  [
    {
      subnet: DUAL,
      internal: true,
      frontend: { ...IPV6, privateIPAddress: 'fd00::7' },
      ipConfiguration: { ...IPV6, privateIPAddress: 'fd00::5' },
    },
    ['10.0.1.4 to 10.0.1.6', 'fd00::4 to fd00::4', 'fd00::6 to fd00::7'],
  ],
  [{ subnet: { addressPrefix: waiting('prefix') } }, []],
  [{ ipConfiguration: { subnet: { id: waiting('subnet') } } }, []],
])('the neighbours of a member of %j are %j', (options, expected) => {
  expect(ranges(createAddressBook().neighbours(placement(options)))).toEqual(expected);
});

test('a packet that shows what happens to a client comes from another address than it goes to, over IPv6 as well', () => {
  const { paths } = buildNetwork(
    estate({
      internal: true,
      networkElsewhere: true,
      frontend: { ...IPV6, privateIPAddress: 'fd00::64' },
      ipConfiguration: { ...IPV6, privateIPAddress: 'fd00::4' },
      subnet: { addressPrefix: undefined, addressPrefixes: ['10.0.1.0/24', 'fd00::/64'] },
      subnetRules: [rule(100, 'Deny')],
      more: [
        {
          type: 'virtualNetworks',
          name: 'vnet',
          properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16', 'fd00::/48'] } },
        },
      ],
    }),
  );
  expect(paths[0]?.members[0]?.data.evidence?.().packet).toMatchObject({
    source: { text: 'fd00::5' },
    destination: { text: 'fd00::4' },
  });
});
