import { readCidr } from '../../src/arm/cidr.ts';
import { result } from '../support/arm-functions.ts';

const fails = expect.stringMatching(/^faults: /);

test.each([
  // Bicep CIDR functions (learn.microsoft.com, bicep-functions-cidr).
  [
    '10.144.0.0/20',
    {
      network: '10.144.0.0',
      netmask: '255.255.240.0',
      broadcast: '10.144.15.255',
      firstUsable: '10.144.0.1',
      lastUsable: '10.144.15.254',
      cidr: 20,
    },
  ],
  [
    'fdad:3236:5555::/48',
    {
      network: 'fdad:3236:5555::',
      netmask: 'ffff:ffff:ffff::',
      firstUsable: 'fdad:3236:5555::',
      lastUsable: 'fdad:3236:5555:ffff:ffff:ffff:ffff:ffff',
      cidr: 48,
    },
  ],
  // Azure/PSRule.Rules.Azure, FunctionTests.cs and CidrParsingTests.cs.
  [
    '10.144.1.1/32',
    {
      network: '10.144.1.1',
      netmask: '255.255.255.255',
      broadcast: '10.144.1.1',
      firstUsable: '10.144.1.1',
      lastUsable: '10.144.1.1',
      cidr: 32,
    },
  ],
  [
    'fdad:3236:5555::/128',
    {
      network: 'fdad:3236:5555::',
      netmask: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
      firstUsable: 'fdad:3236:5555::',
      lastUsable: 'fdad:3236:5555::',
      cidr: 128,
    },
  ],
  [
    '10.0.0.0/8',
    {
      network: '10.0.0.0',
      netmask: '255.0.0.0',
      broadcast: '10.255.255.255',
      firstUsable: '10.0.0.1',
      lastUsable: '10.255.255.254',
      cidr: 8,
    },
  ],
  // RFC 5952: one group of zeros is written out.
  [
    '3FFE:FFFF:0:CD30:0:0:0:0/64',
    {
      network: '3ffe:ffff:0:cd30::',
      netmask: 'ffff:ffff:ffff:ffff::',
      firstUsable: '3ffe:ffff:0:cd30::',
      lastUsable: '3ffe:ffff:0:cd30:ffff:ffff:ffff:ffff',
      cidr: 64,
    },
  ],
  // Host bits do not count.
  [
    '10.1.2.3/24',
    {
      network: '10.1.2.0',
      netmask: '255.255.255.0',
      broadcast: '10.1.2.255',
      firstUsable: '10.1.2.1',
      lastUsable: '10.1.2.254',
      cidr: 24,
    },
  ],
  [
    '0.0.0.0/0',
    {
      network: '0.0.0.0',
      netmask: '0.0.0.0',
      broadcast: '255.255.255.255',
      firstUsable: '0.0.0.1',
      lastUsable: '255.255.255.254',
      cidr: 0,
    },
  ],
  [
    '::/0',
    {
      network: '::',
      netmask: '::',
      firstUsable: '::',
      lastUsable: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
      cidr: 0,
    },
  ],
  [
    '10.0.0.2/31',
    {
      network: '10.0.0.2',
      netmask: '255.255.255.254',
      broadcast: '10.0.0.3',
      firstUsable: '{the usable addresses of a range of two}',
      lastUsable: '{the usable addresses of a range of two}',
      cidr: 31,
    },
  ],
  ['1000.144.0.0/20', fails],
  ['fdad:nnnn:5555::/48', fails],
])('parseCidr of %s', (range, expected) => {
  expect(result('parseCidr', range)).toEqual(expected);
});

test.each([
  // Bicep CIDR functions: the first five /24 of a /20 and the first five /52 of a /48.
  ...[0, 1, 2, 3, 4].map((index): [string, number, number, unknown] => [
    '10.144.0.0/20',
    24,
    index,
    `10.144.${index}.0/24`,
  ]),
  ['fdad:3236:5555::/48', 52, 0, 'fdad:3236:5555::/52'],
  ['fdad:3236:5555::/48', 52, 1, 'fdad:3236:5555:1000::/52'],
  ['fdad:3236:5555::/48', 52, 4, 'fdad:3236:5555:4000::/52'],
  // Azure/PSRule.Rules.Azure, FunctionTests.cs.
  ['10.144.0.0/20', 20, 0, '10.144.0.0/20'],
  ['10.144.1.1/32', 32, 0, '10.144.1.1/32'],
  ['fdad:3236:5555::/128', 128, 0, 'fdad:3236:5555::/128'],
  ['fdad:3236:5555::/48', 200, 0, fails],
  // By hand.
  ['0.0.0.0/0', 1, 1, '128.0.0.0/1'],
  ['10.0.0.0/16', 24, 255, '10.0.255.0/24'],
  ['10.0.0.0/16', 24, 256, fails],
  ['10.0.0.0/16', 15, 0, fails],
  ['10.0.0.0/16', 33, 0, fails],
  ['10.0.0.0/16', 24, -1, fails],
  ['::/0', 128, 9007199254740991, '::1f:ffff:ffff:ffff/128'],
])('cidrSubnet of %s with length %i and index %i', (range, length, index, expected) => {
  expect(result('cidrSubnet', range, length, index)).toEqual(expected);
});

test.each([
  // Bicep CIDR functions: the first five hosts of both families.
  ...[0, 1, 2, 3, 4].map((index): [string, number, unknown] => [
    '10.144.3.0/24',
    index,
    `10.144.3.${index + 1}`,
  ]),
  ...[0, 1, 2, 3, 4].map((index): [string, number, unknown] => [
    'fdad:3236:5555:3000::/52',
    index,
    `fdad:3236:5555:3000::${index + 1}`,
  ]),
  // Azure/bicep issue 10822: the first usable address of an Azure subnet.
  ['192.168.1.0/24', 3, '192.168.1.4'],
  ['192.168.1.0/24', 253, '192.168.1.254'],
  ['192.168.1.0/24', 254, fails],
  ['192.168.1.0/31', 0, fails],
  ['192.168.1.0', 0, fails],
])('cidrHost of %s with index %i', (range, index, expected) => {
  expect(result('cidrHost', range, index)).toEqual(expected);
});

test.each([
  '10.0.0.0',
  '10.0.0/24',
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0.0/a',
  '01.0.0.0/8',
  '256.0.0.0/8',
  '10.0.0.0/255.0.0.0',
  '::/129',
  '1::2::3/64',
  ':::/64',
  '1:2:3:4:5:6:7/64',
  '1:2:3:4:5:6:7:8:9/64',
  'fe80::1%eth0/64',
  '12345::/16',
  '',
])('%j is no range', (text) => {
  expect(readCidr(text)).toBeUndefined();
});
