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

/**
 * The version of a library that this version of Portcullis is made with: what the package.json asks for or, in a release
 * that needs no other package, its bill of materials. Undefined for none of its own.
 */
export function libraryVersion(name: string): string | undefined {
  const { dependencies } = readPackage(packageRoot());
  const asked = typeof dependencies === 'object' && dependencies !== null ? Object.entries(dependencies) : [];
  const version: unknown = asked.find(([key]) => key === name)?.[1];
  return typeof version === 'string' ? version : bundledVersion(name);
}

function bundledVersion(name: string): string | undefined {
  try {
    const bill: unknown = JSON.parse(readFileSync(path.join(packageRoot(), 'sbom.cdx.json'), 'utf8'));
    const { components = [] } = bill as { readonly components?: readonly Package[] };
    const version = components.find((component) => component.name === name)?.version;
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
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
}

function readPackage(folder: string): Package {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
}
