import type { IntervalSet } from '../../../src/network/packets/interval-set.ts';
import type { Protocol } from '../../../src/network/packets/packet.ts';
import {
  ALL_PORTS,
  ALL_PROTOCOLS,
  PROTOCOLS,
  parsePorts,
  protocolOf,
  protocolSet,
} from '../../../src/network/packets/packet.ts';

test.each<[string, IntervalSet]>([
  ['*', [0, 65_536]],
  ['0', [0, 1]],
  ['80', [80, 81]],
  ['65535', [65_535, 65_536]],
  ['0-65535', [0, 65_536]],
  ['1000-2000', [1000, 2001]],
  ['80-80', [80, 81]],
  ['1-9', [1, 10]],
  ['0-0', [0, 1]],
])('the ports %j are read', (text, expected) => {
  expect(parsePorts(text)).toEqual(expected);
});

test.each([
  '',
  ' ',
  'any',
  'Any',
  '**',
  '*-*',
  '080',
  '00',
  '80-090',
  '65536',
  '99999',
  '100000',
  '80-65536',
  '2000-1000',
  '-80',
  '80-',
  '-',
  '80--90',
  '80-90-100',
  '80,443',
  ' 80',
  '80 ',
  '80\n',
  '80 - 90',
  '+80',
  '8e1',
  '0x50',
  '80.0',
  '٨٠',
])('the ports %j are rejected', (text) => {
  expect(parsePorts(text)).toBeUndefined();
});

test('all ports are 0 to 65535', () => {
  expect(ALL_PORTS).toEqual([0, 65_536]);
});

test('protocols are numbered in their listed order', () => {
  expect(PROTOCOLS).toEqual(['tcp', 'udp', 'icmp', 'esp', 'ah']);
  expect(ALL_PROTOCOLS).toEqual([0, 5]);
});

test.each<[Protocol[], IntervalSet]>([
  [[], []],
  [['tcp'], [0, 1]],
  [['ah'], [4, 5]],
  [
    ['udp', 'tcp'],
    [0, 2],
  ],
  [
    ['icmp', 'tcp', 'icmp'],
    [0, 1, 2, 3],
  ],
  [
    ['tcp', 'udp', 'icmp', 'esp', 'ah'],
    [0, 5],
  ],
])('the set of the protocols %j', (protocols, expected) => {
  expect(protocolSet(...protocols)).toEqual(expected);
});

test.each([
  [0, 'tcp'],
  [1, 'udp'],
  [2, 'icmp'],
  [3, 'esp'],
  [4, 'ah'],
])('the protocol at %j is %j', (bound, expected) => {
  expect(protocolOf(bound)).toBe(expected);
});

test.each([5, -1, 0.5])('no protocol is at %j', (bound) => {
  expect(() => protocolOf(bound)).toThrow(RangeError);
});
