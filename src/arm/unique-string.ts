import { Buffer } from 'node:buffer';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const C1 = 0x239b961b;
const C2 = 0xab0e9789;

/**
 * `uniqueString` of Azure: a 64-bit variant of MurmurHash 3 over the UTF-8 text of the arguments joined by `-`, written in
 * base 32 with 13 characters. The same arguments give the same text everywhere.
 */
export function uniqueString(texts: readonly string[]): string {
  let hash = murmur64(Buffer.from(texts.join('-'), 'utf8'));
  let text = '';
  for (let index = 0; index < 13; index += 1) {
    text += ALPHABET.charAt(Number(hash >> 59n));
    hash = (hash << 5n) & 0xffff_ffff_ffff_ffffn;
  }
  return text;
}

function murmur64(bytes: Buffer): bigint {
  let low = 0;
  let high = 0;
  let index = 0;
  for (; index + 7 < bytes.length; index += 8) {
    low = rotate(low ^ scramble(bytes.readInt32LE(index), C1, 15, C2), 19);
    low = Math.imul((low + high) | 0, 5) + 0x561ccd1b;
    high = rotate(high ^ scramble(bytes.readInt32LE(index + 4), C2, 17, C1), 13);
    high = Math.imul((high + low) | 0, 5) + 0x0bcaa747;
  }
  const rest = bytes.length - index;
  if (rest > 0) {
    low ^= scramble(littleEndian(bytes.subarray(index, Math.min(index + 4, bytes.length))), C1, 15, C2);
    if (rest > 4) high ^= scramble(littleEndian(bytes.subarray(index + 4)), C2, 17, C1);
  }
  low ^= bytes.length;
  high ^= bytes.length;
  low = (low + high) | 0;
  high = (high + low) | 0;
  low = finish(low);
  high = finish(high);
  low = (low + high) | 0;
  high = (high + low) | 0;
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

function scramble(word: number, first: number, by: number, second: number): number {
  return Math.imul(rotate(Math.imul(word, first), by), second);
}

function finish(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function littleEndian(bytes: Buffer): number {
  let word = 0;
  for (const [index, byte] of bytes.entries()) word |= byte << (8 * index);
  return word;
}
