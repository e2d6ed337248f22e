import fc from 'fast-check';
import { buildNetwork } from '../../src/network/network.ts';
import { ALL_IPV4, ALL_IPV6, parsePrefix } from '../../src/network/packets/address.ts';
import { EMPTY, unionAll } from '../../src/network/packets/interval-set.ts';
import { ALL_PORTS, ALL_PROTOCOLS, type PacketPoint } from '../../src/network/packets/packet.ts';
import {
  box,
  intersectPackets,
  type PacketSet,
  subtractPackets,
  unionPackets,
} from '../../src/network/packets/packet-set.ts';
import { witness } from '../../src/network/packets/witness.ts';
import type { Query } from '../../src/network/reach.ts';
import { trace } from '../../src/network/trace.ts';
import { absent } from '../../src/value/value.ts';
import { estate, rule } from '../support/estate.ts';
import { cases, seed } from '../support/property-runs.ts';
import { arbitraryAdminRules } from './oracle/arbitrary-level.ts';
import { adminResources } from './oracle/estate-resources.ts';
import { machineOf } from './oracle/machine.ts';
import { arbitraryOpenRules, type OpenMachine, openMachine } from './oracle/open-machine.ts';
import type { PlainAdminRule } from './oracle/plain-estate.ts';

interface Case extends OpenMachine {
  /** Security admin rules of the virtual network; mostly there are none. */
  readonly adminRules: readonly PlainAdminRule[];
  readonly isOutbound: boolean;
  /** Packets keep the public address of a frontend. */
  readonly isFloating: boolean;
  /** Corners of the space of packets, so that other packets than the most natural ones are tried. */
  readonly corners: readonly PacketSet[];
}

const corner: fc.Arbitrary<PacketSet> = fc
  .record({
    source: fc.constantFrom(
      '10.0.0.0/8',
      '20.0.0.0/8',
      '128.0.0.0/1',
      'fd00::/8',
      '2000::/3',
      '168.63.129.16',
    ),
    port: fc.constantFrom(0, 22, 80, 443, 8080, 65_535),
    sourcePort: fc.constantFrom(0, 80, 1024, 65_535),
  })
  .map(({ source, port, sourcePort }) =>
    box({
      source: parsePrefix(source) ?? EMPTY,
      destinationPort: [port, port + 1],
      sourcePort: [sourcePort, sourcePort + 1],
    }),
  );

/** One or two levels. Most networks are small, because small ones are cheap and fail in plain ways; one in twenty is large. */
const levels = fc.oneof(
  ...[
    { weight: 16, most: 6 },
    { weight: 3, most: 15 },
    { weight: 1, most: 40 },
  ].map(({ weight, most }) => ({
    weight,
    arbitrary: fc.array(arbitraryOpenRules(most), { minLength: 1, maxLength: 2 }),
  })),
);

const arbitraryCase: fc.Arbitrary<Case> = fc.record({
  levels,
  isMember: fc.boolean(),
  isSpaceOpen: fc.constantFrom(false, false, true),
  route: fc.constantFrom(
    undefined,
    undefined,
    '0.0.0.0/0',
    '20.5.0.0/16',
    '10.9.0.0/16',
    'AzureCloud',
    '10.9.0.0/33',
  ),
  adminRules: fc.oneof(
    { weight: 7, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: arbitraryAdminRules(6) },
  ),
  isOutbound: fc.constantFrom(false, false, true),
  isFloating: fc.boolean(),
  corners: fc.array(corner, { maxLength: 2 }),
});

const LATER = absent({ kind: 'json', path: 'test.json', pointer: '' });

/**
 * The symbolic engine splits all packets into those that pass, those that are dropped and the rest; one packet of each
 * part, and of what each corner has of each part, is walked by the concrete engine.
 */
function disagreement(drawn: Case): string | undefined {
  const direction = drawn.isOutbound ? 'outbound' : 'inbound';
  const admin = drawn.adminRules.length === 0 ? [] : adminResources('vnet0', drawn.adminRules);
  const machine = machineOf([...openMachine(drawn), ...admin], direction);
  const { book, placement } = machine;
  const own = parsePrefix('10.0.1.4') ?? EMPTY;
  const frontend = book.publicAddress('/frontend', 'the frontend', LATER);
  const anyone = unionAll([ALL_IPV4, ALL_IPV6, frontend]);
  const query: Query = {
    protocol: ALL_PROTOCOLS,
    source: drawn.isOutbound ? own : anyone,
    sourcePort: ALL_PORTS,
    destination: drawn.isOutbound ? anyone : drawn.isFloating ? frontend : own,
    destinationPort: ALL_PORTS,
  };
  const { allowed, denied } = machine.reach(query, { isFloating: drawn.isFloating });
  const rest = subtractPackets(box(query), unionPackets(allowed, denied));
  const expectations = [
    ['delivered', allowed],
    ['dropped', denied],
    ['unknown', rest],
  ] as const;
  for (const [expected, part] of expectations) {
    for (const set of [part, ...drawn.corners.map((each) => intersectPackets(each, part))]) {
      const point = witness(set);
      if (point === undefined) continue;
      const traced = trace(
        {
          protocol: point.protocol,
          source: book.describe(point.source),
          sourcePort: point.sourcePort,
          destination: book.describe(point.destination),
          destinationPort: point.destinationPort,
        },
        placement,
        {
          closedWithoutGroup: 'no',
          toPrivateAddress: drawn.isOutbound || !drawn.isFloating,
          ...(drawn.isOutbound ? { direction: 'outbound' } : {}),
        },
      );
      if (traced.verdict !== expected) return `${expected} but ${traced.verdict}: ${shown(point)}`;
    }
  }
  return undefined;
}

function shown(point: PacketPoint): string {
  return Object.entries(point)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

const networks = cases(20_000);

test(`both engines agree on ${networks} random networks of up to forty rules on two levels`, () => {
  let large = 0;
  fc.assert(
    fc.property(arbitraryCase, (drawn) => {
      if (drawn.levels.length === 2 && drawn.levels.every(({ length }) => length > 20)) large += 1;
      const found = disagreement(drawn);
      if (found !== undefined) throw new Error(found);
    }),
    { numRuns: networks, seed },
  );
  expect(large).toBeGreaterThan(networks / 400);
}, 3_600_000);

test.each([
  ['10.0.1.4-10.0.1.9', 'blocked'],
  ['9.255.255.255-10.0.0.1', 'unknown'],
  ['198.51.100.1-198.51.100.9', 'unknown'],
  ['fc00::1-fdff::1', 'blocked'],
  ['1fff::1-4000::1', 'unknown'],
  ['2000::1-2001::1', 'unknown'],
])('with a floating IP address, a rule for the destinations %s leaves the data %s', (range, verdict) => {
  const model = estate({
    subnetRules: [rule(100, 'Allow', { destinationAddressPrefix: range })],
    rule: { enableFloatingIP: true },
  });
  expect(buildNetwork(model).paths.map(({ data }) => data)).toEqual([verdict]);
});
