import { routeTables } from '../../src/model/azure/route-table.ts';
import { type AddressBook, createAddressBook } from '../../src/network/address-book.ts';
import { formatAddress, parseAddress } from '../../src/network/packets/address.ts';
import { type AddressSet, contains, intersect } from '../../src/network/packets/interval-set.ts';
import type { Bounds } from '../../src/network/rule-bounds.ts';
import type { Surroundings, TagReading } from '../../src/network/surroundings.ts';
import { known, type Unknown } from '../../src/value/value.ts';
import { modelOf } from '../support/arm-model.ts';
import { namesOf, waiting } from '../support/waiting.ts';

const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' } as const;
const PROBE = '168.63.129.16';
const PROBE6 = 'fe80::1234:5678:9abc';

/** A subnet of a network with public and private addresses, a peer, a network that may be one, and a route. */
const HERE: Surroundings = {
  key: 'here',
  virtualNetworkId: '/vnet',
  label: 'vnet',
  prefixes: ['10.0.0.0/16', '20.5.0.0/16', 'fd00::/48'],
  peerPrefixes: ['30.1.0.0/16'],
  neighbourPrefixes: ['30.2.0.0/16'],
  routePrefixes: ['30.3.0.0/16'],
};
const LATER: Surroundings = {
  ...HERE,
  key: 'later',
  prefixes: ['10.0.0.0/16'],
  morePrefixes: waiting('space'),
};

function at(book: AddressBook, text: string): number | bigint {
  const parsed = parseAddress(text);
  if (parsed !== undefined) return parsed.bound;
  const set = text.startsWith('pip') ? book.publicAddress(text, text, waiting(text)) : insideOf(book);
  return set[0] ?? -1;
}

/** The address of which no more is known than that it is in a network whose prefixes are not known. */
function insideOf(book: AddressBook): AddressSet {
  const own = book.privateAddress({ kind: 'unknown', waitsFor: waiting('own') }, LATER);
  return intersect(own, [2 ** 32, 2 ** 33]);
}

/** Which of the addresses are certainly in, which may be, and which are not. */
function split(book: AddressBook, bounds: Bounds | undefined, addresses: string): string {
  if (bounds === undefined) return 'neither a prefix nor a tag';
  const of = (answer: string): string =>
    addresses
      .split(' ')
      .filter((text) => {
        const bound = at(book, text);
        const found = contains(bounds.must, bound) ? 'in' : contains(bounds.may, bound) ? 'maybe' : 'out';
        return found === answer;
      })
      .join(' ');
  return `${of('in')} | ${of('maybe')} | ${of('out')}`;
}

const LOST = { kind: 'unknown', waitsFor: waiting('own') } as const;
const OWN = '10.0.255.255 20.5.0.1 fd00::1';
const EVERYWHERE = `${OWN} 30.1.0.1 30.2.0.1 30.3.0.1 10.1.0.0 192.168.0.1 100.64.0.1 fc00::1 8.8.8.8 2001:db8::1 ${PROBE} ${PROBE6} 25.0.0.1 pip inside`;

// Semantics 0.4 and 1.6.
test.each<[text: string, expected: string]>([
  ['*', `${EVERYWHERE} |  | `],
  ['Any', `${EVERYWHERE} |  | `],
  ['0.0.0.0/0', `${EVERYWHERE} |  | `],
  ['::/0', `${EVERYWHERE} |  | `],
  [
    'VirtualNetwork',
    `${OWN} 30.1.0.1 ${PROBE} | 30.2.0.1 30.3.0.1 10.1.0.0 192.168.0.1 100.64.0.1 fc00::1 ${PROBE6} pip inside | 8.8.8.8 2001:db8::1 25.0.0.1`,
  ],
  [
    'Internet',
    `30.3.0.1 8.8.8.8 2001:db8::1 pip | 30.2.0.1 ${PROBE} ${PROBE6} 25.0.0.1 | ${OWN} 30.1.0.1 10.1.0.0 192.168.0.1 100.64.0.1 fc00::1 inside`,
  ],
  [
    'azureLoadBalancer',
    `${PROBE} | ${PROBE6} | ${OWN} 30.1.0.1 30.2.0.1 30.3.0.1 10.1.0.0 192.168.0.1 100.64.0.1 fc00::1 8.8.8.8 2001:db8::1 25.0.0.1 pip inside`,
  ],
  [
    'Storage',
    ` | 20.5.0.1 30.1.0.1 30.2.0.1 30.3.0.1 8.8.8.8 2001:db8::1 ${PROBE} pip | 10.0.255.255 fd00::1 10.1.0.0 192.168.0.1 100.64.0.1 fc00::1 ${PROBE6} 25.0.0.1 inside`,
  ],
  [
    '10.0.0.0/8',
    `10.0.255.255 10.1.0.0 | inside | 20.5.0.1 fd00::1 30.1.0.1 30.2.0.1 30.3.0.1 192.168.0.1 100.64.0.1 fc00::1 8.8.8.8 2001:db8::1 ${PROBE} ${PROBE6} 25.0.0.1 pip`,
  ],
  [
    '8.8.8.8',
    `8.8.8.8 | pip inside | ${OWN} 30.1.0.1 30.2.0.1 30.3.0.1 10.1.0.0 192.168.0.1 100.64.0.1 fc00::1 2001:db8::1 ${PROBE} ${PROBE6} 25.0.0.1`,
  ],
  ['10.0.0.0/33', 'neither a prefix nor a tag'],
  ['', 'neither a prefix nor a tag'],
  ['80', 'neither a prefix nor a tag'],
])('%s as seen from a subnet holds certainly | perhaps | not: %#', (text, expected) => {
  const book = createAddressBook();
  expect(split(book, book.prefix(text, HERE), EVERYWHERE)).toBe(expected);
});

test.each([
  ['Storage', 'the service tag Storage'],
  ['Storage.WestEurope', 'the service tag Storage.WestEurope'],
  ['Intrenet', 'the unlisted service tag `Intrenet`'],
  ['VirtualNetwork', 'the service tag VirtualNetwork'],
  ['Internet', 'the service tag Internet'],
  ['AzureLoadBalancer', 'the service tag AzureLoadBalancer'],
  ['Dynamics365ForMarketingEmail', 'the service tag Dynamics365ForMarketingEmail'],
  ['10.0.0.0/8', 'whether vnet lies in 10.0.0.0/8'],
  ['fd00::/8', 'whether vnet lies in fd00::/8'],
])('what %s leaves open waits for %s', (text, name) => {
  const bounds = createAddressBook().prefix(text, HERE);
  const kind = text === 'Intrenet' ? 'unsupported' : 'runtime';
  expect(bounds?.waitsFor.map(({ reason }) => reason)).toEqual([{ kind, name }]);
  expect(bounds?.waitsFor[0]?.origin).toEqual({
    kind: 'platform',
    name: text,
    docs: 'https://learn.microsoft.com/azure/virtual-network/service-tags-overview',
  });
});

test.each(['VirtualNetwork', '10.0.0.0/8'])(
  '%s waits for the prefixes of the network while they are open',
  (text) => {
    expect(namesOf(createAddressBook().prefix(text, LATER)?.waitsFor ?? [])).toEqual(['space']);
  },
);

test('an address in a network whose prefixes are not all known is in its tag, and may be in any prefix', () => {
  const book = createAddressBook();
  expect(split(book, book.prefix('VirtualNetwork', LATER), '10.0.0.1 inside')).toBe('10.0.0.1 inside |  | ');
  const malformed = { ...HERE, key: 'malformed', virtualNetworkId: '/bad', prefixes: ['10.0.0.0/33'] };
  const own = book.privateAddress({ kind: 'unknown', waitsFor: waiting('own') }, malformed);
  expect(own).toHaveLength(2);
  expect(book.describe(own[0] ?? 0)).toEqual({ kind: 'inside', id: '/bad', label: 'an address in vnet' });
});

const [table] = routeTables(
  modelOf({ type: 'routeTables', name: 'rt', properties: { routes: [{ name: 'default' }] } }),
);
const [defaultRoute] = table?.routes.items ?? [];
const ROUTED: Surroundings = {
  ...HERE,
  key: 'routed',
  tagUndefined: waiting('route'),
  ...(defaultRoute === undefined ? {} : { defaultRoute }),
};

// Semantics 11.1 to 11.3: what is open about tags may be settled either way.
test.each<[text: string, reading: TagReading, place: Surroundings, expected: string]>([
  ['Internet', 'probe-inside', HERE, `${PROBE} ${PROBE6} 8.8.8.8 | 30.2.0.1 | 10.0.0.1`],
  ['Internet', 'probe-outside', HERE, `8.8.8.8 | 30.2.0.1 | ${PROBE} ${PROBE6} 10.0.0.1`],
  ['Storage', 'probe-inside', HERE, `${PROBE} | 8.8.8.8 30.2.0.1 | ${PROBE6} 10.0.0.1`],
  ['Storage', 'probe-outside', HERE, ` | 8.8.8.8 30.2.0.1 | ${PROBE} ${PROBE6} 10.0.0.1`],
  ['AzureLoadBalancer', 'probe-inside', HERE, `${PROBE} ${PROBE6} |  | 8.8.8.8 30.2.0.1 10.0.0.1`],
  ['AzureLoadBalancer', 'probe-outside', HERE, `${PROBE} |  | ${PROBE6} 8.8.8.8 30.2.0.1 10.0.0.1`],
  ['Internet', 'default-inside', HERE, `8.8.8.8 | ${PROBE} ${PROBE6} 30.2.0.1 | 10.0.0.1`],
  ['VirtualNetwork', 'default-inside', HERE, `${PROBE} 10.0.0.1 | ${PROBE6} 30.2.0.1 | 8.8.8.8`],
  ['VirtualNetwork', 'default-inside', ROUTED, `${PROBE} ${PROBE6} 8.8.8.8 30.2.0.1 10.0.0.1 |  | `],
  ['VirtualNetwork', 'probe-inside', ROUTED, `${PROBE} ${PROBE6} | 8.8.8.8 30.2.0.1 10.0.0.1 | `],
  ['VirtualNetwork', 'probe-outside', ROUTED, ` | 8.8.8.8 30.2.0.1 10.0.0.1 | ${PROBE} ${PROBE6}`],
  [`${PROBE}/32`, 'probe-outside', HERE, `${PROBE} |  | ${PROBE6} 8.8.8.8 30.2.0.1 10.0.0.1`],
  ['Intrenet.', 'probe-inside', HERE, `${PROBE} | 8.8.8.8 30.2.0.1 | ${PROBE6} 10.0.0.1`],
  ['10.0.0.0/33', 'probe-inside', HERE, 'neither a prefix nor a tag'],
])('%s, settled as %s, holds certainly | perhaps | not: %#', (text, reading, place, expected) => {
  const book = createAddressBook();
  const bounds = book.prefix(text, { ...place, reading });
  expect(split(book, bounds, `${PROBE} ${PROBE6} 8.8.8.8 30.2.0.1 10.0.0.1`)).toBe(expected);
});

test('beside a default route VirtualNetwork may hold everything, and waits for that', () => {
  const book = createAddressBook();
  const bounds = book.prefix('VirtualNetwork', ROUTED);
  expect(split(book, bounds, `10.0.0.1 8.8.8.8 ${PROBE} pip`)).toBe(` | 10.0.0.1 8.8.8.8 ${PROBE} pip | `);
  expect(namesOf(bounds?.waitsFor ?? [])).toEqual(['route']);
});

test.each([
  [['AzureCloud'], '8.8.8.8 2001:db8::1 pip'],
  [['AzureCloud', '30.3.0.0/16'], '8.8.8.8 2001:db8::1 pip'],
  [['30.3.0.0/16'], 'pip'],
  [['192.168.0.0/16'], ''],
])('routes to %j may bring into VirtualNetwork: %s', (routePrefixes, expected) => {
  const book = createAddressBook();
  const bounds = book.prefix('VirtualNetwork', { ...HERE, key: 'routes', routePrefixes });
  expect(split(book, bounds, '8.8.8.8 2001:db8::1 pip').split(' | ')[1]).toBe(expected);
});

/** The address of resources, as a rule may name it. */
const addressOf = (property: string, ...paths: readonly string[]): Unknown => ({
  ...waiting('address'),
  references: paths.map((id) => ({ id, property })),
});

// Semantics 1.4 and 9.4: an address that is not spelled out is that of its resource.
test.each<[what: string, value: Unknown, side: 'source' | 'destination', expected: string]>([
  ['nothing known', waiting('address'), 'source', ' | pip pip2 8.8.8.8 10.0.0.1 inside | '],
  ['nothing known', waiting('address'), 'destination', ' | pip pip2 8.8.8.8 10.0.0.1 inside | '],
  ['a public IP', addressOf('ipAddress', 'pip'), 'source', 'pip | 8.8.8.8 | pip2 10.0.0.1 inside'],
  ['a public IP', addressOf('ipAddress', 'pip'), 'destination', 'pip |  | pip2 8.8.8.8 10.0.0.1 inside'],
  ['one of two', addressOf('ipAddress', 'pip', 'pip2'), 'source', ' | pip pip2 8.8.8.8 | 10.0.0.1 inside'],
  [
    'one of two',
    addressOf('ipAddress', 'pip', 'pip2'),
    'destination',
    ' | pip pip2 | 8.8.8.8 10.0.0.1 inside',
  ],
  [
    'a public IP or not',
    { ...addressOf('ipAddress', 'pip'), open: true },
    'destination',
    ' | pip pip2 8.8.8.8 10.0.0.1 inside | ',
  ],
  [
    'a public or a private IP',
    {
      ...waiting('address'),
      references: [
        { id: 'pip', property: 'ipAddress' },
        { id: 'nic', property: 'privateIPAddress' },
      ],
    },
    'destination',
    ' | pip pip2 8.8.8.8 10.0.0.1 inside | ',
  ],
  ['another property', addressOf('fqdn', 'pip'), 'destination', ' | pip pip2 8.8.8.8 10.0.0.1 inside | '],
  ['a private IP', addressOf('privateIPAddress', 'nic'), 'source', ' | 10.0.0.1 inside | pip pip2 8.8.8.8'],
  [
    'a private IP',
    addressOf('privateIPAddress', 'nic'),
    'destination',
    ' |  | pip pip2 8.8.8.8 10.0.0.1 inside',
  ],
])('%s as a prefix holds certainly | perhaps | not: %#', (_, value, side, expected) => {
  const book = createAddressBook();
  const bounds = book.unknownPrefix(value, side, HERE);
  expect(split(book, bounds, 'pip pip2 8.8.8.8 10.0.0.1 inside')).toBe(expected);
  expect(namesOf(bounds.waitsFor)).toEqual(['address']);
});

test('an application security group as a source is somewhere inside, and waits for its group', () => {
  const book = createAddressBook();
  const bounds = book.sourceGroup({ kind: 'to', id: '/providers/asg' }, HERE);
  expect(split(book, bounds, `${OWN} 30.1.0.1 30.2.0.1 30.3.0.1 192.168.0.1 inside 8.8.8.8 pip`)).toBe(
    ` | ${OWN} 30.1.0.1 30.2.0.1 30.3.0.1 192.168.0.1 inside | 8.8.8.8 pip`,
  );
  expect(namesOf(bounds.waitsFor)).toEqual(['asg']);
  const [reason] = book.sourceGroup({ kind: 'none' }, HERE).waitsFor;
  expect(reason?.reason.name).toBe('an application security group');
  expect(reason?.origin).toEqual({
    kind: 'platform',
    name: 'an application security group',
    docs: 'https://learn.microsoft.com/azure/virtual-network/application-security-groups',
  });
});

test('a public IP is its address, or one symbol until Azure gives one', () => {
  const book = createAddressBook();
  const texts = (set: AddressSet): readonly unknown[] => [book.describe(set[0] ?? 0), set.length];
  expect(texts(book.publicAddress('/a', 'pip-a', known('20.1.2.3', ORIGIN)))).toEqual([
    { kind: 'ip', text: '20.1.2.3' },
    2,
  ]);
  const later = book.publicAddress('/b', 'pip-b', waiting('b'));
  expect(texts(later)).toEqual([{ kind: 'public', id: '/b', label: 'pip-b' }, 2]);
  expect(book.publicAddress('/b', 'pip-b', waiting('again'))).toEqual(later);
  expect(book.publicAddress('/c', 'pip-c', known('20.1.2.300', ORIGIN))).not.toEqual(later);
  expect(book.describe(2 ** 33 - 1)).toEqual({ kind: 'ip', text: formatAddress(2 ** 33 - 1) });
});

test('a public IP that only a rule names is known by its id', () => {
  const book = createAddressBook();
  const [symbol = 0] = book.unknownPrefix(addressOf('ipAddress', '/pip'), 'source', HERE).must;
  expect(book.describe(symbol)).toEqual({ kind: 'public', id: '/pip', label: '/pip' });
});

test('an address in any network whose prefixes are not known may be in any prefix, and in no tag but one', () => {
  const book = createAddressBook();
  const second = { ...LATER, key: 'second', virtualNetworkId: '/second' };
  const [one, two] = [LATER, second].map((place) => book.privateAddress(LOST, place).at(-2) ?? 0);
  expect(one).not.toBe(two);
  const holds = (text: string): readonly boolean[] => {
    const { must = [], may = [] } = book.prefix(text, second) ?? {};
    return [one, two].flatMap((bound = 0) => [contains(must, bound), contains(may, bound)]);
  };
  // The other network may be peered.
  expect(holds('VirtualNetwork')).toEqual([false, true, true, true]);
  expect(holds('Internet')).toEqual([false, false, false, false]);
  expect(holds('172.16.0.0/12')).toEqual([false, true, false, true]);
});

// Semantics 0.4: what is no client from the internet, at both ends of each range.
test.each([
  ['0.0.0.0', '0.255.255.255', '1.0.0.0'],
  ['10.0.0.0', '10.255.255.255', '11.0.0.0'],
  ['25.0.0.0', '25.255.255.255', '26.0.0.0'],
  ['100.64.0.0', '100.127.255.255', '100.128.0.0'],
  ['127.0.0.0', '127.255.255.255', '128.0.0.0'],
  ['169.254.0.0', '169.254.255.255', '169.255.0.0'],
  ['172.16.0.0', '172.31.255.255', '172.32.0.0'],
  ['192.0.2.0', '192.0.2.255', '192.0.3.0'],
  ['192.168.0.0', '192.168.255.255', '192.169.0.0'],
  ['198.18.0.0', '198.19.255.255', '198.20.0.0'],
  ['168.63.129.16', '168.63.129.16', '168.63.129.17'],
])('%s to %s is not on the internet, and %s is', (low, high, next) => {
  const book = createAddressBook();
  const clients = book.internetClients({ ...HERE, key: 'bare', prefixes: [] }, 4);
  expect([low, high, next].map((text) => contains(clients, at(book, text)))).toEqual([false, false, true]);
});

test.each([
  ['223.255.255.255', 4, true],
  ['224.0.0.0', 4, false],
  ['255.255.255.255', 4, false],
  ['1fff:ffff::1', 6, false],
  ['2000::', 6, true],
  ['3fff:ffff::1', 6, true],
  ['4000::', 6, false],
  ['2000::', 4, false],
  ['8.8.8.8', 6, false],
] as const)('%s is a client from the internet over IPv%i: %s', (text, family, expected) => {
  const book = createAddressBook();
  const bare = { ...HERE, key: 'bare', prefixes: [] };
  expect(contains(book.internetClients(bare, family), at(book, text))).toBe(expected);
  expect(contains(book.internetClients(bare, family === 4 ? 6 : 4), at(book, text))).toBe(
    !expected && ['2000::', '8.8.8.8'].includes(text),
  );
});
