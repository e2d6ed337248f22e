import { createAddressBook } from '../../src/network/address-book.ts';
import { parsePrefix } from '../../src/network/packets/address.ts';
import { EMPTY, range, unionAll } from '../../src/network/packets/interval-set.ts';
import { protocolSet } from '../../src/network/packets/packet.ts';
import { box, NOTHING, type PacketSet } from '../../src/network/packets/packet-set.ts';
import { type Replay, replayDropped } from '../../src/network/replay.ts';
import { unknown } from '../../src/value/value.ts';
import { rule } from '../support/estate.ts';
import { placeOf } from '../support/place.ts';

const book = createAddressBook();
const LATER = unknown({ kind: 'parameter', name: 'later' }, { kind: 'json', path: 'test.json', pointer: '' });
const PIP = book.publicAddress('/pip', 'the address of pip', LATER);

/** Packets udp to port 53 from any of the sources. */
function packetsFrom(...sources: readonly string[]): PacketSet {
  return box({
    protocol: protocolSet('udp'),
    source: unionAll(sources.map((text) => (text === 'pip' ? PIP : (parsePrefix(text) ?? EMPTY)))),
    sourcePort: range(1024, 1025),
    destination: parsePrefix('10.0.1.4') ?? EMPTY,
    destinationPort: range(53, 54),
  });
}

const REPLAY: Replay = {
  placement: placeOf({
    subnetRules: [rule(100, 'Deny', { protocol: 'Udp' }), rule(110, 'Allow')],
    ipConfiguration: { privateIPAddress: '10.0.1.4' },
  }),
  options: { closedWithoutGroup: 'no', toPrivateAddress: true },
  secrets: [],
};

test('a packet of a set that is dropped is replayed as it is, and shows the rule that drops it', () => {
  expect(replayDropped(book, packetsFrom('8.8.8.8'), REPLAY)).toMatchObject({
    verdict: 'dropped',
    packet: {
      protocol: 'udp',
      source: { kind: 'ip', text: '8.8.8.8' },
      sourcePort: 1024,
      destination: { kind: 'ip', text: '10.0.1.4' },
      destinationPort: 53,
    },
    decisive: { name: 'Deny100' },
  });
});

test.each([
  ['a neighbour rather than anybody else', ['0.0.0.0/0'], { kind: 'ip', text: '10.0.1.5' }],
  ['anybody where there is no neighbour', ['10.9.0.0/16'], { kind: 'ip', text: '10.9.0.0' }],
  [
    'a public IP whose address comes later',
    ['pip'],
    { kind: 'public', id: '/pip', label: 'the address of pip' },
  ],
])('the packet comes from %s', (_, sources, source) => {
  expect(replayDropped(book, packetsFrom(...sources), REPLAY)?.packet.source).toMatchObject(source);
});

test('secrets of the packet stay with it', () => {
  const packetWith = (secrets: Replay['secrets']): unknown =>
    replayDropped(book, packetsFrom('8.8.8.8'), { ...REPLAY, secrets })?.packet;
  expect(packetWith(['source', 'destinationPort'])).toHaveProperty('secrets', ['source', 'destinationPort']);
  expect(packetWith([])).not.toHaveProperty('secrets');
});

test('of no packets there is no replay', () => {
  expect(replayDropped(book, NOTHING, REPLAY)).toBeUndefined();
});

test.each([
  ['delivered', { subnetRules: [rule(100, 'Allow')] }],
  ['unknown', { subnet: { networkSecurityGroup: LATER } }],
])('a packet that is dropped for certain and %s when replayed is a fault of an engine', (verdict, estate) => {
  expect(() =>
    replayDropped(book, packetsFrom('8.8.8.8'), { ...REPLAY, placement: placeOf(estate) }),
  ).toThrow(`the engines disagree: a packet that is certainly dropped is ${verdict} when replayed`);
});
