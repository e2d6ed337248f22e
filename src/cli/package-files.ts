import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of the installed package, from the sources as well as from the built files. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!isPackageRoot(folder)) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('the package.json of Portcullis is missing');
    folder = parent;
  }
  return folder;
}

/** The version in the package.json, for example `0.1.0`. */
export function packageVersion(): string {
  const { version } = readPackage(packageRoot());
  return typeof version === 'string' ? version : 'unknown';
}

function isPackageRoot(folder: string): boolean {
  try {
    return readPackage(folder).name === 'portcullis';
  } catch {
    return false;
  }
}

function readPackage(folder: string): { readonly name?: unknown; readonly version?: unknown } {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
}
