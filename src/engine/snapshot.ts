import { existsSync, lstatSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../sources/terraform-plan/saved-plan.ts';
import type { Origin } from '../text/origin.ts';
import { printable } from '../text/printable.ts';
import type { Problem } from '../text/problem.ts';
import type { Git } from './git.ts';

/** The files of a commit, written to a folder. */
export interface Snapshot {
  /** Where a path of the working tree lies in the snapshot; both absolute. */
  readonly placeOf: (absolute: string) => string;
  /** What may be read: the snapshot, and what the working tree holds that git does not know. Absolute. */
  readonly roots: readonly string[];
  /** What is not in it. */
  readonly problems: readonly Problem[];
}

interface Entry {
  readonly mode: string;
  readonly id: string;
  /** Not a number for what is no file, and for what the clone does not hold. */
  readonly size: number;
  readonly file: string;
}

const LINK = '120000';
const SUBMODULE = '160000';
/** Larger files are not read from the working tree either. */
const LARGEST_FILE = 64 * 1024 * 1024;
const LARGEST_BATCH = 32 * 1024 * 1024;

/**
 * Writes the files of a commit below an empty folder, under the path that the working tree has, so that relative paths lead
 * to the same places: what is reported of the snapshot can be compared with what is reported of the working tree.
 *
 * Files are written as git stores them: no filter, hook or attribute has a say. Links are made last, so that nothing is
 * written through one; they are followed later like those of the working tree, and lead nowhere outside. What git does not
 * know of the working tree, downloaded modules and ignored variable files of Terraform, is linked, because it belongs to the
 * place and not to the change. Gives a fatal problem when the clone does not hold the whole commit.
 */
export function writeSnapshot(
  git: Git,
  commit: string,
  folder: string,
): Snapshot | { readonly problem: Problem } {
  const placeOf = (absolute: string): string => path.join(folder, withoutDrive(absolute));
  const root = placeOf(git.root);
  const listed = git.run(['ls-tree', '-r', '-z', '-l', '--full-tree', commit]);
  if (!('stdout' in listed)) return { problem: unreadable(commit, listed.why) };
  const entries = entriesIn(listed.stdout).filter(({ file }) => isSafe(file));
  const blobs = entries.filter(({ mode, size }) => mode !== SUBMODULE && !(size > LARGEST_FILE));

  const missing = blobs.find(({ size }) => Number.isNaN(size));
  if (missing !== undefined) return { problem: unreadable(commit, `it lacks ${missing.file}`) };
  try {
    const problem = writeFiles(git, commit, root, blobs);
    if (problem !== undefined) return { problem };
  } catch (error) {
    return { problem: notWritten(commit, errorCode(error)) };
  }
  const linked = linkUnknown(git, root);
  const submodules = entries.filter(({ mode }) => mode === SUBMODULE);
  return { placeOf, roots: [root, ...linked], problems: submodules.map(({ file }) => submodule(file)) };
}

function writeFiles(git: Git, commit: string, root: string, blobs: readonly Entry[]): Problem | undefined {
  mkdirSync(root, { recursive: true });
  // So that the root is found like that of the working tree.
  writeFileSync(path.join(root, '.git'), '');
  const links: (readonly [file: string, target: string])[] = [];
  const made = new Set<string>();
  // To ask for a folder that is there costs more than to write a file.
  const makeFolder = (folder: string): void => {
    if (!made.has(folder)) mkdirSync(folder, { recursive: true });
    made.add(folder);
  };
  for (const batch of batchesOf(blobs)) {
    const read = git.run(['cat-file', '--batch'], batch.map(({ id }) => `${id}\n`).join(''));
    if (!('stdout' in read)) return unreadable(commit, read.why);
    const contents = contentsIn(read.stdout);
    for (const [index, { mode, file }] of batch.entries()) {
      const content = contents[index];
      if (content === undefined) return unreadable(commit, `it lacks ${file}`);
      const place = path.join(root, file);
      makeFolder(path.dirname(place));
      if (mode === LINK) links.push([place, content.toString('utf8')]);
      else writeFileSync(place, content, { flag: 'wx' });
    }
  }
  for (const [place, target] of links) writeLink(place, target);
  return undefined;
}

/** Where links need a right that the user lacks, git writes a file with the target, and so does this. */
function writeLink(place: string, target: string): void {
  try {
    symlinkSync(target, place);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') throw error;
    writeFileSync(place, target, { flag: 'wx' });
  }
}

function withoutDrive(absolute: string): string {
  const { root } = path.parse(absolute);
  return path.join(root.replace(/[:\\/]/g, ''), absolute.slice(root.length));
}

/** `<mode> <type> <id> <size>\t<path>`, each with a NUL at its end. */
function entriesIn(stdout: Buffer): readonly Entry[] {
  return stdout
    .toString('utf8')
    .split('\0')
    .flatMap((line): readonly Entry[] => {
      const [, mode, id, size, file] = /^(\d+) \w+ ([0-9a-f]+) +(\S+)\t(.+)$/s.exec(line) ?? [];
      if (mode === undefined || id === undefined || file === undefined) return [];
      return [{ mode, id, size: Number(size), file }];
    });
}

/** Git refuses other paths as well, but objects may come from anywhere. */
function isSafe(file: string): boolean {
  const foreign = path.sep === '\\' ? /[\\:]/ : /\0/;
  return file
    .split('/')
    .every(
      (part) => part !== '' && part !== '.' && part !== '..' && !/^\.git$/i.test(part) && !foreign.test(part),
    );
}

function* batchesOf(entries: readonly Entry[]): Generator<readonly Entry[]> {
  let batch: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (batch.length > 0 && bytes + entry.size > LARGEST_BATCH) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += entry.size;
  }
  if (batch.length > 0) yield batch;
}

/** `<id> <type> <size>\n<content>\n` for each object, `<id> missing\n` for one that is not there. */
function contentsIn(stdout: Buffer): readonly (Buffer | undefined)[] {
  const contents: (Buffer | undefined)[] = [];
  for (let offset = 0; offset < stdout.length; ) {
    const end = stdout.indexOf(0x0a, offset);
    const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(stdout.toString('latin1', offset, end)) ?? [];
    contents.push(size === undefined ? undefined : stdout.subarray(end + 1, end + 1 + Number(size)));
    offset = size === undefined ? end + 1 : end + 2 + Number(size);
  }
  return contents;
}

/** Links what belongs to the place rather than to the commit. Gives what may be read through the links. */
function linkUnknown(git: Git, root: string): readonly string[] {
  const ignored = git.run(['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory']);
  if (!('stdout' in ignored)) return [];
  const found = ignored.stdout
    .toString('utf8')
    .split('\0')
    .map((file) => file.replace(/\/$/, ''))
    .filter((file) => /(?:^|\/)\.terraform$|\.tfvars(?:\.json)?$/.test(file) && isSafe(file));
  return found.flatMap((file) => {
    const place = path.join(root, file);
    const original = path.join(git.root, file);
    if (!isOwnFolder(path.dirname(place)) || lstatSync(place, { throwIfNoEntry: false }) !== undefined) {
      return [];
    }
    writeLink(place, original);
    return [original];
  });
}

/** A folder of the snapshot, and not one that a link in it leads to: nothing may be written there. */
function isOwnFolder(folder: string): boolean {
  return existsSync(folder) && realpathSync(folder) === folder;
}

const REPOSITORY: Origin = {
  kind: 'platform',
  name: 'the repository',
  docs: 'https://git-scm.com/docs/git-fetch',
};

function unreadable(commit: string, why: string): Problem {
  const said = why === '' ? '' : ` (${printable(why)})`;
  return {
    code: 'revision-not-readable',
    message: `this clone does not hold the whole commit ${commit.slice(0, 12)}${said}`,
    remedy: 'fetch it with its files: without `--filter`, and deep enough',
    origin: REPOSITORY,
    severity: 'fatal',
  };
}

function notWritten(commit: string, code: string): Problem {
  return {
    code: 'revision-not-written',
    message: `the files of the commit ${commit.slice(0, 12)} cannot be written to a temporary folder (${code})`,
    origin: REPOSITORY,
    severity: 'fatal',
  };
}

function submodule(file: string): Problem {
  return {
    code: 'submodule-not-read',
    message: `the submodule \`${printable(file)}\` is no part of a revision: what lies in it is not read`,
    origin: REPOSITORY,
    severity: 'warning',
  };
}
