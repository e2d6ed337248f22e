import fc from 'fast-check';
import { createAddressBook } from '../../src/network/address-book.ts';
import { parseAddress, parsePrefix } from '../../src/network/packets/address.ts';
import { EMPTY, range, unionAll } from '../../src/network/packets/interval-set.ts';
import { type PacketPoint, PROTOCOLS, type Protocol, protocolSet } from '../../src/network/packets/packet.ts';
import { box, containsPacket } from '../../src/network/packets/packet-set.ts';
import { witness } from '../../src/network/packets/witness.ts';
import { placementsOf } from '../../src/network/placement.ts';
import { type Filter, type Query, reach } from '../../src/network/reach.ts';
import { compileGroup } from '../../src/network/security-rules.ts';
import { settleTags, type TagReading } from '../../src/network/surroundings.ts';
import { buildTopology } from '../../src/network/topology.ts';
import { trace } from '../../src/network/trace.ts';
import { unknown } from '../../src/value/value.ts';
import { sub } from '../support/arm-model.ts';
import { estate, rule } from '../support/estate.ts';

const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' } as const;
const UNKNOWN = unknown({ kind: 'known-after-apply', name: 'random_integer.x.result' }, ORIGIN);

const ADDRESSES = [
  '203.0.113.7',
  '8.8.8.8',
  '10.0.1.4',
  '10.0.1.200',
  '10.0.2.9',
  '192.168.3.3',
  '168.63.129.16',
  '25.1.2.3',
  '224.0.0.1',
  '100.64.0.9',
  'fe80::1234:5678:9abc',
];
const PREFIXES = [
  '*',
  'Internet',
  'VirtualNetwork',
  'AzureLoadBalancer',
  'AzureCloud',
  'internet',
  '0.0.0.0/0',
  '10.0.0.0/8',
  '10.0.1.0/24',
  '10.0.1.4',
  '203.0.113.0/24',
  '203.0.113.7/32',
  '168.63.129.16/32',
  '0.0.0.0/1',
  '128.0.0.0/1',
  '192.168.0.0/16',
  '8.8.8.8-8.8.8.9',
  UNKNOWN,
];
const PORTS = ['*', '80', '443', '80-443', '0-65535', '1-79', '8080', UNKNOWN];
const TESTED_PORTS = [1, 79, 80, 81, 443, 444, 8080, 65_535];

const arbitraryRule = fc.record({
  priority: fc.constantFrom<unknown>(100, 200, 300, 400, 500, 600, UNKNOWN),
  access: fc.constantFrom<unknown>('Allow', 'Deny', 'allow', UNKNOWN),
  direction: fc.constantFrom<unknown>('Inbound', 'Inbound', 'Inbound', 'Outbound', UNKNOWN),
  protocol: fc.constantFrom<unknown>('*', 'Tcp', 'Udp', 'ICMP', UNKNOWN),
  sourceAddressPrefix: fc.constantFrom<unknown>(...PREFIXES),
  destinationAddressPrefix: fc.constantFrom<unknown>(...PREFIXES),
  sourcePortRange: fc.constantFrom<unknown>('*', '*', '*', '1024-65535', '80', UNKNOWN),
  destinationPortRange: fc.constantFrom<unknown>(...PORTS),
});
const settled = arbitraryRule.filter((each) => !Object.values(each).includes(UNKNOWN));

/** Routes of the subnet: none, some that cannot be read, or a default route, with what is open about tags settled or not. */
type Routes = 'none' | 'elsewhere' | 'default' | TagReading;
const ROUTES: readonly Routes[] = [
  'none',
  'elsewhere',
  'default',
  'probe-inside',
  'probe-outside',
  'default-inside',
  'default-outside',
];

function networkOf(subnetRules: readonly object[], nicRules: readonly object[] | undefined, routes: Routes) {
  const number = (rules: readonly object[]): unknown[] =>
    rules.map((each, index) => ({ ...rule(100, 'Allow', { ...each }), name: `rule${index}` }));
  const model = estate({
    subnetRules: number(subnetRules),
    ...(nicRules === undefined ? {} : { nicRules: number(nicRules) }),
    ...(routes === 'none' ? {} : routes === 'elsewhere' ? ROUTES_ELSEWHERE : DEFAULT_ROUTE),
  });
  const topology = buildTopology(model);
  const [nic] = topology.interfaces;
  const [configuration] = nic?.ipConfigurations.items ?? [];
  const [placed] = nic && configuration ? placementsOf(topology, nic, configuration) : [];
  if (placed === undefined) throw new Error('the estate has one interface');
  const isSettled = routes !== 'none' && routes !== 'elsewhere' && routes !== 'default';
  const surroundings = isSettled ? settleTags(placed.surroundings, routes) : placed.surroundings;
  const placement = { ...placed, surroundings };
  const book = createAddressBook();
  const filters = placement.levels.map(({ group }): Filter => {
    if (group === 'none' || 'unreadable' in group) return group;
    return compileGroup(group, 'inbound', placement.surroundings, book).compiled;
  });
  return { placement, filters, book };
}

const ROUTES_ELSEWHERE = { subnet: { routeTable: { id: '/elsewhere/routetables/rt' } } };
const DEFAULT_ROUTE = {
  subnet: { routeTable: sub('routeTables/rt') },
  more: [
    {
      type: 'routeTables',
      name: 'rt',
      properties: { routes: [{ name: 'd', properties: { addressPrefix: '0.0.0.0/0' } }] },
    },
  ],
};

const EVERYTHING: Query = {
  protocol: range(0, PROTOCOLS.length),
  source: unionAll(ADDRESSES.map((text) => parsePrefix(text) ?? EMPTY)),
  sourcePort: range(1, 65_536),
  destination: unionAll(ADDRESSES.map((text) => parsePrefix(text) ?? EMPTY)),
  destinationPort: range(0, 65_536),
};

function pointOf(
  protocol: Protocol,
  source: string,
  sourcePort: number,
  destination: string,
  port: number,
): PacketPoint {
  const bound = (text: string): number | bigint => parseAddress(text)?.bound ?? 0;
  return {
    protocol,
    source: bound(source),
    sourcePort,
    destination: bound(destination),
    destinationPort: port,
  };
}

const arbitraryPacket = fc.tuple(
  fc.constantFrom<Protocol>('tcp', 'udp', 'icmp'),
  fc.constantFrom(...ADDRESSES),
  fc.constantFrom(80, 1023, 1024, 50_000),
  fc.constantFrom(...ADDRESSES),
  fc.constantFrom(...TESTED_PORTS),
);

const runs = Number(process.env.PORTCULLIS_RUNS ?? 1500);
const seed = process.env.PORTCULLIS_SEED === 'free' ? {} : { seed: 20_261_122 };

test('a packet certainly passes or is certainly dropped exactly when its replay says so, also with unknowns', () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryRule, { maxLength: 20 }),
      fc.option(fc.array(arbitraryRule, { maxLength: 20 }), { nil: undefined }),
      fc.constantFrom(...ROUTES),
      fc.array(arbitraryPacket, { minLength: 5, maxLength: 20 }),
      (subnetRules, nicRules, routes, packets) => {
        const { placement, filters } = networkOf(subnetRules, nicRules, routes);
        const reached = reach(EVERYTHING, filters, () => ({ is: 'no' }));
        return packets.every(([protocol, source, sourcePort, destination, destinationPort]) => {
          const point = pointOf(protocol, source, sourcePort, destination, destinationPort);
          const traced = trace(
            {
              protocol,
              source: { kind: 'ip', text: source },
              sourcePort,
              destination: { kind: 'ip', text: destination },
              destinationPort,
            },
            placement,
            { closedWithoutGroup: 'no', toPrivateAddress: true },
          );
          const symbolic = containsPacket(reached.allowed, point)
            ? 'delivered'
            : containsPacket(reached.denied, point)
              ? 'dropped'
              : 'unknown';
          return traced.verdict === symbolic;
        });
      },
    ),
    { numRuns: runs, ...seed },
  );
});

test('with nothing unknown every packet is decided unless a tag is open, and none is both', () => {
  fc.assert(
    fc.property(fc.array(settled, { maxLength: 30 }), (rules) => {
      const { filters } = networkOf(rules, undefined, 'none');
      const { allowed, denied } = reach(EVERYTHING, filters, () => ({ is: 'no' }));
      const point = witness(allowed);
      return point === undefined || !containsPacket(denied, point);
    }),
    { numRuns: Math.ceil(runs / 3), ...seed },
  );
});

test('bounds hold for every completion of the unknowns', () => {
  const completions: Readonly<Record<string, readonly unknown[]>> = {
    priority: [100, 250, 4096],
    access: ['Allow', 'Deny'],
    direction: ['Inbound', 'Outbound'],
    protocol: ['*', 'Tcp', 'Udp'],
    sourceAddressPrefix: ['*', '203.0.113.7', '10.0.0.0/8'],
    destinationAddressPrefix: ['*', '10.0.1.4'],
    sourcePortRange: ['*', '80'],
    destinationPortRange: ['*', '80', '443-8080'],
  };
  fc.assert(
    fc.property(
      fc.array(arbitraryRule, { maxLength: 8 }),
      fc.array(fc.nat(5), { minLength: 64, maxLength: 64 }),
      fc.array(arbitraryPacket, { minLength: 4, maxLength: 8 }),
      (rules, choices, packets) => {
        let next = 0;
        const completed = rules.map((each) =>
          Object.fromEntries(
            Object.entries(each).map(([name, value]) => {
              if (value !== UNKNOWN) return [name, value];
              const options = completions[name] ?? [];
              next += 1;
              return [name, options[(choices[next % choices.length] ?? 0) % options.length]];
            }),
          ),
        );
        const open = networkOf(rules, undefined, 'none');
        const closed = networkOf(completed, undefined, 'none');
        const bounds = reach(EVERYTHING, open.filters, () => ({ is: 'no' }));
        const truth = reach(EVERYTHING, closed.filters, () => ({ is: 'no' }));
        return packets.every(([protocol, source, sourcePort, destination, port]) => {
          const point = pointOf(protocol, source, sourcePort, destination, port);
          const mustPass = containsPacket(bounds.allowed, point) && containsPacket(truth.denied, point);
          const mustDrop = containsPacket(bounds.denied, point) && containsPacket(truth.allowed, point);
          return !mustPass && !mustDrop;
        });
      },
    ),
    { numRuns: runs, ...seed },
  );
});

test('what is certain while tags are open holds however they are settled', () => {
  const settled: readonly TagReading[] = [
    'probe-inside',
    'probe-outside',
    'default-inside',
    'default-outside',
  ];
  fc.assert(
    fc.property(
      fc.array(arbitraryRule, { maxLength: 12 }),
      fc.constantFrom(...settled),
      fc.array(arbitraryPacket, { minLength: 5, maxLength: 12 }),
      (rules, reading, packets) => {
        const open = reach(EVERYTHING, networkOf(rules, undefined, 'default').filters, () => ({ is: 'no' }));
        const read = reach(EVERYTHING, networkOf(rules, undefined, reading).filters, () => ({ is: 'no' }));
        return packets.every(([protocol, source, sourcePort, destination, port]) => {
          const point = pointOf(protocol, source, sourcePort, destination, port);
          const passes = !containsPacket(open.allowed, point) || containsPacket(read.allowed, point);
          return passes && (!containsPacket(open.denied, point) || containsPacket(read.denied, point));
        });
      },
    ),
    { numRuns: Math.ceil(runs / 3), ...seed },
  );
});

test('the query of a test packet is inside everything asked about', () => {
  const point = pointOf('tcp', '8.8.8.8', 50_000, '10.0.1.4', 80);
  expect(containsPacket(box({ ...EVERYTHING, protocol: protocolSet('tcp') }), point)).toBe(true);
});
