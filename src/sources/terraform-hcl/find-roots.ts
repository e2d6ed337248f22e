import { type Files, joinPath } from './files.ts';
import { configurationFiles } from './load-module.ts';
import { parseExpression } from './parse-expression.ts';
import { MOST_BYTES } from './read-hcl.ts';
import { scanBody } from './scan-body.ts';

/** A directory that terraform would be run in. */
export interface FoundRoot {
  /** Normalised path. */
  readonly directory: string;
  /** Whether it, or a local module below it, mentions Azure at all. */
  readonly mentionsAzure: boolean;
}

interface Directory {
  /** Normalised paths of the local modules it calls. */
  readonly calls: readonly string[];
  readonly mentionsAzure: boolean;
}

/**
 * The root modules among some directories, in the order given: those with configuration that no other one calls. Modules that only
 * call each other in a circle are all roots. Goes by the outer form of the files alone, which costs some milliseconds per megabyte;
 * a file that cannot be read calls nothing.
 */
export function findTerraformRoots(directories: readonly string[], files: Files): readonly FoundRoot[] {
  const found = new Map<string, Directory>();
  for (const directory of directories) {
    const scanned = scanDirectory(directory, files);
    if (scanned !== undefined) found.set(directory, scanned);
  }
  const called = new Set<string>();
  for (const [directory, { calls }] of found) {
    for (const call of calls) if (call !== directory) called.add(call);
  }
  const roots = [...found.keys()].filter((directory) => !called.has(directory));
  const reached = new Set(roots.flatMap((root) => [...reachableFrom(root, found)]));
  const circles = [...found.keys()].filter((directory) => !reached.has(directory));
  const all = new Set([...roots, ...circles]);
  return directories
    .filter((directory) => all.delete(directory))
    .map((directory) => ({
      directory,
      mentionsAzure: [...reachableFrom(directory, found)].some(
        (one) => found.get(one)?.mentionsAzure === true,
      ),
    }));
}

function reachableFrom(start: string, found: ReadonlyMap<string, Directory>): ReadonlySet<string> {
  const reached = new Set([start]);
  for (const directory of reached) for (const call of found.get(directory)?.calls ?? []) reached.add(call);
  return reached;
}

function scanDirectory(directory: string, files: Files): Directory | undefined {
  const entries = files.list(directory) ?? [];
  const names = configurationFiles(
    entries.filter(({ kind }) => kind !== 'directory').map(({ name }) => name),
  );
  if (names.length === 0) return undefined;
  const calls: string[] = [];
  let mentionsAzure = false;
  for (const name of names) {
    const bytes = files.read(directory === '' ? name : `${directory}/${name}`);
    if (bytes === undefined) continue;
    if (bytes.byteLength > MOST_BYTES) {
      // Whoever reads the root tells that the file is too large; left out here, nobody would.
      mentionsAzure = true;
      continue;
    }
    const text = new TextDecoder().decode(bytes);
    // Between the characters of UTF-16, which terraform refuses and the loader tells.
    mentionsAzure ||= /azure|azapi/i.test(text.replaceAll('\0', ''));
    const sources = name.endsWith('.json') ? sourcesInJson(text) : sourcesInHcl(text);
    for (const source of sources) {
      const place = /^\.\.?(?:[\\/]|$)/.test(source) ? joinPath(directory, source) : undefined;
      if (place !== undefined) calls.push(place);
    }
  }
  return { calls, mentionsAzure };
}

function sourcesInHcl(text: string): readonly string[] {
  if (!/\bmodule\b/.test(text)) return [];
  const scanned = scanBody(text);
  if ('fault' in scanned) return [];
  return scanned.body.blocks.flatMap(({ type, body }) => {
    const source = type === 'module' ? body.attributes.find(({ name }) => name === 'source') : undefined;
    if (source === undefined) return [];
    const parsed = parseExpression(text, source.value.start, source.value.end);
    const isText = 'expression' in parsed && parsed.expression.kind === 'literal';
    return isText ? [String(parsed.expression.value)] : [];
  });
}

function sourcesInJson(text: string): readonly string[] {
  if (!text.includes('"module"')) return [];
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return [];
  }
  const calls = objectsIn(propertyOf(json, 'module')).flatMap((labels) => Object.values(labels));
  return calls.flatMap(objectsIn).flatMap((call) => {
    const source = propertyOf(call, 'source');
    return typeof source === 'string' ? [source] : [];
  });
}

function propertyOf(json: unknown, name: string): unknown {
  return objectsIn(json)[0]?.[name];
}

function objectsIn(json: unknown): readonly Readonly<Record<string, unknown>>[] {
  const items = Array.isArray(json) ? json : [json];
  return items.filter(
    (item): item is Readonly<Record<string, unknown>> =>
      typeof item === 'object' && item !== null && !Array.isArray(item),
  );
}
