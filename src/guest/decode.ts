import { gunzipSync } from 'node:zlib';

/** More than any field of Azure holds: custom data ends at 64 KiB. What is longer stays unread. */
export const LONGEST_TEXT: number = 1024 * 1024;

/** The text behind base64, also of compressed text. Undefined when it is no base64, no text, or unbearably long. */
export function decodeBase64(text: string): string | undefined {
  if (text.length > 2 * LONGEST_TEXT) return undefined;
  const compact = text.replace(/\s+/g, '');
  if (compact.length === 0 || compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact))
    return undefined;
  return textOfBytes(Buffer.from(compact, 'base64'));
}

/** Bytes as text: UTF-8, or UTF-8 behind gzip. Undefined for anything else. */
function textOfBytes(bytes: Buffer): string | undefined {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? unzip(bytes) : bytes;
  if (plain === undefined || plain.length > LONGEST_TEXT) return undefined;
  const decoded = plain.toString('utf8');
  return decoded.includes('\uFFFD') || decoded.includes('\0') ? undefined : decoded;
}

function unzip(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: LONGEST_TEXT });
  } catch {
    return undefined;
  }
}

/** The decoded forms of base64 words inside a text, one per line, as `encoding: b64` files are. */
export function embeddedTexts(text: string): string {
  const words = text.match(/[A-Za-z0-9+/]{24,}={0,2}/g) ?? [];
  return words.flatMap((word) => decodeBase64(word) ?? []).join('\n');
}
