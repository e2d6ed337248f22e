import { isNear, nearestProperty } from '../../../src/arm/types/nearest-property.ts';

const NAMES = [
  'id',
  'port',
  'protocol',
  'backendPort',
  'frontendPort',
  'sourcePortRange',
  'sourcePortRanges',
];

test.each([
  ['prot', 'port'],
  ['ports', 'port'],
  ['ip', 'id'],
  ['protocl', 'protocol'],
  ['FRONTENDPROT', 'frontendPort'],
  ['frontend_port', 'frontendPort'],
  ['backend-port', 'backendPort'],
  ['sourcePortsRange', 'sourcePortRange'],
])('%s is close to %s', (written, meant) => {
  expect(nearestProperty(written, NAMES)).toBe(meant);
});

test.each(['', 'colour', 'pro', 'frontendPortRangeStart', 'x'.repeat(10_000)])(
  '%s is close to none',
  (written) => {
    expect(nearestProperty(written, NAMES)).toBeUndefined();
  },
);

test('of two names that are equally close it is the first in the alphabet, in whatever order they come', () => {
  expect(nearestProperty('cort', ['port', 'fort'])).toBe('fort');
  expect(nearestProperty('cort', ['fort', 'port'])).toBe('fort');
});

test.each([
  ['port', 'ptr', false],
  ['port', 'pot', true],
  ['interval', 'intervl1', true],
  ['interval', 'intrvl12', false],
  ['numberOfProbes', 'nummerOfProoves', true],
  ['numberOfProbes', 'numberOfRoutes1', false],
])('how many slips are forgiven grows with the name: %s, %s', (name, written, expected) => {
  expect(isNear(written, name)).toBe(expected);
});
