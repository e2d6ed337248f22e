import type { OpenFiles } from './open-files.ts';
import type { Report } from './report.ts';

/** Gives lines of the files that were read, each file split once. */
export function createLineReader(files: OpenFiles): Report['lineOf'] {
  const lines = new Map<string, readonly string[]>();
  return (path, line) => {
    const known = lines.get(path) ?? files.text(path)?.split(/\r?\n/) ?? [];
    lines.set(path, known);
    return known[line - 1];
  };
}
