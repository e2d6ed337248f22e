import { printable } from '../../text/printable.ts';
import { type Failure, failure, type Later } from './data.ts';
import { type Files, joinPath } from './files.ts';
import { later } from './unknown.ts';

/** The files that functions of the configuration read, by paths relative to the root module, as Terraform resolves them. */
export interface FileAccess {
  /**
   * The content of a file. Not known when it lies outside what may be read, or is not there: many are made or given only where
   * Terraform runs. Inside `attempt` a missing file is a failure, so that `try` goes on.
   */
  read(path: string): Uint8Array | Later | Failure;
  exists(path: string): boolean | Later;
  /** The paths of all files below a directory, relative to it and sorted; at most some thousands. */
  below(directory: string): readonly string[] | Later;
  attempt<T>(evaluate: () => T): T;
}

const MOST_FILES = 5_000;

/** `report` is told once about each file that is missing, and about each path that leads out of the root. */
export function createFileAccess(
  files: Files,
  directory: string,
  report: (code: string, message: string) => void,
): FileAccess {
  const contents = new Map<string, Uint8Array | undefined>();
  const reported = new Set<string>();
  let attempts = 0;

  function tell(code: string, path: string, message: string): void {
    if (attempts > 0 || reported.has(path)) return;
    reported.add(path);
    report(code, message);
  }

  function unread(path: string): Later {
    return later({ kind: 'outside', name: `file ${printable(path, 80)}` });
  }

  /** The home folder is that of whoever runs Terraform: nobody's mistake. */
  function refuse(path: string): Later {
    const isHome = path.startsWith('~');
    if (!isHome) {
      tell('file-outside-root', path, `the file \`${printable(path, 80)}\` lies outside what may be read`);
    }
    return unread(path);
  }

  return {
    read(path) {
      const place = joinPath(directory, path);
      if (place === undefined) return refuse(path);
      if (!contents.has(place)) contents.set(place, files.read(place));
      const content = contents.get(place);
      if (content !== undefined) return content;
      if (attempts > 0) return failure(`there is no file \`${printable(path, 80)}\``);
      tell('file-not-found', path, `the file \`${printable(path, 80)}\` is not there`);
      return unread(path);
    },
    exists(path) {
      const place = joinPath(directory, path);
      if (place === undefined) return refuse(path);
      if (!contents.has(place)) contents.set(place, files.read(place));
      return contents.get(place) !== undefined;
    },
    below(path) {
      const place = joinPath(directory, path);
      if (place === undefined) return refuse(path);
      return filesBelow(files, place);
    },
    attempt(evaluate) {
      attempts += 1;
      const result = evaluate();
      attempts -= 1;
      return result;
    },
  };
}

function filesBelow(files: Files, directory: string): readonly string[] {
  const found: string[] = [];
  const pending = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const path = [directory, folder].filter((step) => step !== '').join('/');
    for (const { name, kind } of files.list(path) ?? []) {
      const inside = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'directory') pending.push(inside);
      else if (kind === 'file') found.push(inside);
      if (found.length + pending.length > MOST_FILES) return found.sort();
    }
  }
  return found.sort();
}
