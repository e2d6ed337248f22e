import { matchGlob } from '../text/glob.ts';

/**
 * Whether a path, or a folder above it, matches one of the patterns (see `matchGlob`). A pattern without `/` matches a name
 * anywhere.
 */
export function isExcluded(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const trimmed = pattern.replace(/\/+$/, '');
    return matchGlob(trimmed.includes('/') ? `${trimmed}/**` : `**/${trimmed}/**`, path);
  });
}
