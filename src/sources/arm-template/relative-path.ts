/** The path of a file that another file names relative to itself: with `/`, without `.` and inner `..`. */
export function relativeTo(file: string, relative: string): string {
  const path = relative.replaceAll('\\', '/');
  const folder = path.startsWith('/') ? [] : file.replaceAll('\\', '/').split('/').slice(0, -1);
  const segments: string[] = [];
  for (const segment of [...folder, ...path.split('/')]) {
    if (segment === '' && segments.length > 0) continue;
    if (segment === '.') continue;
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else segments.push(segment);
  }
  return segments.join('/');
}
