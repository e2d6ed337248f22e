import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderOf } from './cli.ts';

/** Git without the configuration of the machine. */
const ENVIRONMENT = {
  PATH: process.env.PATH,
  HOME: '/nowhere',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'n',
  GIT_AUTHOR_EMAIL: 'n@example.com',
  GIT_COMMITTER_NAME: 'n',
  GIT_COMMITTER_EMAIL: 'n@example.com',
};

/** Runs git in a folder and gives what it prints, without the line break at its end. */
export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', folder, ...args], {
    encoding: 'utf8',
    env: ENVIRONMENT,
    stdio: 'pipe',
  }).trim();
}

/** Files by their path; undefined removes one. */
export type Change = Readonly<Record<string, string | undefined>>;

/** A new repository on the branch `main` with a commit for each change. It is removed after the tests of the file. */
export function repositoryOf(...changes: readonly Change[]): string {
  const folder = folderOf();
  git(folder, 'init', '--quiet', '--initial-branch=main');
  for (const change of changes) commit(folder, change);
  return folder;
}

/** Writes the files and commits them. Gives the commit. */
export function commit(folder: string, change: Change): string {
  write(folder, change);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'x');
  return git(folder, 'rev-parse', 'HEAD');
}

export function write(folder: string, change: Change): void {
  for (const [name, text] of Object.entries(change)) {
    const file = path.join(folder, name);
    if (text === undefined) rmSync(file);
    else {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
}
