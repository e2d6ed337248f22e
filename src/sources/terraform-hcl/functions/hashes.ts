import { createHash } from 'node:crypto';
import { type Data, failure } from '../data.ts';
import type { Environment } from '../environment.ts';
import { later } from '../unknown.ts';
import { type Definition, type Definitions, ofTexts, strict } from './definition.ts';
import { readArg } from './files.ts';

type Algorithm = 'md5' | 'sha1' | 'sha256' | 'sha512';
type Form = 'hex' | 'base64';

/** Hashes and identifiers. What is different in every run is not known. */
export const hashFunctions: Definitions = {
  base64sha256: ofText('base64sha256', 'sha256', 'base64'),
  base64sha512: ofText('base64sha512', 'sha512', 'base64'),
  bcrypt: atRandom('bcrypt', 2),
  filebase64sha256: ofFile('sha256', 'base64'),
  filebase64sha512: ofFile('sha512', 'base64'),
  filemd5: ofFile('md5', 'hex'),
  filesha1: ofFile('sha1', 'hex'),
  filesha256: ofFile('sha256', 'hex'),
  filesha512: ofFile('sha512', 'hex'),
  md5: ofText('md5', 'md5', 'hex'),
  rsadecrypt: strict(2, 2, () => later({ kind: 'unsupported', name: 'rsadecrypt()' })),
  sha1: ofText('sha1', 'sha1', 'hex'),
  sha256: ofText('sha256', 'sha256', 'hex'),
  sha512: ofText('sha512', 'sha512', 'hex'),
  uuid: atRandom('uuid', 0),
  uuidv5: ofTexts('uuidv5', 2, (namespace = '', name = '') => uuidFromName(namespace, name)),
};

function ofText(name: string, algorithm: Algorithm, form: Form): Definition {
  return ofTexts(name, 1, (text = '') => createHash(algorithm).update(text, 'utf8').digest(form));
}

function ofFile(algorithm: Algorithm, form: Form): Definition {
  return strict(1, 1, ([path], { run }: Environment) => {
    const content = readArg(path ?? null, run);
    return content instanceof Uint8Array ? createHash(algorithm).update(content).digest(form) : content;
  });
}

function atRandom(name: string, most: number): Definition {
  return strict(0, most, () => later({ kind: 'known-after-apply', name: `${name}()` }));
}

/** RFC 4122, appendix C. */
const NAMESPACES: Readonly<Record<string, string>> = {
  dns: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
  url: '6ba7b811-9dad-11d1-80b4-00c04fd430c8',
  oid: '6ba7b812-9dad-11d1-80b4-00c04fd430c8',
  x500: '6ba7b814-9dad-11d1-80b4-00c04fd430c8',
};

function uuidFromName(namespace: string, name: string): Data {
  const uuid = NAMESPACES[namespace] ?? namespace;
  if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(uuid))
    return failure(`\`${namespace}\` is no UUID`);
  const bytes = createHash('sha1')
    .update(Buffer.from(uuid.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
