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

/** The version of a library that this version of Portcullis is made with; undefined for none of its own. */
export function libraryVersion(name: string): string | undefined {
  const { dependencies, devDependencies } = readPackage(packageRoot());
  for (const versions of [dependencies, devDependencies]) {
    const version = typeof versions === 'object' && versions !== null ? Object.entries(versions) : [];
    const found: unknown = version.find(([key]) => key === name)?.[1];
    if (typeof found === 'string') return found;
  }
  return undefined;
}

function isPackageRoot(folder: string): boolean {
  try {
    return readPackage(folder).name === 'portcullis';
  } catch {
    return false;
  }
}

interface Package {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly dependencies?: unknown;
  readonly devDependencies?: unknown;
}

function readPackage(folder: string): Package {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
}
