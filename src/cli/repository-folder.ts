import { existsSync } from 'node:fs';
import path from 'node:path';

/** From the root of the repository that holds a directory to that directory, with `/`; `''` at its root and outside of any. */
export function repositoryFolder(directory: string): string {
  const start = path.resolve(directory);
  for (let current = start; ; ) {
    if (existsSync(path.join(current, '.git'))) {
      return path.relative(current, start).split(path.sep).join('/');
    }
    const above = path.dirname(current);
    if (above === current) return '';
    current = above;
  }
}
