import fc from 'fast-check';
import {
  ALL_IPV4,
  ALL_IPV6,
  ALL_SYMBOLS,
  ANY_ADDRESS,
  parsePrefix,
  symbolAddress,
} from '../../../src/network/packets/address.ts';
import {
  EMPTY,
  equals,
  intersect,
  range,
  subtract,
  unionAll,
} from '../../../src/network/packets/interval-set.ts';
import { ALL_PORTS, ALL_PROTOCOLS, protocolSet } from '../../../src/network/packets/packet.ts';
import type { PacketSet } from '../../../src/network/packets/packet-set.ts';
import {
  box,
  containsPacket,
  EVERYTHING,
  equalPackets,
  intersectPackets,
  isNoPackets,
  isPacketSubset,
  NOTHING,
  projectPackets,
  subtractPackets,
  unionAllPackets,
  unionPackets,
  wherever,
} from '../../../src/network/packets/packet-set.ts';
import { cases } from '../../support/property-runs.ts';
import type { Expression } from './packet-model.ts';
import {
  build,
  DIMENSIONS,
  expressionOf,
  holds,
  lowest,
  packetKey,
  SAMPLES,
  valuesOf,
} from './packet-model.ts';

const any = expressionOf(3);
const small = expressionOf(1);

function prefix(text: string): readonly (number | bigint)[] {
  return parsePrefix(text) ?? EMPTY;
}

/** Equal by every means there is, so that a law that holds also proves the form canonical. */
function isOne(a: PacketSet, b: PacketSet): boolean {
  return packetKey(a) === packetKey(b) && equalPackets(a, b) && isPacketSubset(a, b) && isPacketSubset(b, a);
}

test('a set holds exactly the packets that its construction says', () => {
  fc.assert(
    fc.property(any, (expression) => {
      const set = build(expression);
      return SAMPLES.every((sample) => containsPacket(set, sample.point) === holds(expression, sample));
    }),
    { seed: 20_260_301, numRuns: cases(300) },
  );
});

test('two sets compare as their packets do', () => {
  fc.assert(
    fc.property(any, any, (x, y) => {
      const a = build(x);
      const b = build(y);
      const inX = SAMPLES.map((sample) => holds(x, sample));
      const inY = SAMPLES.map((sample) => holds(y, sample));
      const same = inX.every((isIn, index) => isIn === inY[index]);
      const within = inX.every((isIn, index) => !isIn || inY[index] === true);
      return (
        (packetKey(a) === packetKey(b)) === same &&
        equalPackets(a, b) === same &&
        isPacketSubset(a, b) === within &&
        isNoPackets(a) === !inX.includes(true)
      );
    }),
    { seed: 20_260_302, numRuns: cases(300) },
  );
});

test('a set taken apart into single cells and put together in another order is the same set', () => {
  fc.assert(
    fc.property(small, fc.infiniteStream(fc.nat()), (expression, numbers) => {
      const cells = SAMPLES.filter((sample) => holds(expression, sample)).map((sample) => ({
        order: numbers.next().value,
        set: build({
          kind: 'box',
          sides: Object.fromEntries(
            DIMENSIONS.map((dimension) => [
              dimension,
              Array.from({ length: 7 }, (_, cell) => cell === sample.cells[dimension]),
            ]),
          ),
        }),
      }));
      cells.sort((a, b) => a.order - b.order);
      const rebuilt = cells.reduce((set, cell) => unionPackets(set, cell.set), NOTHING);
      return isOne(rebuilt, build(expression));
    }),
    { seed: 20_260_303, numRuns: cases(25) },
  );
});

test('the union of many sets does not depend on their order or grouping', () => {
  fc.assert(
    fc.property(
      fc
        .array(small, { minLength: 2, maxLength: 7 })
        .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        const left = list.map(build).reduce(unionPackets, NOTHING);
        const right = shuffled.map(build).reduceRight((set, next) => unionPackets(next, set), NOTHING);
        return isOne(left, right) && isOne(left, unionAllPackets(shuffled.map(build)));
      },
    ),
    { seed: 20_260_304, numRuns: cases(300) },
  );
});

test('the union of no sets is nothing, and that of one is itself', () => {
  const one = box({ protocol: protocolSet('udp') });
  expect(unionAllPackets([])).toBe(NOTHING);
  expect(unionAllPackets([one])).toBe(one);
});

test.each<[string, (a: PacketSet, b: PacketSet, c: PacketSet) => [PacketSet, PacketSet]]>([
  ['union commutes', (a, b) => [unionPackets(a, b), unionPackets(b, a)]],
  ['intersection commutes', (a, b) => [intersectPackets(a, b), intersectPackets(b, a)]],
  [
    'union associates',
    (a, b, c) => [unionPackets(unionPackets(a, b), c), unionPackets(a, unionPackets(b, c))],
  ],
  [
    'intersection associates',
    (a, b, c) => [intersectPackets(intersectPackets(a, b), c), intersectPackets(a, intersectPackets(b, c))],
  ],
  [
    'intersection distributes over union',
    (a, b, c) => [
      intersectPackets(a, unionPackets(b, c)),
      unionPackets(intersectPackets(a, b), intersectPackets(a, c)),
    ],
  ],
  [
    'union distributes over intersection',
    (a, b, c) => [
      unionPackets(a, intersectPackets(b, c)),
      intersectPackets(unionPackets(a, b), unionPackets(a, c)),
    ],
  ],
  [
    'the complement of a union is the intersection of the complements',
    (a, b) => [
      subtractPackets(EVERYTHING, unionPackets(a, b)),
      intersectPackets(subtractPackets(EVERYTHING, a), subtractPackets(EVERYTHING, b)),
    ],
  ],
  [
    'the complement of an intersection is the union of the complements',
    (a, b) => [
      subtractPackets(EVERYTHING, intersectPackets(a, b)),
      unionPackets(subtractPackets(EVERYTHING, a), subtractPackets(EVERYTHING, b)),
    ],
  ],
  [
    'a difference and its subtrahend are disjoint',
    (a, b) => [intersectPackets(subtractPackets(a, b), b), NOTHING],
  ],
  [
    'a difference and the intersection make the whole',
    (a, b) => [unionPackets(subtractPackets(a, b), intersectPackets(a, b)), a],
  ],
  [
    'subtracting twice is subtracting the union',
    (a, b, c) => [subtractPackets(subtractPackets(a, b), c), subtractPackets(a, unionPackets(b, c))],
  ],
  [
    'the complement of the complement is the set',
    (a) => [subtractPackets(EVERYTHING, subtractPackets(EVERYTHING, a)), a],
  ],
  [
    'a set and its complement make everything',
    (a) => [unionPackets(a, subtractPackets(EVERYTHING, a)), EVERYTHING],
  ],
  ['union with itself changes nothing', (a) => [unionPackets(a, unionPackets(a, a)), a]],
  ['nothing is neutral for union', (a) => [unionPackets(a, NOTHING), unionPackets(NOTHING, a)]],
  [
    'everything is neutral for intersection',
    (a) => [intersectPackets(a, EVERYTHING), intersectPackets(EVERYTHING, a)],
  ],
  ['everything absorbs in union', (a) => [unionPackets(a, EVERYTHING), EVERYTHING]],
  ['nothing remains of a set without everything', (a) => [subtractPackets(a, EVERYTHING), NOTHING]],
])('%s', (_, sides) => {
  fc.assert(
    fc.property(any, any, any, (x, y, z) => isOne(...sides(build(x), build(y), build(z)))),
    { seed: 20_260_305, numRuns: cases(150) },
  );
});

test('the values of each dimension are those of the packets', () => {
  fc.assert(
    fc.property(any, (expression) => {
      const set = build(expression);
      const members = SAMPLES.filter((sample) => holds(expression, sample));
      return DIMENSIONS.every((dimension) => {
        const cells = new Set(members.map((sample) => sample.cells[dimension]));
        const mask = Array.from({ length: 7 }, (_, cell) => cells.has(cell));
        return equals(projectPackets(set, dimension), valuesOf(dimension, mask));
      });
    }),
    { seed: 20_260_306, numRuns: cases(300) },
  );
});

test('operands are never changed', () => {
  fc.assert(
    fc.property(any, any, (x, y) => {
      const a = build(x);
      const b = build(y);
      const before = packetKey(a);
      unionPackets(a, b);
      intersectPackets(a, b);
      subtractPackets(a, b);
      subtractPackets(b, a);
      return packetKey(a) === before && packetKey(a) === packetKey(build(x));
    }),
    { seed: 20_260_307, numRuns: cases(100) },
  );
});

test('a box without sides is everything and spans every domain', () => {
  expect(box({})).toBe(EVERYTHING);
  expect(projectPackets(EVERYTHING, 'destination')).toEqual(ANY_ADDRESS);
  expect(projectPackets(EVERYTHING, 'source')).toEqual(ANY_ADDRESS);
  expect(projectPackets(EVERYTHING, 'protocol')).toEqual(ALL_PROTOCOLS);
  expect(projectPackets(EVERYTHING, 'destinationPort')).toEqual(ALL_PORTS);
  expect(projectPackets(EVERYTHING, 'sourcePort')).toEqual(ALL_PORTS);
});

test.each(DIMENSIONS)('a box with an empty %s is nothing', (dimension) => {
  expect(isNoPackets(box({ [dimension]: EMPTY }))).toBe(true);
  expect(packetKey(box({ [dimension]: EMPTY }))).toBe(packetKey(NOTHING));
});

test('a box keeps to the domain of each dimension', () => {
  const wide = box({
    destinationPort: range(60_000, 70_000),
    protocol: range(0, 9),
    source: range(0, 2n ** 200n),
  });
  expect(packetKey(wide)).toBe(packetKey(box({ destinationPort: range(60_000, 65_536) })));
  expect(isNoPackets(box({ sourcePort: range(65_536, 65_537) }))).toBe(true);
});

test('IPv4, symbols and IPv6 together are everything, apart they do not meet', () => {
  const families = [ALL_IPV6, ALL_IPV4, ALL_SYMBOLS].map((destination) => box({ destination }));
  expect(packetKey(families.reduce(unionPackets, NOTHING))).toBe(packetKey(EVERYTHING));
  const [six = EVERYTHING, four = EVERYTHING, symbols = EVERYTHING] = families;
  expect(isNoPackets(intersectPackets(six, symbols))).toBe(true);
  expect(isNoPackets(intersectPackets(four, symbols))).toBe(true);
  expect(isNoPackets(subtractPackets(EVERYTHING, unionPackets(four, unionPackets(symbols, six))))).toBe(true);
});

test('a hole in every dimension leaves the packets around it', () => {
  const hole = box({
    destination: prefix('10.0.1.4'),
    protocol: protocolSet('tcp'),
    destinationPort: range(8080, 8081),
    source: symbolAddress(1),
    sourcePort: range(50_000, 50_001),
  });
  const rest = subtractPackets(EVERYTHING, hole);
  const [destination = 0] = prefix('10.0.1.4');
  const inside = {
    protocol: 'tcp',
    source: 2 ** 32 + 1,
    sourcePort: 50_000,
    destination,
    destinationPort: 8080,
  } as const;
  expect(containsPacket(hole, inside)).toBe(true);
  expect(containsPacket(rest, inside)).toBe(false);
  expect(containsPacket(rest, { ...inside, protocol: 'udp' })).toBe(true);
  expect(containsPacket(rest, { ...inside, source: 2 ** 32 })).toBe(true);
  expect(containsPacket(rest, { ...inside, source: 2n ** 33n })).toBe(true);
  expect(containsPacket(rest, { ...inside, sourcePort: 49_999 })).toBe(true);
  expect(containsPacket(rest, { ...inside, destinationPort: 8081 })).toBe(true);
  expect(containsPacket(rest, { ...inside, destination: Number(destination) + 1 })).toBe(true);
  expect(projectPackets(rest, 'destinationPort')).toEqual(ALL_PORTS);
  expect(packetKey(unionPackets(rest, hole))).toBe(packetKey(EVERYTHING));
});

test('a port outside 0 to 65535 is in no set', () => {
  const point = {
    protocol: 'tcp',
    source: 0,
    sourcePort: 1,
    destination: 0,
    destinationPort: 65_536,
  } as const;
  expect(containsPacket(EVERYTHING, point)).toBe(false);
  expect(containsPacket(EVERYTHING, { ...point, destinationPort: 65_535 })).toBe(true);
  expect(containsPacket(NOTHING, { ...point, destinationPort: 80 })).toBe(false);
});

test('sets that differ in one address, one port or one protocol have different keys', () => {
  const sets = [
    NOTHING,
    EVERYTHING,
    box({ source: prefix('10.0.0.0/24') }),
    box({ source: prefix('10.0.0.0/25') }),
    box({ destination: prefix('10.0.0.0/24') }),
    box({ source: symbolAddress(0) }),
    box({ source: symbolAddress(1) }),
    box({ source: prefix('::/0') }),
    box({ source: prefix('::') }),
    box({ destinationPort: range(1, 2) }),
    box({ destinationPort: range(1, 3) }),
    box({ sourcePort: range(1, 3) }),
    box({ protocol: range(1, 3) }),
  ];
  expect(new Set(sets.map(packetKey)).size).toBe(sets.length);
  expect(sets.filter((a) => sets.filter((b) => equalPackets(a, b)).length > 1)).toEqual([]);
});

/** Distinct /24 networks: 20.0.0.0/24, 20.0.2.0/24, ... never adjacent. */
function network(index: number): readonly (number | bigint)[] {
  const start = 20 * 2 ** 24 + index * 512;
  return range(start, start + 256);
}

const QUERY = box({
  destination: prefix('10.0.1.4'),
  protocol: protocolSet('tcp'),
  source: ALL_IPV4,
  sourcePort: range(1, 65_536),
});

test('a narrow query folded through a thousand rules of a hundred prefixes splits them exactly', () => {
  const onPort = intersectPackets(QUERY, box({ destinationPort: range(443, 444) }));
  const rules = Array.from({ length: 1000 }, (_, rule) =>
    unionAll(Array.from({ length: 100 }, (_, k) => network((k * 1000 + rule) % 100_000))),
  );
  let rest = onPort;
  let allowed = NOTHING;
  for (const [index, source] of rules.entries()) {
    const rule = box({ protocol: protocolSet('tcp'), destinationPort: range(400, 500), source });
    if (index % 2 === 0) allowed = unionPackets(allowed, intersectPackets(rest, rule));
    rest = subtractPackets(rest, rule);
  }
  const every = unionAll(rules);
  const even = unionAll(rules.filter((_, index) => index % 2 === 0));
  expect(equals(projectPackets(allowed, 'source'), even)).toBe(true);
  expect(equals(projectPackets(rest, 'source'), subtract(ALL_IPV4, every))).toBe(true);
  expect(equalPackets(allowed, intersectPackets(onPort, box({ source: even })))).toBe(true);
});

test('a query for all ports keeps the rules of different ports apart', () => {
  const rules = Array.from({ length: 200 }, (_, k) => ({
    source: unionAll([network(k), network(k + 1)]),
    destinationPort: range(1000 + k, 1002 + k),
  }));
  const rest = rules.map(box).reduce(subtractPackets, QUERY);
  const sourcesAt = (port: number): readonly (number | bigint)[] =>
    projectPackets(intersectPackets(rest, box({ destinationPort: range(port, port + 1) })), 'source');
  expect(sourcesAt(999)).toEqual(ALL_IPV4);
  expect(sourcesAt(1000)).toEqual(subtract(ALL_IPV4, unionAll([network(0), network(1)])));
  expect(sourcesAt(1100)).toEqual(subtract(ALL_IPV4, unionAll([network(99), network(100), network(101)])));
  expect(sourcesAt(1201)).toEqual(ALL_IPV4);
  expect(intersect(projectPackets(rest, 'destinationPort'), ALL_PORTS)).toEqual(ALL_PORTS);
});

test('sets that differ in one of a hundred sources only are kept apart', () => {
  const same = unionAll(Array.from({ length: 100 }, (_, k) => network(k)));
  const mixed = Array.from({ length: 100 }, (_, k) => {
    const [start = 0] = network(k);
    return unionAll([subtract(same, network(k)), range(Number(start) + 1, Number(start) + 257)]);
  });
  const apart = mixed.filter((other) => {
    const first = box({ destinationPort: range(1, 2), source: same });
    const second = box({ destinationPort: range(2, 3), source: other });
    const both = unionPackets(first, second);
    const atSecond = intersectPackets(both, box({ destinationPort: range(2, 3) }));
    return (
      equals(projectPackets(atSecond, 'source'), other) &&
      equalPackets(subtractPackets(both, second), first) &&
      !equalPackets(box({ source: same }), box({ source: other })) &&
      packetKey(box({ source: same })) !== packetKey(box({ source: other }))
    );
  });
  expect(apart).toHaveLength(100);
});

test('the sample packets are at the lowest values of their cells', () => {
  const expression: Expression = { kind: 'everything' };
  expect(SAMPLES).toHaveLength(7 * 5 * 3 * 7 * 3);
  expect(SAMPLES.every((sample) => holds(expression, sample))).toBe(true);
  expect(lowest('source', 5)).toBe(2n ** 33n);
});

test('a packet is in a set wherever it goes when it is there with each of the destinations', () => {
  const masks = fc.array(fc.boolean(), { minLength: 7, maxLength: 7 });
  fc.assert(
    fc.property(any, masks, (expression, mask) => {
      const common = wherever(build(expression), valuesOf('destination', mask));
      return SAMPLES.every(({ cells, point }) => {
        const isIn = mask.every(
          (asked, destination) => !asked || holds(expression, { cells: { ...cells, destination }, point }),
        );
        return containsPacket(common, point) === isIn;
      });
    }),
    { seed: 20_260_301, numRuns: 100 },
  );
});
