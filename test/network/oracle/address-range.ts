/** A run of addresses on one line: IPv4 at 0 to 2^32 - 1, IPv6 from 2^128. Both ends belong to it. */
export interface AddressRange {
  readonly low: bigint;
  readonly high: bigint;
}

export type AddressRanges = readonly AddressRange[];

const IPV6_START = 1n << 128n;

export const EVERY_IPV4: AddressRange = { low: 0n, high: (1n << 32n) - 1n };
export const EVERY_IPV6: AddressRange = { low: IPV6_START, high: 2n * IPV6_START - 1n };

/** Reads an address, a prefix or a `first-last` range as the tests write them; anything else is a mistake in the test. */
export function rangeOf(text: string): AddressRange {
  const [first = '', last] = text.split('-');
  if (last !== undefined) return { low: addressOf(first), high: addressOf(last) };
  const [head = '', length] = first.split('/');
  const start = addressOf(head);
  const bits = head.includes(':') ? 128n : 32n;
  const size = 1n << (bits - BigInt(length ?? bits));
  const low = start - (start % size);
  return { low, high: low + size - 1n };
}

/** The place of an address on the line. */
export function addressOf(text: string): bigint {
  if (!text.includes(':')) {
    return text.split('.').reduce((value, octet) => value * 256n + BigInt(octet), 0n);
  }
  const [head = '', tail] = text.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return groups.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n) + IPV6_START;
}

export function isIn(address: bigint, ranges: AddressRanges): boolean {
  return ranges.some(({ low, high }) => low <= address && address <= high);
}

/** One address out of every run of addresses that none of the ranges tells apart, below and above the ends included. */
export function representatives(ranges: AddressRanges): readonly bigint[] {
  const starts = new Set<bigint>([EVERY_IPV4.low, EVERY_IPV6.low]);
  for (const { low, high } of ranges) {
    starts.add(low);
    starts.add(high + 1n);
  }
  return [...starts].filter((start) => isIn(start, [EVERY_IPV4, EVERY_IPV6]));
}
