import { Buffer } from 'node:buffer';
import { access } from '../../arm/functions/access.ts';
import type { Call } from '../../arm/functions/call.ts';
import { dataOf } from '../../arm/json-data.ts';
import { parseJson } from '../../arm/parse-json.ts';
import { printable } from '../../text/printable.ts';
import { known, type Unknown, type Value } from '../../value/value.ts';
import type { Environment } from './environment.ts';
import { resolvePath } from './file-path.ts';

import { readYaml } from './yaml-value.ts';

const LOADERS = new Set([
  'loadtextcontent',
  'loadfileasbase64',
  'loadjsoncontent',
  'loadyamlcontent',
  'loaddirectoryfileinfo',
]);

export function isLoadFunction(lower: string): boolean {
  return LOADERS.has(lower);
}

/** `loadTextContent(path)` and its kin: the content of a file that lies relative to the one that names it. */
export function load(lower: string, args: readonly Value[], env: Environment, call: Call): Value {
  const [named, second] = args;
  if (named?.kind === 'unknown') return named;
  if (named?.kind !== 'known' || typeof named.value !== 'string')
    return call.fail('the path of a file is a text');
  if (lower === 'loaddirectoryfileinfo') return unread('the files of a folder', call);
  const path = resolvePath(env.deployment.file.path, named.value);
  const text = env.session.read(path);
  if (text === undefined) {
    env.session.report({
      code: 'file-not-available',
      message: `the file \`${printable(path)}\` cannot be read`,
      origin: call.origin,
      severity: 'warning',
    });
    return unread(`the content of ${printable(path)}`, call);
  }
  const content = text.startsWith('\ufeff') ? text.slice(1) : text;
  switch (lower) {
    case 'loadtextcontent':
      return known(content, call.origin);
    case 'loadfileasbase64':
      if (text.includes('\ufffd')) return unread(`the content of ${printable(path)}`, call);
      return known(Buffer.from(text, 'utf8').toString('base64'), call.origin);
    default: {
      const value = lower === 'loadjsoncontent' ? readJson(content, path) : readYaml(content, path);
      if (value === undefined)
        return call.fail(
          `the file \`${path}\` cannot be read as ${lower === 'loadjsoncontent' ? 'JSON' : 'YAML'}`,
        );
      return second === undefined ? value : select(value, second, call);
    }
  }
}

/** The part a JSONPath of names and indexes selects: `$.a.b[0]`, `.a['b']`. */
function select(value: Value, path: Value, call: Call): Value {
  if (path.kind !== 'known' || typeof path.value !== 'string') return path.kind === 'unknown' ? path : value;
  const steps = /^\$?((?:\.?[\w-]+|\[\d+\]|\['[^']*'\])*)$/.exec(path.value)?.[1];
  if (steps === undefined) return unread('a part of a file that a query selects', call);
  let current = value;
  for (const [, name, index, quoted] of steps.matchAll(/\.?([\w-]+)|\[(\d+)\]|\['([^']*)'\]/g)) {
    const key = index === undefined ? (name ?? quoted ?? '') : Number(index);
    current = access(current, known(key, call.origin), call);
  }
  return current;
}

function unread(name: string, call: Call): Unknown {
  return { kind: 'unknown', reason: { kind: 'outside', name }, origin: call.origin };
}

function readJson(text: string, path: string): Value | undefined {
  const outcome = parseJson(text, path);
  return 'root' in outcome ? dataOf(outcome.root) : undefined;
}
