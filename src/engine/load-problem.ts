import { printable } from '../text/printable.ts';
import type { Problem } from '../text/problem.ts';
import type { OpenFiles } from './open-files.ts';

/** Why a file could not be read, as far as it may be told. */
export function unreadableFile(path: string, files: OpenFiles): Problem {
  const why = files.isOutside(path) ? 'lies outside the root' : 'cannot be read';
  return {
    code: 'file-not-readable',
    message: `\`${printable(path)}\` ${why}`,
    origin: { kind: 'text', path, line: 1, column: 1, endLine: 1, endColumn: 1 },
    severity: 'fatal',
  };
}
