import { Buffer, isUtf8 } from 'node:buffer';

/** How the bytes of a text are encoded; `unknown` for everything Portcullis does not decode without loss. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'unknown';

/**
 * The encoding of a JSON text, by its byte order mark, else by where the NUL byte stands beside the first ASCII
 * character (RFC 4627, section 3). Windows PowerShell writes UTF-16LE with a mark for `>`. `unknown` means UTF-32, or
 * bytes that are not valid UTF-8 (Windows-1252, a compressed file).
 */
export function encodingOf(bytes: Uint8Array): Encoding {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? 'unknown' : 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first !== undefined && first !== 0 && second === 0) {
    return third === 0 && fourth === 0 ? 'unknown' : 'utf-16le';
  }
  if (first === 0 && second !== undefined && second !== 0) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'unknown';
}

/**
 * The text of `bytes` without its byte order mark. Bytes of an `unknown` encoding are read as UTF-8 with U+FFFD where
 * that fails, and half a UTF-16 unit at the end is left out. `bytes` is not changed. The caller keeps the text below
 * `buffer.constants.MAX_STRING_LENGTH`.
 */
export function decodeText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = decodeBuffer(buffer, encodingOf(bytes));
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function decodeBuffer(buffer: Buffer, encoding: Encoding): string {
  if (encoding === 'utf-16le') return buffer.toString('utf16le');
  if (encoding !== 'utf-16be') return buffer.toString('utf8');
  const swapped = Buffer.from(buffer.subarray(0, buffer.length - (buffer.length % 2)));
  return swapped.swap16().toString('utf16le');
}
