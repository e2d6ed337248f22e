import { type Entry, type Files, joinPath, relativePath } from './files.ts';

/** The configuration that a saved plan carries, as files to read a root from. */
export interface SavedConfiguration {
  readonly files: Files;
  /** Normalised path of the root module in them. */
  readonly directory: string;
}

/** The folder in a saved plan that holds the configuration. */
export const SAVED_CONFIGURATION = 'tfconfig/';
/** Modules above the root module are at most so many levels up. */
const MOST_LEVELS = 32;

/**
 * Lays out the entries of a saved plan below `tfconfig/` as they lay when the plan was made: `modules.json` says which directory
 * each `m-KEY/` is. Modules from a registry are there too, with the list of them where `terraform init` keeps it. Undefined when
 * the entries are not those of a plan. `label` makes what messages show of a path relative to the root module. Format: internal/configs/configload/loader_snapshot.go of Terraform.
 */
export function savedConfiguration(
  entries: ReadonlyMap<string, Uint8Array>,
  label: (path: string) => string = (path) => path,
): SavedConfiguration | undefined {
  const modules = readModules(entries.get(`${SAVED_CONFIGURATION}modules.json`));
  if (modules === undefined || !modules.some(({ key }) => key === '')) return undefined;
  const levels = Math.max(...modules.map(({ directory }) => levelsUp(directory)));
  if (levels > MOST_LEVELS) return undefined;
  const directory = Array.from({ length: levels }, () => 'root').join('/');
  const contents = new Map<string, Uint8Array>();
  for (const module of modules) {
    const place = joinPath(directory, module.directory);
    if (place === undefined) continue;
    const prefix = `${SAVED_CONFIGURATION}m-${module.key}/`;
    for (const [name, bytes] of entries) {
      const file = name.slice(prefix.length);
      if (name.startsWith(prefix) && !file.includes('/'))
        contents.set(place === '' ? file : `${place}/${file}`, bytes);
    }
  }
  const manifest = {
    Modules: modules.map(({ key, source, directory: Dir }) => ({ Key: key, Source: source, Dir })),
  };
  const path = joinPath(directory, '.terraform/modules/modules.json') ?? '';
  contents.set(path, Buffer.from(JSON.stringify(manifest)));
  return {
    files: { ...filesOf(contents), label: (file) => label(relativePath(directory, file)) },
    directory,
  };
}

interface SavedModule {
  readonly key: string;
  readonly source: string;
  readonly directory: string;
}

function readModules(bytes: Uint8Array | undefined): readonly SavedModule[] | undefined {
  if (bytes === undefined) return undefined;
  try {
    const json: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (!Array.isArray(json)) return undefined;
    return json.flatMap((entry: Readonly<Record<string, unknown>>): readonly SavedModule[] => {
      const { Key: key, Source: source = '', Dir: directory } = entry;
      const isModule = typeof key === 'string' && typeof directory === 'string' && typeof source === 'string';
      return isModule ? [{ key, source, directory }] : [];
    });
  } catch {
    return undefined;
  }
}

function levelsUp(directory: string): number {
  let level = 0;
  let highest = 0;
  for (const step of directory.split('/')) {
    if (step === '' || step === '.') continue;
    level += step === '..' ? -1 : 1;
    highest = Math.min(highest, level);
  }
  return -highest;
}

function filesOf(contents: ReadonlyMap<string, Uint8Array>): Files {
  const directories = new Map<string, Map<string, Entry>>([['', new Map()]]);
  for (const path of contents.keys()) {
    const steps = path.split('/');
    for (const [index, name] of steps.entries()) {
      const parent = steps.slice(0, index).join('/');
      const entries = directories.get(parent) ?? new Map<string, Entry>();
      entries.set(name, { name, kind: index === steps.length - 1 ? 'file' : 'directory' });
      directories.set(parent, entries);
    }
  }
  return {
    read: (path) => contents.get(path),
    list(directory) {
      const entries = directories.get(directory);
      return entries === undefined ? undefined : [...entries.values()];
    },
  };
}
