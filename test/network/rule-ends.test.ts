import type { Collection } from '../../src/model/azure/element.ts';
import type { RuleSide } from '../../src/model/azure/network-security-group.ts';
import type { Link } from '../../src/model/model.ts';
import type { Packet, PacketAddress, TraceOptions } from '../../src/network/packet.ts';
import {
  type Answer,
  matchesOwnEnd,
  matchesPeerEnd,
  matchesPorts,
  matchesProtocol,
} from '../../src/network/rule-match.ts';
import { absent, type Evaluated, known, type Unknown, unknown } from '../../src/value/value.ts';
import { placeOf } from '../support/place.ts';

const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' } as const;
const LATER = unknown({ kind: 'parameter', name: 'later' }, ORIGIN);
const ABSENT = absent(ORIGIN);

/** `?` is not known, `-` not set. */
function text(written: string | Unknown): Evaluated<string> {
  if (typeof written !== 'string') return written;
  return written === '?' ? LATER : written === '-' ? ABSENT : known(written, ORIGIN);
}

/** A collection of which `more` is a last item `...`. */
function collection<T>(words: string, read: (word: string) => T): Collection<T> {
  const all = words.split(' ').filter((word) => word !== '');
  const items = all.filter((word) => word !== '...').map(read);
  return all.includes('...') ? { items, unknown: LATER } : { items };
}

/** `web` is a group, `web|db` one of two, `web~` that or another, `?` one that is not known, `-` none. */
function link(word: string): Link {
  if (word === '-') return { kind: 'none' };
  if (word === '?') return { kind: 'unknown', waitsFor: LATER };
  if (/^\w+$/.test(word)) return { kind: 'to', id: word };
  return { kind: 'one-of', ids: word.replace('~', '').split('|'), open: word.endsWith('~'), waitsFor: LATER };
}

const NONE: RuleSide = {
  prefixes: { items: [] },
  applicationSecurityGroups: { items: [] },
  ports: { items: [] },
};

test.each<[written: string, actual: Packet['protocol'], answer: Answer]>([
  ['*', 'udp', 'yes'],
  ['Any', 'icmp', 'yes'],
  ['ANY', 'esp', 'yes'],
  ['Tcp', 'tcp', 'yes'],
  ['TCP', 'tcp', 'yes'],
  ['Ah', 'ah', 'yes'],
  ['Tcp', 'udp', 'no'],
  ['Udp', 'tcp', 'no'],
  ['Icmp', 'tcp', 'no'],
  ['Esp', 'tcp', 'no'],
  ['Ah', 'tcp', 'no'],
  // What Azure refuses, or nobody knows.
  ['Gre', 'tcp', 'maybe'],
  ['?', 'tcp', 'maybe'],
  ['-', 'tcp', 'maybe'],
])('a rule for the protocol %s matches %s: %s', (written, actual, answer) => {
  expect(matchesProtocol(text(written), actual)).toBe(answer);
});

// Semantics 1.4: the union of all that is written; what is malformed may be anything.
test.each<[ports: string, port: number, answer: Answer]>([
  ['', 80, 'yes'],
  ['-', 80, 'yes'],
  ['*', 80, 'yes'],
  ['80', 80, 'yes'],
  ['80', 79, 'no'],
  ['80', 81, 'no'],
  ['80-90', 79, 'no'],
  ['80-90', 80, 'yes'],
  ['80-90', 90, 'yes'],
  ['80-90', 91, 'no'],
  ['80-80', 80, 'yes'],
  ['0', 0, 'yes'],
  ['0-65535', 65_535, 'yes'],
  ['65535', 65_535, 'yes'],
  ['65536', 80, 'maybe'],
  ['80-65536', 80, 'maybe'],
  ['90-80', 85, 'maybe'],
  ['080', 80, 'maybe'],
  ['80-090', 80, 'maybe'],
  ['80-', 80, 'maybe'],
  ['-80', 80, 'maybe'],
  ['80,81', 80, 'maybe'],
  ['x80', 80, 'maybe'],
  ['80x', 80, 'maybe'],
  ['123456', 80, 'maybe'],
  ['80-123456', 80, 'maybe'],
  ['http', 80, 'maybe'],
  ['22 80', 80, 'yes'],
  ['22 443', 80, 'no'],
  ['22 ?', 80, 'maybe'],
  ['80 ?', 80, 'yes'],
  ['? 80', 80, 'yes'],
  ['?', 80, 'maybe'],
  ['- 22', 80, 'no'],
  ['...', 80, 'maybe'],
  ['22 ...', 80, 'maybe'],
  ['80 ...', 80, 'yes'],
])('the ports "%s" match %d: %s', (ports, port, answer) => {
  expect(matchesPorts({ ...NONE, ports: collection(ports, text) }, port)).toBe(answer);
});

test('a port that is written as an empty text is not written', () => {
  const empty = known('', ORIGIN);
  expect(matchesPorts({ ...NONE, ports: { items: [empty] } }, 80)).toBe('yes');
  expect(matchesPorts({ ...NONE, ports: { items: [empty, known('22', ORIGIN)] } }, 80)).toBe('no');
});

const PLACE = placeOf({});
const INSIDE: TraceOptions = { closedWithoutGroup: 'no', toPrivateAddress: true };
const FLOATING: TraceOptions = { ...INSIDE, toPrivateAddress: false };
const OUT: TraceOptions = { ...INSIDE, direction: 'outbound' };

/** `pip` is the later address of a public IP, `/vnet` one in a network that is not spelled out. */
function addressOf(word: string): PacketAddress {
  if (word.startsWith('pip')) return { kind: 'public', id: word, label: word };
  return word.startsWith('/') ? { kind: 'inside', id: word, label: word } : { kind: 'ip', text: word };
}

function sideOf(prefixes: string, groups: string): RuleSide {
  return {
    ...NONE,
    prefixes: collection(prefixes, text),
    applicationSecurityGroups: collection(groups, link),
  };
}

function own(side: RuleSide, memberOf: string, options: TraceOptions = INSIDE, address = '10.0.1.4'): Answer {
  const place = { ...PLACE, memberOf: collection(memberOf, link) };
  return matchesOwnEnd(side, addressOf(address), place, options);
}

function peer(side: RuleSide, address: string, options: TraceOptions = INSIDE): Answer {
  return matchesPeerEnd(side, addressOf(address), PLACE, options);
}

test.each<[prefixes: string, answer: Answer]>([
  ['10.0.1.0/24', 'yes'],
  ['10.0.2.0/24', 'no'],
  ['10.0.2.0/24 10.0.1.4', 'yes'],
  ['10.0.2.0/24 ?', 'maybe'],
  ['? 10.0.1.4', 'yes'],
  ['?', 'maybe'],
  ['...', 'maybe'],
  ['10.0.2.0/24 ...', 'maybe'],
  ['10.0.1.4 ...', 'yes'],
  ['- 10.0.2.0/24', 'no'],
  // Without an address Azure refuses the rule.
  ['', 'maybe'],
  ['-', 'maybe'],
])('the addresses "%s" of a rule match the machine at 10.0.1.4: %s', (prefixes, answer) => {
  expect(own(sideOf(prefixes, ''), '')).toBe(answer);
  expect(peer(sideOf(prefixes, ''), '10.0.1.4')).toBe(answer);
});

// Semantics 1.7: groups match the private addresses of those in them.
test.each<[groups: string, memberOf: string, answer: Answer]>([
  ['web', 'web', 'yes'],
  ['web', 'db web', 'yes'],
  ['db web', 'web', 'yes'],
  ['web', 'db', 'no'],
  ['web', '', 'no'],
  ['web', '-', 'no'],
  ['web', 'web|db', 'maybe'],
  ['web', 'app|db', 'no'],
  ['web', 'app~', 'maybe'],
  ['web', '?', 'maybe'],
  ['web', '? web', 'yes'],
  ['web', '...', 'maybe'],
  ['web', 'db ...', 'maybe'],
  ['web', 'web ...', 'yes'],
  ['?', 'web', 'maybe'],
  ['web|db', 'web', 'maybe'],
  ['? web', 'web', 'yes'],
  ['...', 'web', 'maybe'],
  ['web ...', 'web', 'yes'],
  ['web ...', 'db', 'maybe'],
])('the groups "%s" of a rule match a machine in "%s": %s', (groups, memberOf, answer) => {
  const side = sideOf('', groups);
  expect(own(side, memberOf)).toBe(answer);
  expect(own(side, memberOf, OUT)).toBe(answer);
  // The address of a frontend is in no group.
  expect(own(side, memberOf, FLOATING)).toBe('no');
  // A machine of the root at the other end.
  const peerGroups = collection(memberOf, link);
  expect(peer(side, '10.0.1.9', { ...INSIDE, peerGroups })).toBe(answer);
  expect(peer(side, '8.8.8.8', { ...INSIDE, peerGroups })).toBe(answer);
  expect(peer(side, '10.0.1.9', { ...OUT, peerGroups })).toBe(answer);
});

test('a rule matches by its addresses or by its groups', () => {
  expect(own(sideOf('10.0.1.4', 'web'), '')).toBe('yes');
  expect(own(sideOf('10.0.1.4', 'web'), '', FLOATING)).toBe('yes');
  expect(own(sideOf('10.0.2.0/24', 'web'), 'web')).toBe('yes');
  expect(own(sideOf('10.0.2.0/24', 'web'), 'db')).toBe('no');
  expect(peer(sideOf('8.8.8.8', 'web'), '8.8.8.8')).toBe('yes');
});

// Somebody whose groups are not known may be in one if he may be in a network; what packets go out to is in none.
test.each<[groups: string, address: string, inbound: Answer]>([
  ['web', '10.0.1.9', 'maybe'],
  ['web', '10.9.9.9', 'maybe'],
  ['web', '192.168.0.1', 'maybe'],
  ['web', '/vnet', 'maybe'],
  ['web', '8.8.8.8', 'no'],
  ['web', 'pip', 'no'],
  ['...', '10.0.1.9', 'maybe'],
  ['...', '8.8.8.8', 'maybe'],
  ['web ...', 'pip', 'maybe'],
])('the groups "%s" of a rule match somebody at %s: %s', (groups, address, inbound) => {
  expect(peer(sideOf('', groups), address)).toBe(inbound);
  expect(peer(sideOf('', groups), address, OUT)).toBe('no');
});

test.each([
  ['prefixes', 'yes'],
  ['peerPrefixes', 'yes'],
  ['neighbourPrefixes', 'yes'],
  ['routePrefixes', 'yes'],
])('somebody at an address of the %s may be in a group', (kind) => {
  const surroundings = { ...PLACE.surroundings, [kind]: ['30.0.0.0/16'] };
  const asked = (text: string): Answer =>
    matchesPeerEnd(sideOf('', 'web'), { kind: 'ip', text }, { ...PLACE, surroundings }, INSIDE);
  expect([asked('30.0.0.1'), asked('30.1.0.1')]).toEqual(['maybe', 'no']);
});

/** The later address of resources: `nic.privateIPAddress`, `pip.ipAddress`; `~` when it may be something else. */
function later(written: string): RuleSide {
  const references = written
    .replace('~', '')
    .split(' ')
    .map((word) => ({ id: word.split('.')[0] ?? '', property: word.split('.')[1] ?? '' }));
  const value: Unknown = { ...LATER, references, ...(written.endsWith('~') ? { open: true } : {}) };
  return { ...NONE, prefixes: { items: [value] } };
}

const NIC = 'nic.privateIPAddress';
const PIP = 'pip.ipAddress';

// An unknown that is exactly the address of a resource is the address of that resource and of no other.
test.each<[written: string, owner: string, address: string, answer: Answer]>([
  [NIC, 'nic', '10.0.1.4', 'yes'],
  [NIC, 'nic', '/vnet', 'yes'],
  [NIC, 'other', '10.0.1.4', 'no'],
  [`${NIC}~`, 'other', '10.0.1.4', 'maybe'],
  [`${NIC} other.privateIPAddress`, 'nic', '10.0.1.4', 'maybe'],
  [`${NIC} ${PIP}`, 'nic', '10.0.1.4', 'maybe'],
  ['nic.fqdn', 'nic', '10.0.1.4', 'maybe'],
  [PIP, 'frontend', 'pip', 'yes'],
  [PIP, 'frontend', 'pip2', 'no'],
  [PIP, 'frontend', '10.0.1.4', 'no'],
  [PIP, 'frontend', '8.8.8.8', 'no'],
  [PIP, 'frontend', '/vnet', 'no'],
  [`${PIP}~`, 'frontend', 'pip2', 'maybe'],
  [`${PIP} pip2.ipAddress`, 'frontend', 'pip', 'maybe'],
  [`${PIP} pip2.ipAddress`, 'frontend', 'pip2', 'maybe'],
  [`${PIP} pip2.ipAddress`, 'frontend', 'pip3', 'no'],
  [`${PIP} pip.fqdn`, 'frontend', 'pip3', 'maybe'],
])('the later address %s matches what %s has at %s: %s', (written, owner, address, answer) => {
  const side = later(written);
  expect(own(side, '', { ...INSIDE, destinationOwner: owner }, address)).toBe(answer);
  expect(own(side, '', { ...OUT, sourceOwner: owner }, address)).toBe(answer);
  expect(peer(side, address, { ...INSIDE, sourceOwner: owner })).toBe(answer);
  expect(peer(side, address, { ...OUT, destinationOwner: owner })).toBe(answer);
});

// A stranger may have any address of its kind: a private one inside, a public one on the internet.
test.each<[written: string, address: string, answer: Answer]>([
  [NIC, '10.0.1.4', 'maybe'],
  [NIC, '10.9.9.9', 'maybe'],
  [NIC, '/vnet', 'maybe'],
  [NIC, '8.8.8.8', 'no'],
  [NIC, 'pip', 'no'],
  [`${NIC}~`, '8.8.8.8', 'maybe'],
  [PIP, '8.8.8.8', 'maybe'],
  [PIP, '2001:db8::1', 'maybe'],
  [PIP, '10.0.1.4', 'no'],
  [PIP, 'fe80::1', 'no'],
  [PIP, '/vnet', 'no'],
  [PIP, 'pip', 'yes'],
  [PIP, 'pip2', 'no'],
  [`${PIP} pip2.ipAddress`, '8.8.8.8', 'maybe'],
  [`${PIP} pip2.ipAddress`, 'pip', 'maybe'],
  [`${PIP} pip2.ipAddress`, 'pip3', 'no'],
])('the later address %s matches a stranger at %s: %s', (written, address, answer) => {
  expect(peer(later(written), address)).toBe(answer);
});

test('that there may be further addresses, which are the later one of a resource, matches that resource alone', () => {
  const more = later(NIC).prefixes.items.find((item) => item.kind === 'unknown');
  const side = { ...NONE, prefixes: { items: [], ...(more === undefined ? {} : { unknown: more }) } };
  expect(own(side, '', { ...INSIDE, destinationOwner: 'nic' })).toBe('yes');
  expect(own(side, '', { ...INSIDE, destinationOwner: 'other' })).toBe('no');
});
