/**
 * The path a file names, seen from the file that names it: `./a/../b.bicep` in `x/main.bicep` is `x/b.bicep`. What leads
 * above the start keeps its `..`; an absolute path stays as it is.
 */
export function resolvePath(from: string, named: string): string {
  const target = named.replaceAll('\\', '/');
  if (target.startsWith('/')) return target;
  const base = from.split('/').slice(0, -1);
  const segments: string[] = [];
  for (const segment of [...base, ...target.split('/')]) {
    const before = segments.at(-1);
    if (segment === '' && segments.length > 0) continue;
    if (segment === '.') continue;
    if (segment === '..' && before !== undefined && before !== '..' && before !== '') segments.pop();
    else segments.push(segment);
  }
  return segments.join('/');
}

/** The folder of a file and every folder above it, the nearest first; the last one is the start, `''`. */
export function foldersAbove(path: string): readonly string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, segments.length - index).join('/')).concat('');
}
