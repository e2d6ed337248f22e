import type { Route } from '../../src/model/azure/route-table.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { PacketAddress } from '../../src/network/packet.ts';
import { type Answer, matchesPrefix } from '../../src/network/rule-match.ts';
import type { Surroundings } from '../../src/network/surroundings.ts';
import { type Unknown, unknown } from '../../src/value/value.ts';
import { type ArmResource, modelOf, sub } from '../support/arm-model.ts';

const PROBE = '168.63.129.16';
const PROBE6 = 'fe80::1234:5678:9abc';

/** A network that also uses addresses of the internet, like a peer, a network that may be one, and what a route leads to. */
const HERE: Surroundings = {
  key: '',
  virtualNetworkId: '/own',
  label: 'own',
  prefixes: ['10.0.0.0/16', '30.0.0.0/16'],
  peerPrefixes: ['10.1.0.0/16', '30.1.0.0/16'],
  neighbourPrefixes: ['10.2.0.0/16', '30.2.0.0/16'],
  routePrefixes: ['10.3.0.0/16', '30.3.0.0/16'],
};
const OWN = '10.0.0.1 30.0.0.1 /own';
const PEER = '10.1.0.1 30.1.0.1';
const MAY_BE_PEER = '10.2.0.1 30.2.0.1 /other';
const ROUTED = '10.3.0.1 30.3.0.1';
const PRIVATE = '10.9.0.1 172.16.0.1 172.31.255.255 192.168.0.1 100.64.0.1 fc00::1';
const INTERNET = '8.8.8.8 2001:db8::1';
const NOWHERE =
  '0.0.0.1 25.0.0.1 127.0.0.1 169.254.1.1 192.0.2.1 198.18.0.1 224.0.0.1 255.255.255.255 fe80::1';
const ALL = [OWN, PEER, MAY_BE_PEER, ROUTED, PRIVATE, INTERNET, NOWHERE, PROBE, PROBE6, 'pip'].join(' ');

/** `pip` is the address of a public IP of the root, `/own` one in a network whose address space is not spelled out. */
function addressOf(word: string): PacketAddress {
  if (word === 'pip') return { kind: 'public', id: word, label: word };
  return word.startsWith('/') ? { kind: 'inside', id: word, label: word } : { kind: 'ip', text: word };
}

/** The words of all addresses that a prefix certainly matches, and of those that it may match. */
function split(written: string, seenFrom: Surroundings, among = ALL): Readonly<Record<Answer, string>> {
  const words = among.split(' ');
  const that = (answer: Answer): string =>
    words.filter((word) => matchesPrefix(addressOf(word), written, seenFrom) === answer).join(' ');
  return { yes: that('yes'), maybe: that('maybe'), no: that('no') };
}

function without(words: string): string {
  return ALL.split(' ')
    .filter((word) => !words.split(' ').includes(word))
    .join(' ');
}

const later = (name: string): Unknown =>
  unknown({ kind: 'parameter', name }, { kind: 'json', path: 'test.json', pointer: name });

// Semantics 0.4 and 1.6.
test.each([
  ['*', ALL, ''],
  ['Any', ALL, ''],
  ['ANY', ALL, ''],
  ['0.0.0.0/0', ALL, ''],
  ['::/0', ALL, ''],
  [
    'VirtualNetwork',
    `${OWN} ${PEER} ${PROBE}`,
    // Connected networks have private addresses; a route may bring in a public IP, a peering another network.
    `${MAY_BE_PEER} ${ROUTED} ${PRIVATE} ${PROBE6} pip`,
  ],
  ['Internet', `30.3.0.1 ${INTERNET} pip`, `30.2.0.1 ${NOWHERE} ${PROBE} ${PROBE6}`],
  ['AzureLoadBalancer', PROBE, PROBE6],
  ['Storage', '', `30.0.0.1 30.1.0.1 30.2.0.1 30.3.0.1 ${INTERNET} ${PROBE} pip`],
  ['storage.westeurope', '', `30.0.0.1 30.1.0.1 30.2.0.1 30.3.0.1 ${INTERNET} ${PROBE} pip`],
  // What Azure refuses may match anything.
  ['10.0.0.0/33', '', ALL],
  ['not a prefix', '', ALL],
  // A prefix holds what it spells out; an address that is not spelled out may be in it.
  ['10.0.0.0/15', '10.0.0.1 10.1.0.1', '/own /other'],
  ['10.0.0.1', '10.0.0.1', '/own /other'],
  ['10.0.0.2-10.1.0.1', '10.1.0.1', '/own /other'],
  ['8.8.8.0/24', '8.8.8.8', '/own /other pip'],
  ['2001:db8::/32', '2001:db8::1', '/own /other pip'],
  ['fe80::/10', `fe80::1 ${PROBE6}`, '/own /other'],
])('%s certainly matches %s, and may match %s', (written, yes, maybe) => {
  const found = split(written, HERE);
  const sorted = (words: string): readonly string[] => words.split(' ').toSorted();
  expect(sorted(found.yes)).toEqual(sorted(yes));
  expect(sorted(found.maybe)).toEqual(sorted(maybe));
  expect(sorted(found.no)).toEqual(sorted(without(`${yes} ${maybe}`)));
});

// A public IP has an address of the internet, or none of it: semantics 0.4.
test.each<[written: string, answer: Answer]>([
  ['0.0.0.0/8', 'no'],
  ['24.0.0.0/8', 'maybe'],
  ['25.0.0.0/8', 'no'],
  ['24.0.0.0/7', 'maybe'],
  ['10.255.255.255-11.0.0.0', 'maybe'],
  ['10.255.255.254-10.255.255.255', 'no'],
  ['169.254.0.0/16', 'no'],
  ['168.63.129.16', 'no'],
  ['168.63.129.16/31', 'maybe'],
  ['192.0.2.0-192.0.2.255', 'no'],
  ['192.0.2.0-192.0.3.0', 'maybe'],
  ['198.18.0.0/15', 'no'],
  ['198.18.0.0/14', 'maybe'],
  ['224.0.0.0/3', 'no'],
  ['223.255.255.255-224.0.0.0', 'maybe'],
  ['::/3', 'no'],
  ['::/2', 'maybe'],
  ['2000::/4', 'maybe'],
  ['1fff::-2000::', 'maybe'],
  ['3fff:ffff::/32', 'maybe'],
  ['4000::/2', 'no'],
  ['3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff-4000::', 'maybe'],
  ['8000::/1', 'no'],
  ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'no'],
])('the later address of a public IP is in %s: %s', (written, answer) => {
  expect(matchesPrefix(addressOf('pip'), written, HERE)).toBe(answer);
});

// Semantics 1.6: prefixes of routes may belong to the tag, and a route to a service tag leads to any public address.
test.each([
  [[], '10.9.0.1'],
  [['10.9.0.0/16'], '10.9.0.1'],
  [['33.0.0.0/8'], '10.9.0.1 33.0.0.1 pip'],
  [['AzureCloud'], '10.9.0.1 8.8.8.8 33.0.0.1 2001:db8::1 pip'],
  [['10.9.0.0/16', 'AzureCloud'], '10.9.0.1 8.8.8.8 33.0.0.1 2001:db8::1 pip'],
  [['AzureCloud', '10.9.0.0/16'], '10.9.0.1 8.8.8.8 33.0.0.1 2001:db8::1 pip'],
])('with routes to %j %s may be in VirtualNetwork', (routePrefixes, maybe) => {
  const among = '10.9.0.1 8.8.8.8 33.0.0.1 2001:db8::1 25.0.0.1 pip';
  expect(split('VirtualNetwork', { ...HERE, routePrefixes }, among)).toMatchObject({ yes: '', maybe });
});

/** Only whether there is a default route counts. */
const ROUTE = {} as Route;

// Semantics 11.1 to 11.3, with what is open settled one way and the other.
test.each<
  [written: string, surroundings: Partial<Surroundings>, probe: Answer, probe6: Answer, other: Answer]
>([
  ['Internet', {}, 'maybe', 'maybe', 'yes'],
  ['Internet', { reading: 'probe-inside' }, 'yes', 'yes', 'yes'],
  ['Internet', { reading: 'probe-outside' }, 'no', 'no', 'yes'],
  ['Internet', { reading: 'default-inside' }, 'maybe', 'maybe', 'yes'],
  ['Storage', { reading: 'probe-inside' }, 'yes', 'no', 'maybe'],
  ['Storage', { reading: 'probe-outside' }, 'no', 'no', 'maybe'],
  ['AzureLoadBalancer', { reading: 'probe-inside' }, 'yes', 'yes', 'no'],
  ['AzureLoadBalancer', { reading: 'probe-outside' }, 'yes', 'no', 'no'],
  ['10.0.0.0/33', { reading: 'probe-inside' }, 'maybe', 'maybe', 'maybe'],
  ['10.0.0.0/33', { reading: 'probe-outside' }, 'maybe', 'maybe', 'maybe'],
  ['168.63.0.0/16', { reading: 'probe-outside' }, 'yes', 'no', 'no'],
  ['VirtualNetwork', { reading: 'probe-outside' }, 'yes', 'no', 'no'],
  ['VirtualNetwork', { tagUndefined: later('routes') }, 'maybe', 'maybe', 'maybe'],
  ['VirtualNetwork', { tagUndefined: later('routes'), reading: 'probe-inside' }, 'yes', 'yes', 'maybe'],
  ['VirtualNetwork', { tagUndefined: later('routes'), reading: 'probe-outside' }, 'no', 'no', 'maybe'],
  ['VirtualNetwork', { defaultRoute: ROUTE, reading: 'default-inside' }, 'yes', 'yes', 'yes'],
  ['VirtualNetwork', { defaultRoute: ROUTE, reading: 'default-outside' }, 'yes', 'maybe', 'no'],
])('%s with %j holds the probe: %s, the IPv6 probe: %s, the internet: %s', (written, more, ...answers) => {
  const found = [PROBE, PROBE6, '8.8.8.8'].map((word) =>
    matchesPrefix(addressOf(word), written, { ...HERE, ...more }),
  );
  expect(found).toEqual(answers);
});

test('beside a default route not even the own network is certainly in VirtualNetwork', () => {
  const found = split('VirtualNetwork', { ...HERE, tagUndefined: later('routes') });
  expect(found).toEqual({ yes: '', maybe: ALL, no: '' });
  expect(split('VirtualNetwork', { ...HERE, defaultRoute: ROUTE, reading: 'default-inside' }).yes).toBe(ALL);
});

/** A network whose address space is a parameter, with one machine, peered with another. */
function network(name: string, remote: string): readonly ArmResource[] {
  const group = { networkSecurityGroup: sub('networkSecurityGroups/nsg') };
  return [
    {
      type: 'virtualNetworks',
      name,
      properties: {
        addressSpace: { addressPrefixes: [later(`space of ${name}`)] },
        subnets: [{ name: 'snet', properties: { addressPrefix: later(`prefix of ${name}`), ...group } }],
        virtualNetworkPeerings: [
          {
            name: 'peering',
            properties: {
              allowVirtualNetworkAccess: true,
              remoteVirtualNetwork: sub(`virtualNetworks/${remote}`),
            },
          },
        ],
      },
    },
    {
      type: 'networkInterfaces',
      name: `nic-${name}`,
      properties: {
        ipConfigurations: [
          { name: 'ip', properties: { subnet: sub(`virtualNetworks/${name}/subnets/snet`) } },
        ],
      },
    },
  ];
}

test('a packet to a peered network whose address space is not known may be let out by the default rules', () => {
  const group = { type: 'networkSecurityGroups', name: 'nsg', properties: { securityRules: [] } };
  const built = buildNetwork(modelOf(group, ...network('a', 'b'), ...network('b', 'a')));
  const [from, to] = [built.findEnd('nic-a'), built.findEnd('nic-b')];
  if ('names' in from || 'names' in to) throw new Error('both are there');
  const { verdict, waitsFor } = built.answer({ from, to, protocol: 'tcp', port: 22 });
  expect(verdict).toBe('unknown');
  expect(waitsFor.map(({ reason }) => reason.name)).toContain(
    'which of AllowVnetOutBound, DenyAllOutBound matches first',
  );
});
