import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { decodeText } from '../sources/terraform-plan/decode-text.ts';
import { pathFrom } from './find-inputs.ts';

/** An entry of a directory. Symbolic links are `other`: nothing is found through them. */
export interface FileEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
}

/**
 * The files that sources may read. Paths are relative to the working directory, with `/`. Nothing is read outside the
 * root, symbolic links resolved first, besides the cache of restored Bicep modules; what is refused, missing, too large or
 * no regular file is undefined.
 */
export interface OpenFiles {
  read(file: string): Uint8Array | undefined;
  /** The text without a byte order mark, in whatever Unicode encoding it is stored. */
  text(file: string): string | undefined;
  list(directory: string): readonly FileEntry[] | undefined;
  /** Whether a path leads out of the root, where nothing is read. */
  isOutside(file: string): boolean;
  /** The absolute path of a file, whether it is there or not. */
  resolve(file: string): string;
  /** The path of a file as reports write it: from the working directory. */
  show(absolute: string): string;
  /** The absolute path of the root that holds a file; undefined outside of all. */
  rootOf(file: string): string | undefined;
  /** The files below an absolute path, by paths from there; reports write them from the working directory. */
  below(base: string): FilesBelow;
  /** The path of a file from an absolute one. */
  inside(base: string, file: string): string;
}

/** Files by normalised paths below one folder. */
export interface FilesBelow {
  read(inside: string): Uint8Array | undefined;
  list(inside: string): readonly FileEntry[] | undefined;
  label(inside: string): string;
}

/** Where paths start, and the folders nothing is read outside of. */
export interface Place {
  /** Absolute. */
  readonly cwd: string;
  /** Absolute; everything that is read lies below one of them. */
  readonly roots: readonly string[];
}

const LARGEST_FILE = 64 * 1024 * 1024;
const BICEP_CACHE = '~/.bicep/';

/**
 * The files below the roots of a place. `onRead` is told the absolute path of each file that somebody asks for, whether or
 * not it can be read.
 */
export function createOpenFiles({ cwd, roots }: Place, onRead?: (absolute: string) => void): OpenFiles {
  const realRoots = roots.map((root) => realPath(root) ?? root);
  const isInside = (file: string): boolean => realRoots.some((root) => isBelow(file, root));
  const cache = path.join(homedir(), '.bicep');

  function placeOf(file: string): string | undefined {
    if (file.startsWith(BICEP_CACHE)) {
      const real = realPath(path.join(cache, file.slice(BICEP_CACHE.length)));
      return real !== undefined && isBelow(real, realPath(cache) ?? cache) ? real : undefined;
    }
    const real = realPath(path.resolve(cwd, file));
    return real !== undefined && isInside(real) ? real : undefined;
  }

  function read(file: string): Uint8Array | undefined {
    onRead?.(path.resolve(cwd, file));
    const place = placeOf(file);
    if (place === undefined) return undefined;
    try {
      const stats = statSync(place);
      return stats.isFile() && stats.size <= LARGEST_FILE ? readFileSync(place) : undefined;
    } catch {
      return undefined;
    }
  }

  const show = (absolute: string): string => pathFrom(cwd, absolute);

  function list(directory: string): readonly FileEntry[] | undefined {
    const place = placeOf(directory);
    if (place === undefined) return undefined;
    try {
      return readdirSync(place, { withFileTypes: true })
        .map((entry): FileEntry => ({ name: entry.name, kind: kindOf(entry) }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch {
      return undefined;
    }
  }

  return {
    read,
    list,
    show,
    text(file) {
      const bytes = read(file);
      return bytes === undefined ? undefined : decodeText(bytes);
    },
    resolve: (file) => path.resolve(cwd, file),
    below(base) {
      const label = (inside: string): string => show(path.join(base, inside));
      return { label, read: (inside) => read(label(inside)), list: (inside) => list(label(inside)) };
    },
    inside: (base, file) => path.relative(base, path.resolve(cwd, file)).split(path.sep).join('/'),
    rootOf(file) {
      const absolute = realPath(path.resolve(cwd, file)) ?? path.resolve(cwd, file);
      const index = realRoots.findIndex((root) => isBelow(absolute, root));
      return roots[index];
    },
    isOutside: (file) => !isInside(realPath(path.resolve(cwd, file)) ?? path.resolve(cwd, file)),
  };
}

function kindOf(entry: { isFile(): boolean; isDirectory(): boolean }): FileEntry['kind'] {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'directory' : 'other';
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync.native(file);
  } catch {
    return undefined;
  }
}

function isBelow(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

/** The root of the repository that a file or folder belongs to, else its own folder. */
export function repositoryRoot(file: string): string {
  const folder =
    statSync(file, { throwIfNoEntry: false })?.isDirectory() === true ? file : path.dirname(file);
  return repositoryAbove(folder) ?? folder;
}

/** The root of the repository that holds a folder, which may be the folder itself; undefined outside of any. */
export function repositoryAbove(folder: string): string | undefined {
  for (let current = folder; ; ) {
    try {
      lstatSync(path.join(current, '.git'));
      return current;
    } catch {
      const above = path.dirname(current);
      if (above === current) return undefined;
      current = above;
    }
  }
}
