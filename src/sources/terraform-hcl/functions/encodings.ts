import type { ScalarTag } from 'yaml';
import { conceal, type Data, failure, isLater, isThing, type Later, reveal } from '../data.ts';
import type { Run } from '../environment.ts';
import { partsOf } from '../text.ts';
import { derive, later, nameOf, unknownsIn, unsupported } from '../unknown.ts';
import { decodeCsv, fromJson, writeJson, writeYaml } from './data-formats.ts';
import {
  type Definition,
  type Definitions,
  ofTexts,
  partial,
  strict,
  textArg,
  wrongArgument,
} from './definition.ts';

/** Functions that encode and decode. Text that is partly known stays readable in its encoding. */
export const encodingFunctions: Definitions = {
  base64decode: partial(1, 1, ([text]) => decodeBase64(text ?? null)),
  base64encode: encoding('base64encode', 'base64', (text) => Buffer.from(text, 'utf8').toString('base64')),
  base64gzip: encoding('base64gzip', 'gzip', undefined),
  csvdecode: ofTexts('csvdecode', 1, (text = '') => decodeCsv(text)),
  jsondecode: ofTexts('jsondecode', 1, (text = '') => decodeJson(text)),
  jsonencode: partial(1, 1, ([value]) => writeJson(value ?? null)),
  textdecodebase64: ofTexts('textdecodebase64', 2, (text = '', name = '') => decodeText(text, name)),
  textencodebase64: ofTexts('textencodebase64', 2, (text = '', name = '') => encodeText(text, name)),
  urlencode: ofTexts('urlencode', 1, (text = '') =>
    encodeURIComponent(text)
      .replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%20', '+'),
  ),
  yamldecode: strict(1, 1, ([text], { run }) => decodeYaml(textArg(text), run)),
  yamlencode: { ...strict(1, 1, ([value]) => writeYaml(value ?? null)), nullable: true },
};

/**
 * An encoding of text. Where the text is partly known, the result keeps it as its parts. Without `encode` the bytes are not
 * those of Terraform, so that the result is never known.
 */
function encoding(
  name: string,
  encoding: 'base64' | 'gzip',
  encode: ((text: string) => string) | undefined,
): Definition {
  return partial(1, 1, ([text = null]) => {
    const { data, secret } = reveal(text);
    const parts = partsOf(data);
    if (parts === undefined) return wrongArgument(name, 'text');
    const [only = ''] = parts;
    if (parts.length < 2 && typeof only === 'string' && encode !== undefined)
      return conceal(encode(only), secret);
    const unknown = parts.filter((part): part is Later => typeof part !== 'string');
    const inner = nameOf(data);
    const expression = inner === undefined ? undefined : `${encoding}(${inner})`;
    const base =
      unknown.length > 0 ? derive(unknown, expression) : later({ kind: 'unsupported', name: `${name}()` });
    return conceal({ ...base, parts, encoding }, secret);
  });
}

function decodeBase64(text: Data): Data {
  if (isLater(text)) {
    const isEncoded = text.encoding === 'base64' && text.parts !== undefined;
    if (!isEncoded)
      return derive([text], text.expression === undefined ? undefined : `base64decode(${text.expression})`);
    const { encoding: _, expression: __, ...decoded } = text;
    return decoded;
  }
  if (isThing(text)) return derive(unknownsIn(text));
  const source = textArg(text);
  if (source === undefined) return wrongArgument('base64decode', 'text');
  const bytes = bytesOf(source);
  if (bytes === undefined) return failure('`base64decode` of text that is not base64');
  return toUtf8(bytes) ?? failure('`base64decode` of bytes that are not text');
}

function bytesOf(text: string): Buffer | undefined {
  const compact = text.replaceAll(/[\r\n]/g, '');
  const isValid = compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact);
  return isValid ? Buffer.from(compact, 'base64') : undefined;
}

function toUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function decodeJson(text: string): Data {
  try {
    return fromJson(JSON.parse(text)) ?? failure('`jsondecode` of something nested too deeply');
  } catch {
    return failure('`jsondecode` of text that is not JSON');
  }
}

function decodeYaml(text: string | undefined, { yaml }: Run): Data {
  if (text === undefined) return wrongArgument('yamldecode', 'text');
  if (yaml === undefined) return unsupported('yamldecode()');
  try {
    const options = { merge: true, prettyErrors: false, customTags: [TRUTH, TIME] };
    const document = yaml.parseDocument(text, options);
    if (document.errors.length > 0) return failure('`yamldecode` of text that is not YAML');
    return (
      fromJson(document.toJS({ maxAliasCount: 100 })) ??
      failure('`yamldecode` of something nested too deeply')
    );
  } catch {
    return failure('`yamldecode` of text that is not YAML');
  }
}

/** Terraform reads the truth values of YAML 1.1. */
const TRUTH: ScalarTag = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: /^(?:y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE|n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/,
  resolve: (text) => /^(?:y|on|t)/i.test(text),
};

/** Times become text in the form of RFC 3339, also those without a time of day. */
const TIME: ScalarTag = {
  tag: 'tag:yaml.org,2002:timestamp',
  default: true,
  test: /^\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?$/,
  resolve: (text) => `${text.slice(0, 10)}T${text.length > 10 ? text.slice(11) : '00:00:00'}Z`,
};

/** The encodings that occur; the others of Terraform's list are legacy. */
function encodeText(text: string, name: string): Data {
  switch (name.toUpperCase()) {
    case 'UTF-16LE':
      return Buffer.from(text, 'utf16le').toString('base64');
    case 'UTF-16BE':
      return Buffer.from(text, 'utf16le').swap16().toString('base64');
    case 'UTF-8':
      return Buffer.from(text, 'utf8').toString('base64');
    default:
      return unsupported(`the text encoding ${name}`);
  }
}

function decodeText(text: string, name: string): Data {
  const bytes = bytesOf(text);
  if (bytes === undefined) return failure('`textdecodebase64` of text that is not base64');
  switch (name.toUpperCase()) {
    case 'UTF-16LE':
      return bytes.toString('utf16le');
    case 'UTF-16BE':
      return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : failure('half a character');
    case 'UTF-8':
      return toUtf8(bytes) ?? failure('bytes that are not text');
    default:
      return unsupported(`the text encoding ${name}`);
  }
}
