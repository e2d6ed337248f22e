import fc from 'fast-check';
import type { PlainAdminRule, PlainRule, PlainSide } from './plain-estate.ts';

/** Bounds of prefixes and ports crowd around few values, so that random rules meet each other. */
const octets = fc.constantFrom(0, 1, 2, 3, 16, 63, 64, 127, 128, 168, 192, 203, 254, 255);

const ipv4Prefix = fc
  .record({
    head: fc.constantFrom('10.0', '10.0', '10.1', '20.5', '203.0', '168.63', '192.168', '25.0', '224.0'),
    third: octets,
    fourth: octets,
    length: fc.constantFrom(1, 7, 8, 12, 15, 16, 20, 23, 24, 25, 28, 31, 32),
  })
  .map(({ head, third, fourth, length }) => `${head}.${third}.${fourth}/${length}`);

const ipv6Prefix = fc
  .record({
    head: fc.constantFrom('fd00:0:0', 'fd00:0:1', '2001:db8:0', 'fe80:0:0', '2603:10:0'),
    fourth: fc.constantFrom('0', '1', 'ff', '8000'),
    tail: fc.constantFrom('0:0:0:1', '0:1234:5678:9abc', '0:0:0:0', 'ffff:ffff:ffff:ffff'),
    length: fc.constantFrom(3, 7, 16, 32, 47, 48, 49, 64, 65, 127, 128),
  })
  .map(({ head, fourth, tail, length }) => `${head}:${fourth}:${tail}/${length}`);

const address = fc.constantFrom(
  '10.0.1.4',
  '10.0.1.5',
  '20.5.1.1',
  '203.0.113.7',
  '168.63.129.16',
  'fe80::1234:5678:9abc',
  'fd00:0:0:1::4',
  '8.8.8.8-8.8.9.1',
  '10.0.0.200-10.0.1.3',
);

const prefix = fc.oneof(
  { weight: 5, arbitrary: ipv4Prefix },
  { weight: 2, arbitrary: ipv6Prefix },
  { weight: 2, arbitrary: address },
);

const tag = fc.constantFrom(
  '*',
  '*',
  '*',
  '0.0.0.0/0',
  '::/0',
  'Internet',
  'VirtualNetwork',
  'virtualnetwork',
  'AzureLoadBalancer',
  'AzureCloud.WestEurope',
  'Storage',
);

const side: fc.Arbitrary<PlainSide> = fc.oneof(
  { weight: 5, arbitrary: tag.map((text) => ({ prefixes: [text] })) },
  {
    weight: 5,
    arbitrary: fc.array(prefix, { minLength: 1, maxLength: 4 }).map((prefixes) => ({ prefixes })),
  },
  {
    weight: 1,
    arbitrary: fc.subarray(['asg-in', 'asg-out'], { minLength: 1 }).map((groups) => ({ groups })),
  },
);

const port = fc.constantFrom(0, 1, 22, 79, 80, 81, 443, 444, 1023, 1024, 8080, 49_152, 65_534, 65_535);

const ports = fc.oneof(
  { weight: 4, arbitrary: fc.constant(['*']) },
  {
    weight: 6,
    arbitrary: fc.array(
      fc.oneof(
        port.map(String),
        fc.tuple(port, port).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  },
);

/** The rules of one group: priorities are unique for each direction, as Azure demands. */
export function arbitraryRules(maxLength: number): fc.Arbitrary<readonly PlainRule[]> {
  return fc.uniqueArray(
    fc.record({
      priority: fc.integer({ min: 100, max: 4096 }),
      access: fc.constantFrom('Allow', 'Deny'),
      direction: fc.constantFrom('Inbound', 'Inbound', 'Outbound'),
      protocol: fc.constantFrom('*', '*', 'Tcp', 'Udp', 'Icmp', 'Esp', 'Ah', 'TCP'),
      source: side,
      sourcePorts: fc.oneof({ weight: 3, arbitrary: fc.constant(['*']) }, { weight: 1, arbitrary: ports }),
      destination: side,
      destinationPorts: ports,
    }),
    { maxLength, size: 'max', selector: ({ priority, direction }) => `${priority}${direction}` },
  );
}

/** Security admin rules know no application security groups. */
export function arbitraryAdminRules(maxLength: number): fc.Arbitrary<readonly PlainAdminRule[]> {
  return arbitraryRules(maxLength).chain((rules) =>
    fc.tuple(
      ...rules.map((rule) =>
        fc
          .constantFrom<PlainAdminRule['access']>('Allow', 'Deny', 'AlwaysAllow')
          .map((access): PlainAdminRule => {
            const isPlain = 'prefixes' in rule.source && 'prefixes' in rule.destination;
            const anyone: PlainSide = { prefixes: ['*'] };
            return isPlain ? { ...rule, access } : { ...rule, access, source: anyone, destination: anyone };
          }),
      ),
    ),
  );
}

/** What is asked: a set of packets between machines and clients, as the parts of a query are written. */
export interface PlainQuery {
  readonly protocols: readonly ('tcp' | 'udp' | 'icmp' | 'esp' | 'ah')[];
  readonly sources: readonly string[];
  readonly sourcePorts: string;
  readonly destinations: readonly string[];
  readonly destinationPorts: string;
}

const single = fc.constantFrom(
  '10.0.1.4',
  '10.0.1.5',
  '10.0.1.128',
  '20.5.1.1',
  '203.0.113.7',
  'fd00:0:0:1::4',
);

export const arbitraryQuery: fc.Arbitrary<PlainQuery> = fc.record({
  protocols: fc.subarray(['tcp', 'udp', 'icmp', 'esp', 'ah'], { minLength: 1 }),
  sources: fc.oneof(
    fc.constant(['0.0.0.0/0', '::/0']),
    fc.array(prefix, { minLength: 1, maxLength: 3 }),
    fc.constantFrom(['168.63.129.16'], ['fe80::1234:5678:9abc'], ['10.0.0.0/16'], ['20.5.0.0/16']),
  ),
  sourcePorts: fc.constantFrom('1-65535', '1-65535', '0-65535', '1024-65535', '80'),
  destinations: fc.uniqueArray(single, { minLength: 1, maxLength: 3 }),
  destinationPorts: fc.constantFrom('80', '443', '1-65535', '0-65535', '22', '8080'),
});
