import { isIP } from 'node:net';
import fc from 'fast-check';
import {
  ALL_IPV4,
  ALL_IPV6,
  ALL_SYMBOLS,
  ANY_ADDRESS,
  formatAddress,
  parseAddress,
  parsePrefix,
  symbolAddress,
} from '../../../src/network/packets/address.ts';
import type { Bound, IntervalSet } from '../../../src/network/packets/interval-set.ts';
import { unionAll } from '../../../src/network/packets/interval-set.ts';
import { cases } from '../../support/property-runs.ts';

const V6 = 2n ** 33n;

test('the address domain is IPv4, then symbols, then IPv6, without a gap', () => {
  expect(ALL_IPV4).toEqual([0, 4_294_967_296]);
  expect(ALL_SYMBOLS).toEqual([4_294_967_296, 8_589_934_592]);
  expect(ALL_IPV6).toEqual([8_589_934_592n, 8_589_934_592n + 2n ** 128n]);
  expect(ANY_ADDRESS).toEqual([0, 8_589_934_592n + 2n ** 128n]);
  expect(unionAll([ALL_IPV6, ALL_IPV4, ALL_SYMBOLS])).toEqual(ANY_ADDRESS);
});

test('a symbol is one address after IPv4', () => {
  expect(symbolAddress(0)).toEqual([4_294_967_296, 4_294_967_297]);
  expect(symbolAddress(41)).toEqual([4_294_967_337, 4_294_967_338]);
  expect(symbolAddress(4_294_967_295)).toEqual([8_589_934_591, 8_589_934_592]);
});

test.each([-1, 0.5, 4_294_967_296, Number.NaN])('there is no symbol %j', (index) => {
  expect(() => symbolAddress(index)).toThrow(RangeError);
});

test.each<[string, 4 | 6, Bound]>([
  ['0.0.0.0', 4, 0],
  ['0.0.0.1', 4, 1],
  ['10.0.1.4', 4, 167_772_420],
  ['168.63.129.16', 4, 2_822_734_096],
  ['255.255.255.255', 4, 4_294_967_295],
  ['::', 6, V6],
  ['::1', 6, V6 + 1n],
  ['1::', 6, V6 + (1n << 112n)],
  ['1:2:3:4:5:6:7:8', 6, V6 + 0x0001_0002_0003_0004_0005_0006_0007_0008n],
  ['0001:0002:0003:0004:0005:0006:0007:0008', 6, V6 + 0x0001_0002_0003_0004_0005_0006_0007_0008n],
  ['1:2:3:4:5:6:7::', 6, V6 + 0x0001_0002_0003_0004_0005_0006_0007_0000n],
  ['::2:3:4:5:6:7:8', 6, V6 + 0x0002_0003_0004_0005_0006_0007_0008n],
  ['1:2:3::5:6:7:8', 6, V6 + 0x0001_0002_0003_0000_0005_0006_0007_0008n],
  ['2001:DB8::FF00:42:8329', 6, V6 + 0x2001_0db8_0000_0000_0000_ff00_0042_8329n],
  ['fe80::1234:5678:9abc', 6, V6 + 0xfe80_0000_0000_0000_0000_1234_5678_9abcn],
  ['::13.1.68.3', 6, V6 + 0x0d01_4403n],
  ['::ffff:129.144.52.38', 6, V6 + 0xffff_8190_3426n],
  ['64:ff9b::192.0.2.33', 6, V6 + 0x0064_ff9b_0000_0000_0000_0000_c000_0221n],
  ['1:2:3:4:5:6:1.2.3.4', 6, V6 + 0x0001_0002_0003_0004_0005_0006_0102_0304n],
  ['1:2:3:4:5::1.2.3.4', 6, V6 + 0x0001_0002_0003_0004_0005_0000_0102_0304n],
  ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 6, V6 + 2n ** 128n - 1n],
])('the address %j is read', (text, family, bound) => {
  expect(parseAddress(text)).toStrictEqual({ family, bound });
});

test.each([
  '',
  ' ',
  '.',
  ':',
  '*',
  'Internet',
  '10',
  '10.1',
  '10.0.1',
  '10.0.0.1.',
  '.10.0.0.1',
  '10.0.0.0.1',
  '10..0.1',
  '10.0.0.256',
  '10.0.0.1000',
  '10.0.0.01',
  '010.0.0.1',
  '10.0.0.00',
  '0x0a.0.0.1',
  '10.0.0.a',
  '10.0.0.-1',
  '10.0.0.+1',
  '10.0.0.1e1',
  ' 10.0.0.1',
  '10.0.0.1 ',
  '10.0.0.1\n',
  '10.0.0.1/32',
  '10.0.0.٤',
  ':::',
  '1:::2',
  '1::2::3',
  '::1::',
  ':1',
  '1:',
  ':1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:',
  ':1:2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7:8:',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7:8::',
  '::1:2:3:4:5:6:7:8',
  '1:2:3:4::5:6:7:8',
  '12345::',
  '0fffff::',
  'g::',
  '-1::',
  '::1%eth0',
  'fe80::1%1',
  '[::1]',
  ' ::1',
  '::1 ',
  '::1\n',
  '::1/128',
  '::1.2.3',
  '::1.2.3.4.5',
  '::1.2.3.256',
  '::1.2.3.04',
  '1.2.3.4::',
  '1.2.3.4::1',
  '::1.2.3.4:5',
  '1:2:3:4:5:6:7:1.2.3.4',
  '1:2:3:4:5:6::1.2.3.4',
  '::0x1',
])('the address %j is rejected', (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

test('text is an address exactly when Node takes it for one without a zone', () => {
  const piece = fc.constantFrom(
    '0',
    '1',
    '10',
    '255',
    '256',
    '01',
    'ff',
    'FFFF',
    'abcde',
    '1.2.3.4',
    '1.2.3',
    '',
  );
  const joint = fc.constantFrom(':', ':', ':', '::', '.', '.');
  const nearMiss = fc
    .array(fc.tuple(piece, joint), { minLength: 1, maxLength: 9 })
    .chain((parts) => fc.constantFrom(parts.flat().join(''), parts.flat().slice(0, -1).join('')));
  const groups = fc.array(fc.constantFrom('0', '1', 'ab', 'FFFF'), { minLength: 6, maxLength: 9 });
  const compressed = fc.tuple(groups, fc.nat(9), fc.nat(3)).map(([parts, at, removed]) => {
    const start = parts.slice(0, at).join(':');
    return `${start}::${parts.slice(at + removed).join(':')}`;
  });
  fc.assert(
    fc.property(
      fc.oneof(
        nearMiss,
        compressed,
        groups.map((parts) => parts.join(':')),
        fc.ipV4(),
        fc.ipV6(),
      ),
      (text) => (parseAddress(text)?.family ?? 0) === isIP(text),
    ),
    { seed: 20_260_201, numRuns: cases(5000) },
  );
});

test.each<[string, IntervalSet]>([
  ['10.0.1.4', [167_772_420, 167_772_421]],
  ['10.0.1.4/32', [167_772_420, 167_772_421]],
  ['10.0.1.4/31', [167_772_420, 167_772_422]],
  ['10.0.1.5/31', [167_772_420, 167_772_422]],
  ['10.0.0.5/24', [167_772_160, 167_772_416]],
  ['10.0.0.0/8', [167_772_160, 184_549_376]],
  ['192.168.255.255/16', [3_232_235_520, 3_232_301_056]],
  ['255.255.255.255/1', [2_147_483_648, 4_294_967_296]],
  ['255.255.255.255', [4_294_967_295, 4_294_967_296]],
  ['0.0.0.0/0', [0, 4_294_967_296]],
  ['203.0.113.7/0', [0, 4_294_967_296]],
  ['::/0', [V6, V6 + 2n ** 128n]],
  ['2001:db8::1/0', [V6, V6 + 2n ** 128n]],
  ['::1', [V6 + 1n, V6 + 2n]],
  ['::1/128', [V6 + 1n, V6 + 2n]],
  ['::3/127', [V6 + 2n, V6 + 4n]],
  ['::1/1', [V6, V6 + 2n ** 127n]],
  ['2001:db8:1:2::5/32', [V6 + (0x2001_0db8n << 96n), V6 + (0x2001_0db9n << 96n)]],
  ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', [V6 + 2n ** 128n - 1n, V6 + 2n ** 128n]],
  ['10.0.0.4-10.0.0.9', [167_772_164, 167_772_170]],
  ['10.0.0.4-10.0.0.4', [167_772_164, 167_772_165]],
  ['0.0.0.0-255.255.255.255', [0, 4_294_967_296]],
  ['::1-::4', [V6 + 1n, V6 + 5n]],
])('the prefix %j is read', (text, expected) => {
  expect(parsePrefix(text)).toStrictEqual(expected);
});

test.each([
  '',
  '*',
  'VirtualNetwork',
  '/8',
  '10.0.0.0/',
  '10.0.0.0/33',
  '10.0.0.0/128',
  '10.0.0.0/08',
  '10.0.0.0/00',
  '10.0.0.0/-1',
  '10.0.0.0/+8',
  '10.0.0.0/8.0',
  '10.0.0.0/1e1',
  '10.0.0.0/ 8',
  '10.0.0.0 /8',
  ' 10.0.0.0/8',
  '10.0.0.0/8 ',
  '10.0.0.0/8\n',
  '10.0.0.0/8/8',
  '10.0.0.0//8',
  '10.0.0.0/255.0.0.0',
  '10.0/8',
  '::/129',
  '::/1000',
  '::/064',
  '::/',
  '::/12a',
  'fe80::1%eth0/64',
  '10.0.0.9-10.0.0.4',
  '10.0.0.4-',
  '-10.0.0.4',
  '-',
  '10.0.0.4-9',
  '10.0.0.4 - 10.0.0.9',
  '10.0.0.4-10.0.0.9-10.0.0.12',
  '10.0.0.0/24-10.0.0.9',
  '10.0.0.0-10.0.0.9/24',
  '10.0.0.4-::4',
  '::4-10.0.0.4',
  '::4-::1',
])('the prefix %j is rejected', (text) => {
  expect(parsePrefix(text)).toBeUndefined();
});

test('a prefix holds exactly the addresses that share its leading bits', () => {
  fc.assert(
    fc.property(fc.nat(0xffff_ffff), fc.nat(32), (value, length) => {
      const bits = value.toString(2).padStart(32, '0').slice(0, length);
      const [low = -1, end = -1] = parsePrefix(`${formatAddress(value)}/${length}`) ?? [];
      const lowest = Number.parseInt(bits.padEnd(32, '0'), 2);
      const highest = Number.parseInt(bits.padEnd(32, '1'), 2);
      return low === lowest && end === highest + 1;
    }),
    { seed: 20_260_202, numRuns: cases(1000) },
  );
});

test('an IPv6 prefix holds exactly the addresses that share its leading bits', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), fc.nat(128), (value, length) => {
      const bits = value.toString(2).padStart(128, '0').slice(0, length);
      const [low = -1, end = -1] = parsePrefix(`${formatAddress(V6 + value)}/${length}`) ?? [];
      return (
        low === V6 + BigInt(`0b${bits.padEnd(128, '0')}`) &&
        end === V6 + BigInt(`0b${bits.padEnd(128, '1')}`) + 1n
      );
    }),
    { seed: 20_260_203, numRuns: cases(1000) },
  );
});

test.each<[string, string]>([
  ['0.0.0.0', '0.0.0.0'],
  ['255.255.255.255', '255.255.255.255'],
  ['168.63.129.16', '168.63.129.16'],
  ['::', '::'],
  ['::1', '::1'],
  ['1::', '1::'],
  ['2001:0db8:0000:0000:0000:0000:0002:0001', '2001:db8::2:1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:DB8::ABCD', '2001:db8::abcd'],
  ['0:0:1:2:3:4:0:0', '::1:2:3:4:0:0'],
  ['1:2:3:4:5:6:0:0', '1:2:3:4:5:6::'],
  ['0:2:3:4:5:6:7:8', '0:2:3:4:5:6:7:8'],
  ['::ffff:c000:201', '::ffff:192.0.2.1'],
  ['::ffff:0.0.0.0', '::ffff:0.0.0.0'],
  ['::fffe:c000:201', '::fffe:c000:201'],
  ['::1.2.3.4', '::102:304'],
  ['1::ffff:102:304', '1::ffff:102:304'],
])('the address %j is written %j', (text, expected) => {
  const address = parseAddress(text);
  expect(address === undefined ? undefined : formatAddress(address.bound)).toBe(expected);
});

test('a symbol is written by its name', () => {
  expect(formatAddress(4_294_967_296)).toBe('symbol-0');
  expect(formatAddress(8_589_934_591)).toBe('symbol-4294967295');
  expect(formatAddress(4_294_967_299, (index) => `nic-${index}`)).toBe('nic-3');
  expect(formatAddress(4_294_967_295, () => 'unused')).toBe('255.255.255.255');
  expect(formatAddress(V6, () => 'unused')).toBe('::');
});

test('what is written reads back as the same address', () => {
  const group: fc.Arbitrary<bigint> = fc.constantFrom(0n, 0n, 0n, 1n, 0xffffn, 0xabcn);
  const bound: fc.Arbitrary<Bound> = fc.oneof(
    fc.nat(0xffff_ffff),
    fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map((value) => V6 + value),
    fc
      .array(group, { minLength: 8, maxLength: 8 })
      .map((groups) => V6 + groups.reduce((value, part) => value * 65_536n + part, 0n)),
  );
  fc.assert(
    fc.property(bound, (value) => parseAddress(formatAddress(value))?.bound === value),
    { seed: 20_260_204, numRuns: cases(3000) },
  );
});
