import type { Origin } from '../../text/origin.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import { attributeNamed, type Block, literalText } from './body.ts';
import { type Files, joinPath } from './files.ts';
import type { Hcl2json } from './hcl2json.ts';
import { loadModule } from './load-module.ts';
import type { ModuleConfig } from './module-config.ts';
import { canonicalSource } from './module-source.ts';

/** A module and the modules it calls. The same directory called twice is there twice. */
export interface ModuleNode {
  readonly config: ModuleConfig;
  /** By the name of the call. A module that cannot be read is not available. */
  readonly children: ReadonlyMap<string, ModuleNode | 'not-available'>;
}

export interface ModuleTree {
  readonly root: ModuleNode | undefined;
  /** All files that were read, each once. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

/** The limit of what people nest is far below. */
const DEEPEST = 12;
const MOST_MODULES = 2_000;

/**
 * Reads the root module and, from literal sources, all it calls: local directories, and what `terraform init` has
 * installed according to `.terraform/modules/modules.json`. Whatever is not there, leads outside what may be read, calls itself
 * or nests too deeply is not available, with a problem for each such call.
 */
export async function loadModules(
  directory: string,
  files: Files,
  hcl2json: Hcl2json | undefined,
): Promise<ModuleTree> {
  const read = new Set<string>();
  const problems: Problem[] = [];
  const loaded = new Map<string, ReturnType<typeof loadModule>>();
  const installed = readManifest(directory, files);
  let count = 0;

  const load = (path: string): ReturnType<typeof loadModule> => {
    const module = loaded.get(path) ?? loadModule(path, files, hcl2json);
    loaded.set(path, module);
    return module;
  };

  const root = await load(directory);
  for (const file of root.files) read.add(file);
  if ('problem' in root) return { root: undefined, files: [...read], problems: [root.problem] };
  const node = await toNode(root.config, '', [directory]);
  return { root: node, files: [...read], problems };

  async function toNode(config: ModuleConfig, key: string, above: readonly string[]): Promise<ModuleNode> {
    const children = new Map<string, ModuleNode | 'not-available'>();
    for (const [name, call] of config.calls) {
      const childKey = key === '' ? name : `${key}.${name}`;
      children.set(name, await loadCall(config, name, call, childKey, above));
    }
    return { config, children };
  }

  async function loadCall(
    { directory: parent }: ModuleConfig,
    _name: string,
    call: Block,
    key: string,
    above: readonly string[],
  ): Promise<ModuleNode | 'not-available'> {
    const source = attributeNamed(call.body, 'source');
    const origin = call.file.origin(source ?? call);
    const text = literalText(source);
    const refuse = (code: string, what: string, remedy?: string): 'not-available' => {
      problems.push(notAvailable(code, `module.${key}`, what, origin, remedy));
      return 'not-available';
    };
    if (text === undefined) return refuse('module-source-unknown', 'has a source that is not written out');
    const place = directoryOfCall(text, parent, installed.get(key));
    if (place === 'outside') return refuse('module-outside-root', 'lies outside what may be read');
    if (place === undefined) {
      const remedy = 'run `terraform init`, which installs it, or give a plan';
      return refuse(
        'module-not-available',
        `comes from \`${printable(text, 80)}\`, which is not here`,
        remedy,
      );
    }
    if (above.includes(place)) return refuse('module-cycle', 'calls itself');
    count += 1;
    if (above.length >= DEEPEST || count > MOST_MODULES) {
      return refuse('module-nesting', `is nested deeper than ${DEEPEST} levels, or one of too many`);
    }
    const module = await load(place);
    for (const file of module.files) read.add(file);
    if ('problem' in module) {
      if (module.files.length > 0) problems.push({ ...module.problem, severity: 'warning' });
      return refuse('module-not-available', `cannot be read in \`${printable(place, 80)}\``);
    }
    return toNode(module.config, key, [...above, place]);
  }

  function directoryOfCall(
    source: string,
    parent: string,
    entry: { readonly source: string; readonly directory: string } | undefined,
  ): string | 'outside' | undefined {
    const isLocal = /^\.\.?(?:[\\/]|$)/.test(source);
    const local = isLocal ? joinPath(parent, source) : undefined;
    if (local !== undefined && files.list(local) !== undefined) return local;
    if (entry !== undefined && entry.source === canonicalSource(source)) {
      const place = joinPath(directory, entry.directory);
      if (place !== undefined && files.list(place) !== undefined) return place;
    }
    return isLocal && local === undefined ? 'outside' : undefined;
  }
}

function notAvailable(
  code: string,
  module: string,
  what: string,
  origin: Origin,
  remedy: string | undefined,
): Problem {
  const message = `\`${printable(module, 120)}\` ${what}`;
  return { code, message, ...(remedy === undefined ? {} : { remedy }), origin, severity: 'warning' };
}

/** What `terraform init` notes about installed modules: the call they belong to, and their directory below the root module. */
function readManifest(
  directory: string,
  files: Files,
): ReadonlyMap<string, { readonly source: string; readonly directory: string }> {
  const entries = new Map<string, { readonly source: string; readonly directory: string }>();
  const path = joinPath(directory, '.terraform/modules/modules.json');
  const bytes = path === undefined ? undefined : files.read(path);
  if (bytes === undefined) return entries;
  for (const { Key, Source, Dir } of manifestEntries(bytes)) {
    if (typeof Key !== 'string' || typeof Dir !== 'string' || typeof Source !== 'string') continue;
    entries.set(Key, { source: canonicalSource(Source), directory: Dir });
  }
  return entries;
}

function manifestEntries(bytes: Uint8Array): readonly Readonly<Record<string, unknown>>[] {
  try {
    const json: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    const modules = typeof json === 'object' && json !== null && 'Modules' in json ? json.Modules : [];
    const isEntry = (entry: unknown): entry is Readonly<Record<string, unknown>> =>
      typeof entry === 'object' && entry !== null;
    return Array.isArray(modules) ? modules.filter(isEntry) : [];
  } catch {
    return [];
  }
}
