import { isIP } from 'node:net';

/** Addresses of one IP version from `low` to `high`, both included, as the numbers their bits spell. */
export interface AddressRange {
  readonly version: 4 | 6;
  readonly low: bigint;
  readonly high: bigint;
}

const known = new Map<string, AddressRange | undefined>();

/**
 * The addresses of an address, a prefix or a range `first-last`, for the concrete engine, which shares no code with the
 * symbolic one. Undefined when it is malformed. Every text is read once.
 */
export function readRange(written: string): AddressRange | undefined {
  if (!known.has(written)) known.set(written, parse(written));
  return known.get(written);
}

/** Whether all addresses of one range are in the other. */
export function isWithin(inner: AddressRange, outer: AddressRange): boolean {
  return inner.version === outer.version && outer.low <= inner.low && inner.high <= outer.high;
}

function parse(written: string): AddressRange | undefined {
  const [, first = '', length, last] = /^([^/%-]+)(?:\/(0|[1-9]\d*)|-([^/%-]+))?$/.exec(written) ?? [];
  const version = isIP(first);
  if (version !== 4 && version !== 6) return undefined;
  const start = numberOf(first);
  if (last !== undefined) {
    if (isIP(last) !== version || numberOf(last) < start) return undefined;
    return { version, low: start, high: numberOf(last) };
  }
  const bits = version === 4 ? 32 : 128;
  const free = bits - Number(length ?? bits);
  if (free < 0) return undefined;
  const low = (start >> BigInt(free)) << BigInt(free);
  return { version, low, high: low + (1n << BigInt(free)) - 1n };
}

/** The bits of a well-formed address. */
function numberOf(address: string): bigint {
  if (!address.includes(':')) return BigInt(octets(address));
  const [before = [], after = []] = address.split('::').map(groups);
  const zeros = Array<string>(8 - before.length - after.length).fill('0000');
  return BigInt(`0x${[...before, ...zeros, ...after].join('')}`);
}

/** Groups of four hexadecimal digits, of which an empty text is one; a dotted end makes two of them. */
function groups(text: string): readonly string[] {
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [group.padStart(4, '0')];
    const digits = octets(group).toString(16).padStart(8, '0');
    return [digits.slice(0, 4), digits.slice(4)];
  });
}

function octets(dotted: string): number {
  return dotted.split('.').reduce((value, octet) => value * 256 + Number(octet), 0);
}
