import fc from 'fast-check';
import { ALL_IPV6, formatAddress, parsePrefix, symbolAddress } from '../../../src/network/packets/address.ts';
import type { IntervalSet } from '../../../src/network/packets/interval-set.ts';
import { contains, EMPTY, first, range, unionAll } from '../../../src/network/packets/interval-set.ts';
import type { PacketPoint } from '../../../src/network/packets/packet.ts';
import { PROTOCOLS, protocolSet } from '../../../src/network/packets/packet.ts';
import type { PacketBox } from '../../../src/network/packets/packet-set.ts';
import {
  box,
  containsPacket,
  EVERYTHING,
  intersectPackets,
  isNoPackets,
  NOTHING,
  projectPackets,
  subtractPackets,
  unionPackets,
} from '../../../src/network/packets/packet-set.ts';
import { witness } from '../../../src/network/packets/witness.ts';
import { cases } from '../../support/property-runs.ts';
import { build, expressionOf } from './packet-model.ts';

function addresses(...texts: readonly string[]): IntervalSet {
  return unionAll(texts.map((text) => parsePrefix(text) ?? EMPTY));
}

/** The packet as a person would write it. */
function show(point: PacketPoint | undefined): string {
  if (point === undefined) return 'none';
  const { protocol, source, sourcePort, destination, destinationPort } = point;
  return `${protocol} ${formatAddress(source)} ${sourcePort} > ${formatAddress(destination)} ${destinationPort}`;
}

const DESTINATION = addresses('10.0.1.4/30');

test.each<[string, PacketBox, string]>([
  ['everything open', {}, 'tcp 203.0.113.7 50000 > 10.0.1.4 443'],
  ['udp when tcp is closed', { protocol: protocolSet('ah', 'udp') }, 'udp 203.0.113.7 50000 > 10.0.1.4 443'],
  [
    'icmp before esp and ah, ports 0',
    { protocol: protocolSet('ah', 'icmp', 'esp') },
    'icmp 203.0.113.7 0 > 10.0.1.4 0',
  ],
  ['esp before ah, ports 0', { protocol: protocolSet('ah', 'esp') }, 'esp 203.0.113.7 0 > 10.0.1.4 0'],
  [
    'the lowest ports of a protocol without ports',
    { protocol: protocolSet('icmp'), destinationPort: range(7, 500), sourcePort: range(3, 65_536) },
    'icmp 203.0.113.7 3 > 10.0.1.4 7',
  ],
  [
    'another documentation address',
    { source: addresses('203.0.113.9-203.0.113.40', '8.8.8.8') },
    'tcp 203.0.113.9 50000 > 10.0.1.4 443',
  ],
  [
    'the last documentation address',
    { source: addresses('8.8.8.8', '203.0.113.255') },
    'tcp 203.0.113.255 50000 > 10.0.1.4 443',
  ],
  [
    'the lowest source elsewhere',
    { source: addresses('203.0.114.0', '8.8.8.8/24', '203.0.112.255') },
    'tcp 8.8.8.0 50000 > 10.0.1.4 443',
  ],
  [
    'IPv4 before symbols',
    { source: unionAll([symbolAddress(2), addresses('255.0.0.1')]) },
    'tcp 255.0.0.1 50000 > 10.0.1.4 443',
  ],
  [
    'symbols before IPv6',
    { source: unionAll([symbolAddress(2), ALL_IPV6]) },
    'tcp symbol-2 50000 > 10.0.1.4 443',
  ],
  ['the lowest IPv6 source', { source: ALL_IPV6 }, 'tcp :: 50000 > 10.0.1.4 443'],
  [
    'a dynamic port',
    { sourcePort: unionAll([range(0, 50_000), range(50_001, 65_536)]) },
    'tcp 203.0.113.7 49152 > 10.0.1.4 443',
  ],
  [
    'a high dynamic port',
    { sourcePort: unionAll([range(0, 49_152), range(60_000, 60_005)]) },
    'tcp 203.0.113.7 60000 > 10.0.1.4 443',
  ],
  ['a registered port', { sourcePort: range(0, 49_152) }, 'tcp 203.0.113.7 1024 > 10.0.1.4 443'],
  ['a privileged port', { sourcePort: range(67, 69) }, 'tcp 203.0.113.7 67 > 10.0.1.4 443'],
  ['port 80 when 443 is closed', { destinationPort: range(22, 443) }, 'tcp 203.0.113.7 50000 > 10.0.1.4 80'],
  [
    'the lowest destination port',
    { destinationPort: unionAll([range(8080, 8090), range(81, 83)]) },
    'tcp 203.0.113.7 50000 > 10.0.1.4 81',
  ],
])('the witness takes %s', (_, sides, expected) => {
  expect(show(witness(box({ destination: DESTINATION, ...sides })))).toBe(expected);
});

test('no packet is a witness of nothing', () => {
  expect(witness(NOTHING)).toBeUndefined();
  expect(witness(NOTHING, [EVERYTHING])).toBeUndefined();
});

test('a choice made first binds the later ones', () => {
  const set = unionPackets(
    box({ protocol: protocolSet('tcp'), source: addresses('8.8.8.8'), destination: DESTINATION }),
    box({ protocol: protocolSet('udp'), source: addresses('203.0.113.7'), destination: DESTINATION }),
  );
  expect(show(witness(set))).toBe('tcp 8.8.8.8 50000 > 10.0.1.4 443');
});

test('source comes before source port, source port before destination port, that before destination', () => {
  const tcp = { protocol: protocolSet('tcp') };
  const set = [
    box({
      ...tcp,
      source: addresses('203.0.113.7'),
      sourcePort: range(5, 6),
      destination: addresses('10.0.0.9'),
    }),
    box({ ...tcp, source: addresses('203.0.113.8'), destination: addresses('10.0.0.1') }),
  ].reduce(unionPackets);
  expect(show(witness(set))).toBe('tcp 203.0.113.7 5 > 10.0.0.9 443');
  const ports = [
    box({
      ...tcp,
      source: addresses('1.1.1.1'),
      sourcePort: range(50_000, 50_001),
      destinationPort: range(9, 10),
    }),
    box({
      ...tcp,
      source: addresses('1.1.1.1'),
      sourcePort: range(50_001, 50_002),
      destinationPort: range(443, 444),
    }),
  ].reduce(unionPackets);
  expect(show(witness(ports))).toBe('tcp 1.1.1.1 50000 > 0.0.0.0 9');
  const targets = [
    box({
      ...tcp,
      source: addresses('1.1.1.1'),
      destination: addresses('10.0.0.9'),
      destinationPort: range(80, 81),
    }),
    box({
      ...tcp,
      source: addresses('1.1.1.1'),
      destination: addresses('10.0.0.1'),
      destinationPort: range(22, 23),
    }),
  ].reduce(unionPackets);
  expect(show(witness(targets))).toBe('tcp 1.1.1.1 50000 > 10.0.0.9 80');
});

test('preferences apply in order, each only while a packet is left', () => {
  const set = box({ destination: DESTINATION, destinationPort: range(22, 500) });
  const port = (value: number) => box({ destinationPort: range(value, value + 1) });
  expect(show(witness(set, [port(99)]))).toBe('tcp 203.0.113.7 50000 > 10.0.1.4 99');
  expect(show(witness(set, [port(9999)]))).toBe('tcp 203.0.113.7 50000 > 10.0.1.4 443');
  expect(show(witness(set, [port(9999), port(77), port(99)]))).toBe('tcp 203.0.113.7 50000 > 10.0.1.4 77');
  expect(show(witness(set, [box({ protocol: protocolSet('udp') }), port(53)]))).toBe(
    'udp 203.0.113.7 50000 > 10.0.1.4 53',
  );
});

const any = expressionOf(3);

test('the witness is a member, of every preference too that can be met on its own', () => {
  fc.assert(
    fc.property(any, any, (x, y) => {
      const set = build(x);
      const preferred = build(y);
      const point = witness(set, [preferred]);
      if (point === undefined) return isNoPackets(set);
      const canMeet = !isNoPackets(intersectPackets(set, preferred));
      return containsPacket(set, point) && (!canMeet || containsPacket(preferred, point));
    }),
    { seed: 20_260_401, numRuns: cases(500) },
  );
});

test('the witness has the lowest protocol, and 203.0.113.7 when that is left', () => {
  const [documentation = 0] = addresses('203.0.113.7');
  fc.assert(
    fc.property(any, (expression) => {
      const set = build(expression);
      const point = witness(set);
      if (point === undefined) return isNoPackets(set);
      const protocol = Number(first(projectPackets(set, 'protocol')));
      const sources = projectPackets(
        intersectPackets(set, box({ protocol: range(protocol, protocol + 1) })),
        'source',
      );
      return (
        point.protocol === PROTOCOLS[protocol] &&
        (point.source === documentation) === contains(sources, documentation)
      );
    }),
    { seed: 20_260_402, numRuns: cases(300) },
  );
});

test('the same set gives the same witness, however it was built', () => {
  fc.assert(
    fc.property(any, any, (x, y) => {
      const set = build(x);
      const other = build(y);
      const rebuilt = unionPackets(intersectPackets(other, set), subtractPackets(set, other));
      return show(witness(set)) === show(witness(rebuilt));
    }),
    { seed: 20_260_403, numRuns: cases(300) },
  );
});
