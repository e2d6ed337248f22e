import { type Data, failure, listOf } from '../data.ts';
import { unsupported } from '../unknown.ts';
import { type Definitions, numberArg, strict, textArg, wrongArgument } from './definition.ts';

/** A block of addresses. `bits` is 32 for IPv4 and 128 for IPv6. */
interface Block {
  readonly base: bigint;
  readonly length: number;
  readonly bits: 32 | 128;
}

const MANY = 10_000;

/** Functions of IP networks. */
export const cidrFunctions: Definitions = {
  cidrhost: strict(2, 2, ([prefix, number]) => host(blockArg(prefix), numberArg(number))),
  cidrnetmask: strict(1, 1, ([prefix]) => {
    const block = blockArg(prefix);
    if (isFault(block)) return block;
    if (block.bits === 128) return failure('`cidrnetmask` of an IPv6 network');
    return formatAddress(maskOf(block.length, block.bits), block.bits);
  }),
  cidrsubnet: strict(3, 3, ([prefix, bits, number]) =>
    subnet(blockArg(prefix), numberArg(bits), numberArg(number)),
  ),
  cidrsubnets: strict(1, MANY, ([prefix, ...bits]) => subnets(blockArg(prefix), bits.map(numberArg))),
};

function isFault(block: Block | Data): block is Data {
  return typeof block !== 'object' || block === null || !('base' in block);
}

function blockArg(data: Data | undefined): Block | Data {
  const text = textArg(data) ?? '';
  const slash = text.lastIndexOf('/');
  const address = parseAddress(text.slice(0, Math.max(slash, 0)));
  const length = /^\d{1,3}$/.test(text.slice(slash + 1)) ? Number(text.slice(slash + 1)) : -1;
  if (slash === -1 || address === undefined || length < 0 || length > address.bits) {
    return failure(`\`${text}\` is no network`);
  }
  // Terraform has wrong answers for these (its own bug), and nobody writes them.
  if (address.bits === 128 && address.value >> 32n === 0xffffn)
    return unsupported('IPv4 addresses inside IPv6');
  return { base: address.value & maskOf(length, address.bits), length, bits: address.bits };
}

function maskOf(length: number, bits: number): bigint {
  return ((1n << BigInt(length)) - 1n) << BigInt(bits - length);
}

function parseAddress(text: string): { readonly value: bigint; readonly bits: 32 | 128 } | undefined {
  if (!text.includes(':')) {
    const value = parseFour(text);
    return value === undefined ? undefined : { value, bits: 32 };
  }
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const four = tail === null ? undefined : parseFour(tail[2] ?? '');
  if (tail !== null && four === undefined) return undefined;
  const groups =
    four === undefined ? text : `${tail?.[1]}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`;
  const [head = '', rest, ...others] = groups.split('::');
  if (others.length > 0) return undefined;
  const left = head === '' ? [] : head.split(':');
  const right = rest === undefined || rest === '' ? [] : rest.split(':');
  const missing = 8 - left.length - right.length;
  if (rest === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...left, ...Array.from({ length: rest === undefined ? 0 : missing }, () => '0'), ...right];
  if (!all.every((group) => /^[\dA-Fa-f]{1,4}$/.test(group))) return undefined;
  return { value: all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n), bits: 128 };
}

/** Terraform accepts leading zeros and reads them as decimal. */
function parseFour(text: string): bigint | undefined {
  const parts = text.split('.');
  const isValid = parts.length === 4 && parts.every((part) => /^\d{1,10}$/.test(part) && Number(part) <= 255);
  return isValid ? parts.reduce((sum, part) => (sum << 8n) | BigInt(Number(part)), 0n) : undefined;
}

function formatAddress(value: bigint, bits: number): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => (value >> BigInt(112 - 16 * index)) & 0xffffn);
  const run = longestZeros(groups);
  const text = (part: readonly bigint[]): string => part.map((group) => group.toString(16)).join(':');
  if (run === undefined) return text(groups);
  return `${text(groups.slice(0, run.start))}::${text(groups.slice(run.start + run.length))}`;
}

/** The run of zero groups that `::` stands for: the longest, the first of several, at least two long (RFC 5952). */
function longestZeros(
  groups: readonly bigint[],
): { readonly start: number; readonly length: number } | undefined {
  let best = { start: 0, length: 1 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === 0n) length += 1;
    if (length > best.length) best = { start, length };
  }
  return best.length < 2 ? undefined : best;
}

function formatBlock({ base, length, bits }: Block): string {
  return `${formatAddress(base, bits)}/${length}`;
}

/** The address of a number in a network; negative numbers count from its end. */
function host(block: Block | Data, number: number | undefined): Data {
  if (isFault(block)) return block;
  if (number === undefined || !Number.isInteger(number)) return wrongArgument('cidrhost', 'a whole number');
  const size = 1n << BigInt(block.bits - block.length);
  const place = BigInt(number) < 0n ? size + BigInt(number) : BigInt(number);
  if (place < 0n || place >= size) return failure(`${formatBlock(block)} has no host ${number}`);
  return formatAddress(block.base | place, block.bits);
}

function subnet(block: Block | Data, newBits: number | undefined, number: number | undefined): Data {
  if (isFault(block)) return block;
  if (newBits === undefined || number === undefined || newBits < 0 || !Number.isInteger(newBits)) {
    return wrongArgument('cidrsubnet', 'whole numbers');
  }
  const length = block.length + newBits;
  if (length > block.bits) return failure(`${formatBlock(block)} has no room for ${newBits} more bits`);
  if (!Number.isInteger(number) || number < 0 || BigInt(number) >= 1n << BigInt(newBits)) {
    return failure(`${formatBlock(block)} has no subnet ${number} of ${newBits} more bits`);
  }
  const base = block.base | (BigInt(number) << BigInt(block.bits - length));
  return formatBlock({ ...block, base, length });
}

/** Subnets one behind the other, each at the next place that fits its size. */
function subnets(block: Block | Data, newBits: readonly (number | undefined)[]): Data {
  if (isFault(block)) return block;
  const found: Data[] = [];
  let next = block.base;
  const end = block.base + (1n << BigInt(block.bits - block.length));
  for (const bits of newBits) {
    if (bits === undefined || !Number.isInteger(bits) || bits < 1 || bits > 32) {
      return failure('`cidrsubnets` needs 1 to 32 more bits for each network');
    }
    const length = block.length + bits;
    if (length > block.bits) return failure(`${formatBlock(block)} has no room for ${bits} more bits`);
    const size = 1n << BigInt(block.bits - length);
    const base = ((next + size - 1n) / size) * size;
    if (base + size > end) return failure(`${formatBlock(block)} has no room for all networks`);
    found.push(formatBlock({ ...block, base, length }));
    next = base + size;
  }
  return listOf(found);
}
