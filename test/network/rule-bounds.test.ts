import { networkSecurityGroups, type SecurityRule } from '../../src/model/azure/network-security-group.ts';
import { createAddressBook } from '../../src/network/address-book.ts';
import type { Direction } from '../../src/network/default-rules.ts';
import { parseAddress } from '../../src/network/packets/address.ts';
import { contains, EMPTY } from '../../src/network/packets/interval-set.ts';
import { ALL_PORTS, ALL_PROTOCOLS, protocolSet } from '../../src/network/packets/packet.ts';
import {
  type Bounds,
  type BoundsReader,
  createBoundsReader,
  ownerOfAddress,
} from '../../src/network/rule-bounds.ts';
import type { Surroundings } from '../../src/network/surroundings.ts';
import type { Problem } from '../../src/text/problem.ts';
import { known } from '../../src/value/value.ts';
import { modelOf, sub } from '../support/arm-model.ts';
import { values } from '../support/compiled-rule.ts';
import { rule } from '../support/estate.ts';
import { namesOf, waiting } from '../support/waiting.ts';

const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' } as const;
const HERE: Surroundings = {
  key: 'here',
  virtualNetworkId: '/vnet',
  label: 'vnet',
  prefixes: ['10.0.0.0/16'],
  peerPrefixes: [],
  neighbourPrefixes: [],
  routePrefixes: [],
};

interface Read {
  readonly rule: SecurityRule;
  readonly reader: BoundsReader;
  readonly told: string[];
}

function read(match: Record<string, unknown>, direction: Direction = 'inbound', hearsFaults = true): Read {
  const properties = { securityRules: [rule(100, 'Allow', match)] };
  const [group] = networkSecurityGroups(modelOf({ type: 'networkSecurityGroups', name: 'nsg', properties }));
  const [found] = group?.rules.items ?? [];
  if (found === undefined) throw new Error('there is a rule');
  const told: string[] = [];
  const reader = createBoundsReader(found, direction, HERE, createAddressBook(), {
    unknownTag: ({ code, message }) => told.push(`${code}: ${message}`),
    ...(hearsFaults ? { malformed: ({ code, message }) => told.push(`${code}: ${message}`) } : {}),
  });
  return { rule: found, reader, told };
}

/** A secret text. */
const secret = (value: string) => ({ ...known(value, ORIGIN), sensitive: true as const });
const laterAddress = (property: string, ...ids: readonly string[]) => ({
  ...waiting('address'),
  references: ids.map((id) => ({ id, property })),
});

// Semantics 1.4.
test.each([
  ['*', ALL_PROTOCOLS],
  ['Any', ALL_PROTOCOLS],
  ['TCP', protocolSet('tcp')],
  ['udp', protocolSet('udp')],
  ['Icmp', protocolSet('icmp')],
  ['Esp', protocolSet('esp')],
  ['Ah', protocolSet('ah')],
])('the protocol %s matches %j for certain', (protocol, expected) => {
  expect(read({ protocol }).reader.protocol).toEqual({ must: expected, may: expected, waitsFor: [] });
});

test.each([
  [
    'Sctp',
    'the protocol `Sctp` of Allow100',
    ['security-rule-malformed: the protocol `Sctp` of `Allow100` is not one Azure accepts'],
  ],
  [
    secret('Sctp'),
    'the protocol of Allow100',
    ['security-rule-malformed: the protocol of `Allow100` is not one Azure accepts'],
  ],
  [
    undefined,
    'the protocol of Allow100',
    ['security-rule-malformed: the protocol of `Allow100` is not one Azure accepts'],
  ],
  [waiting('protocol'), 'protocol', []],
])('the protocol %j may match every protocol and waits for %s', (protocol, name, expected) => {
  const { reader, told } = read({ protocol });
  expect([reader.protocol.must, reader.protocol.may]).toEqual([EMPTY, ALL_PROTOCOLS]);
  expect(namesOf(reader.protocol.waitsFor)).toEqual([name]);
  expect(told).toEqual(expected);
});

test.each<[ports: Record<string, unknown>, must: readonly (number | bigint)[], waitsFor: readonly string[]]>([
  [{ destinationPortRange: '80' }, values(80), []],
  [{ destinationPortRange: '80', destinationPortRanges: ['443', '81'] }, values(80, 81, 443), []],
  [{ destinationPortRange: '', destinationPortRanges: ['443', ''] }, values(443), []],
  [{ destinationPortRange: undefined, destinationPortRanges: [null, '443'] }, values(443), []],
  [{ destinationPortRange: '0-65535' }, ALL_PORTS, []],
  [{ destinationPortRange: undefined }, ALL_PORTS, []],
  [{ destinationPortRange: '' }, ALL_PORTS, []],
  [{ destinationPortRange: '80', destinationPortRanges: [waiting('port')] }, values(80), ['port']],
  [
    { destinationPortRange: '80', destinationPortRanges: ['443-22'] },
    values(80),
    ['the destination port `443-22` of Allow100'],
  ],
  [{ destinationPortRange: waiting('port') }, EMPTY, ['port']],
  [{ destinationPortRange: undefined, destinationPortRanges: waiting('ports') }, EMPTY, ['ports']],
  [
    { destinationPortRange: '80', destinationPortRanges: { partial: ['81'], more: waiting('ports') } },
    values(80, 81),
    ['ports'],
  ],
  [{ destinationPortRange: secret('x') }, EMPTY, ['the destination port of Allow100']],
])('a rule with %j certainly matches the ports %j and waits for %j', (match, must, waitsFor) => {
  const { rule: read100, reader } = read(match);
  const bounds = reader.ports(read100.destination, 'destination port');
  expect(bounds.must).toEqual(must);
  expect(bounds.may).toEqual(waitsFor.length === 0 ? must : ALL_PORTS);
  expect(namesOf(bounds.waitsFor)).toEqual(waitsFor);
});

/** Whether an address is certainly in, may be in, or is out. */
function standing({ must, may }: Bounds, text: string): string {
  const { bound } = parseAddress(text) ?? { bound: -1 };
  return contains(must, bound) ? 'in' : contains(may, bound) ? 'maybe' : 'out';
}

function stand(match: Record<string, unknown>, side: 'source' | 'destination', direction: Direction): string {
  const { rule: read100, reader } = read(match, direction);
  const bounds = reader.addresses(read100[side]);
  return [standing(bounds, '10.0.0.1'), standing(bounds, '8.8.8.8'), ...namesOf(bounds.waitsFor)].join(' ');
}

const PIP = laterAddress('ipAddress', '/pip');
const ASG = { sourceAddressPrefix: undefined, sourceApplicationSecurityGroups: [sub('asg')] };

test.each<[match: Record<string, unknown>, direction: Direction, expected: string]>([
  [{ sourceAddressPrefix: '*' }, 'inbound', 'in in'],
  [
    { sourceAddressPrefix: '', sourceAddressPrefixes: ['8.8.8.8', '10.0.0.1'] },
    'inbound',
    'in in whether vnet lies in 8.8.8.8 whether vnet lies in 10.0.0.1',
  ],
  [
    { sourceAddressPrefix: undefined, sourceAddressPrefixes: ['8.8.8.8'] },
    'inbound',
    'out in whether vnet lies in 8.8.8.8',
  ],
  [
    { sourceAddressPrefix: '8.8.8.8', sourceAddressPrefixes: waiting('more') },
    'inbound',
    'maybe in whether vnet lies in 8.8.8.8 more',
  ],
  [{ sourceAddressPrefix: undefined }, 'inbound', 'maybe maybe the missing source address of Allow100'],
  [
    { sourceAddressPrefix: '10.0.0.0/33' },
    'inbound',
    'maybe maybe the source address `10.0.0.0/33` of Allow100',
  ],
  [{ sourceAddressPrefix: secret('10.0.0.0/33') }, 'inbound', 'maybe maybe the source address of Allow100'],
  [{ sourceAddressPrefix: secret('8.8.8.8') }, 'inbound', 'out in a sensitive source address'],
  // Semantics 1.4 and 9.4: the source of an inbound rule is a stranger, whose address can be any public one.
  [{ sourceAddressPrefix: PIP }, 'inbound', 'out maybe address'],
  [{ sourceAddressPrefix: PIP }, 'outbound', 'out out address'],
  [{ sourceAddressPrefix: undefined, sourceAddressPrefixes: PIP }, 'inbound', 'out maybe address'],
  [{ sourceAddressPrefix: laterAddress('privateIPAddress', '/nic') }, 'inbound', 'maybe out address'],
  [{ sourceAddressPrefix: laterAddress('privateIPAddress', '/nic') }, 'outbound', 'out out address'],
  // Semantics 1.7: groups at the other end of an inbound rule are machines inside.
  [ASG, 'inbound', 'maybe out /microsoft.network/asg'],
  [{ ...ASG, sourceApplicationSecurityGroups: waiting('groups') }, 'inbound', 'maybe maybe groups'],
  [ASG, 'outbound', 'out out'],
  [{ ...ASG, sourceApplicationSecurityGroups: waiting('groups') }, 'outbound', 'out out'],
])('the source %j of an %s rule, for 10.0.0.1 and 8.8.8.8: %#', (match, direction, expected) => {
  expect(stand(match, 'source', direction)).toBe(expected);
});

test.each<[match: Record<string, unknown>, direction: Direction, expected: string]>([
  [{ destinationAddressPrefix: '10.0.0.0/24' }, 'inbound', 'in out whether vnet lies in 10.0.0.0/24'],
  [{ destinationAddressPrefix: PIP }, 'inbound', 'out out address'],
  [{ destinationAddressPrefix: PIP }, 'outbound', 'out out address'],
  [{ destinationAddressPrefix: laterAddress('privateIPAddress', '/nic') }, 'inbound', 'out out address'],
  [
    { destinationAddressPrefix: undefined },
    'outbound',
    'maybe maybe the missing destination address of Allow100',
  ],
  [{ destinationAddressPrefix: secret('*') }, 'inbound', 'in in a sensitive destination address'],
  [
    { destinationAddressPrefix: undefined, destinationApplicationSecurityGroups: [sub('asg')] },
    'inbound',
    'out out',
  ],
  [
    { destinationAddressPrefix: undefined, destinationApplicationSecurityGroups: waiting('groups') },
    'inbound',
    'out out',
  ],
])('the destination %j of an %s rule, for 10.0.0.1 and 8.8.8.8: %#', (match, direction, expected) => {
  expect(stand(match, 'destination', direction)).toBe(expected);
});

test.each<[prefix: unknown, expected: readonly string[]]>([
  [
    'Intrenet',
    [
      'unknown-service-tag: the source address `Intrenet` of `Allow100` is not a service tag that Portcullis knows',
    ],
  ],
  [
    secret('Intrenet'),
    ['unknown-service-tag: the source address of `Allow100` is not a service tag that Portcullis knows'],
  ],
  ['Internet', []],
  ['ANY', []],
  ['10.0.0.1', []],
  [
    '10.0.0.0/33',
    ['security-rule-malformed: the source address `10.0.0.0/33` of `Allow100` is not one Azure accepts'],
  ],
  [undefined, ['security-rule-malformed: the missing source address of `Allow100` is not one Azure accepts']],
])('of the source %j this is told: %j', (sourceAddressPrefix, expected) => {
  const { rule: read100, reader, told } = read({ sourceAddressPrefix });
  reader.addresses(read100.source);
  expect(told).toEqual(expected);
});

test('the one who hears of tags only hears of nothing else, and the doubt stays', () => {
  const { rule: read100, reader, told } = read({ sourceAddressPrefix: '10.0.0.0/33' }, 'inbound', false);
  expect(namesOf(reader.addresses(read100.source).waitsFor)).toEqual([
    'the source address `10.0.0.0/33` of Allow100',
  ]);
  expect(told).toEqual([]);
});

test.each([
  [laterAddress('privateIPAddress', '/nic'), '/nic'],
  [laterAddress('privateIPAddress', '/nic', '/other'), undefined],
  [{ ...laterAddress('privateIPAddress', '/nic'), open: true as const }, undefined],
  [laterAddress('ipAddress', '/pip'), undefined],
  [waiting('address'), undefined],
  [known('10.0.0.1', ORIGIN), undefined],
])('the owner of %j is %s', (value, expected) => {
  expect(ownerOfAddress(value)).toBe(expected);
});

test('what is told of a rule has its place, and says what to do about a tag', () => {
  const { rule: read100, told } = read({ sourceAddressPrefix: 'Intrenet', destinationPortRange: 'x' });
  const problems: Problem[] = [];
  const keep = (problem: Problem): void => void problems.push(problem);
  const reader = createBoundsReader(read100, 'inbound', HERE, createAddressBook(), {
    unknownTag: keep,
    malformed: keep,
  });
  reader.addresses(read100.source);
  const [waitsFor] = reader.ports(read100.destination, 'destination port').waitsFor;
  const [prefix, port] = [read100.source, read100.destination].map(({ prefixes, ports }, index) =>
    index === 0 ? prefixes.items[0]?.origin : ports.items[0]?.origin,
  );
  expect(told).toEqual([]);
  expect(problems).toEqual([
    {
      code: 'unknown-service-tag',
      severity: 'warning',
      message: 'the source address `Intrenet` of `Allow100` is not a service tag that Portcullis knows',
      remedy: 'check the spelling: Azure refuses a rule with an unknown tag',
      origin: prefix,
    },
    {
      code: 'security-rule-malformed',
      severity: 'warning',
      message: 'the destination port `x` of `Allow100` is not one Azure accepts',
      origin: port,
    },
  ]);
  expect(waitsFor).toEqual({
    kind: 'unknown',
    reason: { kind: 'unsupported', name: 'the destination port `x` of Allow100' },
    origin: port,
  });
});

test('what is missing has the place of its rule, and a secret waits for the run', () => {
  const { rule: missing, reader } = read({ sourceAddressPrefix: undefined });
  expect(reader.addresses(missing.source).waitsFor[0]?.origin).toEqual(missing.origin);
  const hidden = read({ sourceAddressPrefix: secret('8.8.8.8') });
  expect(hidden.reader.addresses(hidden.rule.source).waitsFor).toEqual([
    { kind: 'unknown', reason: { kind: 'runtime', name: 'a sensitive source address' }, origin: ORIGIN },
  ]);
});
