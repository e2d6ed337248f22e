import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { decodeBase64 } from './decode.ts';

/** What a `#cloud-config` document has the machine do. */
export interface CloudConfig {
  readonly packages: readonly string[];
  readonly files: readonly { readonly path: string; readonly content: string; readonly unread: boolean }[];
  /** `bootcmd`, then `runcmd`, as shell text. */
  readonly commands: readonly string[];
  /** Modules that bring in what the document does not show: `ansible`, `puppet`, ... */
  readonly others: readonly string[];
  /** Whether packages come from a mirror or through a proxy that the document names. */
  readonly hasOwnMirror: boolean;
}

const require = createRequire(import.meta.url);
let yaml: typeof Yaml | undefined;

/** The package is loaded with the first document: most estates have none. */
function loadYaml(): typeof Yaml {
  yaml ??= require('yaml') as typeof Yaml;
  return yaml;
}

const MOST_ALIASES = 100;
const DEEPEST_INDENT = 200;
const OTHERS = ['ansible', 'chef', 'puppet', 'salt_minion', 'mcollective', 'snap', 'rancherd', 'lxd'];

/** Reads a document. Undefined when it is no YAML mapping, or one that grows beyond bounds (aliases, nesting). */
export function readCloudConfig(text: string): CloudConfig | undefined {
  const data = parse(text);
  if (!isRecord(data)) return undefined;
  const apt = isRecord(data.apt) ? data.apt : {};
  return {
    packages: itemsOf(data.packages).flatMap((item) =>
      Array.isArray(item) ? textsOf(item.slice(0, 1)) : textsOf([item]),
    ),
    files: itemsOf(data.write_files).filter(isRecord).map(fileOf),
    commands: [...commandsOf(data.bootcmd), ...commandsOf(data.runcmd)],
    others: OTHERS.filter((name) => data[name] !== undefined),
    hasOwnMirror:
      apt.proxy !== undefined ||
      apt.http_proxy !== undefined ||
      apt.primary !== undefined ||
      apt.https_proxy !== undefined,
  };
}

const LONGEST_DOCUMENT = 256 * 1024;

function parse(text: string): unknown {
  if (text.length > LONGEST_DOCUMENT) return undefined;
  const indent = /^(?:[ ]+|(?:- )+)/gm;
  for (const [spaces] of text.matchAll(indent)) if (spaces.length > DEEPEST_INDENT) return undefined;
  if (/[[{]{100,}/.test(text.replace(/\s+/g, ''))) return undefined;
  try {
    const document = loadYaml().parseDocument(text, { uniqueKeys: false, logLevel: 'silent' });
    return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch {
    // Too many aliases, or nested deeper than the stack.
    return undefined;
  }
}

function fileOf(file: Readonly<Record<string, unknown>>): CloudConfig['files'][number] {
  const path = typeof file.path === 'string' ? file.path : '';
  const content = typeof file.content === 'string' ? file.content : '';
  const encoding = typeof file.encoding === 'string' ? file.encoding.toLowerCase() : '';
  const isEncoded = /b64|base64|gz/.test(encoding);
  const decoded = isEncoded ? decodeBase64(content) : content;
  return { path, content: decoded ?? '', unread: decoded === undefined || file.source !== undefined };
}

/** A command is a text for the shell, or a list of its words. */
function commandsOf(value: unknown): readonly string[] {
  return itemsOf(value).flatMap((item) => {
    if (typeof item === 'string') return [item];
    return Array.isArray(item) ? [textsOf(item).map(quote).join(' ')] : [];
  });
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function textsOf(items: readonly unknown[]): readonly string[] {
  return items.flatMap((item) =>
    typeof item === 'string' || typeof item === 'number' ? [String(item)] : [],
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
