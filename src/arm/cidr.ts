/**
 * The address arithmetic of `parseCidr`, `cidrSubnet` and `cidrHost`. The results are those of the .NET library whose
 * property names `parseCidr` returns: an address with host bits stands for its network, IPv6 has no broadcast address
 * and its first address is usable.
 */
export interface Cidr {
  readonly family: 4 | 6;
  /** The lowest address of the range. */
  readonly network: bigint;
  readonly length: number;
}

/** Reads `address/length` of either family; undefined for anything else, a range without a length included. */
export function readCidr(text: string): Cidr | undefined {
  const [, address = '', digits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text.trim()) ?? [];
  const family = address.includes(':') ? 6 : 4;
  const value = family === 6 ? readIpv6(address) : readIpv4(address);
  const length = Number(digits);
  if (value === undefined || digits === '' || length > bitsOf(family)) return undefined;
  const size = 1n << BigInt(bitsOf(family) - length);
  return { family, network: value - (value % size), length };
}

/** What `parseCidr` says of a range; `broadcast` is left out for IPv6. */
export interface CidrParts {
  readonly network: string;
  readonly netmask: string;
  readonly broadcast?: string;
  readonly firstUsable: string | undefined;
  readonly lastUsable: string | undefined;
  readonly cidr: number;
}

/**
 * The parts of a range. The only address of an IPv4 range of one is its usable one; of a range of two no source says
 * what Azure answers.
 */
export function describeCidr({ family, network, length }: Cidr): CidrParts {
  const size = sizeOf({ family, network, length });
  const last = network + size - 1n;
  const write = (address: bigint): string => writeAddress(address, family);
  const netmask = write((1n << BigInt(bitsOf(family))) - size);
  if (family === 6) {
    return {
      network: write(network),
      netmask,
      firstUsable: write(network),
      lastUsable: write(last),
      cidr: length,
    };
  }
  const usable = (address: bigint): string | undefined => (length === 31 ? undefined : write(address));
  return {
    network: write(network),
    netmask,
    broadcast: write(last),
    firstUsable: usable(length === 32 ? network : network + 1n),
    lastUsable: usable(length === 32 ? network : last - 1n),
    cidr: length,
  };
}

/** The subnet of that length with that number, from 0; undefined when the range has no such subnet. */
export function subnetOf(range: Cidr, length: number, index: number): string | undefined {
  const bits = bitsOf(range.family);
  if (!Number.isInteger(length) || length < range.length || length > bits) return undefined;
  if (!Number.isInteger(index) || index < 0) return undefined;
  const size = 1n << BigInt(bits - length);
  const start = range.network + size * BigInt(index);
  if (start >= range.network + sizeOf(range)) return undefined;
  return `${writeAddress(start, range.family)}/${length}`;
}

/**
 * The address after the network address with that number, from 0; undefined outside the usable ones, among them every
 * address of an IPv4 range of one or two addresses, on which no source says what Azure answers.
 */
export function hostOf(range: Cidr, index: number): string | undefined {
  if (!Number.isInteger(index) || index < 0) return undefined;
  const address = range.network + 1n + BigInt(index);
  const end = range.network + sizeOf(range) - (range.family === 4 ? 1n : 0n);
  return address < end ? writeAddress(address, range.family) : undefined;
}

function bitsOf(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

function sizeOf({ family, length }: Cidr): bigint {
  return 1n << BigInt(bitsOf(family) - length);
}

function readIpv4(text: string): bigint | undefined {
  if (!/^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/.test(text)) return undefined;
  let value = 0n;
  for (const octet of text.split('.')) {
    if (Number(octet) > 255) return undefined;
    value = value * 256n + BigInt(octet);
  }
  return value;
}

/** RFC 4291, section 2.2, without an IPv4 tail and without a zone. */
function readIpv6(text: string): bigint | undefined {
  const [head = '', tail, ...others] = text.split('::');
  if (others.length > 0) return undefined;
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  if (before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array<string>(Math.max(missing, 0)).fill('0'), ...after];
  return BigInt(`0x${groups.map((group) => group.padStart(4, '0')).join('')}`);
}

function groupsOf(text: string): readonly string[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ? groups : undefined;
}

/** Dotted decimal, or lower-case groups with the longest run of zeros as `::` (RFC 5952). */
function writeAddress(address: bigint, family: 4 | 6): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  let start = 0;
  let longest = 1;
  for (let index = 0; index < groups.length; index += 1) {
    let length = 0;
    while (groups[index + length] === '0') length += 1;
    if (length > longest) [start, longest] = [index, length];
  }
  if (longest < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + longest).join(':')}`;
}
