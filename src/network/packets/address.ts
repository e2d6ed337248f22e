import type { AddressSet, Bound } from './interval-set.ts';
import { range } from './interval-set.ts';

export type { Bound } from './interval-set.ts';

const SYMBOLS_START = 2 ** 32;
const SYMBOLS_END = 2 ** 33;
const IPV6_START = 2n ** 33n;
const IPV6_END = IPV6_START + 2n ** 128n;

/** Every address: IPv4, symbols and IPv6. */
export const ANY_ADDRESS: AddressSet = range(0, IPV6_END);

/** Every IPv4 address: bounds 0 to 2^32 - 1, as numbers. */
export const ALL_IPV4: AddressSet = range(0, SYMBOLS_START);

/** Every symbol, an address known only after deployment: bounds 2^32 to 2^33 - 1, as numbers. */
export const ALL_SYMBOLS: AddressSet = range(SYMBOLS_START, SYMBOLS_END);

/** Every IPv6 address: bounds from 2^33, as bigints. */
export const ALL_IPV6: AddressSet = range(IPV6_START, IPV6_END);

/** An address and its place in the address dimension. */
export interface ParsedAddress {
  readonly family: 4 | 6;
  readonly bound: Bound;
}

/** The set of the one symbol numbered `index`, from 0; throws RangeError when there is no such symbol. */
export function symbolAddress(index: number): AddressSet {
  if (!Number.isInteger(index) || index < 0 || index >= SYMBOLS_END - SYMBOLS_START) {
    throw new RangeError(`no symbol has the number ${index}`);
  }
  return range(SYMBOLS_START + index, SYMBOLS_START + index + 1);
}

/**
 * Reads one address: IPv4 as four decimal octets without leading zeros, IPv6 as RFC 4291 section 2.2 writes
 * it (`::` for one or more groups, an IPv4 tail), without zone. Undefined for anything else, surrounding
 * spaces included.
 */
export function parseAddress(text: string): ParsedAddress | undefined {
  if (text.includes(':')) {
    const value = parseIpv6(text);
    return value === undefined ? undefined : { family: 6, bound: IPV6_START + value };
  }
  const value = parseIpv4(text);
  return value === undefined ? undefined : { family: 4, bound: value };
}

/**
 * Reads an address, a prefix (`10.0.0.0/8`, `2001:db8::/32`) or an inclusive range of one family
 * (`10.0.0.4-10.0.0.9`). Host bits of a prefix are cleared: 10.0.0.5/24 is 10.0.0.0/24. Undefined for
 * anything else: lengths above 32 or 128 or with a leading zero, a range that runs backwards, spaces.
 */
export function parsePrefix(text: string): AddressSet | undefined {
  const hyphen = text.indexOf('-');
  if (hyphen >= 0) return parseRange(text.slice(0, hyphen), text.slice(hyphen + 1));
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const bits = address.family === 4 ? 32 : 128;
  const length = slash < 0 ? bits : parseDecimal(text.slice(slash + 1), bits);
  if (length === undefined) return undefined;
  if (typeof address.bound === 'number') {
    const size = 2 ** (bits - length);
    const start = address.bound - (address.bound % size);
    return range(start, start + size);
  }
  const size = 2n ** BigInt(bits - length);
  const start = address.bound - ((address.bound - IPV6_START) % size);
  return range(start, start + size);
}

/**
 * The canonical text of an address: dotted quad, RFC 5952 for IPv6 (an IPv4-mapped address with its dotted
 * tail), `symbolName` of its number for a symbol.
 */
export function formatAddress(
  bound: Bound,
  symbolName: (index: number) => string = (index) => `symbol-${index}`,
): string {
  if (bound >= SYMBOLS_END) return formatIpv6(BigInt(bound) - IPV6_START);
  const value = Number(bound);
  return value >= SYMBOLS_START ? symbolName(value - SYMBOLS_START) : formatIpv4(value);
}

function parseRange(from: string, to: string): AddressSet | undefined {
  const low = parseAddress(from);
  const high = parseAddress(to);
  if (low === undefined || high === undefined || low.family !== high.family || low.bound > high.bound)
    return undefined;
  return range(low.bound, typeof high.bound === 'number' ? high.bound + 1 : high.bound + 1n);
}

function parseDecimal(text: string, highest: number): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,2})$/.test(text)) return undefined;
  const value = Number(text);
  return value <= highest ? value : undefined;
}

function parseIpv4(text: string): number | undefined {
  const octets = text.split('.');
  if (octets.length !== 4) return undefined;
  let value = 0;
  for (const octet of octets) {
    const number = parseDecimal(octet, 255);
    if (number === undefined) return undefined;
    value = value * 256 + number;
  }
  return value;
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = '', tail] = halves;
  const before = parseGroups(head, tail === undefined);
  const after = tail === undefined ? '' : parseGroups(tail, true);
  if (before === undefined || after === undefined) return undefined;
  const missing = 32 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 4) return undefined;
  return BigInt(`0x${before}${'0'.repeat(missing)}${after}`);
}

/**
 * The groups between colons as hexadecimal digits, four to a group; only the end of an address may be dotted.
 */
function parseGroups(text: string, isEnd: boolean): string | undefined {
  if (text === '') return '';
  const groups = text.split(':');
  let digits = '';
  for (const [index, group] of groups.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(group)) {
      digits += group.padStart(4, '0');
      continue;
    }
    const dotted = isEnd && index === groups.length - 1 ? parseIpv4(group) : undefined;
    if (dotted === undefined) return undefined;
    digits += dotted.toString(16).padStart(8, '0');
  }
  return digits;
}

function formatIpv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}

function formatIpv6(value: bigint): string {
  if (value >> 32n === 0xffffn) return `::ffff:${formatIpv4(Number(value & 0xffffffffn))}`;
  const groups = Array.from({ length: 8 }, (_, index) =>
    Number((value >> BigInt(112 - 16 * index)) & 0xffffn),
  );
  let best = { start: 0, length: 1 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  const texts = groups.map((group) => group.toString(16));
  if (best.length < 2) return texts.join(':');
  return `${texts.slice(0, best.start).join(':')}::${texts.slice(best.start + best.length).join(':')}`;
}
