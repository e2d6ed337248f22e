import path from 'node:path';

/** Standard input, and what else has a name but is no file. */
const NO_FILE = /^<.*>$/;

/**
 * A path of the report as tools name it that start from the root of the repository. `folder` leads from there to the
 * working directory. An absolute path stays as it is; undefined for what is no file.
 */
export function repositoryPath(folder: string, file: string): string | undefined {
  if (NO_FILE.test(file)) return undefined;
  if (isAbsolute(file)) return file;
  return path.posix.join(folder, file);
}

/** Whether a path is absolute on any system, whatever this one is. */
export function isAbsolute(file: string): boolean {
  return file.startsWith('/') || /^[A-Za-z]:[\\/]/.test(file);
}
