import { Buffer } from 'node:buffer';
import { decodedText, type Encoding, encodedText } from '../../value/encoded-text.ts';
import { absent, known, object, type Unknown, type Value } from '../../value/value.ts';
import { isPartialText, joinText, mapParts } from '../partial-text.ts';
import { undecided } from '../undecided.ts';
import type { Call } from './call.ts';
import { json } from './convert-functions.ts';
import { type FunctionTable, objectAt, textAt } from './definition.ts';

type Args = readonly Value[];

/** RFC 3986 characters that need no escape anywhere, and those that structure an address. */
const PLAIN_ADDRESS = /^[A-Za-z0-9._~:/?#@!$&()*+,;=-]*$/;

/** A surrogate without its other half. */
const HALF_CHARACTER = /\p{Cs}/u;

/** Functions that encode texts. What they encode stays readable where only deployment settles a part of it. */
export const ENCODE_FUNCTIONS: FunctionTable = {
  base64: { takes: ['text'], lenient: true, run: (args, call) => encodeBase64(args, call) },
  base64ToJson: {
    takes: ['text'],
    run: (args, call) => {
      const text = decodeBase64(textAt(args, 0));
      return text === undefined ? call.fail('a text is not base64') : json(text, args, call);
    },
  },
  base64ToString: {
    takes: ['text'],
    lenient: true,
    run: (args, call) => decode('base64', args, decodeBase64, call),
  },
  buildUri: { takes: ['object'], run: buildUri },
  dataUri: {
    takes: ['text'],
    lenient: true,
    run: (args, call) => joinText([known(DATA_URI, call.origin), encodeBase64(args, call)], call),
  },
  dataUriToString: { takes: ['text'], lenient: true, run: dataUriToString },
  parseUri: { takes: ['text'], run: (args, call) => parseUri(textAt(args, 0), call) },
  uri: { takes: ['text', 'text'], lenient: true, run: uri },
  uriComponent: { takes: ['text'], lenient: true, run: uriComponent },
  uriComponentToString: {
    takes: ['text'],
    lenient: true,
    run: (args, call) => decode('uriComponent', args, decodeComponent, call),
  },
};

/** What the deployment engine writes; the documentation leaves out the hyphen of `utf-8`. */
const DATA_URI = 'data:text/plain;charset=utf-8;base64,';

function encodeBase64(args: Args, call: Call): Value {
  const [text] = args;
  if (text?.kind === 'unknown') return encodedText('base64', text);
  if (text?.kind !== 'known') return undecided('base64', args, call);
  return { ...text, value: Buffer.from(String(text.value), 'utf8').toString('base64') };
}

function decodeBase64(text: string): string | undefined {
  const compact = text.replace(/\s+/g, '');
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined;
  return Buffer.from(compact, 'base64').toString('utf8');
}

function decode(
  encoding: Encoding,
  args: Args,
  read: (text: string) => string | undefined,
  call: Call,
): Value {
  const [value] = args;
  const name = `${encoding}ToString`;
  if (value?.kind === 'unknown') {
    const inner = decodedText(value);
    return inner?.encoding === encoding ? inner.text : undecided(name, args, call);
  }
  if (value?.kind !== 'known') return undecided(name, args, call);
  const text = read(String(value.value));
  return text === undefined ? call.fail(`a text is not what \`${name}\` reads`) : { ...value, value: text };
}

/** Everything but letters, digits and `-._~` is escaped (RFC 3986), as .NET's Uri.EscapeDataString does. */
function uriComponent(args: Args, call: Call): Value {
  const [value] = args;
  if (value === undefined || (value.kind === 'unknown' && !isWellFormed(value)))
    return undecided('uriComponent', args, call);
  if (value.kind === 'known' && HALF_CHARACTER.test(String(value.value)))
    return call.fail('a text has half a character');
  if (value.kind === 'unknown') return encodedText('uriComponent', value);
  return mapParts(value, encodeComponent, (part) => part);
}

function isWellFormed(value: Unknown): boolean {
  return (
    !isPartialText(value) ||
    value.parts.every((part) => typeof part !== 'string' || !HALF_CHARACTER.test(part))
  );
}

function encodeComponent(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decodeComponent(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function dataUriToString(args: Args, call: Call): Value {
  const [value] = args;
  if (value?.kind === 'unknown') {
    const [prefix, encoded, ...others] = isPartialText(value) ? value.parts : [];
    const inner =
      prefix === DATA_URI && encoded !== undefined && typeof encoded !== 'string'
        ? decodedText(encoded)
        : undefined;
    return inner?.encoding === 'base64' && others.length === 0
      ? inner.text
      : undecided('dataUriToString', args, call);
  }
  if (value?.kind !== 'known') return undecided('dataUriToString', args, call);
  const [, parameters = '', data = ''] = /^data:([^,]*),(.*)$/s.exec(String(value.value)) ?? [];
  const isBase64 = /;base64$/i.test(parameters);
  const charset = /;charset=([^;]*)/i.exec(parameters)?.[1] ?? 'utf8';
  const text = isBase64 ? decodeBase64(data) : decodeComponent(data);
  const isRead = /^data:/.test(String(value.value)) && /^(?:utf-?8|us-ascii)$/i.test(charset);
  return text === undefined || !isRead
    ? call.fail('a text is no data URI of UTF-8 text')
    : { ...value, value: text };
}

/** Resolves a relative address against a base (RFC 3986, section 5); a base that ends in a slash is simply followed. */
function uri(args: Args, call: Call): Value {
  const [base, relative] = args;
  if (base === undefined || relative === undefined) return undecided('uri', args, call);
  const [address, path] = [textAt(args, 0), textAt(args, 1)];
  if (base.kind === 'unknown' || relative.kind === 'unknown') {
    const last = base.kind === 'unknown' && isPartialText(base) ? base.parts.at(-1) : address;
    const isFollowed =
      typeof last === 'string' &&
      last.endsWith('/') &&
      relative.kind === 'known' &&
      /^\w[\w./-]*$/.test(path);
    return isFollowed && !/(?:^|\/)\.\.?(?:\/|$)/.test(path)
      ? joinText([base, relative], call)
      : undecided('uri', args, call);
  }
  if (!PLAIN_ADDRESS.test(address) || !PLAIN_ADDRESS.test(path) || !/^https?:\/\/./i.test(address))
    return call.fail('`uri` is evaluated for plain http addresses');
  try {
    return known(new URL(path, address).href, call.origin);
  } catch {
    return call.fail('`uri` has no address to resolve against');
  }
}

function parseUri(text: string, call: Call): Value {
  const [, scheme, host, port, path, query] =
    /^([a-z][a-z\d+.-]*):\/\/([^/?#:@]+)(?::(\d{1,5}))?(\/[^?#]*)?(\?[^#]*)?$/i.exec(text) ?? [];
  if (scheme === undefined || host === undefined) return call.fail('`parseUri` takes a complete address');
  const value = (part: string | undefined): Value | undefined =>
    part === undefined ? undefined : known(part, call.origin);
  return object(
    {
      scheme: value(scheme.toLowerCase()),
      host: value(host.toLowerCase()),
      port: port === undefined ? absent(call.origin) : known(Number(port), call.origin),
      path: value(path === '/' ? undefined : path),
      query: value(query),
    },
    call.origin,
  );
}

function buildUri(args: Args, call: Call): Value {
  const parts = objectAt(args, 0);
  const pieces: Value[] = [];
  const add = (name: string, prefix: string, missing?: string): boolean => {
    const value = parts?.fields.get(name);
    if (value !== undefined && value.kind !== 'absent') pieces.push(known(prefix, call.origin), value);
    else if (missing !== undefined) pieces.push(known(missing, call.origin));
    return value !== undefined || missing !== undefined;
  };
  const isComplete = add('scheme', '') && add('host', '://');
  if (!isComplete || parts?.more !== undefined) return call.fail('`buildUri` takes scheme and host');
  add('port', ':', '');
  add('path', '', '/');
  add('query', '', '');
  return joinText(pieces, call);
}
