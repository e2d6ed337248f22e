import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';

const NAMESPACE = Buffer.from('11fb06fb712d4ddd98c7e71bbd588830', 'hex');

/**
 * `guid` of Azure: a name-based UUID of version 5 (RFC 4122, section 4.3) in Azure's namespace, over the UTF-8 text of the
 * arguments joined by `-`.
 */
export function guid(texts: readonly string[]): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(texts.join('-'), 'utf8').digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const digits = bytes.toString('hex', 0, 16);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
