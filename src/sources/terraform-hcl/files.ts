/** An entry of a directory. Symbolic links are listed as neither: the reader decides whether it follows them. */
export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
}

/**
 * The files a root may be read from. Paths use `/` and are normalised: no `.`, no `..`, no leading or trailing `/`; the
 * empty path is the directory the reader was made for, below which everything stays.
 */
export interface Files {
  /** The content of a file; undefined when there is none or the reader refuses it. */
  read(path: string): Uint8Array | undefined;
  /** The entries of a directory; undefined when there is none or the reader refuses it. */
  list(directory: string): readonly Entry[] | undefined;
  /** What messages and origins call a file; its path when absent. */
  label?(path: string): string;
}

/**
 * The path `relative` from `base`, normalised. Undefined when it is absolute, in a home folder or leads above the
 * directory of the reader, so that nothing outside is ever asked for.
 */
export function joinPath(base: string, relative: string): string | undefined {
  const plain = relative.replaceAll('\\', '/');
  if (/^(?:\/|~|[A-Za-z]:)/.test(plain) || plain.includes('\0')) return undefined;
  const steps = base === '' ? [] : base.split('/');
  for (const step of plain.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

/** The path from one normalised directory to another, as `path.module` shows it: `.`, `modules/app`, `../shared`. */
export function relativePath(from: string, to: string): string {
  const start = from === '' ? [] : from.split('/');
  const end = to === '' ? [] : to.split('/');
  let common = 0;
  while (common < start.length && common < end.length && start[common] === end[common]) common += 1;
  const steps = [...start.slice(common).map(() => '..'), ...end.slice(common)];
  return steps.length === 0 ? '.' : steps.join('/');
}
