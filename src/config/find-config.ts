import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const NAMES = ['portcullis.yaml', 'portcullis.yml', 'portcullis.json'];

/** The configuration file that counts in a folder: the nearest one upwards, not beyond the root of the repository. */
export function findConfig(folder: string): string | undefined {
  let current = path.resolve(folder);
  for (;;) {
    for (const name of NAMES) {
      const file = path.join(current, name);
      if (existsSync(file)) return file;
    }
    const above = path.dirname(current);
    if (above === current || existsSync(path.join(current, '.git'))) return undefined;
    current = above;
  }
}

/** The text of a configuration file; undefined when it cannot be read. */
export function readConfigText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}
