import { Buffer } from 'node:buffer';
import { inflateRawSync } from 'node:zlib';

const LOCAL_FILE = 0x04034b50;
const LOCAL_FILE_SIZE = 30;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_ENTRY_SIZE = 46;
const DIRECTORY_END = 0x06054b50;
const DIRECTORY_END_SIZE = 22;
const MAX_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  /** Of the packed data. */
  readonly size: number;
  readonly offset: number;
}

/** Whether the bytes begin like a zip file, which is what `terraform plan -out` writes, whatever the file is called. */
export function isZip(bytes: Uint8Array): boolean {
  if (bytes.byteLength < 4) return false;
  const signature = viewOf(bytes).getUint32(0, true);
  return signature === LOCAL_FILE || signature === DIRECTORY_END;
}

/**
 * The names in the central directory of a zip file, in its order; `damaged` when the directory is missing, cut off, in
 * zip64 form or inconsistent. Reads nothing outside `bytes` and unpacks nothing. Format: PKWARE APPNOTE, 4.3.12 and
 * 4.3.16.
 */
export function zipEntryNames(
  bytes: Uint8Array,
): { readonly kind: 'entries'; readonly names: readonly string[] } | { readonly kind: 'damaged' } {
  const entries = entriesOf(bytes);
  return entries === undefined
    ? { kind: 'damaged' }
    : { kind: 'entries', names: entries.map(({ name }) => name) };
}

/**
 * The content of the entries whose names begin with `prefix`, by name. Undefined when the file is damaged, packs them in a way
 * other than deflate, or when they unpack to more than `mostBytes` in all.
 */
export function unpackZip(
  bytes: Uint8Array,
  prefix: string,
  mostBytes: number,
): ReadonlyMap<string, Uint8Array> | undefined {
  const contents = new Map<string, Uint8Array>();
  let left = mostBytes;
  for (const entry of entriesOf(bytes) ?? []) {
    if (!entry.name.startsWith(prefix) || entry.name.endsWith('/')) continue;
    const content = unpack(bytes, entry, left);
    if (content === undefined) return undefined;
    left -= content.byteLength;
    contents.set(entry.name, content);
  }
  return entriesOf(bytes) === undefined ? undefined : contents;
}

function unpack(
  bytes: Uint8Array,
  { method, size, offset }: ZipEntry,
  mostBytes: number,
): Uint8Array | undefined {
  const view = viewOf(bytes);
  if (offset + LOCAL_FILE_SIZE > bytes.byteLength || view.getUint32(offset, true) !== LOCAL_FILE)
    return undefined;
  const start =
    offset + LOCAL_FILE_SIZE + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + size > bytes.byteLength) return undefined;
  const packed = bytes.subarray(start, start + size);
  if (method === STORED) return size > mostBytes ? undefined : packed;
  if (method !== DEFLATED || mostBytes < 1) return undefined;
  try {
    return inflateRawSync(packed, { maxOutputLength: mostBytes });
  } catch {
    return undefined;
  }
}

function entriesOf(bytes: Uint8Array): readonly ZipEntry[] | undefined {
  const view = viewOf(bytes);
  const end = directoryEnd(view);
  if (end === -1) return undefined;
  const count = view.getUint16(end + 10, true);
  let offset = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (offset + DIRECTORY_ENTRY_SIZE > end || view.getUint32(offset, true) !== DIRECTORY_ENTRY)
      return undefined;
    const nameStart = offset + DIRECTORY_ENTRY_SIZE;
    const nameEnd = nameStart + view.getUint16(offset + 28, true);
    if (nameEnd > end) return undefined;
    entries.push({
      name: Buffer.from(bytes.subarray(nameStart, nameEnd)).toString('utf8'),
      method: view.getUint16(offset + 10, true),
      size: view.getUint32(offset + 20, true),
      offset: view.getUint32(offset + 42, true),
    });
    offset = nameEnd + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true);
  }
  return entries;
}

function directoryEnd(view: DataView): number {
  const last = view.byteLength - DIRECTORY_END_SIZE;
  for (let offset = last; offset >= Math.max(0, last - MAX_COMMENT); offset -= 1) {
    if (view.getUint32(offset, true) !== DIRECTORY_END) continue;
    if (offset + DIRECTORY_END_SIZE + view.getUint16(offset + 20, true) === view.byteLength) return offset;
  }
  return -1;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
